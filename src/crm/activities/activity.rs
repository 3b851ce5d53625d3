//! The kinds of activity (product.md, "Activity and analytics").

use serde::{Deserialize, Serialize};

use crate::{
    crm::accounts::user::UserId,
    shared::{id::Id, time::Time},
};

/// The id of an [`Activity`].
pub type ActivityId = Id<Activity>;

/// What somebody did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum ActivityKind {
    /// Looked at a trip; the subject is the trip.
    TripViewed,
    /// Made a lead, by asking or by coming back to a trip; the subject is the lead.
    LeadCreated,
    /// Moved a lead along; the subject is the lead.
    LeadStatusChanged,
    /// Asked for help; the subject is the ticket.
    TicketCreated,
    /// Wrote in a conversation; the subject is the conversation.
    MessageSent,
    /// Asked for a trip's verification; the subject is the trip.
    VerificationSubmitted,
    /// Paid; the subject is the payment.
    PaymentCaptured,
    /// Signed in; the subject is the session.
    SignedIn,
}

impl ActivityKind {
    /// The name on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TripViewed => "trip_viewed",
            Self::LeadCreated => "lead_created",
            Self::LeadStatusChanged => "lead_status_changed",
            Self::TicketCreated => "ticket_created",
            Self::MessageSent => "message_sent",
            Self::VerificationSubmitted => "verification_submitted",
            Self::PaymentCaptured => "payment_captured",
            Self::SignedIn => "signed_in",
        }
    }
}

/// Something that somebody did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Activity {
    /// The id.
    #[serde(alias = "_id")]
    pub id: ActivityId,
    /// Who did it.
    pub actor: UserId,
    /// What they did.
    pub kind: ActivityKind,
    /// To what.
    pub subject: Id<()>,
    /// When.
    pub at: Time,
}
