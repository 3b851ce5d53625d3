//! The colours of the landscapes in OKLCH, each by day and by night. The base is the `--sky-*`, `--snow-*` and `--ridge-*`
//! part of the design tokens; seasons and regions shift it.

/// A place in the palette; its number is its index there, its letter the name of its custom property.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    SkyTop,
    SkyMid,
    SkyLow,
    Sun,
    Far,
    Lit,
    Shade,
    Rock,
    Ridge1,
    Ridge2,
    Ridge3,
    Ridge4,
    Mist,
    Lamp,
    Star,
    Bloom,
    Bloom2,
    Water,
    Gleam,
    Wall,
    Roof,
    Window,
    Cloth,
    Leaf,
}

/// Lightness, chroma and hue in degrees.
pub type Lch = (f64, f64, f64);

/// The number of places in a palette.
const INKS: usize = 24;

/// By day and by night, in the order of [`Ink`].
const BASE: [(Lch, Lch); INKS] = [
    ((0.79, 0.052, 232.0), (0.17, 0.03, 255.0)),
    ((0.885, 0.04, 205.0), (0.25, 0.042, 245.0)),
    ((0.935, 0.05, 78.0), (0.36, 0.05, 225.0)),
    ((0.97, 0.05, 88.0), (0.93, 0.02, 230.0)),
    ((0.8, 0.04, 230.0), (0.31, 0.035, 240.0)),
    ((0.985, 0.012, 75.0), (0.66, 0.03, 240.0)),
    ((0.765, 0.048, 245.0), (0.41, 0.04, 245.0)),
    ((0.6, 0.045, 245.0), (0.325, 0.035, 242.0)),
    ((0.63, 0.052, 200.0), (0.285, 0.034, 215.0)),
    ((0.5, 0.058, 178.0), (0.245, 0.032, 190.0)),
    ((0.375, 0.052, 168.0), (0.205, 0.026, 178.0)),
    ((0.255, 0.035, 168.0), (0.155, 0.016, 172.0)),
    ((0.97, 0.018, 90.0), (0.42, 0.04, 230.0)),
    ((0.86, 0.13, 78.0), (0.86, 0.13, 78.0)),
    ((1.0, 0.0, 0.0), (0.95, 0.02, 90.0)),
    ((0.76, 0.13, 5.0), (0.43, 0.08, 5.0)),
    ((0.9, 0.07, 85.0), (0.58, 0.05, 85.0)),
    ((0.6, 0.06, 225.0), (0.27, 0.045, 240.0)),
    ((0.88, 0.03, 220.0), (0.46, 0.04, 235.0)),
    ((0.93, 0.02, 80.0), (0.5, 0.03, 235.0)),
    ((0.42, 0.09, 30.0), (0.24, 0.04, 20.0)),
    ((0.36, 0.04, 50.0), (0.86, 0.13, 78.0)),
    ((0.72, 0.14, 60.0), (0.62, 0.12, 65.0)),
    ((0.5, 0.08, 150.0), (0.31, 0.045, 160.0)),
];

/// The colours of one picture.
#[derive(Clone)]
pub struct Palette([(Lch, Lch); INKS]);

impl Palette {
    /// The base: dawn in the Himalaya by day, moonlight by night.
    pub fn base() -> Self {
        Self(BASE)
    }

    /// Sets a colour by day; the night one keeps the lightness of the base and takes over some of the hue.
    pub fn with(mut self, ink: Ink, day: Lch) -> Self {
        let night = BASE[ink as usize].1;
        // Warm rock and blue moonlight would cancel out to grey, so the air and the peaks stay blue and the ground keeps its hue.
        let share = if (ink as usize) <= Ink::Rock as usize || ink == Ink::Mist { 0.14 } else { 0.6 };
        let (a, b) = polar_to_plane(day.1 * 0.55, day.2);
        let (c, d) = polar_to_plane(night.1, night.2);
        let mixed = (a * share + c * (1.0 - share), b * share + d * (1.0 - share));
        let hue = mixed.1.atan2(mixed.0).to_degrees().rem_euclid(360.0);
        self.0[ink as usize] = (day, (night.0, mixed.0.hypot(mixed.1), hue));
        self
    }

    /// Sets a colour by night alone.
    pub fn with_night(mut self, ink: Ink, night: Lch) -> Self {
        self.0[ink as usize].1 = night;
        self
    }

    /// Sets several colours by day, as [`Palette::with`].
    pub fn with_all(self, inks: &[(Ink, Lch)]) -> Self {
        inks.iter().fold(self, |palette, &(ink, day)| palette.with(ink, day))
    }

    /// More moonlight on the land, for pictures without snow to carry the night.
    pub fn moonlit(mut self) -> Self {
        for (ink, lightness) in [
            (Ink::SkyLow, 0.41),
            (Ink::Far, 0.37),
            (Ink::Ridge1, 0.355),
            (Ink::Ridge2, 0.3),
            (Ink::Ridge3, 0.24),
            (Ink::Ridge4, 0.165),
            (Ink::Leaf, 0.38),
            (Ink::Mist, 0.5),
        ] {
            self.0[ink as usize].1.0 = lightness;
        }
        self
    }

    /// The custom properties that a drawing uses, each with both themes.
    pub fn style_for(&self, drawing: &str) -> String {
        let mut style = String::from(":root{color-scheme:light dark");
        for (index, (day, night)) in self.0.iter().enumerate() {
            let letter = letter(index);
            if !drawing.contains(&format!("var(--{letter})")) {
                continue;
            }
            let (day, night) = (hex(*day), hex(*night));
            if index == Ink::Star as usize {
                style.push_str(&format!(";--{letter}:light-dark({day}00,{night})"));
            } else if day == night {
                style.push_str(&format!(";--{letter}:{day}"));
            } else {
                style.push_str(&format!(";--{letter}:light-dark({day},{night})"));
            }
        }
        style.push('}');
        style
    }
}

impl std::fmt::Display for Ink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "var(--{})", letter(*self as usize))
    }
}

fn letter(index: usize) -> char {
    char::from(b'a' + index as u8)
}

fn polar_to_plane(chroma: f64, hue: f64) -> (f64, f64) {
    let hue = hue.to_radians();
    (chroma * hue.cos(), chroma * hue.sin())
}

/// OKLCH as an sRGB hex colour (Björn Ottosson's matrices), clipped to the gamut.
fn hex((lightness, chroma, hue): Lch) -> String {
    let (a, b) = polar_to_plane(chroma, hue);
    let l = (lightness + 0.396_337_8 * a + 0.215_803_8 * b).powi(3);
    let m = (lightness - 0.105_561_3 * a - 0.063_854_2 * b).powi(3);
    let s = (lightness - 0.089_484_2 * a - 1.291_485_5 * b).powi(3);
    let linear = [
        4.076_741_7 * l - 3.307_711_6 * m + 0.230_969_9 * s,
        -1.268_438 * l + 2.609_757_4 * m - 0.341_319_4 * s,
        -0.004_196_1 * l - 0.703_418_6 * m + 1.707_614_7 * s,
    ];
    let mut out = String::from("#");
    for channel in linear {
        let c = channel.clamp(0.0, 1.0);
        let c = if c <= 0.003_130_8 { 12.92 * c } else { 1.055 * c.powf(1.0 / 2.4) - 0.055 };
        out.push_str(&format!("{:02x}", (c * 255.0).round() as u8));
    }
    out
}
