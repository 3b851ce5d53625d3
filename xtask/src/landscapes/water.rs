//! Water: rivers, lakes and falls, and the light on them.

use super::canvas::Canvas;
use super::geometry::{Path, Point};
use super::palette::Ink;

impl Canvas {
    /// A river towards the viewer: (middle, height, width) from far to near.
    pub fn river(&mut self, ink: Ink, points: &[(f64, f64, f64)]) {
        let mut path = Path::default();
        let left: Vec<Point> = points.iter().map(|&(x, y, w)| (x - w / 2.0, y)).collect();
        let right: Vec<Point> = points.iter().rev().map(|&(x, y, w)| (x + w / 2.0, y)).collect();
        path.start(left[0]);
        trace_bank(&mut path, &left);
        path.line(right[0]);
        trace_bank(&mut path, &right);
        path.close();
        self.fill(ink, path);
    }

    /// Short glints on water between two heights.
    pub fn glints(&mut self, count: usize, across: (f64, f64), span: (f64, f64), opacity: f64) {
        let mut path = Path::default();
        for _ in 0..count {
            let t = self.rng.unit();
            let y = span.0 + (span.1 - span.0) * t;
            let length = self.rng.between(8.0, 30.0) * (0.6 + t);
            let x = self.rng.between(across.0, across.1);
            path.start((x, y));
            path.line((x + length, y));
        }
        self.stroke(Ink::Gleam, 2.0, opacity, path);
    }

    /// A lake from a height down to another, with a soft far shore.
    pub fn lake(&mut self, top: f64, bottom: f64) {
        let w = self.size.0;
        self.define(&format!(
            "<linearGradient id=\"w\" x2=\"0\" y2=\"1\"><stop stop-color=\"{}\"/><stop offset=\"1\" stop-color=\"{}\"/></linearGradient>",
            Ink::Gleam, Ink::Water
        ));
        self.add(&format!("<path fill=\"url(#w)\" d=\"M0 {top}h{w}V{bottom}H0z\"/>"));
    }

    /// A fall of water: (middle, top, foot, width).
    pub fn waterfall(&mut self, middle: f64, top: f64, foot: f64, width: f64) {
        let (half, drop) = (width / 2.0, foot - top);
        let mut path = Path::default();
        path.start((middle - half * 0.6, top));
        path.curve((middle - half, top + 6.0), (middle - half, top + drop * 0.3), (middle - half * 1.15, foot));
        path.line((middle + half * 1.15, foot));
        path.curve((middle + half, top + drop * 0.3), (middle + half, top + 6.0), (middle + half * 0.6, top));
        path.close();
        self.veil(Ink::Gleam, 0.95, path);
        let mut threads = Path::default();
        for share in [-0.35, 0.1, 0.5] {
            let y = top + drop * self.rng.between(0.08, 0.35);
            threads.start((middle + half * share, y));
            threads.line((middle + half * share * 1.1, y + drop * self.rng.between(0.25, 0.5)));
        }
        self.stroke(Ink::Water, (width * 0.09).max(1.0), 0.5, threads);
    }
}

/// A bank of a river: smooth, tangents upright, so that its bends look seen from above.
fn trace_bank(path: &mut Path, bank: &[Point]) {
    for pair in bank.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let middle = (a.1 + b.1) / 2.0;
        path.curve((a.0, middle), (b.0, middle), b);
    }
}
