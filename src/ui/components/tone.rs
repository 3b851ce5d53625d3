//! The tones of states. A page names the meaning, the stylesheet decides the colour.

/// What a state means for the person who looks at it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tone {
    /// New, pending.
    Info,
    /// Contacted, in review.
    Violet,
    /// Interested, due.
    Amber,
    /// Converted, verified, done.
    Green,
    /// Late or failed, and nothing else.
    Red,
    /// Paused, closed, no tone of its own.
    #[default]
    Grey,
}

impl Tone {
    /// The class that sets the three colours of the tone.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Info => "t-info",
            Self::Violet => "t-violet",
            Self::Amber => "t-amber",
            Self::Green => "t-green",
            Self::Red => "t-red",
            Self::Grey => "t-grey",
        }
    }
}
