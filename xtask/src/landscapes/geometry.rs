//! Lines and chance for the landscapes: a seeded generator, jagged and smooth ridge lines, and compact SVG path data.

/// A point of the drawing, in units of the view box.
pub type Point = (f64, f64);

/// A small deterministic random generator (SplitMix64), so that a picture comes out the same on every machine.
pub struct Rng(u64);

impl Rng {
    /// Starts the sequence that belongs to a name (FNV-1a of its bytes).
    pub fn from_name(name: &str) -> Self {
        Self(
            name.bytes()
                .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)),
        )
    }

    /// The next number of the sequence, from 0 up to but not including 1.
    pub fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A number between two bounds.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }
}

/// Breaks a coarse outline into a jagged ridge by midpoint displacement until no piece is wider than `step`.
pub fn break_ridge(rng: &mut Rng, outline: &[Point], roughness: f64, step: f64) -> Vec<Point> {
    let mut ridge = vec![outline[0]];
    for pair in outline.windows(2) {
        split(rng, pair[0], pair[1], roughness, step, &mut ridge);
    }
    ridge
}

fn split(rng: &mut Rng, a: Point, b: Point, roughness: f64, step: f64, ridge: &mut Vec<Point>) {
    let length = (b.0 - a.0).hypot(b.1 - a.1);
    if (b.0 - a.0).abs() < step {
        ridge.push(b);
        return;
    }
    let at = rng.between(0.38, 0.62);
    let mid = (a.0 + (b.0 - a.0) * at, a.1 + (b.1 - a.1) * at + rng.between(-1.0, 1.0) * length * roughness);
    split(rng, a, mid, roughness, step, ridge);
    split(rng, mid, b, roughness, step, ridge);
}

/// A smooth line through points of growing x (Catmull-Rom).
pub struct Curve(pub Vec<Point>);

impl Curve {
    /// The two inner Bézier points of the piece that starts at a point.
    fn handles(&self, i: usize) -> (Point, Point) {
        let p = &self.0;
        let last = p.len() - 1;
        let (before, a, b, after) = (p[i.saturating_sub(1)], p[i], p[i + 1], p[(i + 2).min(last)]);
        (
            (a.0 + (b.0 - before.0) / 6.0, a.1 + (b.1 - before.1) / 6.0),
            (b.0 - (after.0 - a.0) / 6.0, b.1 - (after.1 - a.1) / 6.0),
        )
    }

    /// The height of the line at `x`; beyond its ends, the height of the end.
    pub fn height_at(&self, x: f64) -> f64 {
        let p = &self.0;
        if x <= p[0].0 {
            return p[0].1;
        }
        for i in 0..p.len() - 1 {
            if x <= p[i + 1].0 {
                let (h1, h2) = self.handles(i);
                let t = (x - p[i].0) / (p[i + 1].0 - p[i].0);
                let s = 1.0 - t;
                return s * s * s * p[i].1 + 3.0 * s * s * t * h1.1 + 3.0 * s * t * t * h2.1 + t * t * t * p[i + 1].1;
            }
        }
        p[p.len() - 1].1
    }

    /// The same line, moved down.
    pub fn lowered(&self, by: f64) -> Curve {
        Curve(self.0.iter().map(|&(x, y)| (x, y + by)).collect())
    }

    /// Writes the pieces of the line into a path whose pen stands on its first point.
    pub fn trace(&self, path: &mut Path) {
        for i in 0..self.0.len() - 1 {
            let (h1, h2) = self.handles(i);
            path.curve(h1, h2, self.0[i + 1]);
        }
    }
}

/// Path data in whole units and relative commands; rounding never adds up.
#[derive(Default)]
pub struct Path {
    data: String,
    pen: (i64, i64),
    command: char,
}

impl Path {
    /// The finished path data.
    pub fn finish(self) -> String {
        self.data
    }

    /// Lifts the pen to a point.
    pub fn start(&mut self, p: Point) {
        let (x, y) = (p.0.round() as i64, p.1.round() as i64);
        self.data.push('M');
        self.command = 'M';
        self.number(x);
        self.number(y);
        self.pen = (x, y);
    }

    /// Draws straight to a point.
    pub fn line(&mut self, p: Point) {
        let (x, y) = (p.0.round() as i64, p.1.round() as i64);
        let (dx, dy) = (x - self.pen.0, y - self.pen.1);
        match (dx, dy) {
            (0, 0) => return,
            (_, 0) => self.one('h', dx),
            (0, _) => self.one('v', dy),
            _ => {
                self.switch('l');
                self.number(dx);
                self.number(dy);
            }
        }
        self.pen = (x, y);
    }

    /// Draws a Bézier piece to a point.
    pub fn curve(&mut self, h1: Point, h2: Point, p: Point) {
        self.switch('c');
        let pen = self.pen;
        for point in [h1, h2, p] {
            self.number(point.0.round() as i64 - pen.0);
            self.number(point.1.round() as i64 - pen.1);
        }
        self.pen = (p.0.round() as i64, p.1.round() as i64);
    }

    /// Draws half an ellipse over the line to a point, bulging upwards when the pen moves right.
    pub fn bulge(&mut self, height: f64, p: Point) {
        let (x, y) = (p.0.round() as i64, p.1.round() as i64);
        let (dx, dy) = (x - self.pen.0, y - self.pen.1);
        self.switch('a');
        self.number((dx.abs() + 1) / 2);
        self.number(height.round() as i64);
        self.data.push_str(" 0 0 1");
        self.number(dx);
        self.number(dy);
        self.pen = (x, y);
    }

    /// Draws an arc of a radius to a point, bulging outwards when the pen goes round clockwise.
    pub fn bulge_out(&mut self, radius: f64, p: Point) {
        let (x, y) = (p.0.round() as i64, p.1.round() as i64);
        self.switch('a');
        let radius = radius.round() as i64;
        self.number(radius);
        self.number(radius);
        self.data.push_str(" 0 0 1");
        self.number(x - self.pen.0);
        self.number(y - self.pen.1);
        self.pen = (x, y);
    }

    /// A full disc.
    pub fn disc(&mut self, middle: Point, radius: f64) {
        let radius = radius.round();
        self.start((middle.0 - radius, middle.1));
        let y = self.pen.1 as f64;
        self.bulge_out(radius, (self.pen.0 as f64 + 2.0 * radius, y));
        self.bulge_out(radius, (self.pen.0 as f64 - 2.0 * radius, y));
        self.close();
    }

    /// Draws straight through points.
    pub fn lines(&mut self, points: &[Point]) {
        for &p in points {
            self.line(p);
        }
    }

    /// A dot: a piece of no length, drawn by a round line cap.
    pub fn dot(&mut self, p: Point) {
        self.start(p);
        self.data.push_str("h0");
        self.command = 'h';
    }

    /// Closes the outline.
    pub fn close(&mut self) {
        self.data.push('z');
        self.command = 'z';
    }

    fn one(&mut self, command: char, value: i64) {
        self.switch(command);
        self.number(value);
    }

    fn switch(&mut self, command: char) {
        if self.command != command {
            self.data.push(command);
            self.command = command;
        }
    }

    fn number(&mut self, value: i64) {
        if value >= 0 && self.data.ends_with(|c: char| c.is_ascii_digit()) {
            self.data.push(' ');
        }
        self.data.push_str(&value.to_string());
    }
}
