//! The Western Ghats, the Nilgiris and Kerala: tablelands, forts, tea and backwaters.

use super::canvas::Canvas;
use super::geometry::{Curve, Point};
use super::himalaya::hills;
use super::land::Massif;
use super::palette::Ink::{self, *};
use super::trees::Tree;

/// Soft green ranges far behind.
pub const GREEN_FAR: [Point; 9] = [
    (-20.0, 260.0),
    (160.0, 210.0),
    (330.0, 252.0),
    (520.0, 180.0),
    (700.0, 246.0),
    (880.0, 196.0),
    (1080.0, 250.0),
    (1270.0, 190.0),
    (1460.0, 240.0),
];

/// A smooth hill about a height, across the picture.
pub fn hill_at(canvas: &mut Canvas, ink: Ink, y: f64, swing: f64, waves: usize) -> Curve {
    let line = hills(canvas, y, swing, waves);
    canvas.hill(ink, &line)
}

/// A dark edge of jungle with tall crowns at both sides.
pub fn jungle(canvas: &mut Canvas, y: f64) -> Curve {
    let edge = hill_at(canvas, Ridge4, y, 10.0, 4);
    canvas.wood(Tree::Round, Ridge4, &edge.lowered(12.0), 7, (-20.0, 320.0), (60.0, 180.0));
    canvas.wood(Tree::Round, Ridge4, &edge.lowered(12.0), 7, (1140.0, 1470.0), (60.0, 180.0));
    edge
}

fn sahyadri(canvas: &mut Canvas, sun: Point) {
    canvas.sky(sun, 30.0);
    canvas.tablelands(
        Far,
        &[(60.0, 260.0, 196.0), (420.0, 520.0, 170.0), (900.0, 1010.0, 206.0), (1180.0, 1380.0, 176.0)],
        420.0,
    );
    canvas.mist(180.0, 420.0, 0.7);
    const NEAR: [(f64, f64, f64); 3] = [(620.0, 836.0, 196.0), (130.0, 230.0, 280.0), (1130.0, 1250.0, 268.0)];
    canvas.tablelands(Ridge1, &NEAR, 400.0);
    canvas.table_bands(Ridge2, &NEAR, 400.0);
}

/// A hill fort between clouds and falls.
pub fn fort_monsoon(canvas: &mut Canvas) {
    sahyadri(canvas, (960.0, 110.0));
    canvas.fort((728.0, 196.0), 0.95);
    canvas.waterfall(664.0, 204.0, 330.0, 9.0);
    canvas.waterfall(800.0, 206.0, 350.0, 12.0);
    canvas.waterfall(1196.0, 270.0, 370.0, 8.0);
    canvas.cloud_sea(Mist, 362.0, (50.0, 140.0), 0.75);
    canvas.streaks(10, (250.0, 340.0), 0.5);
    let middle = hill_at(canvas, Ridge2, 402.0, 24.0, 5);
    canvas.folds(&middle, Ridge3, 0.5, 90.0);
    canvas.wood(Tree::Round, Ridge3, &middle.lowered(6.0), 26, (0.0, 1440.0), (12.0, 28.0));
    let near = hill_at(canvas, Ridge3, 466.0, 18.0, 4);
    canvas.wood(Tree::Round, Ridge3, &near, 24, (0.0, 1440.0), (22.0, 54.0));
    canvas.ground_shadow(410.0, 0.7);
    jungle(canvas, 526.0);
    canvas.rain(80);
}

