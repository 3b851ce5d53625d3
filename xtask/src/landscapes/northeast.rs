//! The North-East: falls from the edge of the plateau, living root bridges and rolling hills.

use super::canvas::Canvas;
use super::geometry::Point;
use super::palette::Ink::{self, *};
use super::south::{GREEN_FAR, hill_at, jungle};
use super::trees::Tree;

/// Falls from the edge of a plateau.
pub fn great_falls(canvas: &mut Canvas) {
    canvas.sky((960.0, 100.0), 26.0);
    canvas.range(Far, &GREEN_FAR, 0.06, 1.0);
    canvas.cloud_sea(Mist, 226.0, (70.0, 160.0), 0.6);
    cliff(
        canvas,
        Ridge1,
        &[
            (-20.0, 150.0),
            (180.0, 140.0),
            (420.0, 160.0),
            (640.0, 176.0),
            (860.0, 170.0),
            (1010.0, 200.0),
            (1200.0, 270.0),
            (1460.0, 300.0),
        ],
    );
    for (x, y, width) in [(560.0, 170.0, 16.0), (742.0, 174.0, 44.0), (820.0, 172.0, 12.0)] {
        canvas.waterfall(x, y, 424.0, width);
    }
    canvas.cloud_sea(Mist, 412.0, (50.0, 120.0), 0.7);
    let middle = canvas.hill(
        Ridge2,
        &[
            (-20.0, 300.0),
            (220.0, 350.0),
            (460.0, 420.0),
            (700.0, 446.0),
            (960.0, 424.0),
            (1200.0, 360.0),
            (1460.0, 320.0),
        ],
    );
    canvas.folds(&middle, Ridge3, 0.4, 90.0);
    canvas.wood(Tree::Round, Ridge2, &middle, 26, (0.0, 1440.0), (18.0, 44.0));
    let near = canvas.hill(
        Ridge3,
        &[
            (-20.0, 410.0),
            (260.0, 440.0),
            (520.0, 480.0),
            (740.0, 492.0),
            (1000.0, 474.0),
            (1240.0, 430.0),
            (1460.0, 400.0),
        ],
    );
    canvas.wood(Tree::Round, Ridge3, &near, 16, (0.0, 1440.0), (26.0, 60.0));
    canvas.streaks(8, (300.0, 400.0), 0.4);
    canvas.ground_shadow(410.0, 0.75);
    jungle(canvas, 534.0);
    canvas.rain(60);
}

/// A plateau that breaks off: its upper edge, with streaks of wet rock below.
fn cliff(canvas: &mut Canvas, ink: Ink, edge: &[Point]) {
    let top = canvas.hill(ink, edge);
    let mut path = super::geometry::Path::default();
    for _ in 0..24 {
        let x = canvas.rng.between(-10.0, 1440.0);
        let y = top.height_at(x) + canvas.rng.between(14.0, 120.0);
        let (w, h) = (canvas.rng.between(5.0, 16.0), canvas.rng.between(40.0, 140.0));
        path.start((x, y));
        path.lines(&[(x + w, y + h * 0.2), (x + w * 0.8, y + h), (x + w * 0.1, y + h * 0.8)]);
        path.close();
    }
    canvas.veil(Ridge2, 0.6, path);
    canvas.wood(Tree::Round, Ridge2, &top.lowered(3.0), 30, (0.0, 1440.0), (8.0, 22.0));
}

