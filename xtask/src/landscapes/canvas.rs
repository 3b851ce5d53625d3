//! The sheet a landscape is drawn on, and its air: sky, sun or moon, stars, mist, clouds and rain.

use super::geometry::{Path, Point, Rng};
use super::palette::{Ink, Palette};

/// A picture in the making; what is drawn later lies in front.
pub struct Canvas {
    /// Width and height of the view box.
    pub size: (f64, f64),
    /// The chance of this picture.
    pub rng: Rng,
    /// Whether the whole picture is turned left to right, so that the light comes from the right.
    pub mirrored: bool,
    defs: String,
    body: String,
}

impl Canvas {
    /// An empty sheet whose chance belongs to the name.
    pub fn new(name: &str, size: (f64, f64)) -> Self {
        Self { size, rng: Rng::from_name(name), mirrored: false, defs: String::new(), body: String::new() }
    }

    /// The whole document with the colours it uses.
    pub fn finish(self, palette: &Palette) -> String {
        let (w, h) = self.size;
        let style = palette.style_for(&format!("{}{}", self.defs, self.body));
        let (open, close) = if self.mirrored {
            (format!("<g transform=\"matrix(-1 0 0 1 {w} 0)\">"), "</g>")
        } else {
            (String::new(), "")
        };
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w} {h}\"><style>{style}</style><defs>{}</defs>{open}{}{close}</svg>\n",
            self.defs, self.body
        )
    }

    /// Adds a piece of markup.
    pub fn add(&mut self, markup: &str) {
        self.body.push_str(markup);
    }

    /// Whether something with this id is defined.
    pub fn has_defined(&self, id: &str) -> bool {
        self.defs.contains(&format!("id=\"{id}\""))
    }

    /// Adds a definition once.
    pub fn define(&mut self, markup: &str) {
        if !self.defs.contains(markup) {
            self.defs.push_str(markup);
        }
    }

    /// Keeps an outline for several uses; returns its id.
    pub fn define_shape(&mut self, data: &str) -> String {
        let id = format!("b{}", self.defs.matches("<path id=\"b").count());
        self.defs.push_str(&format!("<path id=\"{id}\" d=\"{data}\"/>"));
        id
    }

    /// Adds an outline filled with one colour.
    pub fn fill(&mut self, ink: Ink, path: Path) {
        let data = path.finish();
        self.add(&format!("<path fill=\"{ink}\" d=\"{data}\"/>"));
    }

    /// Adds an outline filled with one colour that lets through what is behind it.
    pub fn veil(&mut self, ink: Ink, opacity: f64, path: Path) {
        let data = path.finish();
        self.add(&format!("<path fill=\"{ink}\" opacity=\"{opacity}\" d=\"{data}\"/>"));
    }

    /// Adds a line of a width, with round ends.
    pub fn stroke(&mut self, ink: Ink, width: f64, opacity: f64, path: Path) {
        let data = path.finish();
        self.add(&format!(
            "<path fill=\"none\" stroke=\"{ink}\" stroke-width=\"{width}\" stroke-linecap=\"round\" opacity=\"{opacity}\" d=\"{data}\"/>"
        ));
    }

    /// The sky with its sun (by night the moon) of a radius, and stars that only the night shows.
    pub fn sky(&mut self, sun: Point, radius: f64) {
        let (w, h) = self.size;
        self.define(&format!(
            "<linearGradient id=\"s\" x2=\"0\" y2=\"1\"><stop stop-color=\"{}\"/><stop offset=\".42\" stop-color=\"{}\"/><stop offset=\".74\" stop-color=\"{}\"/></linearGradient>",
            Ink::SkyTop, Ink::SkyMid, Ink::SkyLow
        ));
        self.define(&format!(
            "<radialGradient id=\"g\"><stop stop-color=\"{0}\" stop-opacity=\".85\"/><stop offset=\".4\" stop-color=\"{0}\" stop-opacity=\".3\"/><stop offset=\"1\" stop-color=\"{0}\" stop-opacity=\"0\"/></radialGradient>",
            Ink::Sun
        ));
        self.add(&format!("<path fill=\"url(#s)\" d=\"M0 0h{w}v{h}H0z\"/>"));
        self.stars(26, 1.6);
        self.stars(9, 2.8);
        let (x, y) = sun;
        self.add(&format!(
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"{}\" fill=\"url(#g)\" opacity=\".6\"/><circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"{}\"/>",
            radius * 4.6, Ink::Sun
        ));
    }

    fn stars(&mut self, count: usize, width: f64) {
        let (w, h) = self.size;
        let mut path = Path::default();
        for _ in 0..count {
            let x = self.rng.between(0.0, w);
            let y = self.rng.unit().powf(1.4) * h * 0.45;
            path.dot((x, y));
        }
        self.stroke(Ink::Star, width, 1.0, path);
    }

    /// Mist that thickens from one height to another and ends there.
    pub fn mist(&mut self, from: f64, to: f64, opacity: f64) {
        self.define(&format!(
            "<linearGradient id=\"m\" x2=\"0\" y2=\"1\"><stop stop-color=\"{0}\" stop-opacity=\"0\"/><stop offset=\"1\" stop-color=\"{0}\"/></linearGradient>",
            Ink::Mist
        ));
        let (w, height) = (self.size.0, to - from);
        self.add(&format!("<path fill=\"url(#m)\" opacity=\"{opacity}\" d=\"M0 {from}h{w}v{height}H0z\"/>"));
    }

    /// Darkness that grows towards the lower edge, for the words that lie on it.
    pub fn ground_shadow(&mut self, from: f64, opacity: f64) {
        self.define(&format!(
            "<linearGradient id=\"d\" x2=\"0\" y2=\"1\"><stop stop-color=\"{0}\" stop-opacity=\"0\"/><stop offset=\"1\" stop-color=\"{0}\"/></linearGradient>",
            Ink::Ridge4
        ));
        let (w, h) = self.size;
        self.add(&format!("<path fill=\"url(#d)\" opacity=\"{opacity}\" d=\"M0 {from}h{w}V{h}H0z\"/>"));
    }

    /// Flat streaks of mist with round ends between two heights.
    pub fn streaks(&mut self, count: usize, span: (f64, f64), opacity: f64) {
        let mut path = Path::default();
        for _ in 0..count {
            let x = self.rng.between(-100.0, self.size.0 - 60.0);
            let y = self.rng.between(span.0, span.1);
            path.start((x, y));
            path.line((x + self.rng.between(90.0, 340.0), y));
        }
        self.stroke(Ink::Mist, 6.0, opacity, path);
    }

    /// A bank of cumulus across the picture: round heads over a swelling line, which melt away below.
    pub fn cloud_sea(&mut self, ink: Ink, y: f64, heads: (f64, f64), opacity: f64) {
        let id = format!("c{}", ink as usize);
        self.define(&format!(
            "<linearGradient id=\"{id}\" x2=\"0\" y2=\"1\"><stop offset=\".3\" stop-color=\"{ink}\"/><stop offset=\"1\" stop-color=\"{ink}\" stop-opacity=\"0\"/></linearGradient>"
        ));
        for (lift, share) in [(heads.1 * 0.2, 0.55), (0.0, 1.0)] {
            let data = self.trace_cloud_bank(y - lift, heads);
            let opacity = (opacity * share * 100.0).round() / 100.0;
            self.add(&format!("<path fill=\"url(#{id})\" opacity=\"{opacity}\" d=\"{data}\"/>"));
        }
    }

    fn trace_cloud_bank(&mut self, y: f64, heads: (f64, f64)) -> String {
        let (mut path, mut x) = (Path::default(), -40.0);
        let (phase, swell) = (self.rng.between(0.0, 6.0), heads.1 * 0.16);
        path.start((x, y));
        while x < self.size.0 + 20.0 {
            let width = heads.0 * 0.5 + (heads.1 - heads.0 * 0.5) * self.rng.unit().powi(2);
            x += width;
            let foot = y + swell * ((x / 130.0 + phase).sin() + 0.6 * (x / 57.0).sin());
            path.bulge(width * self.rng.between(0.2, 0.42), (x, foot));
        }
        path.line((x, y + 150.0));
        path.line((-40.0, y + 150.0));
        path.close();
        path.finish()
    }

    /// Single fair-weather clouds with a flat foot: (left, foot, width).
    pub fn clouds(&mut self, clouds: &[(f64, f64, f64)], opacity: f64) {
        let mut path = Path::default();
        for &(x, y, width) in clouds {
            path.start((x, y));
            let shares = [0.17, 0.3, 0.32, 0.21];
            let rises = [0.06, 0.13, 0.1, 0.05];
            let feet = [-0.02, -0.04, -0.02, 0.0];
            let mut at = x;
            for i in 0..4 {
                at += width * shares[i];
                path.bulge(width * rises[i] * self.rng.between(0.8, 1.2), (at, y + width * feet[i]));
            }
            path.close();
        }
        self.veil(Ink::Mist, opacity, path);
    }

    /// Slanting rain.
    pub fn rain(&mut self, count: usize) {
        let (w, h) = self.size;
        let mut path = Path::default();
        for _ in 0..count {
            let (x, y) = (self.rng.between(0.0, w), self.rng.between(-10.0, h * 0.72));
            let length = self.rng.between(16.0, 44.0);
            path.start((x, y));
            path.line((x - length * 0.28, y + length));
        }
        self.stroke(Ink::Mist, 1.5, 0.4, path);
    }

    /// Slow snowflakes.
    pub fn snowfall(&mut self, count: usize) {
        let (w, h) = self.size;
        let mut path = Path::default();
        for _ in 0..count {
            path.dot((self.rng.between(0.0, w), self.rng.between(0.0, h)));
        }
        self.stroke(Ink::Lit, 3.2, 0.7, path);
    }

    /// A light with its glow.
    pub fn glow(&mut self, at: Point, radius: f64, opacity: f64) {
        self.define(&format!(
            "<radialGradient id=\"l\"><stop stop-color=\"{0}\" stop-opacity=\".8\"/><stop offset=\"1\" stop-color=\"{0}\" stop-opacity=\"0\"/></radialGradient>",
            Ink::Lamp
        ));
        let (x, y) = at;
        self.add(&format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"url(#l)\" opacity=\"{opacity}\"/>"));
    }
}
