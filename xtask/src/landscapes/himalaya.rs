//! Uttarakhand, and the parts that all pictures of the Himalaya share: chains, hills, woods and firs at the edges.

use super::canvas::Canvas;
use super::geometry::{Curve, Point};
use super::land::Massif;
use super::palette::Ink::{self, *};
use super::trees::Tree;

/// A chain with one high summit right of the middle.
pub const ONE_SUMMIT: [Point; 9] = [
    (-20.0, 330.0),
    (130.0, 262.0),
    (270.0, 322.0),
    (470.0, 212.0),
    (590.0, 282.0),
    (770.0, 88.0),
    (985.0, 300.0),
    (1200.0, 196.0),
    (1460.0, 300.0),
];
/// Two summits close together.
pub const TWIN_SUMMITS: [Point; 9] = [
    (-20.0, 310.0),
    (200.0, 230.0),
    (420.0, 316.0),
    (640.0, 120.0),
    (745.0, 236.0),
    (870.0, 160.0),
    (1070.0, 320.0),
    (1250.0, 226.0),
    (1460.0, 316.0),
];
/// A broad massif with many heads, as Kangchenjunga.
pub const BROAD_MASSIF: [Point; 11] = [
    (-20.0, 300.0),
    (220.0, 214.0),
    (350.0, 256.0),
    (530.0, 150.0),
    (630.0, 196.0),
    (740.0, 84.0),
    (850.0, 176.0),
    (940.0, 140.0),
    (1100.0, 250.0),
    (1230.0, 202.0),
    (1460.0, 300.0),
];
/// A long, calm ridge.
pub const LONG_RIDGE: [Point; 9] = [
    (-20.0, 250.0),
    (160.0, 186.0),
    (380.0, 300.0),
    (560.0, 232.0),
    (700.0, 286.0),
    (900.0, 146.0),
    (1110.0, 290.0),
    (1290.0, 214.0),
    (1460.0, 280.0),
];

/// The range behind all others.
pub const FAR: [Point; 9] = [
    (-20.0, 250.0),
    (140.0, 190.0),
    (300.0, 226.0),
    (480.0, 160.0),
    (640.0, 220.0),
    (860.0, 190.0),
    (1060.0, 230.0),
    (1260.0, 150.0),
    (1460.0, 220.0),
];

/// A smooth line of hills about a height.
pub fn hills(canvas: &mut Canvas, y: f64, swing: f64, waves: usize) -> Vec<Point> {
    let step = (canvas.size.0 + 40.0) / waves as f64;
    let phase = if canvas.rng.unit() < 0.5 { -1.0 } else { 1.0 };
    (0..=waves)
        .map(|i| {
            let side = if i % 2 == 0 { phase } else { -phase };
            let shift = if i == 0 || i == waves { 0.0 } else { canvas.rng.between(-0.2, 0.2) * step };
            (-20.0 + step * i as f64 + shift, y + side * swing * canvas.rng.between(0.5, 1.0))
        })
        .collect()
}

/// Sky, far range and snow peaks that stand in mist.
pub fn peaks(canvas: &mut Canvas, sun: Point, outline: &[Point], rock: f64) {
    let outline = jittered(canvas, outline);
    canvas.sky(sun, 30.0);
    canvas.range(Far, &FAR, 0.14, 1.0);
    canvas.mist(180.0, 380.0, 0.55);
    canvas.massif(&Massif {
        outline: &outline,
        base: 430.0,
        faces: (Lit, Shade),
        gullies: 30 / outline.len() + 3,
        roughness: 0.17,
        rock,
    });
    canvas.mist(230.0, 420.0, 0.8);
}

/// The same chain, never twice: every summit and saddle a little elsewhere.
fn jittered(canvas: &mut Canvas, outline: &[Point]) -> Vec<Point> {
    let last = outline.len() - 1;
    outline
        .iter()
        .enumerate()
        .map(|(i, &(x, y))| {
            if i == 0 || i == last {
                (x, y)
            } else {
                (x + canvas.rng.between(-24.0, 24.0), y + canvas.rng.between(-20.0, 14.0))
            }
        })
        .collect()
}

/// A smooth hill about a height, across the picture.
pub fn hill_at(canvas: &mut Canvas, ink: Ink, y: f64, swing: f64, waves: usize) -> Curve {
    let line = hills(canvas, y, swing, waves);
    canvas.hill(ink, &line)
}