/// A living bridge over a stream.
pub fn root_bridge(canvas: &mut Canvas) {
    canvas.sky((600.0, 110.0), 28.0);
    canvas.range(Far, &GREEN_FAR, 0.06, 1.0);
    canvas.mist(180.0, 380.0, 0.6);
    let far = canvas.hill(
        Ridge1,
        &[
            (-20.0, 200.0),
            (220.0, 240.0),
            (480.0, 330.0),
            (700.0, 362.0),
            (920.0, 330.0),
            (1200.0, 250.0),
            (1460.0, 200.0),
        ],
    );
    canvas.wood(Tree::Round, Ridge1, &far, 40, (0.0, 1440.0), (16.0, 40.0));
    canvas.waterfall(716.0, 356.0, 424.0, 18.0);
    canvas.mist(300.0, 570.0, 0.6);
    canvas.river(Gleam, &[(716.0, 420.0, 20.0), (690.0, 450.0, 60.0), (760.0, 500.0, 130.0), (700.0, 570.0, 260.0)]);
    canvas.river(Water, &[(716.0, 424.0, 10.0), (692.0, 452.0, 40.0), (764.0, 502.0, 96.0), (706.0, 570.0, 210.0)]);
    for (ink, y, reach) in [(Ridge2, 300.0, 600.0), (Ridge3, 380.0, 540.0)] {
        banks(canvas, ink, y, reach);
    }
    canvas.ground_shadow(400.0, 0.75);
    banks(canvas, Ridge4, 405.0, 470.0);
    canvas.root_bridge((430.0, 420.0), (1010.0, 420.0));
    canvas.slabs(Ridge3, &[(600.0, 520.0, 60.0), (780.0, 540.0, 80.0), (690.0, 498.0, 40.0)], 1.0);
    walker(canvas, (690.0, 394.0));
}

fn walker(canvas: &mut Canvas, (x, y): Point) {
    canvas.add(&format!(
        "<path fill=\"{Cloth}\" d=\"M{x} {y}l2-22h9l3 22z\"/><circle cx=\"{}\" cy=\"{}\" r=\"5\" fill=\"{Ridge4}\"/>",
        x + 7.0,
        y - 27.0
    ));
}

/// Wooded banks on both sides that leave the middle open.
fn banks(canvas: &mut Canvas, ink: Ink, y: f64, reach: f64) {
    for mirrored in [false, true] {
        let at = |x: f64| if mirrored { 1440.0 - x } else { x };
        let mut points: Vec<Point> = [
            (-20.0, y - 60.0),
            (reach * 0.35, y - 30.0),
            (reach * 0.7, y + 30.0),
            (reach, y + 150.0),
            (reach + 60.0, 600.0),
        ]
        .iter()
        .map(|&(x, y)| (at(x), y))
        .collect();
        if mirrored {
            points.reverse();
        }
        let bank = canvas.hill(ink, &points);
        let across = if mirrored { (at(reach * 0.9), 1440.0) } else { (0.0, reach * 0.9) };
        canvas.wood(Tree::Round, ink, &bank, 9, across, (40.0, 110.0));
    }
}

/// Rolling green hills with lilies.
pub fn rolling_valley(canvas: &mut Canvas) {
    canvas.sky((530.0, 130.0), 28.0);
    canvas.clouds(&[(170.0, 130.0, 200.0), (1000.0, 110.0, 230.0)], 0.8);
    canvas.range(Far, &GREEN_FAR, 0.07, 1.0);
    canvas.mist(190.0, 330.0, 0.5);
    for (ink, shade, y, swing, waves) in
        [(Ridge1, Ridge2, 300.0, 34.0, 7), (Leaf, Ridge2, 352.0, 32.0, 6), (Ridge2, Ridge3, 408.0, 28.0, 5)]
    {
        let hill = hill_at(canvas, ink, y, swing, waves);
        canvas.folds(&hill, shade, 0.55, 90.0);
    }
    canvas.river(
        Gleam,
        &[(720.0, 420.0, 4.0), (660.0, 440.0, 12.0), (790.0, 470.0, 26.0), (690.0, 520.0, 50.0), (780.0, 572.0, 90.0)],
    );
    canvas.ground_shadow(390.0, 0.85);
    let near = canvas.hill(
        Ridge3,
        &[
            (-20.0, 440.0),
            (260.0, 466.0),
            (520.0, 520.0),
            (720.0, 556.0),
            (940.0, 520.0),
            (1200.0, 466.0),
            (1460.0, 440.0),
        ],
    );
    canvas.folds(&near, Ridge4, 0.5, 60.0);
    canvas.flowers(Bloom, 34, &near, 90.0, (0.0, 560.0));
    canvas.flowers(Bloom2, 34, &near, 90.0, (880.0, 1440.0));
    canvas.tent((520.0, 506.0), 0.7);
}
