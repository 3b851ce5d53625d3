//! The small square trip marks of the lists: the simplest form of each landscape, legible at 18 px.

use super::palette::{Ink::*, Palette};

/// What a mark shows.
#[derive(Clone, Copy)]
pub enum Mark {
    Peaks,
    Peak,
    Massif,
    Meadow,
    Crag,
    Gorge,
    Lake,
    Dunes,
    Poplars,
    Blossom,
    Tableland,
    Falls,
    Rows,
    Palms,
    Clouds,
    Bridge,
    Hills,
}

/// Draws a mark with the colours of its landscape.
pub fn draw_mark(mark: Mark, palette: &Palette) -> String {
    let body = format!("<path fill=\"{SkyMid}\" d=\"M0 0h48v48H0z\"/>{}", picture(mark));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 48 48\"><style>{}</style>{body}</svg>\n",
        palette.style_for(&body)
    )
}

fn path(ink: super::palette::Ink, data: &str) -> String {
    format!("<path fill=\"{ink}\" d=\"{data}\"/>")
}

fn peaks() -> String {
    path(Lit, "M-3 36 14 14l7 9L32 7l20 28v13H-3z")
        + &path(Shade, "m14 14 7 9-6 15h-4l4-8-3-4 3-5zM32 7l20 28v6H30l4-10-5-5 4-6z")
}

fn ground() -> String {
    path(Ridge2, "M-2 35q12-7 24-1t28-4v20H-2z") + &path(Ridge4, "M-2 43q14-6 26-1t26-3v11H-2z")
}

fn sun(x: u8, y: u8) -> String {
    format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"5\" fill=\"{Sun}\"/>")
}

fn firs() -> String {
    path(Ridge4, "m5 46 4-16 4 16zm8 0 3-11 3 11zm21 0 4-19 5 19z")
}

