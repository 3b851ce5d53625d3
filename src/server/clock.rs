//! Where time, ids and chance come from. Nothing else asks the system for them, so that tests decide what time it is.

use std::sync::{
    Arc,
    atomic::{AtomicI64, AtomicU32, Ordering},
};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use rand::RngExt;

use crate::shared::{id::Id, time::Time};

/// Tells the time.
#[derive(Debug, Clone, Default)]
pub enum Clock {
    /// The system's time.
    #[default]
    System,
    /// A time that stands still until it is moved (tests, demo data).
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that shows `time` until moved.
    pub fn set_to(time: Time) -> Self {
        Self::Set(Arc::new(AtomicI64::new(time.millis())))
    }

    /// Now.
    #[expect(clippy::disallowed_methods, reason = "the one home of the system's time")]
    pub fn now(&self) -> Time {
        match self {
            Self::System => Timestamp::now().into(),
            Self::Set(millis) => Time::from_millis(millis.load(Ordering::SeqCst)),
        }
    }

    /// Moves a set clock on; the system's clock stays as it is.
    pub fn advance(&self, by: SignedDuration) {
        if let Self::Set(millis) = self {
            millis.fetch_add(i64::try_from(by.as_millis()).unwrap_or(i64::MAX), Ordering::SeqCst);
        }
    }
}

/// Makes ids that sort by the time they were made, and secrets that nobody guesses.
#[derive(Debug, Clone)]
pub struct Ids {
    clock: Clock,
    process: [u8; 5],
    counter: Arc<AtomicU32>,
}

impl Ids {
    /// Ids of this process.
    pub fn new(clock: Clock) -> Self {
        Self { clock, process: random_bytes(), counter: Arc::new(AtomicU32::new(u32::from_be_bytes(random_bytes()))) }
    }

    /// A new id: seconds, process, counter, as MongoDB's ObjectId has them.
    pub fn next<T>(&self) -> Id<T> {
        let seconds = u32::try_from(self.clock.now().millis() / 1_000).unwrap_or(u32::MAX).to_be_bytes();
        let count = self.counter.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        let mut bytes = [0; 12];
        bytes[..4].copy_from_slice(&seconds);
        bytes[4..9].copy_from_slice(&self.process);
        bytes[9..].copy_from_slice(&count[1..]);
        Id::from_bytes(bytes)
    }

    /// 256 random bits as 43 characters that are safe in an address.
    pub fn secret(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(random_bytes::<32>())
    }
}

/// So many bytes from the system's generator of randomness.
#[expect(clippy::disallowed_methods, reason = "the one home of chance")]
pub fn random_bytes<const N: usize>() -> [u8; N] {
    rand::rng().random()
}
