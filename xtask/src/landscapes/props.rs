//! What people have put into the landscape: tents, huts, temples, monasteries, forts, flags, boats and a living bridge.

use super::canvas::Canvas;
use super::geometry::{Path, Point};
use super::palette::Ink::{self, Bloom, Cloth, Lamp, Leaf, Ridge3, Ridge4, Rock, Roof, Wall, Water, Window};

impl Canvas {
    fn place(&mut self, (x, y): Point, scale: f64, markup: &str) {
        self.add(&format!("<g transform=\"translate({x} {y})scale({scale})\">{markup}</g>"));
    }

    /// A tent with a lamp in it; 1 is 60 units wide.
    pub fn tent(&mut self, at: Point, scale: f64) {
        self.glow((at.0, at.1 - 8.0), (92.0 * scale).round(), 0.55);
        self.place(at, scale, &format!(
            "<path fill=\"{Cloth}\" d=\"M-4-34 34 0h-66z\"/><path fill=\"{Roof}\" opacity=\".4\" d=\"M-4-34 34 0H12z\"/><path fill=\"{Lamp}\" d=\"M-4-26 6 0h-18z\"/><path fill=\"{Ridge4}\" opacity=\".55\" d=\"M-4-26-12 0h7z\"/>"
        ));
    }

    /// A hut with a pitched roof; with snow on it if asked.
    pub fn hut(&mut self, at: Point, scale: f64, snow: bool) {
        let roof = if snow { Ink::Lit } else { Roof };
        self.glow((at.0, at.1 - 14.0), (60.0 * scale).round(), 0.3);
        self.place(at, scale, &format!(
            "<path fill=\"{Ridge4}\" d=\"M-30-24h60V2h-60z\"/><path fill=\"{Wall}\" opacity=\".25\" d=\"M-30-24h34V2h-34z\"/><path fill=\"{roof}\" d=\"M-40-22-16-50h34l22 28z\"/><path fill=\"{Ridge4}\" opacity=\".3\" d=\"m18-50 22 28H6L-4-50z\"/><path fill=\"{Window}\" d=\"M-22-16h9v9h-9zM-8-16h8V2h-8zM12-16h10v9H12z\"/>"
        ));
    }

    /// A stone temple of the hills with a curved tower, as at Kedarnath or Tungnath.
    pub fn stone_temple(&mut self, at: Point, scale: f64) {
        self.glow((at.0, at.1 - 8.0), (70.0 * scale).round(), 0.35);
        self.place(at, scale, &format!(
            "<path fill=\"{Rock}\" d=\"M-22 2v-30c2-34 10-48 16-60h12c6 12 14 26 16 60v10h28V2z\"/><path fill=\"{Ridge4}\" opacity=\".35\" d=\"M0-88h6c6 12 14 26 16 60v10h28V2H8z\"/><path fill=\"{Roof}\" d=\"M-12-88h24l-4-9H-8zM18-18l6-9h24l8 9z\"/><path fill=\"{Lamp}\" d=\"M-2-97h4l-2-16zM-7 2v-15q7-9 14 0V2z\"/><path fill=\"none\" stroke=\"{Ridge4}\" opacity=\".3\" d=\"M-20-40h40M-17-56h34M-12-72h24\"/>"
        ));
    }

    /// A wooden temple of Himachal with roofs in tiers.
    pub fn wooden_temple(&mut self, at: Point, scale: f64) {
        self.glow((at.0, at.1 - 10.0), (70.0 * scale).round(), 0.4);
        self.place(at, scale, &format!(
            "<path fill=\"{Rock}\" d=\"M-34-8h68V4h-68z\"/><path fill=\"{Ridge4}\" d=\"M-26-34h52v26h-52zM-17-62h34v16h-34zM-9-86H9v12H-9z\"/><path fill=\"{Roof}\" d=\"M-44-30-22-50h44l22 20zM-31-58l14-16h34l14 16zM-20-84 0-112l20 28z\"/><path fill=\"{Wall}\" opacity=\".22\" d=\"M-44-30-22-50H2L-8-30zM-31-58l14-16H2l-6 16zM-20-84 0-112l-2 28z\"/><path fill=\"{Lamp}\" d=\"M-5-8v-16H5v16zM-20-25h8v8h-8zm32 0h8v8h-8zM-1-112h2v-12h-2z\"/>"
        ));
    }

