//! Kashmir and Sikkim, the first page and the sign-in page: lakes, huts in snow, stupas and the sea of clouds.

use super::canvas::Canvas;
use super::himalaya::{BROAD_MASSIF, FAR, FRAME, LONG_RIDGE, ONE_SUMMIT, TWIN_SUMMITS, front, hill_at, peaks, woods};
use super::land::Massif;
use super::palette::Ink::*;
use super::trees::Tree;

/// Huts in deep snow.
pub fn meadow_huts_snow(canvas: &mut Canvas) {
    peaks(canvas, (960.0, 150.0), &LONG_RIDGE, 0.2);
    let far = hill_at(canvas, Ridge1, 350.0, 16.0, 6);
    canvas.wood(Tree::Fir, Ridge2, &far, 70, (0.0, 1440.0), (10.0, 28.0));
    canvas.mist(330.0, 430.0, 0.4);
    let slope = hill_at(canvas, Shade, 416.0, 14.0, 4);
    canvas.folds(&slope, Rock, 0.3, 70.0);
    for (x, size) in [(560.0, 0.6), (650.0, 0.75), (752.0, 0.9), (850.0, 0.62)] {
        canvas.hut((x, slope.height_at(x) + 22.0), size, true);
    }
    let near = hill_at(canvas, Rock, 480.0, 14.0, 4);
    canvas.folds(&near, Ridge3, 0.4, 70.0);
    canvas.ground_shadow(390.0, 0.95);
    canvas.firs(Ridge4, Some(Shade), &FRAME);
    canvas.snowfall(70);
}

/// A lake with boats and almond blossom.
pub fn shikara_spring(canvas: &mut Canvas) {
    peaks(canvas, (560.0, 170.0), &LONG_RIDGE, 0.5);
    let far = hill_at(canvas, Ridge1, 344.0, 20.0, 5);
    canvas.folds(&far, Ridge2, 0.3, 60.0);
    let shore = hill_at(canvas, Ridge2, 384.0, 8.0, 6);
    canvas.wood(Tree::Poplar, Ridge3, &shore, 26, (0.0, 460.0), (24.0, 60.0));
    canvas.wood(Tree::Poplar, Ridge3, &shore, 24, (980.0, 1440.0), (24.0, 64.0));
    canvas.crowns(
        Bloom,
        Bloom2,
        &[(520.0, 398.0, 44.0), (584.0, 398.0, 34.0), (900.0, 398.0, 46.0), (960.0, 398.0, 36.0)],
    );
    canvas.lake(396.0, 560.0);
    canvas.houseboat((420.0, 404.0), 0.8);
    canvas.light_path(566.0, (402.0, 480.0));
    canvas.glints(30, (100.0, 1300.0), (404.0, 520.0), 0.7);
    canvas.ground_shadow(396.0, 0.9);
    canvas.shikara((770.0, 462.0), 1.15);
    front(canvas, 548.0);
    canvas.crowns(
        Bloom,
        Bloom2,
        &[(40.0, 566.0, 200.0), (170.0, 570.0, 130.0), (1270.0, 570.0, 130.0), (1400.0, 566.0, 200.0)],
    );
}

/// The lake under red chinars.
pub fn chinar_autumn(canvas: &mut Canvas) {
    peaks(canvas, (930.0, 160.0), &TWIN_SUMMITS, 0.6);
    let far = hill_at(canvas, Ridge1, 350.0, 18.0, 5);
    canvas.folds(&far, Ridge2, 0.3, 60.0);
    let shore = hill_at(canvas, Ridge2, 384.0, 8.0, 6);
    canvas.wood(Tree::Poplar, Leaf, &shore, 30, (0.0, 1440.0), (24.0, 58.0));
    canvas.crowns(Bloom, Bloom2, &[(470.0, 400.0, 66.0), (560.0, 400.0, 52.0), (980.0, 400.0, 70.0)]);
    canvas.lake(398.0, 560.0);
    canvas.houseboat((690.0, 408.0), 0.8);
    canvas.glints(34, (100.0, 1300.0), (408.0, 530.0), 0.6);
    canvas.ground_shadow(396.0, 0.9);
    canvas.shikara((600.0, 478.0), 1.0);
    front(canvas, 546.0);
    canvas.crowns(
        Bloom,
        Bloom2,
        &[(60.0, 570.0, 220.0), (220.0, 574.0, 130.0), (1240.0, 574.0, 140.0), (1390.0, 570.0, 224.0)],
    );
}

