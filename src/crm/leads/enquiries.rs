//! What a traveller's home shows of their enquiries: worded by the server in their zone, and nothing internal.

use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::{
    crm::leads::{lead::LeadId, status::Stage},
    shared::time::Moment,
};

/// A traveller's home.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct TravellerHome {
    /// The sentence that answers "what is happening with my enquiries".
    pub answer: String,
    /// The next departure that is booked.
    pub next_departure: Option<NextDeparture>,
    /// Their own tickets, in a sentence; none while nothing of theirs is open.
    pub help: Option<String>,
    /// What they have not read in conversations, in a sentence; none where there is nothing.
    pub chats: Option<String>,
    /// The enquiries, the newest first.
    pub enquiries: Vec<EnquiryCard>,
    /// The cursor of those that follow.
    pub next: Option<String>,
}

/// A departure that somebody has booked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct NextDeparture {
    /// What the trip is called.
    pub trip: String,
    /// The first day: `Sat 19 Dec`.
    pub day: String,
    /// How far away it is: `in 25 days`.
    pub distance: String,
}

/// An enquiry and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct EnquiryCard {
    /// The id.
    pub id: LeadId,
    /// What the trip is called.
    pub trip: String,
    /// Where the trip is, while it is live.
    pub href: Option<String>,
    /// The address of its small picture.
    pub thumb: String,
    /// Where they chat with the organizer about it.
    pub chat_href: String,
    /// Who sells it.
    pub organizer: String,
    /// The wished or booked first day.
    pub day: Option<String>,
    /// For how many.
    pub party: Option<u32>,
    /// How far it has come.
    pub stage: Stage,
    /// When they asked first.
    pub asked: Moment,
    /// When something last happened.
    pub last: Moment,
}