    /// A monastery stacked on its hill, as Thiksey or Key.
    pub fn monastery(&mut self, at: Point, scale: f64) {
        self.glow((at.0, at.1 - 60.0), (120.0 * scale).round(), 0.28);
        let mut walls = Path::default();
        let mut windows = Path::default();
        let mut bands = Path::default();
        let blocks = [
            (-112, -16, 46, 26),
            (-70, -34, 44, 40),
            (-30, -22, 52, 34),
            (20, -30, 46, 38),
            (62, -14, 48, 24),
            (-84, -62, 36, 32),
            (-50, -78, 46, 48),
            (-8, -66, 44, 46),
            (34, -60, 36, 34),
            (-38, -112, 36, 38),
            (-6, -104, 34, 40),
            (-24, -136, 30, 28),
        ];
        for (i, &(x, y, w, h)) in blocks.iter().enumerate() {
            let (x, y, w, h) = (f64::from(x), f64::from(y), f64::from(w), f64::from(h));
            walls.start((x + 2.0, y));
            walls.lines(&[(x + w - 2.0, y), (x + w + 1.0, y + h + 4.0), (x - 1.0, y + h + 4.0)]);
            walls.close();
            bands.start((x, y - 1.0));
            bands.lines(&[
                (x + w, y - 1.0),
                (x + w, y + if i > 8 { 9.0 } else { 4.0 }),
                (x, y + if i > 8 { 9.0 } else { 4.0 }),
            ]);
            bands.close();
            windows.start((x + 7.0, y + 16.0));
            windows.line((x + w - 7.0, y + 16.0));
        }
        let (walls, windows, bands) = (walls.finish(), windows.finish(), bands.finish());
        self.place(at, scale, &format!(
            "<path fill=\"{Wall}\" d=\"{walls}\"/><path fill=\"{Ridge4}\" opacity=\".22\" d=\"M28-104v44h42v30h40v44H4V-60h-2v-76h4v32z\"/><path fill=\"{Roof}\" d=\"{bands}\"/><path fill=\"none\" stroke=\"{Window}\" stroke-width=\"6\" stroke-dasharray=\"4 6\" d=\"{windows}\"/><path fill=\"{Lamp}\" d=\"M-11-137l2-14 2 14z\"/>"
        ));
    }

    /// A whitewashed stupa.
    pub fn stupa(&mut self, at: Point, scale: f64) {
        self.place(at, scale, &format!(
            "<path fill=\"{Wall}\" d=\"M-26 2v-12h5v-9h5v-8h5c-8-20 0-28 11-28s19 8 11 28h5v8h5v9h5V2zM-4-55h8l-3-26h-2z\"/><path fill=\"{Ridge4}\" opacity=\".25\" d=\"M2-55c9 0 17 8 9 28h5v8h5v9h5V2H6z\"/><path fill=\"{Lamp}\" d=\"M-5-57H5L1-84h-2z\"/>"
        ));
    }

    /// A string of prayer flags: how far it sags, and how long the poles at its two ends are.
    pub fn prayer_flags(&mut self, from: Point, to: Point, (sag, poles): (f64, (f64, f64)), count: usize) {
        let mut masts = Path::default();
        for (top, length) in [(from, poles.0), (to, poles.1)] {
            masts.start((top.0, top.1 - length * 0.08));
            masts.line((top.0, top.1 + length));
        }
        self.stroke(Ridge4, 3.0, 1.0, masts);
        let at = |t: f64| (from.0 + (to.0 - from.0) * t, from.1 + (to.1 - from.1) * t + sag * 4.0 * t * (1.0 - t));
        let mut line = Path::default();
        line.start(from);
        for i in 1..=8 {
            line.line(at(f64::from(i) / 8.0));
        }
        self.stroke(Ridge4, 1.5, 0.8, line);
        let step = (to.0 - from.0) / count as f64;
        for (color, ink) in [Water, Wall, Bloom, Leaf, Lamp].into_iter().enumerate() {
            let mut path = Path::default();
            for i in (color..count).step_by(5) {
                let (a, b) = (at((i as f64 + 0.1) / count as f64), at((i as f64 + 0.88) / count as f64));
                let drop = step.abs() * self.rng.between(0.9, 1.2);
                path.start(a);
                path.lines(&[b, (b.0 + 2.0, b.1 + drop), (a.0 + 3.0, a.1 + drop)]);
                path.close();
            }
            self.fill(ink, path);
        }
    }

