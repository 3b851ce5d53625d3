//! Trees as silhouettes: deodar and fir, round crowns, poplars and palms.

use super::canvas::Canvas;
use super::geometry::{Curve, Path, Point};
use super::palette::Ink;

/// What kind of tree stands on a hill.
#[derive(Clone, Copy)]
pub enum Tree {
    Fir,
    Round,
    Poplar,
    Palm,
}

impl Canvas {
    /// A wood along a hill, as a silhouette: trees between two places, of heights between two.
    pub fn wood(&mut self, tree: Tree, ink: Ink, curve: &Curve, count: usize, across: (f64, f64), heights: (f64, f64)) {
        let mut path = Path::default();
        let mut last = 0.0;
        for i in 0..count {
            let share = (i as f64 + self.rng.between(-0.45, 0.45)) / count as f64;
            let x = across.0 + (across.1 - across.0) * share;
            // A wood of even spacing would look like a comb.
            if self.rng.unit() < 0.12 && last > 0.0 {
                last = 0.0;
                continue;
            }
            last = heights.0 + (heights.1 - heights.0) * self.rng.unit().powf(1.5);
            self.trace_tree(&mut path, tree, (x, curve.height_at(x) + 4.0), last);
        }
        self.fill(ink, path);
    }

    fn trace_tree(&mut self, path: &mut Path, tree: Tree, foot: Point, height: f64) {
        match tree {
            Tree::Fir => self.trace_fir(path, foot, height),
            Tree::Round => self.trace_round(path, foot, height),
            Tree::Poplar => trace_poplar(path, foot, height),
            Tree::Palm => self.trace_palm(path, foot, height),
        }
    }

    fn trace_fir(&mut self, path: &mut Path, (x, y): Point, height: f64) {
        let tiers = ((height / 12.0) as usize).clamp(2, 9);
        let half = height * self.rng.between(0.17, 0.22);
        let top = y - height;
        path.start((x, top));
        let mut left = Vec::new();
        for i in 1..=tiers {
            let t = i as f64 / tiers as f64;
            let reach = half * (0.12 + 0.88 * t);
            let tip = top + height * 0.94 * t;
            path.line((x + reach * self.rng.between(0.82, 1.14), tip));
            left.push((x - reach * self.rng.between(0.82, 1.14), tip + self.rng.between(-1.0, 1.0)));
            if i < tiers {
                path.line((x + reach * 0.42, tip - height * 0.035));
                left.push((x - reach * 0.42, tip - height * 0.035));
            }
        }
        if height > 30.0 {
            path.lines(&[
                (x + half * 0.12, y - height * 0.07),
                (x + half * 0.12, y),
                (x - half * 0.12, y),
                (x - half * 0.12, y - height * 0.07),
            ]);
        }
        left.reverse();
        path.lines(&left);
        path.close();
    }

    fn trace_round(&mut self, path: &mut Path, (x, y): Point, height: f64) {
        let wide = height * self.rng.between(0.42, 0.6);
        let (middle, tall) = (y - height * 0.56, height * 0.44);
        let lobes = if height > 60.0 {
            6
        } else if height > 26.0 {
            4
        } else {
            3
        };
        let at = |t: f64| {
            let angle = std::f64::consts::PI * (1.14 - 1.28 * t);
            (x + wide * angle.cos(), middle - tall * angle.sin())
        };
        let mut pen = at(0.0);
        path.start(pen);
        for i in 1..=lobes {
            let next =
                at((f64::from(i) + if i < lobes { self.rng.between(-0.25, 0.25) } else { 0.0 }) / f64::from(lobes));
            path.bulge_out((next.0 - pen.0).hypot(next.1 - pen.1) * 0.56, next);
            pen = next;
        }
        path.lines(&[
            (x + height * 0.1, y - height * 0.3),
            (x + height * 0.05, y),
            (x - height * 0.05, y),
            (x - height * 0.1, y - height * 0.3),
        ]);
        path.close();
    }

    fn trace_palm(&mut self, path: &mut Path, (x, y): Point, height: f64) {
        let lean = height * self.rng.between(-0.16, 0.16);
        let head = (x + lean, y - height);
        let thick = (height * 0.022).max(1.0);
        path.start((x - thick, y));
        path.curve(
            (x - thick, y - height * 0.5),
            (head.0 - lean * 0.3, head.1 + height * 0.3),
            (head.0 - thick * 0.6, head.1),
        );
        path.line((head.0 + thick * 0.6, head.1));
        path.curve(
            (head.0 - lean * 0.3 + thick, head.1 + height * 0.3),
            (x + thick, y - height * 0.5),
            (x + thick * 1.4, y),
        );
        path.close();
        for (dx, dy, rise) in [
            (-0.3, 0.1, 0.1),
            (-0.25, -0.07, 0.13),
            (-0.1, 0.2, 0.02),
            (0.08, -0.17, 0.08),
            (0.12, 0.19, 0.02),
            (0.26, -0.05, 0.13),
            (0.3, 0.11, 0.1),
        ] {
            let size = height * self.rng.between(0.9, 1.1);
            let tip = (head.0 + dx * size, head.1 + dy * size);
            path.start(head);
            let bend = (head.0 + dx * size * 0.5, head.1 + (dy * 0.3 - rise) * size);
            path.curve(bend, bend, tip);
            let under = (bend.0, bend.1 + size * 0.075);
            path.curve(under, under, head);
        }
    }

