//! What a conversation is about, beside it: the trip, for organizers the lead, for admins the person.

use super::{Viewer, service};
use crate::{
    crm::{
        chat::{
            row::{ChatTrip, ConversationKind, ConversationRow},
            screens::{About, LeadFacts},
            server::service::Prepared,
        },
        leads::{
            lead::LeadId,
            server::{follow_up::follow_up_of, service as leads},
        },
        trips::{landscape::find_landscape, server::service as trips, trip::Visibility},
    },
    shared::error::AppError,
};

impl Viewer<'_> {
    /// What a conversation is about.
    pub(super) async fn about(&self, row: &ConversationRow) -> Result<About, AppError> {
        let lead = service::find_lead(self.app, self.actor, row.id).await?;
        match (&row.trip, row.kind, row.with.id) {
            (Some(trip), ..) => self.about_trip(trip, lead).await,
            (None, ConversationKind::Support, Some(person)) => Ok(About {
                title: row.with.name.clone(),
                href: Some(format!("/admin/people/{person}")),
                thumb: None,
                text: format!("{}, asks for support", row.with.role.label()),
                lead: None,
            }),
            (None, ..) => Ok(about_support()),
        }
    }

    /// What a conversation is about that is not there yet.
    pub(super) async fn about_new(&self, talk: &Prepared) -> Result<About, AppError> {
        match &talk.trip {
            Some(trip) => self.about_trip(trip, talk.lead).await,
            None => Ok(about_support()),
        }
    }

    /// The trip with its picture, and where the viewer finds it: its public page while it has one, else its organizer's editor.
    async fn about_trip(&self, trip: &ChatTrip, lead: Option<LeadId>) -> Result<About, AppError> {
        let id = [trip.id];
        let (labels, offers) =
            futures_util::try_join!(trips::find_labels(self.app, &id), trips::find_offers(self.app, id))?;
        let offer = offers.get(&trip.id);
        let picture = labels.get(&trip.id).and_then(|label| find_landscape(&label.landscape));
        let href = match offer {
            Some(offer) if offer.visibility == Visibility::Live => Some(format!("/trips/{}", trip.slug)),
            Some(offer) if offer.organizer == self.actor.user() => Some(format!("/my-trips/{}", trip.id)),
            _ => None,
        };
        let lead = match lead {
            Some(lead) => Some(self.lead_facts(lead).await?),
            None => None,
        };
        let (text, lead) = match lead {
            Some((day, lead)) => (day.unwrap_or_else(|| "No departure chosen".to_owned()), Some(lead)),
            None => (offer.map(|offer| format!("{} per person", offer.price)).unwrap_or_default(), None),
        };
        Ok(About { title: trip.title.clone(), href, thumb: picture.map(|picture| picture.thumb_url()), text, lead })
    }

    /// The day that a lead's traveller wishes, and what else there is to know of it.
    async fn lead_facts(&self, id: LeadId) -> Result<(Option<String>, LeadFacts), AppError> {
        let lead = leads::require_lead(self.app, self.actor, id).await?.row;
        let day = lead.trip.starts_on.map(|date| self.zone.weekday_date(date));
        let facts = LeadFacts {
            href: format!("/leads/{id}"),
            status: lead.status,
            score: u8::try_from(lead.score).unwrap_or(100),
            tier: lead.tier,
            party: lead.party_size,
            value: lead.estimated_value.to_string(),
            seats: lead.trip.seats_left.map(|left| format!("{left} left")),
            follow_up: lead.next_follow_up_at.map(|at| follow_up_of(self.zone, at)),
        };
        Ok((day, facts))
    }
}

fn about_support() -> About {
    About {
        title: "Trek-Tribe support".to_owned(),
        href: None,
        thumb: None,
        text: "For anything that is not about one trip. For what has to be followed up, open a ticket.".to_owned(),
        lead: None,
    }
}
