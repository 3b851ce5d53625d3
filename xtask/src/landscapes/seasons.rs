//! The palettes of seasons and regions.

use super::palette::{Ink::*, Palette};

/// Clear cold air and blue woods.
pub fn winter() -> Palette {
    Palette::base().with_all(&[
        (SkyTop, (0.78, 0.055, 243.0)),
        (SkyMid, (0.885, 0.035, 230.0)),
        (SkyLow, (0.94, 0.045, 70.0)),
        (Ridge1, (0.66, 0.045, 222.0)),
        (Ridge2, (0.5, 0.05, 212.0)),
        (Ridge3, (0.36, 0.045, 200.0)),
        (Ridge4, (0.245, 0.035, 190.0)),
    ])
}

/// The violet hour of a winter evening.
pub fn dusk() -> Palette {
    winter()
        .with_all(&[
            (SkyTop, (0.66, 0.07, 275.0)),
            (SkyMid, (0.81, 0.07, 20.0)),
            (SkyLow, (0.91, 0.07, 70.0)),
            (Far, (0.71, 0.05, 300.0)),
            (Lit, (0.955, 0.04, 55.0)),
            (Shade, (0.64, 0.065, 285.0)),
            (Rock, (0.5, 0.05, 285.0)),
            (Mist, (0.88, 0.05, 40.0)),
            (Ridge1, (0.56, 0.055, 285.0)),
            (Ridge2, (0.43, 0.05, 275.0)),
            (Ridge3, (0.32, 0.04, 260.0)),
            (Ridge4, (0.22, 0.03, 250.0)),
        ])
        .with_night(SkyLow, (0.38, 0.06, 285.0))
}

/// Fresh green, a rosy horizon and blossom.
pub fn spring() -> Palette {
    Palette::base().with_all(&[
        (SkyTop, (0.8, 0.06, 228.0)),
        (SkyMid, (0.9, 0.04, 195.0)),
        (SkyLow, (0.94, 0.05, 30.0)),
        (Ridge1, (0.68, 0.06, 170.0)),
        (Ridge2, (0.55, 0.08, 155.0)),
        (Ridge3, (0.4, 0.065, 156.0)),
        (Ridge4, (0.265, 0.045, 162.0)),
        (Bloom, (0.79, 0.1, 0.0)),
        (Bloom2, (0.91, 0.05, 5.0)),
    ])
}

/// Blue air over high green meadows.
pub fn summer() -> Palette {
    Palette::base().with_all(&[
        (SkyTop, (0.75, 0.078, 236.0)),
        (SkyMid, (0.875, 0.05, 218.0)),
        (SkyLow, (0.95, 0.045, 95.0)),
        (Ridge1, (0.66, 0.07, 172.0)),
        (Ridge2, (0.57, 0.1, 148.0)),
        (Ridge3, (0.42, 0.083, 149.0)),
        (Ridge4, (0.265, 0.05, 157.0)),
        (Bloom, (0.86, 0.12, 85.0)),
        (Bloom2, (0.93, 0.03, 320.0)),
        (Water, (0.58, 0.09, 215.0)),
        (Gleam, (0.89, 0.04, 205.0)),
    ])
}

/// Deep green under low, silver light.
pub fn monsoon() -> Palette {
    Palette::base()
        .with_all(&[
            (SkyTop, (0.68, 0.03, 222.0)),
            (SkyMid, (0.81, 0.025, 205.0)),
            (SkyLow, (0.91, 0.025, 150.0)),
            (Sun, (0.91, 0.025, 120.0)),
            (Rock, (0.5, 0.03, 170.0)),
            (Far, (0.74, 0.03, 210.0)),
            (Mist, (0.94, 0.014, 190.0)),
            (Lit, (0.93, 0.012, 200.0)),
            (Shade, (0.7, 0.035, 225.0)),
            (Ridge1, (0.62, 0.05, 182.0)),
            (Ridge2, (0.5, 0.085, 158.0)),
            (Ridge3, (0.37, 0.075, 154.0)),
            (Ridge4, (0.235, 0.045, 160.0)),
            (Leaf, (0.62, 0.11, 140.0)),
            (Gleam, (0.95, 0.015, 200.0)),
        ])
        .moonlit()
}

