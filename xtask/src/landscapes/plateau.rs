//! Ladakh: bare ochre mountains, a blue lake, dunes, monasteries and the frozen river.

use super::canvas::Canvas;
use super::geometry::Point;
use super::himalaya::hills;
use super::land::Massif;
use super::palette::Ink::{self, *};
use super::trees::Tree;

/// A chain of bare mountains.
pub const BARE_CHAIN: [Point; 9] = [
    (-20.0, 280.0),
    (170.0, 180.0),
    (360.0, 290.0),
    (560.0, 206.0),
    (690.0, 280.0),
    (860.0, 128.0),
    (1090.0, 290.0),
    (1270.0, 190.0),
    (1460.0, 290.0),
];
/// Snow mountains far behind.
pub const SNOW_FAR: [Point; 9] = [
    (-20.0, 220.0),
    (150.0, 160.0),
    (310.0, 210.0),
    (500.0, 130.0),
    (660.0, 200.0),
    (820.0, 170.0),
    (1010.0, 210.0),
    (1200.0, 120.0),
    (1460.0, 210.0),
];

/// Sky, snow far off and a bare chain before it.
pub fn bare_chain(canvas: &mut Canvas, sun: Point, base: f64) {
    canvas.sky(sun, 28.0);
    canvas.range(Far, &SNOW_FAR, 0.16, 1.0);
    canvas.mist(150.0, 320.0, 0.4);
    canvas.massif(&Massif { outline: &BARE_CHAIN, base, faces: (Lit, Shade), gullies: 8, roughness: 0.12, rock: 0.0 });
    canvas.mist(250.0, base, 0.45);
}

/// A low hill of the plain about a height.
pub fn ground(canvas: &mut Canvas, ink: Ink, y: f64, swing: f64) -> super::geometry::Curve {
    let line = hills(canvas, y, swing, 4);
    canvas.hill(ink, &line)
}

/// People on the frozen river between the walls of its gorge.
pub fn frozen_river(canvas: &mut Canvas) {
    canvas.sky((560.0, 110.0), 26.0);
    canvas.massif(&Massif {
        outline: &[
            (300.0, 330.0),
            (470.0, 230.0),
            (560.0, 280.0),
            (720.0, 96.0),
            (900.0, 290.0),
            (1010.0, 240.0),
            (1180.0, 340.0),
        ],
        base: 430.0,
        faces: (Lit, Shade),
        gullies: 9,
        roughness: 0.18,
        rock: 0.0,
    });
    canvas.mist(230.0, 410.0, 0.7);
    gorge_walls(canvas, Ridge1, 90.0, 400.0);
    canvas.mist(300.0, 440.0, 0.3);
    canvas.lake(398.0, 560.0);
    canvas.slabs(
        Lit,
        &[
            (640.0, 410.0, 60.0),
            (730.0, 424.0, 90.0),
            (600.0, 440.0, 120.0),
            (780.0, 456.0, 150.0),
            (520.0, 474.0, 190.0),
            (760.0, 500.0, 230.0),
            (440.0, 520.0, 260.0),
            (850.0, 546.0, 260.0),
        ],
        0.55,
    );
    canvas.river(
        Water,
        &[(700.0, 400.0, 3.0), (726.0, 430.0, 14.0), (690.0, 470.0, 26.0), (752.0, 514.0, 44.0), (700.0, 562.0, 70.0)],
    );
    gorge_walls(canvas, Ridge2, 190.0, 480.0);
    canvas.ground_shadow(380.0, 0.8);
    gorge_walls(canvas, Ridge4, 360.0, 620.0);
    walkers(canvas, &[(640.0, 478.0), (660.0, 474.0), (678.0, 471.0), (696.0, 468.0)]);
    canvas.glow((560.0, 508.0), 60.0, 0.25);
}

/// Rock on both sides that leaves a view in the middle: the top at the edge, and the foot of the walls.
fn gorge_walls(canvas: &mut Canvas, ink: Ink, top: f64, foot: f64) {
    use super::geometry::break_ridge;
    let reach = 640.0 - (foot - 400.0) * 1.7;
    let left = break_ridge(
        &mut canvas.rng,
        &[(-20.0, top), (reach * 0.36, top + 70.0), (reach * 0.62, (top + foot) / 2.0 + 30.0), (reach, foot)],
        0.2,
        22.0,
    );
    let right = break_ridge(
        &mut canvas.rng,
        &[
            (1440.0 - reach * 0.95, foot),
            (1440.0 - reach * 0.66, (top + foot) / 2.0),
            (1440.0 - reach * 0.4, top + 50.0),
            (1460.0, top - 20.0),
        ],
        0.2,
        22.0,
    );
    let mut path = super::geometry::Path::default();
    path.start(left[0]);
    path.lines(&left);
    path.lines(&[(left[left.len() - 1].0 - 120.0, 570.0), (-20.0, 570.0)]);
    path.close();
    path.start(right[0]);
    path.lines(&right);
    path.lines(&[(1460.0, 570.0), (right[0].0 + 110.0, 570.0)]);
    path.close();
    canvas.fill(ink, path);
    canvas.snow_ledges(&left, &right, foot);
}