/// A turquoise lake above the trees.
pub fn alpine_lake(canvas: &mut Canvas) {
    peaks(canvas, (540.0, 120.0), &ONE_SUMMIT, 0.85);
    canvas.clouds(&[(120.0, 150.0, 180.0), (1080.0, 110.0, 180.0)], 0.75);
    canvas.hill(
        Ridge1,
        &[
            (-20.0, 280.0),
            (230.0, 330.0),
            (500.0, 384.0),
            (740.0, 390.0),
            (1000.0, 380.0),
            (1230.0, 316.0),
            (1460.0, 280.0),
        ],
    );
    canvas.lake(388.0, 560.0);
    canvas.glints(40, (60.0, 1380.0), (394.0, 480.0), 0.6);
    let left = canvas.hill(
        Ridge2,
        &[
            (-20.0, 350.0),
            (170.0, 376.0),
            (330.0, 420.0),
            (470.0, 470.0),
            (700.0, 492.0),
            (980.0, 486.0),
            (1180.0, 444.0),
            (1460.0, 380.0),
        ],
    );
    canvas.folds(&left, Ridge3, 0.4, 60.0);
    canvas.ground_shadow(390.0, 0.9);
    canvas.flowers(Bloom, 34, &left, 80.0, (0.0, 1440.0));
    canvas.flowers(Bloom2, 24, &left, 80.0, (0.0, 1440.0));
    canvas.tent((604.0, left.height_at(604.0) + 20.0), 0.75);
    canvas.tent((690.0, left.height_at(690.0) + 22.0), 0.6);
    let edge = front(canvas, 548.0);
    canvas.wood(Tree::Fir, Ridge4, &edge, 22, (900.0, 1440.0), (30.0, 90.0));
}

/// Peaks over a sea of clouds at dusk.
pub fn sea_of_clouds(canvas: &mut Canvas) {
    canvas.sky((520.0, 190.0), 32.0);
    canvas.range(Far, &FAR, 0.14, 1.0);
    canvas.massif(&Massif {
        outline: &BROAD_MASSIF,
        base: 420.0,
        faces: (Lit, Shade),
        gullies: 7,
        roughness: 0.17,
        rock: 0.0,
    });
    canvas.mist(230.0, 360.0, 0.7);
    canvas.cloud_sea(Mist, 344.0, (50.0, 130.0), 0.95);
    let island = canvas.hill(
        Ridge1,
        &[
            (-20.0, 420.0),
            (200.0, 384.0),
            (420.0, 400.0),
            (700.0, 430.0),
            (1000.0, 392.0),
            (1220.0, 372.0),
            (1460.0, 400.0),
        ],
    );
    canvas.wood(Tree::Fir, Ridge1, &island, 28, (0.0, 1440.0), (8.0, 22.0));
    canvas.cloud_sea(Far, 428.0, (60.0, 160.0), 0.9);
    let near = hill_at(canvas, Ridge3, 474.0, 20.0, 4);
    canvas.wood(Tree::Fir, Ridge3, &near, 30, (0.0, 1440.0), (24.0, 60.0));
    let edge = front(canvas, 524.0);
    canvas.prayer_flags(
        (520.0, edge.height_at(520.0) - 40.0),
        (900.0, edge.height_at(900.0) - 52.0),
        (22.0, (60.0, 70.0)),
        25,
    );
    canvas.firs(Ridge4, None, &FRAME);
    canvas.ground_shadow(400.0, 0.7);
}

