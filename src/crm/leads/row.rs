//! What people see of a lead: rows of lists and cards, the lead in full, and what a traveller is told about their own enquiry.

use serde::{Deserialize, Serialize};

use crate::{
    crm::{
        accounts::user::UserId,
        leads::{
            due,
            lead::{Conversion, Lead, LeadId, LeadSource, LostReason},
            masking::{mask_email, mask_phone, mask_text},
            score::{ScoreReason, Tier},
            status::{LeadStatus, Stage},
            timeline::{Interaction, Side, StatusChange},
        },
        trips::{trip::{Departure, DepartureId, TripId}, views::TripOffer},
    },
    shared::{
        money::Money,
        time::{Date, Time},
    },
};

/// The trip of a lead, as far as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct LeadTrip {
    /// Its name in addresses.
    pub slug: String,
    /// What it is called.
    pub title: String,
    /// The first day of the departure that they would like.
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>, format = Date))]
    pub starts_on: Option<Date>,
    /// How many seats that departure has left.
    pub seats_left: Option<u32>,
}

impl LeadTrip {
    /// The trip of a lead that would like this departure.
    pub fn new(offer: &TripOffer, departure: Option<DepartureId>) -> Self {
        let departure = departure.and_then(|id| offer.departure(id));
        Self {
            slug: offer.slug.clone(),
            title: offer.title.clone(),
            starts_on: departure.map(|departure| departure.starts_on),
            seats_left: departure.map(Departure::seats_left),
        }
    }
}

/// A lead in a list or on the board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct LeadRow {
    /// The id.
    pub id: LeadId,
    /// The trip's id.
    pub trip_id: TripId,
    /// The trip.
    pub trip: LeadTrip,
    /// Who works it.
    pub assigned_to: UserId,
    /// Their name.
    pub organizer: String,
    /// The traveller's account, if they have one.
    pub user_id: Option<UserId>,
    /// The traveller's name.
    pub name: String,
    /// Their address; masked when `contactMasked`.
    pub email: String,
    /// Their number; masked when `contactMasked`.
    pub phone: Option<String>,
    /// Whether contact details are masked, because CRM access has run out.
    pub contact_masked: bool,
    /// How they came.
    pub source: LeadSource,
    /// Where it stands.
    pub status: LeadStatus,
    /// 0 to 100.
    pub score: u32,
    /// How promising that is.
    pub tier: Tier,
    /// Why.
    pub score_reasons: Vec<ScoreReason>,
    /// How often they looked or asked.
    pub visits: u32,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// What the organizer keeps in mind about them.
    pub notes: String,
    /// How many would come.
    pub party_size: Option<u32>,
    /// When they would like to go.
    pub departure_id: Option<DepartureId>,
    /// What a booking would bring.
    pub estimated_value: Money,
    /// When to get back to them.
    pub next_follow_up_at: Option<Time>,
    /// When something last went either way.
    pub last_activity_at: Time,
    /// Whether the follow-up's time has come.
    pub due: bool,
    /// Whether it has been left alone for too long.
    pub stale: bool,
    /// Why it was closed.
    pub lost_reason: Option<LostReason>,
    /// The booking.
    pub conversion: Option<Conversion>,
    /// When it came.
    pub created_at: Time,
    /// Sent back with changes.
    pub version: u32,
}

/// What a row needs to know beside its lead.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// The lead's trip.
    pub trip: &'a LeadTrip,
    /// The organizer's name.
    pub organizer: &'a str,
    /// Whether who looks has CRM access.
    pub has_access: bool,
    /// The clock's time.
    pub now: Time,
}