/// Green summits over clouds.
pub fn green_peaks(canvas: &mut Canvas) {
    canvas.sky((500.0, 150.0), 28.0);
    canvas.range(Far, &GREEN_FAR, 0.08, 1.0);
    canvas.mist(200.0, 340.0, 0.6);
    canvas.massif(&Massif {
        outline: &[
            (-20.0, 340.0),
            (220.0, 262.0),
            (440.0, 350.0),
            (740.0, 140.0),
            (960.0, 330.0),
            (1170.0, 226.0),
            (1460.0, 340.0),
        ],
        base: 440.0,
        faces: (Ridge1, Ridge2),
        gullies: 9,
        roughness: 0.07,
        rock: 0.0,
    });
    canvas.cloud_sea(Mist, 352.0, (60.0, 150.0), 0.85);
    let middle = hill_at(canvas, Ridge2, 398.0, 22.0, 5);
    canvas.folds(&middle, Ridge3, 0.5, 90.0);
    canvas.wood(Tree::Round, Ridge3, &middle.lowered(8.0), 28, (0.0, 1440.0), (10.0, 26.0));
    canvas.streaks(8, (380.0, 440.0), 0.35);
    let near = hill_at(canvas, Ridge3, 466.0, 18.0, 4);
    canvas.wood(Tree::Round, Ridge3, &near, 22, (0.0, 1440.0), (20.0, 52.0));
    canvas.tent((706.0, near.height_at(706.0) + 40.0), 0.7);
    canvas.ground_shadow(410.0, 0.7);
    jungle(canvas, 528.0);
}

/// The plateau in flower after the rains.
pub fn plateau_flowers(canvas: &mut Canvas) {
    sahyadri(canvas, (520.0, 150.0));
    canvas.clouds(&[(180.0, 140.0, 180.0), (960.0, 120.0, 210.0)], 0.75);
    canvas.mist(300.0, 400.0, 0.5);
    let middle = hill_at(canvas, Ridge2, 394.0, 16.0, 5);
    canvas.folds(&middle, Ridge3, 0.4, 80.0);
    canvas.wood(Tree::Round, Ridge3, &middle, 20, (0.0, 1440.0), (12.0, 30.0));
    let near = hill_at(canvas, Ridge3, 440.0, 10.0, 4);
    canvas.ground_shadow(400.0, 0.8);
    canvas.flowers(Bloom, 90, &near, 120.0, (0.0, 1440.0));
    canvas.flowers(Bloom2, 36, &near, 120.0, (0.0, 1440.0));
}

/// The fort in the gold of the dry season.
pub fn fort_dry(canvas: &mut Canvas) {
    sahyadri(canvas, (500.0, 196.0));
    canvas.fort((728.0, 196.0), 0.95);
    canvas.mist(300.0, 400.0, 0.6);
    let middle = hill_at(canvas, Ridge2, 398.0, 22.0, 5);
    canvas.folds(&middle, Ridge3, 0.5, 90.0);
    canvas.wood(Tree::Round, Ridge3, &middle.lowered(4.0), 22, (0.0, 1440.0), (12.0, 28.0));
    let near = hill_at(canvas, Ridge3, 460.0, 18.0, 4);
    canvas.folds(&near, Ridge4, 0.4, 80.0);
    canvas.tent((640.0, near.height_at(640.0) + 22.0), 0.7);
    canvas.tent((566.0, near.height_at(566.0) + 26.0), 0.6);
    canvas.ground_shadow(410.0, 0.75);
    jungle(canvas, 530.0);
    canvas.birds((600.0, 130.0));
}

/// Rows of tea over morning mist.
pub fn tea_hills(canvas: &mut Canvas) {
    canvas.sky((520.0, 150.0), 30.0);
    canvas.range(Far, &GREEN_FAR, 0.06, 1.0);
    canvas.mist(200.0, 330.0, 0.7);
    let far = hill_at(canvas, Ridge1, 300.0, 44.0, 5);
    canvas.folds(&far, Ridge2, 0.35, 100.0);
    canvas.cloud_sea(Mist, 352.0, (60.0, 150.0), 0.7);
    let middle = hill_at(canvas, Ridge2, 386.0, 34.0, 4);
    canvas.terraces(&middle, Leaf, 5, 15.0, "13 7");
    let near = hill_at(canvas, Ridge3, 452.0, 24.0, 3);
    canvas.terraces(&near, Leaf, 5, 23.0, "24 11");
    canvas.hut((742.0, near.height_at(742.0) + 2.0), 0.75, false);
    canvas.wood(Tree::Round, Ridge4, &near.lowered(4.0), 5, (800.0, 1000.0), (40.0, 76.0));
    canvas.ground_shadow(395.0, 0.8);
    jungle(canvas, 540.0);
}