    /// Tall firs in front: (middle, foot, size); 1 is 120 units high. With snow on their shoulders if asked.
    pub fn firs(&mut self, ink: Ink, snow: Option<Ink>, trees: &[(f64, f64, f64)]) {
        let mut silhouette = Path::default();
        self.trace_fir(&mut silhouette, (0.0, 0.0), 120.0);
        let mut markup = format!("<g id=\"t\" fill=\"{ink}\"><path d=\"{}\"/>", silhouette.finish());
        if let Some(snow) = snow {
            let mut caps = Path::default();
            for i in 1..9 {
                let t = f64::from(i) / 9.0;
                let (y, reach) = (-120.0 + 113.0 * t, 23.0 * (0.12 + 0.88 * t));
                let side = if i % 3 == 0 { 1.0 } else { -1.0 };
                caps.start((side * reach * 0.1, y - 10.0));
                caps.lines(&[
                    (side * reach * 0.92, y - 1.0),
                    (side * reach * 0.5, y - 2.0),
                    (side * reach * 0.3, y + 1.0),
                ]);
                caps.close();
            }
            markup.push_str(&format!("<path fill=\"{snow}\" opacity=\".8\" d=\"{}\"/>", caps.finish()));
        }
        markup.push_str("</g>");
        self.define(&markup);
        for &(x, y, size) in trees {
            let width = if self.rng.unit() < 0.5 { -size } else { size };
            let width = (width * self.rng.between(0.85, 1.1) * 100.0).round() / 100.0;
            self.add(&format!("<use href=\"#t\" transform=\"matrix({width} 0 0 {size} {x} {y})\"/>"));
        }
    }

    /// Broad-crowned trees in front, in leaf or in blossom: (middle, foot, height). They share one form, turned and stretched.
    pub fn crowns(&mut self, leaf: Ink, bloom: Ink, trees: &[(f64, f64, f64)]) {
        if !self.has_defined("u") {
            let crown = self.draw_crown(leaf, bloom);
            self.define(&crown);
        }
        for &(x, y, height) in trees {
            let size = (height / 2.0).round() / 100.0;
            let side = if self.rng.unit() < 0.5 { -1.0 } else { 1.0 };
            let width = (side * size * self.rng.between(0.9, 1.2) * 100.0).round() / 100.0;
            self.add(&format!("<use href=\"#u\" transform=\"matrix({width} 0 0 {size} {x} {y})\"/>"));
        }
    }

    /// One crown, 200 units high: leaves in many tufts, the side in shade, the tufts in the light, and blossoms.
    fn draw_crown(&mut self, leaf: Ink, bloom: Ink) -> String {
        let (mut crown, mut shade, mut light, mut blossoms) =
            (Path::default(), Path::default(), Path::default(), Path::default());
        for i in 0..17 {
            let angle = f64::from(i) * 2.4;
            let reach = (f64::from(i) / 16.0).sqrt();
            let (x, y) = (74.0 * reach * angle.cos(), -122.0 + 56.0 * reach * angle.sin());
            let radius = self.rng.between(17.0, 27.0);
            crown.disc((x, y), radius);
            if x * 0.5 + y + 122.0 > 22.0 {
                shade.disc((x + 3.0, y + 4.0), radius * 0.78);
            } else if x * 0.5 + y + 122.0 < -14.0 {
                light.disc((x - 4.0, y - 5.0), radius * 0.5);
            }
            for _ in 0..2 {
                blossoms.dot((x + self.rng.between(-0.9, 0.6) * radius, y + self.rng.between(-0.9, 0.6) * radius));
            }
        }
        format!(
            "<g id=\"u\"><path fill=\"{4}\" d=\"M-9 2q6-40 2-72l-34-34 5-4 32 24 2-30h7l0 32 36-30 4 4-34 40q-3 34 3 70z\"/><path fill=\"{leaf}\" d=\"{0}\"/><path fill=\"{4}\" opacity=\".2\" d=\"{1}\"/><path fill=\"{5}\" opacity=\".14\" d=\"{2}\"/><path fill=\"none\" stroke=\"{bloom}\" stroke-width=\"8\" stroke-linecap=\"round\" d=\"{3}\"/></g>",
            crown.finish(),
            shade.finish(),
            light.finish(),
            blossoms.finish(),
            Ink::Ridge4,
            Ink::Lit
        )
    }
}

fn trace_poplar(path: &mut Path, (x, y): Point, height: f64) {
    let half = height * 0.11;
    path.start((x, y - height));
    path.curve(
        (x + half * 1.2, y - height * 0.7),
        (x + half * 1.2, y - height * 0.2),
        (x + half * 0.3, y - height * 0.08),
    );
    path.lines(&[(x + half * 0.2, y), (x - half * 0.2, y), (x - half * 0.3, y - height * 0.08)]);
    path.curve((x - half * 1.2, y - height * 0.2), (x - half * 1.2, y - height * 0.7), (x, y - height));
    path.close();
}