impl LeadRow {
    /// The row of a lead.
    pub fn new(lead: Lead, around: Around<'_>) -> Self {
        let contact_masked = !(around.has_access || lead.arrived_with_access);
        Self {
            id: lead.id,
            trip_id: lead.trip_id,
            trip: around.trip.clone(),
            assigned_to: lead.assigned_to,
            organizer: around.organizer.to_owned(),
            user_id: lead.user_id,
            email: if contact_masked { mask_email(&lead.email) } else { lead.email.to_string() },
            phone: lead.phone.as_ref().map(|phone| if contact_masked { mask_phone(phone) } else { phone.to_string() }),
            contact_masked,
            source: lead.source,
            status: lead.status,
            score: lead.score,
            tier: lead.tier(),
            due: due::is_due(lead.next_follow_up_at, around.now),
            stale: due::is_stale(lead.status, lead.last_activity_at, lead.next_follow_up_at, around.now),
            name: lead.name,
            score_reasons: lead.score_reasons,
            visits: lead.visits,
            tags: lead.tags,
            notes: lead.notes,
            party_size: lead.party_size,
            departure_id: lead.departure_id,
            estimated_value: lead.estimated_value,
            next_follow_up_at: lead.next_follow_up_at,
            last_activity_at: lead.last_activity_at,
            lost_reason: lead.lost_reason,
            conversion: lead.conversion,
            created_at: lead.created_at,
            version: lead.version,
        }
    }
}

/// A lead in full.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct LeadDetail {
    /// What lists show too.
    #[serde(flatten)]
    pub row: LeadRow,
    /// What went either way, and notes; the oldest first.
    pub interactions: Vec<Interaction>,
    /// The steps that were taken; the oldest first.
    pub history: Vec<StatusChange>,
    /// Where the asker can move it to.
    pub allowed_next: Vec<LeadStatus>,
}

impl LeadDetail {
    /// The lead in full; what travellers wrote is masked like the row.
    pub fn new(row: LeadRow, mut interactions: Vec<Interaction>, history: Vec<StatusChange>, allowed_next: Vec<LeadStatus>) -> Self {
        if row.contact_masked {
            for interaction in interactions.iter_mut().filter(|interaction| interaction.by.side == Side::Traveller) {
                interaction.text = mask_text(&interaction.text);
            }
        }
        Self { row, interactions, history, allowed_next }
    }
}

/// What a traveller is told about their own enquiry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Enquiry {
    /// The id.
    pub id: LeadId,
    /// The trip's id.
    pub trip_id: TripId,
    /// The trip.
    pub trip: LeadTrip,
    /// The organizer's name.
    pub organizer: String,
    /// How far it has come.
    pub stage: Stage,
    /// For how many.
    pub party_size: Option<u32>,
    /// When they asked first.
    pub created_at: Time,
    /// When something last went either way.
    pub last_activity_at: Time,
}

impl Enquiry {
    /// The enquiry that a lead is for its traveller.
    pub fn new(lead: &Lead, trip: LeadTrip, organizer: String) -> Self {
        Self {
            id: lead.id,
            trip_id: lead.trip_id,
            trip,
            organizer,
            stage: lead.status.stage(),
            party_size: lead.conversion.as_ref().map(|conversion| conversion.party_size).or(lead.party_size),
            created_at: lead.created_at,
            last_activity_at: lead.last_activity_at,
        }
    }
}

/// What whoever enquires is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arrived {
    /// People who are not signed in: that it has arrived, and never whether it was there.
    Received,
    /// Travellers: their enquiry.
    Enquiry {
        /// Where it stands.
        enquiry: Enquiry,
        /// Whether there was none before.
        is_new: bool,
    },
    /// Organizers and admins: the lead.
    Lead {
        /// In full.
        lead: Box<LeadDetail>,
        /// Whether there was none before.
        is_new: bool,
    },
}

/// A column of the board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Column {
    /// The status of its leads.
    pub status: LeadStatus,
    /// How many there are; exact unless `countCapped`.
    pub count: u64,
    /// Whether there are more than `count`, because the filter needs them counted one by one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub count_capped: bool,
    /// What the counted ones are worth together.
    pub value: Money,
    /// The first 50.
    pub cards: Vec<LeadRow>,
    /// The list's cursor after them (`GET /api/crm/leads` with the column's `status`); `null` when these are all.
    pub next: Option<String>,
}

/// The pipeline: a column for each status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Board {
    /// In the order of [`LeadStatus`].
    pub columns: Vec<Column>,
}
