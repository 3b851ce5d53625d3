//! Chance for the tests: numbers that look like it, the same for the same seed.

/// Chance with a seed.
pub struct Chance(pub u64);

impl Chance {
    /// A number below that one.
    pub fn pick(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}