/// Three wooded ridges and a dark edge in front.
pub fn woods(canvas: &mut Canvas) -> Curve {
    let far = hill_at(canvas, Ridge1, 352.0, 18.0, 6);
    canvas.wood(Tree::Fir, Ridge1, &far, 26, (0.0, 1440.0), (8.0, 17.0));
    canvas.folds(&far, Ridge2, 0.3, 70.0);
    canvas.mist(330.0, 430.0, 0.45);
    let middle = hill_at(canvas, Ridge2, 404.0, 22.0, 5);
    canvas.wood(Tree::Fir, Ridge2, &middle, 28, (0.0, 1440.0), (14.0, 34.0));
    canvas.folds(&middle, Ridge3, 0.4, 80.0);
    let near = hill_at(canvas, Ridge3, 462.0, 20.0, 5);
    canvas.wood(Tree::Fir, Ridge3, &near, 26, (0.0, 1440.0), (24.0, 66.0));
    near
}

/// The dark edge of the ground in front.
pub fn front(canvas: &mut Canvas, y: f64) -> Curve {
    hill_at(canvas, Ridge4, y, 14.0, 4)
}

/// Tall firs at both edges, which leave the middle free.
pub const FRAME: [(f64, f64, f64); 12] = [
    (22.0, 560.0, 1.9),
    (78.0, 566.0, 1.35),
    (122.0, 560.0, 1.65),
    (178.0, 566.0, 1.1),
    (232.0, 566.0, 0.8),
    (1180.0, 566.0, 0.75),
    (1236.0, 566.0, 1.05),
    (1288.0, 562.0, 1.5),
    (1338.0, 566.0, 1.2),
    (1386.0, 560.0, 1.85),
    (1430.0, 566.0, 1.4),
    (300.0, 570.0, 0.6),
];

/// Deodar woods under a high summit, a lit tent.
pub fn forest_winter(canvas: &mut Canvas) {
    peaks(canvas, (500.0, 176.0), &ONE_SUMMIT, 0.4);
    woods(canvas);
    front(canvas, 520.0);
    canvas.tent((742.0, 516.0), 0.9);
    canvas.firs(Ridge4, None, &FRAME);
    canvas.ground_shadow(400.0, 0.55);
}

/// A half-frozen lake in the violet hour.
pub fn lake_at_dusk(canvas: &mut Canvas) {
    peaks(canvas, (520.0, 210.0), &LONG_RIDGE, 0.35);
    let shore = hill_at(canvas, Ridge1, 374.0, 12.0, 6);
    canvas.wood(Tree::Fir, Ridge2, &shore, 46, (0.0, 1440.0), (10.0, 30.0));
    canvas.lake(394.0, 560.0);
    canvas.slabs(
        Lit,
        &[
            (380.0, 420.0, 120.0),
            (560.0, 440.0, 170.0),
            (820.0, 428.0, 130.0),
            (980.0, 456.0, 190.0),
            (680.0, 474.0, 150.0),
            (300.0, 462.0, 160.0),
            (1150.0, 430.0, 120.0),
        ],
        0.4,
    );
    canvas.light_path(540.0, (400.0, 470.0));
    canvas.glints(22, (200.0, 1200.0), (402.0, 490.0), 0.6);
    let bank = front(canvas, 508.0);
    canvas.tent((800.0, bank.height_at(800.0) + 4.0), 0.8);
    canvas.tent((880.0, bank.height_at(880.0) + 8.0), 0.6);
    canvas.firs(Ridge4, None, &FRAME);
    canvas.ground_shadow(400.0, 0.75);
}

/// Rhododendrons in flower over the woods.
pub fn rhododendrons(canvas: &mut Canvas) {
    peaks(canvas, (520.0, 150.0), &ONE_SUMMIT, 0.6);
    woods(canvas);
    front(canvas, 520.0);
    canvas.ground_shadow(410.0, 0.6);
    canvas.crowns(
        Leaf,
        Bloom,
        &[
            (50.0, 566.0, 210.0),
            (190.0, 566.0, 150.0),
            (300.0, 570.0, 110.0),
            (640.0, 566.0, 70.0),
            (860.0, 566.0, 84.0),
            (1130.0, 570.0, 110.0),
            (1250.0, 566.0, 160.0),
            (1390.0, 566.0, 214.0),
        ],
    );
}

