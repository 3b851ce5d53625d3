//! Leads arrive: one for each address and trip, whichever door they come through and however many knock at once. Whoever is there
//! already is touched and keeps their status.

use super::writing::{Writer, traveller};
use crate::{
    crm::{
        accounts::user::User,
        leads::{
            lead::Lead,
            new_lead::CheckedLead,
            server::repository,
            status::LeadStatus,
            timeline::InteractionKind,
        },
        trips::views::TripOffer,
    },
    server::mongo::Tx,
    shared::{error::AppError, money::Money},
};

/// What brought them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    /// They asked.
    Asked,
    /// They looked at the trip, so often within a week.
    Viewed(u32),
    /// Somebody else wrote down that they are interested: they were not here.
    Recorded,
}

/// Somebody who is interested in a trip.
#[derive(Clone, Copy)]
pub(super) struct Arrival<'a> {
    /// Who writes.
    pub(super) writer: Writer<'a>,
    /// In what.
    pub(super) trip: &'a TripOffer,
    /// Who they are, and what they want.
    pub(super) lead: &'a CheckedLead,
    /// Their account, when they are signed in.
    pub(super) account: Option<&'a User>,
    /// What brought them.
    pub(super) cause: Cause,
    /// Whether the trip's organizer has CRM access now.
    pub(super) with_access: bool,
}

impl Arrival<'_> {
    /// Makes the lead, or touches the one that is there. Whether it is new.
    pub(super) async fn arrive(&self, tx: &mut Tx) -> Result<(Lead, bool), AppError> {
        match repository::find_by_email_in(tx, self.trip.id, &self.lead.email).await? {
            Some(before) => Ok((self.touch(tx, before).await?, false)),
            None => Ok((self.create(tx).await?, true)),
        }
    }

    async fn create(&self, tx: &mut Tx) -> Result<Lead, AppError> {
        let Self { writer, trip, lead: new, .. } = *self;
        let mut lead = Lead {
            id: writer.app.ids.next(),
            trip_id: trip.id,
            assigned_to: trip.organizer,
            user_id: self.account.map(|account| account.id),
            name: new.name.clone(),
            email: new.email.clone(),
            phone: new.phone.clone(),
            source: new.source,
            status: LeadStatus::New,
            score: 0,
            score_reasons: Vec::new(),
            visits: if let Cause::Viewed(views) = self.cause { views } else { 1 },
            messages: u32::from(new.message.is_some()),
            tags: Vec::new(),
            notes: new.notes.clone().unwrap_or_default(),
            party_size: new.party_size,
            departure_id: new.departure_id,
            estimated_value: Money::default(),
            value_is_set: false,
            next_follow_up_at: None,
            last_activity_at: writer.now,
            first_response_at: None,
            lost_reason: None,
            conversion: None,
            arrived_with_access: self.with_access,
            created_at: writer.now,
            version: 1,
        };
        lead.recompute(trip.price);
        writer.insert(tx, &lead, self.action("create")).await?;
        self.note_message(tx, &lead, new.message.as_ref()).await?;
        Ok(lead)
    }

    async fn touch(&self, tx: &mut Tx, before: Lead) -> Result<Lead, AppError> {
        let Self { writer, trip, lead: new, cause, .. } = *self;
        let message = self.new_message(tx, &before).await?;
        let mut after = before.clone();
        if cause != Cause::Recorded {
            after.visits = after.visits.saturating_add(1);
        }
        if cause != Cause::Recorded || message.is_some() {
            after.note_activity(writer.now);
        }
        after.messages = after.messages.saturating_add(u32::from(message.is_some()));
        after.source = after.source.heavier(new.source);
        after.user_id = after.user_id.or_else(|| self.own_account());
        // Anybody can write in another's name: a number that is there is not replaced.
        after.phone = after.phone.or_else(|| new.phone.clone());
        after.party_size = new.party_size.or(after.party_size);
        after.departure_id = new.departure_id.or(after.departure_id);
        if after.notes.is_empty() {
            after.notes = new.notes.clone().unwrap_or_default();
        }
        after.recompute(trip.price);
        if after == before {
            return Ok(before);
        }
        let after = writer.save(tx, &before, after, self.action("touch")).await?;
        self.note_message(tx, &after, message).await?;
        Ok(after)
    }

    /// The account, if the address is its own: who merely knows an address does not get the enquiry of its owner.
    fn own_account(&self) -> Option<crate::crm::accounts::user::UserId> {
        self.account.filter(|account| account.email == self.lead.email).map(|account| account.id)
    }

    /// The message, unless somebody writes down a second time what is there already (a file imported twice).
    async fn new_message(&self, tx: &mut Tx, before: &Lead) -> Result<Option<&String>, AppError> {
        let Some(message) = &self.lead.message else { return Ok(None) };
        let repeated = self.cause == Cause::Recorded && repository::has_said(tx, before.id, message).await?;
        Ok(if repeated { None } else { Some(message) })
    }

    async fn note_message(&self, tx: &mut Tx, lead: &Lead, message: Option<&String>) -> Result<(), AppError> {
        let Some(message) = message else { return Ok(()) };
        let by = traveller(lead, self.account.map(|account| account.id));
        self.writer.note_interaction(tx, lead, InteractionKind::Message, (message.clone(), self.writer.now), by).await
    }

    const fn action(&self, otherwise: &'static str) -> &'static str {
        if matches!(self.cause, Cause::Viewed(_)) { "view" } else { otherwise }
    }
}
