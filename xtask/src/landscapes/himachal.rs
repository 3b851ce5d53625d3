//! Himachal: cedars and a wooden temple, orchards, meadows and terraces.

use super::canvas::Canvas;
use super::himalaya::{FAR, FRAME, LONG_RIDGE, ONE_SUMMIT, TWIN_SUMMITS, front, hill_at, peaks, woods};
use super::palette::Ink::*;
use super::trees::Tree;

/// A wooden temple among cedars in falling snow.
pub fn cedars_in_snow(canvas: &mut Canvas) {
    peaks(canvas, (930.0, 120.0), &TWIN_SUMMITS, 0.2);
    let far = hill_at(canvas, Ridge1, 350.0, 20.0, 6);
    canvas.wood(Tree::Fir, Ridge2, &far, 60, (0.0, 1440.0), (8.0, 22.0));
    canvas.mist(330.0, 430.0, 0.4);
    let slope = hill_at(canvas, Shade, 412.0, 18.0, 5);
    canvas.folds(&slope, Rock, 0.35, 70.0);
    canvas.wood(Tree::Fir, Ridge3, &slope, 30, (0.0, 1440.0), (18.0, 46.0));
    let near = hill_at(canvas, Rock, 470.0, 16.0, 4);
    canvas.folds(&near, Ridge3, 0.4, 80.0);
    canvas.wooden_temple((700.0, near.height_at(700.0) + 6.0), 0.95);
    canvas.hut((590.0, near.height_at(590.0) + 6.0), 0.8, true);
    canvas.wood(Tree::Fir, Ridge3, &near.lowered(18.0), 12, (800.0, 1180.0), (36.0, 80.0));
    canvas.ground_shadow(390.0, 0.9);
    canvas.firs(Ridge4, Some(Shade), &FRAME);
    canvas.snowfall(60);
}

/// Orchards in blossom before the peaks.
pub fn apple_blossom(canvas: &mut Canvas) {
    peaks(canvas, (930.0, 130.0), &TWIN_SUMMITS, 0.6);
    blossom_valley(canvas, &ORCHARD);
}

fn blossom_valley(canvas: &mut Canvas, trees: &[(f64, f64, f64)]) {
    let far = hill_at(canvas, Ridge1, 356.0, 18.0, 6);
    canvas.wood(Tree::Fir, Ridge1, &far, 40, (0.0, 1440.0), (7.0, 18.0));
    canvas.folds(&far, Ridge2, 0.3, 70.0);
    canvas.mist(330.0, 420.0, 0.35);
    let middle = hill_at(canvas, Ridge2, 408.0, 20.0, 5);
    canvas.terraces(&middle, Ridge1, 3, 15.0, "900 40");
    canvas.folds(&middle, Ridge3, 0.4, 80.0);
    let near = hill_at(canvas, Ridge3, 466.0, 16.0, 4);
    canvas.hut((640.0, near.height_at(640.0) + 4.0), 0.72, false);
    canvas.hut((720.0, near.height_at(720.0) + 8.0), 0.55, false);
    canvas.flowers(Bloom2, 30, &near, 60.0, (260.0, 1200.0));
    front(canvas, 528.0);
    canvas.ground_shadow(400.0, 0.65);
    canvas.crowns(Bloom, Bloom2, trees);
}

const ORCHARD: [(f64, f64, f64); 9] = [
    (60.0, 560.0, 190.0),
    (180.0, 566.0, 140.0),
    (272.0, 560.0, 104.0),
    (470.0, 524.0, 56.0),
    (820.0, 520.0, 66.0),
    (930.0, 530.0, 84.0),
    (1120.0, 560.0, 120.0),
    (1240.0, 566.0, 156.0),
    (1380.0, 562.0, 206.0),
];