/// Alpine meadows under the massif.
pub fn high_meadow(canvas: &mut Canvas) {
    peaks(canvas, (520.0, 130.0), &BROAD_MASSIF, 0.85);
    canvas.clouds(&[(90.0, 170.0, 170.0), (1130.0, 120.0, 210.0)], 0.75);
    let far = hill_at(canvas, Ridge1, 350.0, 22.0, 5);
    canvas.folds(&far, Ridge2, 0.5, 80.0);
    let middle = hill_at(canvas, Ridge2, 400.0, 26.0, 4);
    canvas.folds(&middle, Ridge3, 0.5, 100.0);
    canvas.wood(Tree::Fir, Ridge3, &middle.lowered(10.0), 16, (980.0, 1440.0), (14.0, 40.0));
    let near = hill_at(canvas, Ridge3, 460.0, 20.0, 4);
    canvas.folds(&near, Ridge4, 0.45, 100.0);
    canvas.flowers(Bloom, 40, &near, 90.0, (0.0, 1440.0));
    canvas.flowers(Bloom2, 24, &near, 90.0, (0.0, 1440.0));
    canvas.tent((690.0, near.height_at(690.0) + 16.0), 0.8);
    canvas.tent((778.0, near.height_at(778.0) + 12.0), 0.62);
    canvas.ground_shadow(420.0, 0.85);
    canvas.birds((600.0, 120.0));
}

/// A valley full of flowers under clouds.
pub fn valley_of_flowers(canvas: &mut Canvas) {
    peaks(canvas, (930.0, 110.0), &TWIN_SUMMITS, 0.8);
    canvas.cloud_sea(Mist, 330.0, (60.0, 150.0), 0.75);
    canvas.hill(
        Ridge1,
        &[
            (-20.0, 220.0),
            (200.0, 300.0),
            (480.0, 390.0),
            (740.0, 410.0),
            (980.0, 386.0),
            (1240.0, 300.0),
            (1460.0, 226.0),
        ],
    );
    canvas.waterfall(1246.0, 306.0, 420.0, 12.0);
    canvas.streaks(9, (300.0, 372.0), 0.5);
    let middle = canvas.hill(
        Ridge2,
        &[(-20.0, 330.0), (240.0, 380.0), (560.0, 424.0), (860.0, 418.0), (1180.0, 380.0), (1460.0, 330.0)],
    );
    canvas.folds(&middle, Ridge3, 0.4, 90.0);
    let near = canvas.hill(Ridge3, &[(-20.0, 420.0), (300.0, 440.0), (620.0, 458.0), (940.0, 448.0), (1460.0, 410.0)]);
    canvas.ground_shadow(390.0, 0.7);
    canvas.flowers(Bloom, 56, &near, 110.0, (0.0, 1440.0));
    canvas.flowers(Bloom2, 40, &near, 110.0, (0.0, 1440.0));
    canvas.flowers(Leaf, 26, &near, 110.0, (0.0, 1440.0));
}

/// A stone temple on its hill.
pub fn temple_autumn(canvas: &mut Canvas) {
    peaks(canvas, (520.0, 150.0), &BROAD_MASSIF, 0.55);
    let far = hill_at(canvas, Ridge1, 352.0, 20.0, 5);
    canvas.folds(&far, Ridge2, 0.4, 80.0);
    canvas.mist(330.0, 420.0, 0.4);
    let middle = hill_at(canvas, Ridge2, 402.0, 22.0, 5);
    canvas.wood(Tree::Fir, Ridge3, &middle.lowered(8.0), 30, (0.0, 1440.0), (12.0, 34.0));
    let near = canvas.hill(
        Ridge3,
        &[(-20.0, 500.0), (260.0, 482.0), (520.0, 446.0), (740.0, 428.0), (980.0, 466.0), (1460.0, 504.0)],
    );
    canvas.folds(&near, Ridge4, 0.4, 120.0);
    canvas.stone_temple((726.0, near.height_at(726.0) + 4.0), 1.0);
    canvas.prayer_flags(
        (560.0, near.height_at(560.0) - 8.0),
        (704.0, near.height_at(704.0) - 66.0),
        (14.0, (40.0, 0.0)),
        15,
    );
    front(canvas, 532.0);
    canvas.firs(Ridge4, None, &FRAME);
    canvas.ground_shadow(410.0, 0.7);
}