impl Canvas {
    /// Snow that lies on the ledges of two walls.
    fn snow_ledges(&mut self, left: &[Point], right: &[Point], foot: f64) {
        let mut path = super::geometry::Path::default();
        for i in 0..16 {
            let wall = if i % 2 == 0 { left } else { right };
            let at = wall[(self.rng.unit() * (wall.len() - 1) as f64) as usize];
            let y = at.1 + self.rng.between(0.12, 0.6) * (foot - at.1).max(30.0);
            let length = self.rng.between(24.0, 80.0);
            let way = if i % 2 == 0 { -1.0 } else { 1.0 };
            path.start((at.0, y));
            path.lines(&[
                (at.0 + way * length * 0.5, y - 7.0),
                (at.0 + way * length, y - 3.0),
                (at.0 + way * length * 0.6, y + 3.0),
            ]);
            path.close();
        }
        self.veil(Shade, 0.5, path);
    }
}

fn walkers(canvas: &mut Canvas, people: &[Point]) {
    let mut bodies = super::geometry::Path::default();
    let mut heads = super::geometry::Path::default();
    for &(x, y) in people {
        bodies.start((x - 3.0, y));
        bodies.lines(&[
            (x - 2.0, y - 16.0),
            (x - 6.0, y - 17.0),
            (x - 6.0, y - 7.0),
            (x + 3.0, y - 17.0),
            (x + 4.0, y),
        ]);
        bodies.close();
        heads.dot((x + 1.0, y - 21.0));
    }
    canvas.fill(Ridge4, bodies);
    canvas.stroke(Ridge4, 6.0, 1.0, heads);
}

/// A monastery above the Indus.
pub fn monastery_river(canvas: &mut Canvas) {
    bare_chain(canvas, (560.0, 110.0), 400.0);
    let far = ground(canvas, Ridge1, 356.0, 12.0);
    canvas.folds(&far, Ridge2, 0.4, 60.0);
    canvas.massif(&Massif {
        outline: &[(440.0, 450.0), (600.0, 360.0), (660.0, 342.0), (740.0, 330.0), (1010.0, 460.0)],
        base: 470.0,
        faces: (Ridge1, Ridge2),
        gullies: 7,
        roughness: 0.1,
        rock: 0.0,
    });
    canvas.monastery((694.0, 352.0), 0.95);
    let plain = ground(canvas, Ridge2, 424.0, 8.0);
    canvas.wood(Tree::Poplar, Leaf, &plain, 24, (0.0, 560.0), (16.0, 44.0));
    canvas.wood(Tree::Poplar, Leaf, &plain, 22, (860.0, 1440.0), (16.0, 46.0));
    canvas.river(
        Gleam,
        &[(960.0, 426.0, 6.0), (820.0, 446.0, 22.0), (980.0, 474.0, 40.0), (800.0, 520.0, 74.0), (860.0, 570.0, 120.0)],
    );
    canvas.river(
        Water,
        &[(960.0, 427.0, 3.0), (822.0, 446.0, 14.0), (982.0, 474.0, 30.0), (804.0, 520.0, 58.0), (866.0, 570.0, 98.0)],
    );
    canvas.ground_shadow(385.0, 0.92);
    let near = canvas.hill(
        Ridge4,
        &[
            (-20.0, 470.0),
            (240.0, 500.0),
            (520.0, 544.0),
            (760.0, 566.0),
            (1000.0, 552.0),
            (1220.0, 506.0),
            (1460.0, 480.0),
        ],
    );
    for (x, size) in [(180.0, 0.9), (246.0, 0.7), (1210.0, 0.75), (1280.0, 1.0)] {
        canvas.stupa((x, near.height_at(x) + 4.0), size);
    }
}

/// The blue lake that mirrors bare mountains.
pub fn salt_lake(canvas: &mut Canvas) {
    canvas.sky((520.0, 120.0), 28.0);
    canvas.range(Far, &SNOW_FAR, 0.16, 1.0);
    canvas.mist(150.0, 300.0, 0.35);
    canvas.define("<clipPath id=\"c\"><path d=\"M0 352h1440v110H0z\"/></clipPath>");
    canvas.add("<g id=\"r\">");
    canvas.massif(&Massif {
        outline: &[
            (-20.0, 250.0),
            (150.0, 176.0),
            (330.0, 300.0),
            (520.0, 222.0),
            (670.0, 306.0),
            (850.0, 150.0),
            (1060.0, 310.0),
            (1260.0, 190.0),
            (1460.0, 270.0),
        ],
        base: 352.0,
        faces: (Lit, Shade),
        gullies: 10,
        roughness: 0.12,
        rock: 0.0,
    });
    canvas.add("</g>");
    canvas.mist(260.0, 354.0, 0.5);
    canvas.lake(352.0, 560.0);
    canvas
        .add("<g clip-path=\"url(#c)\" opacity=\".28\"><use href=\"#r\" transform=\"matrix(1 0 0 -.55 0 546)\"/></g>");
    canvas.light_path(526.0, (358.0, 430.0));
    canvas.glints(46, (0.0, 1400.0), (360.0, 490.0), 0.6);
    canvas.ground_shadow(370.0, 0.75);
    let spit = canvas.hill(
        Ridge3,
        &[
            (-20.0, 452.0),
            (200.0, 468.0),
            (460.0, 500.0),
            (700.0, 536.0),
            (940.0, 544.0),
            (1200.0, 520.0),
            (1460.0, 486.0),
        ],
    );
    canvas.folds(&spit, Ridge4, 0.4, 50.0);
    canvas.hill(Ridge4, &[(-20.0, 520.0), (300.0, 540.0), (700.0, 562.0), (1100.0, 556.0), (1460.0, 530.0)]);
    canvas.tent((566.0, 526.0), 0.7);
    canvas.tent((640.0, 536.0), 0.55);
    canvas.prayer_flags((980.0, 520.0), (1260.0, 470.0), (20.0, (40.0, 70.0)), 20);
    canvas.birds((930.0, 110.0));
}

