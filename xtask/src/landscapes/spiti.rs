//! Spiti: a monastery on its cone and the braided river in its wide valley.

use super::canvas::Canvas;
use super::land::Massif;
use super::palette::Ink::{self, *};
use super::plateau::{BARE_CHAIN, SNOW_FAR, bare_chain, ground};

/// A monastery on its cone over green fields.
pub fn key_summer(canvas: &mut Canvas) {
    bare_chain(canvas, (500.0, 110.0), 420.0);
    key_hill(canvas, (Ridge1, Ridge2));
    let fields = canvas.hill(
        Leaf,
        &[(-20.0, 430.0), (300.0, 438.0), (560.0, 462.0), (860.0, 468.0), (1160.0, 444.0), (1460.0, 430.0)],
    );
    canvas.terraces(&fields, Ridge3, 3, 18.0, "260 20");
    canvas.ground_shadow(395.0, 0.9);
    ground(canvas, Ridge4, 528.0, 12.0);
    canvas.prayer_flags((300.0, 470.0), (590.0, 420.0), (22.0, (60.0, 30.0)), 20);
}

fn key_hill(canvas: &mut Canvas, faces: (Ink, Ink)) {
    let near = ground(canvas, faces.0, 368.0, 14.0);
    canvas.folds(&near, faces.1, 0.4, 70.0);
    canvas.massif(&Massif {
        outline: &[(420.0, 480.0), (610.0, 352.0), (660.0, 352.0), (750.0, 316.0), (1040.0, 480.0)],
        base: 480.0,
        faces,
        gullies: 9,
        roughness: 0.1,
        rock: 0.0,
    });
    canvas.monastery((704.0, 346.0), 1.0);
}

/// The same monastery in snow.
pub fn key_winter(canvas: &mut Canvas) {
    canvas.sky((500.0, 120.0), 28.0);
    canvas.range(Far, &SNOW_FAR, 0.16, 1.0);
    canvas.mist(150.0, 320.0, 0.4);
    canvas.massif(&Massif {
        outline: &BARE_CHAIN,
        base: 430.0,
        faces: (Lit, Shade),
        gullies: 8,
        roughness: 0.15,
        rock: 0.0,
    });
    canvas.mist(250.0, 430.0, 0.5);
    key_hill(canvas, (Ridge1, Ridge2));
    let snow = canvas.hill(
        Shade,
        &[(-20.0, 420.0), (300.0, 434.0), (560.0, 456.0), (860.0, 462.0), (1160.0, 436.0), (1460.0, 420.0)],
    );
    canvas.folds(&snow, Rock, 0.4, 60.0);
    canvas.ground_shadow(395.0, 0.95);
    ground(canvas, Ridge4, 530.0, 12.0);
    canvas.snowfall(60);
}

/// A braided river in a wide valley.
pub fn spiti_autumn(canvas: &mut Canvas) {
    bare_chain(canvas, (930.0, 90.0), 420.0);
    canvas.massif(&Massif {
        outline: &[
            (-20.0, 300.0),
            (120.0, 260.0),
            (420.0, 440.0),
            (560.0, 420.0),
            (700.0, 444.0),
            (1100.0, 330.0),
            (1460.0, 420.0),
        ],
        base: 470.0,
        faces: (Ridge1, Ridge2),
        gullies: 6,
        roughness: 0.1,
        rock: 0.0,
    });
    canvas.hill(Ridge2, &[(-20.0, 440.0), (300.0, 446.0), (640.0, 438.0), (1000.0, 446.0), (1460.0, 436.0)]);
    for (middle, y, width) in [(-30.0, 0.0, 0.8), (40.0, 4.0, 0.5), (0.0, 8.0, 1.0)] {
        canvas.river(
            Gleam,
            &[
                (720.0 + middle * 0.3, 440.0, 3.0),
                (620.0 + middle, 456.0 + y, 12.0 * width),
                (840.0 + middle * 2.0, 484.0, 22.0 * width),
                (640.0 + middle * 3.0, 522.0, 34.0 * width),
                (780.0 + middle * 4.0, 572.0, 60.0 * width),
            ],
        );
    }
    canvas.ground_shadow(400.0, 0.85);
    let near = canvas.hill(
        Ridge4,
        &[
            (-20.0, 490.0),
            (220.0, 506.0),
            (480.0, 548.0),
            (740.0, 570.0),
            (1000.0, 548.0),
            (1240.0, 508.0),
            (1460.0, 490.0),
        ],
    );
    canvas.crowns(
        Leaf,
        Bloom2,
        &[(110.0, 520.0, 96.0), (200.0, 530.0, 72.0), (1240.0, 530.0, 80.0), (1350.0, 524.0, 110.0)],
    );
    for (x, size) in [(350.0, 0.85), (420.0, 0.65)] {
        canvas.stupa((x, near.height_at(x) + 4.0), size);
    }
    canvas.prayer_flags((420.0, near.height_at(420.0) - 46.0), (640.0, 520.0), (12.0, (0.0, 50.0)), 15);
}
