//! The land of a landscape: far ranges, peaks with a lit and a shaded face, hills, tablelands, terraces and flowers.

use super::canvas::Canvas;
use super::geometry::{Curve, Path, Point, break_ridge};
use super::palette::Ink;

/// How a massif is drawn.
pub struct Massif<'a> {
    /// Saddle, summit, saddle, … , saddle from left to right.
    pub outline: &'a [Point],
    /// The height of its foot.
    pub base: f64,
    /// The colour of the face in the light and of the one in the shade.
    pub faces: (Ink, Ink),
    /// How many gullies each face has.
    pub gullies: usize,
    /// How jagged it is; 0.12 is calm, 0.25 is wild.
    pub roughness: f64,
    /// How bare its foot is: 0 is snow or sand all the way down, 1 is rock.
    pub rock: f64,
}

impl Canvas {
    /// A jagged, one-coloured range.
    pub fn range(&mut self, ink: Ink, outline: &[Point], roughness: f64, opacity: f64) {
        let ridge = break_ridge(&mut self.rng, outline, roughness, 25.0);
        let mut path = Path::default();
        self.trace_down(&mut path, &ridge);
        self.veil(ink, opacity, path);
    }

    fn trace_down(&self, path: &mut Path, ridge: &[Point]) {
        path.start(ridge[0]);
        path.lines(ridge);
        path.line((ridge[ridge.len() - 1].0, self.size.1 + 10.0));
        path.line((ridge[0].0, self.size.1 + 10.0));
        path.close();
    }

    /// Peaks whose left faces are lit and whose right faces lie in shade.
    pub fn massif(&mut self, massif: &Massif) {
        let outline = massif.outline;
        let mut ridge: Vec<Point> = vec![outline[0]];
        let mut corners = vec![0];
        for pair in outline.windows(2) {
            let piece = break_ridge(&mut self.rng, pair, massif.roughness, 20.0);
            ridge.extend(&piece[1..]);
            corners.push(ridge.len() - 1);
        }
        let mut body = Path::default();
        self.trace_down(&mut body, &ridge);
        let (body, lit) = (body.finish(), massif.faces.0);
        let id = self.define_shape(&body);
        self.add(&format!("<use href=\"#{id}\" fill=\"{lit}\"/>"));
        let mut shade = Path::default();
        for summit in (1..outline.len() - 1).step_by(2) {
            self.trace_shade(&mut shade, &ridge[corners[summit]..=corners[summit + 1]], massif.base);
        }
        self.fill(massif.faces.1, shade);
        let (mut dark, mut light) = (Path::default(), Path::default());
        for summit in (1..outline.len() - 1).step_by(2) {
            let left = &ridge[corners[summit - 1]..=corners[summit]];
            let right = &ridge[corners[summit]..=corners[summit + 1]];
            self.trace_gullies(&mut dark, left, massif, -0.25);
            self.trace_gullies(&mut light, right, massif, 0.1);
        }
        self.veil(massif.faces.1, 0.8, dark);
        self.veil(massif.faces.0, 0.5, light);
        if massif.rock > 0.0 {
            self.bare_foot(massif, &id);
        }
    }

    /// Lets rock show through towards the foot of a massif whose outline has an id.
    fn bare_foot(&mut self, massif: &Massif, id: &str) {
        let top = massif.outline.iter().fold(massif.base, |top, p| top.min(p.1));
        self.define(&format!(
            "<linearGradient id=\"k\" gradientUnits=\"userSpaceOnUse\" x2=\"0\" y1=\"{}\" y2=\"{}\"><stop stop-color=\"{2}\" stop-opacity=\"0\"/><stop offset=\"1\" stop-color=\"{2}\"/></linearGradient>",
            (top + (massif.base - top) * 0.3).round(), massif.base, Ink::Rock
        ));
        self.add(&format!("<use href=\"#{id}\" fill=\"url(#k)\" opacity=\"{}\"/>", massif.rock));
    }

