//! Leads arrive: one for each address and trip, whichever door they come through and however many knock at once. Whoever is there
//! already is touched and keeps their status.

use super::writing::{Writer, traveller};
use crate::{
    crm::{
        accounts::user::{User, UserId},
        leads::{lead::Lead, new_lead::CheckedLead, server::repository, status::LeadStatus, timeline::InteractionKind},
        trips::views::TripOffer,
    },
    server::{mongo::Tx, zone::long_weekday_date},
    shared::{error::AppError, lifecycle::Lifecycle, money::Money},
};

/// What brought them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    /// They asked.
    Asked,
    /// They wrote to the organizer in a conversation.
    Wrote,
    /// They looked at the trip, so often within a week.
    Viewed(u32),
    /// Somebody else wrote down that they are interested: they were not here.
    Recorded,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Came {
    /// There was no lead of theirs.
    First,
    /// There was one, which has changed.
    Back,
    /// There was one, and nothing is new about it.
    AsBefore,
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
    /// Makes the lead, or touches the one that is there.
    pub(super) async fn arrive(&self, tx: &mut Tx) -> Result<(Lead, Came), AppError> {
        match repository::find_by_email_in(tx, self.trip.id, &self.lead.email).await? {
            Some(before) => self.touch(tx, before).await,
            None => Ok((self.create(tx).await?, Came::First)),
        }
    }

    async fn create(&self, tx: &mut Tx) -> Result<Lead, AppError> {
        let Self { writer, trip, lead: new, .. } = *self;
        let mut lead = Lead {
            id: writer.app.ids.next(),
            trip_id: trip.id,
            assigned_to: trip.organizer,
            user_id: self.own_account(),
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
            asked_at: None,
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

    async fn touch(&self, tx: &mut Tx, before: Lead) -> Result<(Lead, Came), AppError> {
        let message = self.new_message(tx, &before).await?;
        let after = self.touched(&before, message.is_some());
        if after == before {
            return Ok((before, Came::AsBefore));
        }
        let after = self.writer.save_arrival(tx, &before, after, self.action("touch")).await?;
        self.note_message(tx, &after, message).await?;
        Ok((after, Came::Back))
    }

    /// The lead after they came back.
    fn touched(&self, before: &Lead, has_message: bool) -> Lead {
        let Self { writer, trip, lead: new, cause, .. } = *self;
        let is_recorded = cause == Cause::Recorded;
        let mut after = before.clone();
        after.visits = after.visits.saturating_add(u32::from(!is_recorded));
        if !is_recorded || has_message {
            after.note_activity(writer.now);
        }
        after.messages = after.messages.saturating_add(u32::from(has_message));
        // What somebody else writes down later was so from the beginning.
        after.come_by(new.source, if is_recorded { after.created_at } else { writer.now });
        after.user_id = self.own_account().or(after.user_id);
        after.phone = after.phone.or_else(|| new.phone.clone());
        if after.notes.is_empty() {
            after.notes = new.notes.clone().unwrap_or_default();
        }
        // Anybody can write in another's name: what is there is not replaced by them, and what is booked by nobody.
        if !after.status.is_final() {
            let (there, wished) = ((before.party_size, before.departure_id), (new.party_size, new.departure_id));
            let (first, second) = if is_recorded { (wished, there) } else { (there, wished) };
            (after.party_size, after.departure_id) = (first.0.or(second.0), first.1.or(second.1));
        }
        after.recompute_since(before, trip.price);
        after
    }

    /// The account, if the address is its own, and proven to be where that is asked for: who merely knows an address neither gets
    /// the enquiry of its owner nor takes theirs in advance.
    fn own_account(&self) -> Option<UserId> {
        let is_proven = |account: &&User| account.email_verified || !self.writer.app.config.verify_email;
        let own = self.account.filter(|account| account.email == self.lead.email);
        own.filter(is_proven).map(|account| account.id)
    }

    /// The message, unless somebody writes down a second time what is there already (a file imported twice).
    async fn new_message(&self, tx: &mut Tx, before: &Lead) -> Result<Option<&String>, AppError> {
        let Some(message) = &self.lead.message else { return Ok(None) };
        let repeated = self.cause == Cause::Recorded && repository::has_said(tx, before.id, message).await?;
        Ok(if repeated { None } else { Some(message) })
    }

    /// Notes what they said, and what they wish where the lead says otherwise.
    async fn note_message(&self, tx: &mut Tx, lead: &Lead, message: Option<&String>) -> Result<(), AppError> {
        let said: Vec<String> = message.cloned().into_iter().chain(self.other_wish(lead)).collect();
        if said.is_empty() {
            return Ok(());
        }
        let by = traveller(lead, self.account.map(|account| account.id));
        let said = (said.join("\n\n"), self.writer.now);
        let kind = if self.cause == Cause::Wrote { InteractionKind::Chat } else { InteractionKind::Message };
        self.writer.note_interaction(tx, lead, kind, said, by).await
    }

    /// The party and the day that they ask for, as far as these are not those of the lead.
    fn other_wish(&self, lead: &Lead) -> Option<String> {
        let Self { trip, lead: new, cause, .. } = *self;
        if cause == Cause::Recorded {
            return None;
        }
        let party = new.party_size.filter(|party| lead.party_size != Some(*party));
        let party = party.map(|party| if party == 1 { "1 person".to_owned() } else { format!("{party} people") });
        let departure = new.departure_id.filter(|id| lead.departure_id != Some(*id));
        let day = departure.and_then(|id| trip.departure(id)).map(|departure| long_weekday_date(departure.starts_on));
        let wish: Vec<String> = party.into_iter().chain(day).collect();
        (!wish.is_empty()).then(|| format!("Asked for {}.", wish.join(", ")))
    }

    const fn action(&self, otherwise: &'static str) -> &'static str {
        if matches!(self.cause, Cause::Viewed(_)) { "view" } else { otherwise }
    }
}
