//! How leads come: the sources, what each says about the traveller, and which weighs more.

use serde::{Deserialize, Serialize};

use crate::shared::named::named;

/// How a lead came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum LeadSource {
    /// They viewed the trip twice within 7 days.
    TripView,
    /// They asked on the trip's page.
    Inquiry,
    /// They began to book.
    PartialBooking,
    /// They wrote in the chat.
    Chat,
    /// They filled in a form.
    Form,
    /// An organizer's file.
    Import,
    /// Anything else: a call, a fair, a friend.
    Other,
}

named!(LeadSource {
    TripView = "trip_view", "Trip viewed";
    Inquiry = "inquiry", "Question on the trip page";
    PartialBooking = "partial_booking", "Booking begun";
    Chat = "chat", "Chat";
    Form = "form", "Form";
    Import = "import", "Import";
    Other = "other", "Other";
});

impl LeadSource {
    /// What it says about them, as a reason of the score.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::TripView => "viewed the trip",
            Self::Inquiry => "asked a question",
            Self::PartialBooking => "began a booking",
            Self::Chat => "wrote in the chat",
            Self::Form => "filled in a form",
            Self::Import => "came from an import",
            Self::Other => "was added by hand",
        }
    }

    /// The points that it gives; of two sources the one with more points stays.
    pub const fn weight(self) -> u32 {
        match self {
            Self::PartialBooking => 80,
            Self::Inquiry => 60,
            Self::Chat => 50,
            Self::Form => 40,
            Self::TripView => 20,
            Self::Import | Self::Other => 10,
        }
    }

    /// Whether somebody who came so asked something, and so waits for an answer. Who only looked, or was added by an organizer, did
    /// not.
    pub const fn asks(self) -> bool {
        matches!(self, Self::Inquiry | Self::PartialBooking | Self::Chat | Self::Form)
    }

    /// The one that weighs more; this one when they weigh the same.
    #[must_use]
    pub const fn heavier(self, other: Self) -> Self {
        if other.weight() > self.weight() { other } else { self }
    }
}
