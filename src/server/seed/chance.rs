//! Chance that falls the same way every time.

use rand::{RngExt, SeedableRng, rngs::StdRng};

use crate::shared::{id::Id, time::Time};

/// Draws numbers, choices and ids; the same ones in every run.
pub(super) struct Chance(StdRng);

impl Chance {
    pub(super) fn new() -> Self {
        Self(StdRng::seed_from_u64(0x7472_656b))
    }

    /// Another one, so that what is added to the demo moves nothing of what was there.
    pub(super) fn for_tickets() -> Self {
        Self(StdRng::seed_from_u64(0x7469_636b))
    }

    /// As [`Chance::for_tickets`].
    pub(super) fn for_chats() -> Self {
        Self(StdRng::seed_from_u64(0x6368_6174))
    }

    /// A number from `least` to `most`, both included.
    pub(super) fn number(&mut self, least: i64, most: i64) -> i64 {
        self.0.random_range(least..=most.max(least))
    }

    /// A count from `least` to `most`, both included.
    pub(super) fn count(&mut self, least: u32, most: u32) -> u32 {
        self.0.random_range(least..=most.max(least))
    }

    /// A number from 0 to 1; 1 is never drawn.
    pub(super) fn share(&mut self) -> f64 {
        self.0.random()
    }

    /// Whether something happens that happens so often.
    pub(super) fn happens(&mut self, share: f64) -> bool {
        self.share() < share
    }

    /// One of them; `None` of none.
    pub(super) fn choose<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        if of.is_empty() { None } else { of.get(self.0.random_range(0..of.len())) }
    }

    /// The place of one of them, drawn by weight; 0 when nothing weighs anything.
    pub(super) fn weighted(&mut self, weights: impl Iterator<Item = f64> + Clone) -> usize {
        let mut left = self.share() * weights.clone().sum::<f64>();
        for (place, weight) in weights.enumerate() {
            left -= weight;
            if left < 0.0 {
                return place;
            }
        }
        0
    }

    /// An id that was made at that time.
    pub(super) fn id<T>(&mut self, at: Time) -> Id<T> {
        let mut bytes: [u8; 12] = self.0.random();
        let seconds = u32::try_from(at.millis() / 1_000).unwrap_or_default();
        bytes[..4].copy_from_slice(&seconds.to_be_bytes());
        Id::from_bytes(bytes)
    }
}