/// Ochre woods in warm light.
pub fn autumn() -> Palette {
    Palette::base().with_all(&[
        (SkyTop, (0.79, 0.055, 230.0)),
        (SkyMid, (0.9, 0.035, 140.0)),
        (SkyLow, (0.935, 0.07, 68.0)),
        (Far, (0.8, 0.035, 250.0)),
        (Rock, (0.6, 0.025, 255.0)),
        (Ridge1, (0.67, 0.05, 100.0)),
        (Ridge2, (0.59, 0.1, 72.0)),
        (Ridge3, (0.41, 0.075, 60.0)),
        (Ridge4, (0.255, 0.04, 60.0)),
        (Leaf, (0.66, 0.14, 66.0)),
        (Bloom, (0.68, 0.15, 45.0)),
        (Bloom2, (0.82, 0.13, 80.0)),
    ])
}

/// Bare, sunlit rock of Ladakh and Spiti under a deep sky.
pub fn bare() -> Palette {
    Palette::base()
        .with_all(&[
            (SkyTop, (0.65, 0.1, 245.0)),
            (SkyMid, (0.82, 0.06, 232.0)),
            (SkyLow, (0.94, 0.03, 85.0)),
            (Far, (0.76, 0.04, 270.0)),
            (Lit, (0.85, 0.062, 74.0)),
            (Shade, (0.64, 0.062, 48.0)),
            (Rock, (0.55, 0.055, 45.0)),
            (Mist, (0.95, 0.03, 80.0)),
            (Ridge1, (0.7, 0.07, 66.0)),
            (Ridge2, (0.56, 0.065, 54.0)),
            (Ridge3, (0.4, 0.05, 48.0)),
            (Ridge4, (0.26, 0.032, 48.0)),
            (Water, (0.52, 0.105, 232.0)),
            (Gleam, (0.83, 0.07, 210.0)),
            (Wall, (0.97, 0.018, 80.0)),
            (Roof, (0.45, 0.1, 28.0)),
            (Leaf, (0.58, 0.1, 140.0)),
        ])
        .moonlit()
}

/// The bare mountains under snow.
pub fn bare_winter() -> Palette {
    winter().with_all(&[
        (SkyTop, (0.72, 0.075, 248.0)),
        (Ridge1, (0.66, 0.035, 250.0)),
        (Ridge2, (0.5, 0.035, 252.0)),
        (Ridge3, (0.37, 0.032, 255.0)),
        (Ridge4, (0.245, 0.026, 258.0)),
        (Wall, (0.95, 0.02, 75.0)),
        (Roof, (0.43, 0.09, 28.0)),
        (Gleam, (0.9, 0.03, 215.0)),
        (Water, (0.62, 0.06, 225.0)),
    ])
}

/// The dry gold of the Sahyadri after the rains.
pub fn dry() -> Palette {
    Palette::base()
        .with_all(&[
            (SkyTop, (0.78, 0.05, 240.0)),
            (SkyMid, (0.89, 0.045, 75.0)),
            (SkyLow, (0.93, 0.085, 62.0)),
            (Sun, (0.97, 0.07, 80.0)),
            (Far, (0.77, 0.045, 40.0)),
            (Mist, (0.95, 0.045, 68.0)),
            (Rock, (0.42, 0.045, 48.0)),
            (Ridge1, (0.68, 0.07, 58.0)),
            (Ridge2, (0.55, 0.075, 70.0)),
            (Ridge3, (0.39, 0.06, 85.0)),
            (Ridge4, (0.25, 0.04, 95.0)),
            (Leaf, (0.5, 0.08, 120.0)),
        ])
        .moonlit()
}

/// Rain forest and tea of the south.
pub fn southern() -> Palette {
    Palette::base()
        .with_all(&[
            (SkyTop, (0.78, 0.055, 225.0)),
            (SkyMid, (0.9, 0.04, 170.0)),
            (SkyLow, (0.95, 0.055, 85.0)),
            (Far, (0.76, 0.045, 220.0)),
            (Ridge1, (0.66, 0.07, 180.0)),
            (Ridge2, (0.54, 0.1, 150.0)),
            (Ridge3, (0.4, 0.085, 148.0)),
            (Ridge4, (0.25, 0.05, 156.0)),
            (Leaf, (0.67, 0.13, 135.0)),
            (Water, (0.55, 0.07, 205.0)),
            (Gleam, (0.88, 0.04, 170.0)),
        ])
        .moonlit()
}