    fn trace_shade(&mut self, path: &mut Path, ridge: &[Point], base: f64) {
        let (summit, saddle) = (ridge[0], ridge[ridge.len() - 1]);
        let height = base - summit.1;
        path.start(summit);
        path.lines(ridge);
        path.line((saddle.0 + (base - saddle.1) * 0.62, base));
        let lean = self.rng.between(-0.06, 0.12) * height;
        path.line((summit.0 + lean, base));
        let steps = 9;
        for i in (1..steps).rev() {
            let t = f64::from(i) / f64::from(steps);
            let side = if i % 2 == 0 { -1.0 } else { 1.0 };
            let swing = side * height * (0.018 + 0.07 * t) * self.rng.between(0.5, 1.25);
            path.line((summit.0 + lean * t + swing, summit.1 + height * (t + self.rng.between(-0.025, 0.025))));
        }
        path.close();
    }

    /// Thin, jagged wedges that start under the ridge and run down the face.
    fn trace_gullies(&mut self, path: &mut Path, ridge: &[Point], massif: &Massif, drift: f64) {
        for _ in 0..massif.gullies {
            let from = ridge[(self.rng.unit() * (ridge.len() - 1) as f64) as usize];
            let room = massif.base - from.1;
            let top = from.1 + self.rng.between(0.03, 0.3) * room;
            let length = room * self.rng.between(0.14, 0.42);
            let width = length * self.rng.between(0.07, 0.15);
            path.start((from.0, top));
            let mut side = Vec::new();
            for i in 1..=4 {
                let t = f64::from(i) / 4.0;
                let x = from.0 + length * (drift * t + self.rng.between(-0.05, 0.05));
                let y = top + length * t;
                path.line((x, y));
                side.push((x + width * (1.25 - t) * self.rng.between(0.6, 1.5), y - length * 0.1));
            }
            side.pop();
            side.reverse();
            path.lines(&side);
            path.close();
        }
    }

    /// A smooth hill across the picture, down to the lower edge.
    pub fn hill(&mut self, ink: Ink, points: &[Point]) -> Curve {
        let curve = Curve(points.to_vec());
        let mut path = Path::default();
        self.trace_hill(&mut path, &curve);
        self.fill(ink, path);
        curve
    }

    fn trace_hill(&self, path: &mut Path, curve: &Curve) {
        let (first, last) = (curve.0[0], curve.0[curve.0.len() - 1]);
        path.start(first);
        curve.trace(path);
        path.line((last.0, self.size.1 + 10.0));
        path.line((first.0, self.size.1 + 10.0));
        path.close();
    }

    /// Soft folds: the side of each hilltop that turns away from the light.
    pub fn folds(&mut self, curve: &Curve, ink: Ink, opacity: f64, depth: f64) {
        let mut path = Path::default();
        let p = &curve.0;
        for i in 1..p.len() - 1 {
            if p[i].1 > p[i - 1].1 || p[i].1 > p[i + 1].1 {
                continue;
            }
            let (top, foot) = (p[i], p[i + 1]);
            let reach = foot.0 - top.0;
            path.start(top);
            Curve(vec![top, foot]).trace(&mut path);
            path.curve(
                (foot.0 - reach * 0.1, foot.1 + depth * 0.5),
                (foot.0 - reach * 0.3, top.1 + depth * 1.1),
                (top.0 + reach * 0.1, top.1 + depth),
            );
            let swing = reach * self.rng.between(0.12, 0.3);
            path.curve((top.0 + swing, top.1 + depth * 0.7), (top.0 - swing * 0.5, top.1 + depth * 0.35), top);
            path.close();
        }
        self.veil(ink, opacity, path);
    }