/// Stupas and prayer flags before the massif.
pub fn stupas_winter(canvas: &mut Canvas) {
    peaks(canvas, (530.0, 150.0), &BROAD_MASSIF, 0.4);
    woods(canvas);
    let edge = canvas.hill(
        Ridge4,
        &[(-20.0, 530.0), (320.0, 522.0), (640.0, 486.0), (860.0, 480.0), (1140.0, 520.0), (1460.0, 530.0)],
    );
    for (x, size) in [(640.0, 0.62), (700.0, 0.8), (770.0, 1.05), (842.0, 0.75)] {
        canvas.stupa((x, edge.height_at(x) + 4.0), size);
    }
    canvas.prayer_flags((470.0, 470.0), (768.0, edge.height_at(770.0) - 80.0), (20.0, (60.0, 0.0)), 15);
    canvas.prayer_flags((772.0, edge.height_at(770.0) - 80.0), (1050.0, 474.0), (20.0, (0.0, 60.0)), 15);
    canvas.firs(Ridge4, None, &FRAME);
    canvas.ground_shadow(420.0, 0.6);
}

/// The picture behind the first page: the chain at dawn, camp and flags.
pub fn home(canvas: &mut Canvas) {
    peaks(canvas, (470.0, 190.0), &BROAD_MASSIF, 0.45);
    woods(canvas);
    let edge = front(canvas, 516.0);
    for (x, size) in [(800.0, 0.9), (884.0, 0.7), (950.0, 0.55)] {
        canvas.tent((x, edge.height_at(x) + 8.0), size);
    }
    canvas.prayer_flags((1010.0, edge.height_at(1010.0) - 34.0), (1200.0, 470.0), (16.0, (46.0, 60.0)), 16);
    canvas.firs(Ridge4, None, &FRAME);
    canvas.ground_shadow(410.0, 0.55);
}

/// The tall picture beside the sign-in form (1080 × 1280).
pub fn sign_in(canvas: &mut Canvas) {
    canvas.sky((430.0, 470.0), 54.0);
    canvas.range(
        Far,
        &[
            (-20.0, 560.0),
            (180.0, 450.0),
            (330.0, 520.0),
            (520.0, 590.0),
            (760.0, 500.0),
            (930.0, 470.0),
            (1100.0, 560.0),
        ],
        0.14,
        1.0,
    );
    canvas.mist(460.0, 820.0, 0.55);
    canvas.massif(&Massif {
        outline: &[
            (-20.0, 700.0),
            (200.0, 520.0),
            (430.0, 700.0),
            (700.0, 340.0),
            (900.0, 600.0),
            (1010.0, 540.0),
            (1100.0, 610.0),
        ],
        base: 900.0,
        faces: (Lit, Shade),
        gullies: 9,
        roughness: 0.17,
        rock: 0.45,
    });
    canvas.mist(560.0, 900.0, 0.85);
    let far = hill_at(canvas, Ridge1, 850.0, 30.0, 4);
    canvas.wood(Tree::Fir, Ridge1, &far, 34, (0.0, 1080.0), (10.0, 26.0));
    canvas.folds(&far, Ridge2, 0.3, 110.0);
    canvas.mist(820.0, 990.0, 0.4);
    let middle = hill_at(canvas, Ridge2, 935.0, 34.0, 4);
    canvas.wood(Tree::Fir, Ridge2, &middle, 30, (0.0, 1080.0), (24.0, 60.0));
    canvas.folds(&middle, Ridge3, 0.4, 120.0);
    let near = hill_at(canvas, Ridge3, 1030.0, 30.0, 3);
    canvas.wood(Tree::Fir, Ridge3, &near, 26, (0.0, 1080.0), (40.0, 110.0));
    canvas.tent((610.0, near.height_at(610.0) + 26.0), 1.1);
    front(canvas, 1150.0);
    canvas.firs(
        Ridge4,
        None,
        &[
            (60.0, 1270.0, 2.6),
            (160.0, 1280.0, 1.8),
            (250.0, 1280.0, 1.3),
            (880.0, 1280.0, 1.4),
            (960.0, 1270.0, 2.1),
            (1050.0, 1280.0, 2.8),
        ],
    );
    canvas.ground_shadow(960.0, 0.75);
}