/// Poplars in gold along the river.
pub fn golden_poplars(canvas: &mut Canvas) {
    bare_chain(canvas, (520.0, 120.0), 410.0);
    let far = ground(canvas, Ridge1, 362.0, 12.0);
    canvas.folds(&far, Ridge2, 0.4, 60.0);
    canvas.wood(Tree::Poplar, Bloom, &far.lowered(6.0), 50, (0.0, 1440.0), (18.0, 44.0));
    let middle = ground(canvas, Ridge2, 412.0, 10.0);
    canvas.wood(Tree::Poplar, Leaf, &middle, 34, (0.0, 1440.0), (34.0, 84.0));
    canvas.river(Gleam, &[(700.0, 424.0, 10.0), (800.0, 450.0, 30.0), (660.0, 494.0, 60.0), (760.0, 570.0, 140.0)]);
    canvas.river(Water, &[(700.0, 425.0, 5.0), (802.0, 450.0, 20.0), (664.0, 494.0, 46.0), (766.0, 570.0, 116.0)]);
    canvas.ground_shadow(390.0, 0.9);
    let near = canvas.hill(
        Ridge4,
        &[
            (-20.0, 470.0),
            (220.0, 500.0),
            (480.0, 540.0),
            (740.0, 566.0),
            (980.0, 544.0),
            (1220.0, 500.0),
            (1460.0, 470.0),
        ],
    );
    canvas.wood(Tree::Poplar, Leaf, &near, 6, (20.0, 260.0), (120.0, 230.0));
    canvas.wood(Tree::Poplar, Leaf, &near, 6, (1170.0, 1440.0), (120.0, 230.0));
    canvas.hut((420.0, 530.0), 0.7, false);
}

/// Dunes of the cold desert with camels.
pub fn dunes(canvas: &mut Canvas) {
    bare_chain(canvas, (560.0, 120.0), 390.0);
    let mut y = 360.0;
    for (ink, shade, rise) in [(Ridge1, Ridge2, 18.0), (Leaf, Ridge1, 24.0), (Ridge1, Ridge2, 30.0)] {
        let line = hills(canvas, y, rise, 5);
        let dune = canvas.hill(ink, &line);
        canvas.folds(&dune, shade, 0.75, 60.0);
        y += 42.0;
    }
    canvas.camels((590.0, 432.0), 0.9, 4);
    canvas.ground_shadow(380.0, 0.9);
    let near = ground(canvas, Ridge3, 492.0, 24.0);
    canvas.folds(&near, Ridge4, 0.6, 70.0);
    ground(canvas, Ridge4, 540.0, 14.0);
}

/// Apricots in blossom before bare rock.
pub fn apricot_spring(canvas: &mut Canvas) {
    bare_chain(canvas, (560.0, 130.0), 410.0);
    let far = ground(canvas, Ridge1, 364.0, 14.0);
    canvas.folds(&far, Ridge2, 0.4, 60.0);
    let fields = ground(canvas, Leaf, 410.0, 10.0);
    canvas.terraces(&fields, Ridge2, 4, 15.0, "500 30");
    canvas.hut((640.0, fields.height_at(640.0) + 20.0), 0.7, false);
    canvas.hut((712.0, fields.height_at(712.0) + 26.0), 0.55, false);
    canvas.crowns(
        Bloom,
        Bloom2,
        &[
            (520.0, 446.0, 62.0),
            (580.0, 452.0, 48.0),
            (790.0, 450.0, 66.0),
            (860.0, 446.0, 50.0),
            (960.0, 452.0, 60.0),
            (400.0, 448.0, 54.0),
        ],
    );
    canvas.ground_shadow(390.0, 0.9);
    ground(canvas, Ridge4, 522.0, 10.0);
    canvas.crowns(
        Bloom,
        Bloom2,
        &[
            (50.0, 570.0, 220.0),
            (210.0, 574.0, 150.0),
            (320.0, 574.0, 100.0),
            (1140.0, 574.0, 110.0),
            (1250.0, 574.0, 160.0),
            (1390.0, 570.0, 226.0),
        ],
    );
}