    /// A flat-topped range of lava steps, as the Sahyadri: (left, right, top) of each tableland over a foot.
    pub fn tablelands(&mut self, ink: Ink, lands: &[(f64, f64, f64)], base: f64) {
        let mut path = Path::default();
        for &(left, right, top) in lands {
            let steps = 3;
            let rise = base - top;
            let (mut up, mut down) = (Vec::new(), Vec::new());
            for i in 0..steps {
                let low = base - rise * f64::from(i) / f64::from(steps);
                let high = low - rise / f64::from(steps);
                let out = rise * 0.36 * f64::from(steps - 1 - i) + self.rng.between(0.0, rise * 0.12);
                let away = rise * 0.36 * f64::from(steps - 1 - i) + self.rng.between(0.0, rise * 0.12);
                up.extend([
                    (left - out - rise * 0.26, low),
                    (left - out, high + rise * 0.17),
                    (left - out + 4.0, high),
                ]);
                down.extend([
                    (right + away + rise * 0.26, low),
                    (right + away, high + rise * 0.17),
                    (right + away - 4.0, high),
                ]);
            }
            down.reverse();
            path.start((up[0].0, self.size.1));
            path.lines(&up);
            path.line(((left + right) / 2.0, top - rise * 0.03));
            path.lines(&down);
            path.line((down[down.len() - 1].0, self.size.1));
            path.close();
        }
        self.fill(ink, path);
    }

    /// The shaded end and the lava bands of tablelands drawn before.
    pub fn table_bands(&mut self, shade: Ink, lands: &[(f64, f64, f64)], base: f64) {
        let (mut faces, mut bands) = (Path::default(), Path::default());
        for &(left, right, top) in lands {
            let rise = base - top;
            let middle = left + (right - left) * self.rng.between(0.56, 0.7);
            faces.start((middle, top - rise * 0.02));
            faces.lines(&[
                (right - 4.0, top),
                (right, top + rise * 0.17),
                (right + rise * 0.1, top + rise / 3.0),
                (right + rise * 0.3, top + rise * 0.52),
                (right + rise * 0.6, base),
                (middle - rise * 0.2, base),
            ]);
            for (drop, swing) in [(0.8, 0.05), (0.62, -0.12), (0.5, 0.03), (0.33, -0.1), (0.17, 0.04)] {
                faces.line((middle + rise * (swing - drop * 0.15), top + rise * drop));
            }
            faces.close();
            for row in 1..=6 {
                let drop = f64::from(row) / 7.0;
                let reach = (right - left) / 2.0 + rise * 0.62 * drop;
                for _ in 0..3 {
                    let x = (left + right) / 2.0 + self.rng.between(-0.9, 0.6) * reach;
                    bands.start((x, top + rise * drop));
                    bands.line((x + self.rng.between(0.1, 0.36) * reach, top + rise * drop));
                }
            }
        }
        self.veil(shade, 0.45, faces);
        self.stroke(shade, 2.5, 0.45, bands);
    }

    /// Steps cut into a slope, or rows of tea: lines that follow a hill further down.
    pub fn terraces(&mut self, curve: &Curve, ink: Ink, rows: usize, gap: f64, dash: &str) {
        let mut path = Path::default();
        let mut y = gap * 0.6;
        for row in 0..rows {
            let mut line = curve.lowered(y);
            for (i, point) in line.0.iter_mut().enumerate() {
                point.1 += if (i + row) % 2 == 0 { 0.0 } else { gap * 0.35 };
            }
            path.start(line.0[0]);
            line.trace(&mut path);
            y += gap * (1.0 + row as f64 * 0.12);
        }
        let data = path.finish();
        self.add(&format!(
            "<path fill=\"none\" stroke=\"{ink}\" stroke-width=\"{:.1}\" stroke-dasharray=\"{dash}\" stroke-linecap=\"round\" opacity=\".55\" d=\"{data}\"/>",
            gap * 0.42
        ));
    }

    /// Flowers on a meadow between two lines, larger towards the viewer.
    pub fn flowers(&mut self, ink: Ink, count: usize, curve: &Curve, depth: f64, across: (f64, f64)) {
        for (share, width) in [(0.0, 3.0), (0.34, 4.5), (0.67, 6.5)] {
            let mut path = Path::default();
            for _ in 0..count {
                let x = self.rng.between(across.0, across.1);
                let y = curve.height_at(x) + 6.0 + depth * (share + self.rng.unit() * 0.33);
                path.dot((x, y));
            }
            self.stroke(ink, width, 0.9, path);
        }
    }
}