fn picture(mark: Mark) -> String {
    match mark {
        Mark::Peaks => peaks() + &ground() + &firs(),
        Mark::Peak => {
            sun(10, 11)
                + &path(Lit, "M-2 38 26 6l24 32v10H-2z")
                + &path(Shade, "m26 6 24 32v4H25l4-11-6-6 5-7z")
                + &ground()
        }
        Mark::Massif => {
            path(Far, "M-2 26l9-7 8 5 9-9 12 8 14-6v32H-2z")
                + &path(Lit, "M-2 38 10 22l5 4L25 9l8 11 5-4 12 18v14H-2z")
                + &path(Shade, "m25 9 8 11 5-4 12 18v6H24l4-12-5-4 3-7zM10 22l5 4-4 12H7l3-8z")
                + &ground()
        }
        Mark::Meadow => {
            peaks()
                + &path(Ridge1, "M-2 32q14-6 26 0t26-3v20H-2z")
                + &path(Ridge3, "M-2 38q14-5 26-1t26-2v14H-2z")
                + &format!(
                    "<path fill=\"none\" stroke=\"{Bloom}\" stroke-width=\"4\" stroke-linecap=\"round\" d=\"M5 43h0m9-1h0m7 4h0m8-3h0m8 2h0m7-4h0\"/>"
                )
        }
        Mark::Crag => {
            sun(38, 10)
                + &path(Far, "M-2 24 9 16l10 7 12-10 19 12v24H-2z")
                + &path(Lit, "M2 48 15 28h18l14 20z")
                + &path(Shade, "M26 28h7l14 20H28z")
                + &path(Wall, "M11 30v-9h5v-7h5V8h8v6h5v7h5v9z")
                + &path(Roof, "M20 6h10v4H20zM15 13h5v3h-5zm14 0h6v3h-6zM10 20h6v3h-6zm23 0h7v3h-7z")
                + &path(Ridge4, "M-2 43q14-4 26 0t26-2v9H-2z")
        }
        Mark::Gorge => {
            path(Lit, "M8 30 24 8l17 22v10H8z")
                + &path(Shade, "m24 8 17 22v10H24l3-14z")
                + &path(Ridge2, "M-2 8 8 14l6 16 4 8v12H-2zM50 6l-9 9-6 14-7 10v11h22z")
                + &path(Ridge4, "M-2 26l8 6 8 18H-2zM50 22l-9 10-7 18h16z")
                + &path(Gleam, "M22 36h6l-4 4 14 10H10l12-8z")
        }
        Mark::Lake => {
            peaks()
                + &path(Ridge2, "M-2 30l12-3 14 2 12-3 14 3v6H-2z")
                + &path(Water, "M-2 33h52v17H-2z")
                + &path(Gleam, "M4 37h22v2H4zM22 42h22v2H22z")
                + &path(Ridge4, "M-2 45q10-2 18 5H-2z")
        }
        Mark::Dunes => {
            sun(36, 12)
                + &path(Far, "M-2 24 10 14l10 8 12-8 18 10v24H-2z")
                + &path(Lit, "M-2 32q12-8 24-3 12-5 28 1v20H-2z")
                + &path(Shade, "M22 29q12-5 28 1v8q-16 0-28-9z")
                + &path(Ridge3, "M-2 41q14-6 28-1t24-2v12H-2z")
        }
        Mark::Poplars => {
            path(Lit, "M-2 34 14 12l9 10 9-11 18 22v16H-2z")
                + &path(Shade, "m14 12 9 10-6 14h-6zm18-1 18 22v6H31l4-14z")
                + &path(Ridge3, "M-2 38q14-4 26 0t26-2v14H-2z")
                + &path(
                    Leaf,
                    "M9 17c5 8 4 18 1 24H8C5 35 4 25 9 17zm12 6c4 6 4 14 1 19h-2c-3-5-3-13 1-19zm17-8c6 9 5 20 1 27h-2c-4-7-5-18 1-27z",
                )
        }
        Mark::Blossom => {
            peaks()
                + &ground()
                + &path(Ridge4, "M11 48l1-16h2l1 16z")
                + &path(
                    Bloom,
                    "M1 27a7 7 0 0 1 7-8 7 7 0 0 1 12 0 7 7 0 0 1 5 11 6 6 0 0 1-9 4 7 7 0 0 1-9 0 6 6 0 0 1-6-7z",
                )
                + &format!(
                    "<path fill=\"none\" stroke=\"{Bloom2}\" stroke-width=\"3\" stroke-linecap=\"round\" d=\"M8 24h0m6-2h0m5 5h0m-7 3h0\"/>"
                )
        }
        Mark::Tableland => {
            sun(37, 11)
                + &path(Far, "M-2 26l8-8h12l6 8h26v24H-2z")
                + &path(Ridge1, "M-2 34l6-5 2-7 4-2 3-8h16l3 8 5 2 3 8 10 4v16H-2z")
                + &path(Rock, "M13 12V7h3v3h4V7h3v3h3V7h4v5z")
                + &ground()
        }
        Mark::Falls => {
            path(Ridge1, "M-2 14h32l5 5 15 2v29H-2z")
                + &path(Ridge2, "M-2 14h20l-2 14 3 22H-2zM34 19l16 2v29H30l3-18z")
                + &path(Gleam, "M22 14h7l2 30H20z")
                + &path(Mist, "M12 44a8 6 0 0 1 12-3 8 6 0 0 1 13 4l-2 5H13z")
                + &path(Ridge4, "M-2 40q8-1 14 10H-2zM50 36q-10 2-16 14h16z")
        }
        Mark::Rows => {
            path(Far, "M-2 22q12-10 24-2t28-6v36H-2z")
                + &path(Ridge1, "M-2 28q16-12 30-2t22-2v26H-2z")
                + &path(Ridge3, "M-2 36q14-8 28-1t24-3v18H-2z")
                + &format!(
                    "<path fill=\"none\" stroke=\"{Leaf}\" stroke-width=\"2.500\" d=\"M-2 31q16-12 30-2t22-2M-2 41q14-8 28-1t24-3M-2 46q14-8 28-1t24-3\"/>"
                )
        }
        Mark::Palms => {
            sun(14, 14)
                + &path(Ridge1, "M-2 28q12-4 24 0t28-2v8H-2z")
                + &path(Water, "M-2 31h52v19H-2z")
                + &path(Gleam, "M6 36h18v2H6zM2 42h16v2H2z")
                + &path(
                    Ridge4,
                    "M33 50c2-12 1-20-1-30h2c3 10 4 18 4 30zM33 20q-8-6-14 2 8-4 14-1-7 2-7 10 3-7 8-9 7 1 9 9 1-9-7-10 7-2 12 3-5-9-15-4z",
                )
        }
        Mark::Clouds => {
            peaks()
                + &path(Ridge1, "M-2 33q14-8 26-3t26-3v20H-2z")
                + &path(Mist, "M-2 35a6 5 0 0 1 10-2 8 6 0 0 1 14-1 7 5 0 0 1 12 1 8 6 0 0 1 16 0v17H-2z")
                + &path(Ridge3, "M-2 44q10-7 20-2 14 5 32-4v12H-2z")
        }
        Mark::Bridge => {
            path(Far, "M-2 14q14-8 26 0t26-4v40H-2z")
                + &path(Ridge1, "M-2 10q10 2 16 16l4 24H-2zM50 8q-12 4-17 18l-3 24h20z")
                + &path(Gleam, "M21 26h6l3 24H18z")
                + &path(Ridge4, "M-2 22q24 16 52-2v9Q26 42-2 31z")
        }
        Mark::Hills => {
            sun(12, 12)
                + &path(Far, "M-2 26l9-9 9 6 12-11 11 10 11-4v32H-2z")
                + &path(Ridge1, "M-2 38 10 25l6 4 10-14 11 15 4-3 9 11v12H-2z")
                + &path(Shade, "m26 15 11 15-6 11h-7l3-12z")
                + &ground()
        }
    }
}