/// The tea in the rains.
pub fn tea_rain(canvas: &mut Canvas) {
    tea_hills(canvas);
    canvas.rain(80);
}

/// Grassland with woods in its folds.
pub fn shola_grass(canvas: &mut Canvas) {
    canvas.sky((540.0, 130.0), 28.0);
    canvas.clouds(&[(160.0, 150.0, 200.0), (1000.0, 120.0, 190.0), (760.0, 80.0, 130.0)], 0.8);
    canvas.range(Far, &GREEN_FAR, 0.06, 1.0);
    canvas.mist(200.0, 340.0, 0.5);
    let far = hill_at(canvas, Ridge1, 310.0, 40.0, 6);
    canvas.folds(&far, Ridge2, 0.45, 110.0);
    canvas.wood(Tree::Round, Ridge3, &far.lowered(46.0), 18, (500.0, 760.0), (14.0, 28.0));
    canvas.mist(320.0, 420.0, 0.35);
    let middle = hill_at(canvas, Leaf, 384.0, 34.0, 4);
    canvas.folds(&middle, Ridge3, 0.4, 110.0);
    canvas.wood(Tree::Round, Ridge3, &middle.lowered(40.0), 18, (160.0, 470.0), (20.0, 44.0));
    canvas.wood(Tree::Round, Ridge3, &middle.lowered(44.0), 18, (900.0, 1240.0), (20.0, 46.0));
    let near = hill_at(canvas, Ridge3, 462.0, 20.0, 4);
    canvas.folds(&near, Ridge4, 0.4, 90.0);
    canvas.flowers(Bloom, 26, &near, 90.0, (0.0, 1440.0));
    canvas.ground_shadow(405.0, 0.85);
    jungle(canvas, 536.0);
}

/// A boat between palms at dawn.
pub fn backwaters(canvas: &mut Canvas) {
    canvas.sky((560.0, 170.0), 36.0);
    canvas.clouds(&[(120.0, 170.0, 220.0), (900.0, 130.0, 260.0)], 0.6);
    canvas.range(
        Far,
        &[(-20.0, 300.0), (240.0, 262.0), (520.0, 300.0), (800.0, 270.0), (1100.0, 304.0), (1460.0, 270.0)],
        0.05,
        1.0,
    );
    canvas.mist(240.0, 360.0, 0.6);
    let shore = hill_at(canvas, Ridge1, 344.0, 7.0, 6);
    canvas.wood(Tree::Palm, Ridge2, &shore, 16, (0.0, 1440.0), (44.0, 80.0));
    let bank = hill_at(canvas, Ridge2, 364.0, 5.0, 7);
    canvas.wood(Tree::Round, Ridge2, &bank, 20, (0.0, 1440.0), (16.0, 34.0));
    canvas.lake(374.0, 560.0);
    canvas.light_path(566.0, (380.0, 470.0));
    canvas.glints(50, (0.0, 1400.0), (382.0, 530.0), 0.6);
    canvas.ground_shadow(370.0, 0.85);
    canvas.rice_boat((770.0, 462.0), 1.1);
    let edge = canvas.hill(
        Ridge4,
        &[
            (-20.0, 480.0),
            (180.0, 506.0),
            (420.0, 552.0),
            (760.0, 566.0),
            (1060.0, 550.0),
            (1270.0, 508.0),
            (1460.0, 480.0),
        ],
    );
    canvas.wood(Tree::Palm, Ridge4, &edge.lowered(6.0), 4, (30.0, 280.0), (240.0, 360.0));
    canvas.wood(Tree::Palm, Ridge4, &edge.lowered(6.0), 4, (1220.0, 1440.0), (240.0, 360.0));
}