    /// A hill fort: walls with battlements and bastions on a rock.
    pub fn fort(&mut self, at: Point, scale: f64) {
        let mut path = Path::default();
        let mut x = -90.0;
        path.start((x, 6.0));
        while x < 90.0 {
            let tower = ((x + 90.0) as i64) % 60 < 20;
            let top = if tower { -26.0 } else { -14.0 };
            path.lines(&[(x, top), (x + 5.0, top), (x + 5.0, top + 5.0), (x + 10.0, top + 5.0)]);
            x += 10.0;
        }
        path.lines(&[(90.0, -26.0), (94.0, -26.0), (96.0, 6.0)]);
        path.close();
        let data = path.finish();
        self.place(at, scale, &format!(
            "<path fill=\"{Rock}\" d=\"{data}\"/><path fill=\"{Ridge4}\" opacity=\".3\" d=\"M-70-10h40V6h-40zM-10-10h40V6h-40zM50-10h30V6H50z\"/><path fill=\"{Window}\" d=\"M-4 6V-3q4-6 8 0v9z\"/><path fill=\"none\" stroke=\"{Ridge4}\" stroke-width=\"2\" d=\"M34-24v-36\"/><path fill=\"{Cloth}\" d=\"m35-60 20 6-20 8z\"/>"
        ));
    }

    /// A bridge grown from the roots of fig trees, with its hanging roots.
    pub fn root_bridge(&mut self, from: Point, to: Point) {
        let width = to.0 - from.0;
        let mut deck = Path::default();
        deck.start((from.0 - 190.0, from.1 - 64.0));
        let (a, b) = ((from.0 + width * 0.22, from.1 - 34.0), (to.0 - width * 0.22, to.1 - 34.0));
        deck.curve((from.0 - 10.0, from.1 - 14.0), a, (from.0 + width * 0.5, from.1 - 26.0));
        deck.curve(b, (to.0 + 10.0, to.1 - 14.0), (to.0 + 190.0, to.1 - 68.0));
        deck.line((to.0 + 190.0, to.1 + 70.0));
        deck.curve((to.0, to.1 + 6.0), (to.0 - width * 0.2, to.1 - 12.0), (from.0 + width * 0.5, from.1 - 8.0));
        deck.curve((from.0 + width * 0.2, from.1 - 12.0), (from.0, from.1 + 6.0), (from.0 - 190.0, from.1 + 70.0));
        deck.close();
        self.fill(Ridge4, deck);
        let (mut rails, mut roots) = (Path::default(), Path::default());
        for rise in [26.0, 40.0] {
            rails.start((from.0 - 30.0, from.1 - 34.0 - rise));
            rails.curve(
                (from.0 + width * 0.25, from.1 - 20.0 - rise),
                (to.0 - width * 0.25, to.1 - 20.0 - rise),
                (to.0 + 30.0, to.1 - 36.0 - rise),
            );
        }
        for i in 0..17 {
            let x = from.0 + width * (f64::from(i) + 0.5) / 17.0;
            rails.start((x, from.1 - 22.0));
            rails.line((x + self.rng.between(-9.0, 9.0), from.1 - 54.0));
            let hang = self.rng.between(12.0, 52.0);
            roots.start((x, from.1 - 12.0));
            roots.curve(
                (x + 4.0, from.1),
                (x - 5.0, from.1 + hang * 0.6),
                (x + self.rng.between(-5.0, 5.0), from.1 + hang),
            );
        }
        self.stroke(Ridge4, 3.5, 1.0, rails);
        self.stroke(Ridge4, 2.5, 0.9, roots);
    }

    /// A boat of the Kashmir lakes with its canopy, and its reflection.
    pub fn shikara(&mut self, at: Point, scale: f64) {
        self.glow((at.0, at.1 - 12.0), (56.0 * scale).round(), 0.4);
        self.place(at, scale, &format!(
            "<path fill=\"{Ridge4}\" opacity=\".35\" d=\"M-58 6h112q-16 12-40 13h-36Q-46 16-58 6z\"/><path fill=\"{Ridge4}\" d=\"M-70-6q14 5 26 5h66q22-2 44-14-10 22-34 23h-66Q-60 7-70-6z\"/><path fill=\"{Cloth}\" d=\"M-32-28q30-10 58 0l4 9h-66z\"/><path fill=\"{Roof}\" d=\"M-30-20h4V0h-4zm50 0h4V0h-4z\"/><path fill=\"{Lamp}\" d=\"M-4-18h5v7h-5z\"/><path fill=\"none\" stroke=\"{Ridge4}\" stroke-width=\"3\" d=\"M50-34v20l18 22\"/><circle cx=\"50\" cy=\"-38\" r=\"5\" fill=\"{Ridge4}\"/>"
        ));
    }