/// A river through a meadow with tents.
pub fn river_meadow(canvas: &mut Canvas) {
    peaks(canvas, (560.0, 128.0), &ONE_SUMMIT, 0.85);
    canvas.clouds(&[(200.0, 150.0, 150.0), (1010.0, 130.0, 190.0)], 0.8);
    let left = canvas.hill(
        Ridge1,
        &[
            (-20.0, 290.0),
            (240.0, 330.0),
            (520.0, 392.0),
            (760.0, 396.0),
            (1000.0, 384.0),
            (1240.0, 318.0),
            (1460.0, 286.0),
        ],
    );
    canvas.wood(Tree::Fir, Ridge2, &left, 24, (0.0, 420.0), (10.0, 26.0));
    canvas.wood(Tree::Fir, Ridge2, &left, 24, (1040.0, 1440.0), (10.0, 28.0));
    let meadow = canvas.hill(
        Ridge2,
        &[(-20.0, 392.0), (260.0, 404.0), (560.0, 410.0), (820.0, 402.0), (1140.0, 412.0), (1460.0, 388.0)],
    );
    canvas.river(
        Gleam,
        &[(700.0, 405.0, 5.0), (640.0, 424.0, 16.0), (800.0, 450.0, 36.0), (690.0, 488.0, 60.0), (900.0, 560.0, 150.0)],
    );
    canvas.river(
        Water,
        &[(701.0, 407.0, 2.0), (641.0, 424.0, 9.0), (802.0, 450.0, 24.0), (694.0, 488.0, 42.0), (910.0, 560.0, 116.0)],
    );
    canvas.flowers(Bloom, 26, &meadow, 110.0, (60.0, 600.0));
    canvas.tent((520.0, 470.0), 0.6);
    canvas.tent((455.0, 478.0), 0.75);
    canvas.ground_shadow(385.0, 0.85);
    canvas.slabs(
        Ridge3,
        &[(560.0, 500.0, 40.0), (760.0, 520.0, 46.0), (1010.0, 540.0, 70.0), (610.0, 534.0, 60.0)],
        1.0,
    );
    canvas.firs(Ridge4, None, &FRAME);
}

/// Terraces in the rain.
pub fn terraced_rain(canvas: &mut Canvas) {
    canvas.sky((980.0, 120.0), 26.0);
    canvas.range(Far, &FAR, 0.12, 1.0);
    canvas.cloud_sea(Mist, 250.0, (70.0, 170.0), 0.6);
    let far = hill_at(canvas, Ridge1, 318.0, 36.0, 5);
    canvas.folds(&far, Ridge2, 0.35, 90.0);
    canvas.streaks(10, (290.0, 360.0), 0.55);
    let middle = hill_at(canvas, Ridge2, 380.0, 30.0, 4);
    canvas.terraces(&middle, Leaf, 4, 17.0, "700 30");
    canvas.wood(Tree::Round, Ridge3, &middle.lowered(4.0), 18, (900.0, 1440.0), (18.0, 40.0));
    let near = hill_at(canvas, Ridge3, 462.0, 24.0, 4);
    canvas.terraces(&near, Leaf, 4, 24.0, "600 40");
    canvas.hut((690.0, near.height_at(690.0) + 6.0), 0.8, false);
    canvas.hut((600.0, near.height_at(600.0) + 8.0), 0.6, false);
    canvas.ground_shadow(400.0, 0.85);
    canvas.firs(Ridge4, None, &FRAME);
    canvas.rain(90);
}

/// Golden trees and a hut.
pub fn larch_autumn(canvas: &mut Canvas) {
    peaks(canvas, (510.0, 160.0), &LONG_RIDGE, 0.6);
    let near = woods(canvas);
    canvas.hut((716.0, near.height_at(716.0) + 14.0), 0.8, false);
    front(canvas, 520.0);
    canvas.crowns(
        Leaf,
        Bloom2,
        &[(560.0, 530.0, 66.0), (900.0, 536.0, 80.0), (1120.0, 556.0, 120.0), (330.0, 560.0, 96.0)],
    );
    canvas.firs(Ridge4, None, &FRAME);
    canvas.ground_shadow(420.0, 0.5);
}