    /// A houseboat at its shore.
    pub fn houseboat(&mut self, at: Point, scale: f64) {
        self.place(at, scale, &format!(
            "<path fill=\"{Roof}\" d=\"M-72-34h132l10 9H-82z\"/><path fill=\"{Cloth}\" opacity=\".75\" d=\"M-70-25H60V-2H-70z\"/><path fill=\"{Ridge4}\" d=\"M-92-3H90Q82 9 66 9H-68q-18 0-24-12z\"/><path fill=\"{Window}\" d=\"M-60-19h12v10h-12zm20 0h12v10h-12zm20 0H-8v10h-12zm20 0h12v10H0zm20 0h12v10H20zm20 0h12v10H40z\"/>"
        ));
    }

    /// Two-humped camels, one behind the other.
    pub fn camels(&mut self, at: Point, scale: f64, count: usize) {
        self.define(&format!(
            "<path id=\"k\" fill=\"{Ridge4}\" d=\"M-30-26q2-14 9-9 4 5 9 5 3 0 6-6 7-9 11 2 2 5 8 3 8-4 9-14 0-8 9-8 8 1 8 5l-8 3q-1 17-9 21-2 3-3 8l2 20h-4l-4-19h-20l-2 19h-4l-1-21-4 21h-4q3-16-8-30z\"/>"
        ));
        for i in 0..count {
            let (x, size) = (at.0 + i as f64 * 66.0 * scale, scale * if i % 2 == 0 { 1.0 } else { 0.9 });
            self.add(&format!("<use href=\"#k\" transform=\"translate({x:.0} {})scale({size:.2})\"/>", at.1));
        }
    }

    /// A long boat of the backwaters under its mat roof.
    pub fn rice_boat(&mut self, at: Point, scale: f64) {
        self.glow((at.0, at.1 - 12.0), (70.0 * scale).round(), 0.4);
        self.place(at, scale, &format!(
            "<path fill=\"{Ridge4}\" opacity=\".3\" d=\"M-80 8H86q-20 14-60 14h-60Q-66 20-80 8z\"/><path fill=\"{Ridge4}\" d=\"M-104-18q22 14 50 15H60q30-2 50-19-6 30-40 33H-60Q-92 8-104-18z\"/><path fill=\"{Cloth}\" d=\"M-54-4q0-30 26-32h52q28 2 30 32z\"/><path fill=\"{Roof}\" opacity=\".5\" d=\"M14-36h10q28 2 30 32H30q0-24-16-32z\"/><path fill=\"{Lamp}\" d=\"M-36-4v-14q8-8 16 0v14zm26 0v-14q8-8 16 0v14z\"/>"
        ));
    }

    /// A kite of geese far off.
    pub fn birds(&mut self, at: Point) {
        self.add(&format!(
            "<path fill=\"none\" stroke=\"{Ridge3}\" stroke-width=\"2\" stroke-linecap=\"round\" opacity=\".7\" d=\"M{} {}q6-6 9 0 3-6 9 0m8-16q5-5 8 0 3-5 8 0m-4 26q5-5 8 0 3-5 8 0\"/>",
            at.0, at.1
        ));
    }

    /// Slabs of ice or stones at the edge of water.
    pub fn slabs(&mut self, ink: Ink, stones: &[(f64, f64, f64)], opacity: f64) {
        let mut path = Path::default();
        for &(x, y, w) in stones {
            path.start((x, y));
            for i in 1..9 {
                let angle = std::f64::consts::PI * (1.0 + f64::from(i) / 4.5 + self.rng.between(-0.06, 0.06));
                let reach = w * self.rng.between(0.4, 0.58);
                path.line((x + w * 0.5 + reach * angle.cos(), y + reach * 0.17 * angle.sin()));
            }
            path.close();
        }
        self.veil(ink, opacity, path);
    }

    /// A narrow strip of light on the water under the sun.
    pub fn light_path(&mut self, x: f64, span: (f64, f64)) {
        let mut path = Path::default();
        for i in 0..9 {
            let t = f64::from(i) / 8.0;
            let y = span.0 + (span.1 - span.0) * t;
            let half = 10.0 + 34.0 * t * self.rng.between(0.4, 1.2);
            let at = x + self.rng.between(-12.0, 12.0) * t;
            path.start((at - half, y));
            path.line((at + half, y));
        }
        self.stroke(Ink::Sun, 3.0, 0.6, path);
    }
}
