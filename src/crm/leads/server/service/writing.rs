//! What every write of a lead consists of: the lead itself with its totals, a row of the audit trail, entries of the timeline and
//! activities, all in one transaction.

use std::collections::BTreeSet;

use crate::{
    crm::{
        accounts::{
            server::actor::Actor,
            user::{Role, UserId},
        },
        activities::{activity::ActivityKind, server::service as activities},
        leads::{
            lead::Lead,
            server::repository,
            timeline::{Author, Interaction, InteractionKind, Side, StatusChange},
        },
    },
    live::{
        events::{ChangedKind, ServerEvent},
        server::publish::publish,
        topic::Topic,
    },
    server::{
        mongo::{
            Tx,
            audit::{self, Changes},
        },
        state::App,
    },
    shared::{audit::AuditEntity, error::AppError, time::Time},
};

/// Who writes, and when.
#[derive(Clone, Copy)]
pub(super) struct Writer<'a> {
    /// The application.
    pub(super) app: &'a App,
    /// Who writes; `None`: somebody who is not signed in.
    pub(super) actor: Option<&'a Actor>,
    /// Now.
    pub(super) now: Time,
    /// How open pages learn of it.
    pub(super) telling: Telling,
}

/// How open pages learn that leads have changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Telling {
    /// They are told of each.
    Each,
    /// They are told once of many, by [`Writer::tell_of_many`].
    Once,
}

impl<'a> Writer<'a> {
    /// Somebody who writes now.
    pub(super) fn new(app: &'a App, actor: Option<&'a Actor>) -> Self {
        Self { app, actor, now: app.clock.now(), telling: Telling::Each }
    }

    /// Somebody who writes many at once.
    pub(super) fn of_many(app: &'a App, actor: Option<&'a Actor>) -> Self {
        Self { telling: Telling::Once, ..Self::new(app, actor) }
    }

    /// Stores a new lead.
    pub(super) async fn insert(&self, tx: &mut Tx, lead: &Lead, action: &str) -> Result<(), AppError> {
        repository::insert(tx, lead).await?;
        self.tell_pages(tx, lead)?;
        self.audit(tx, lead, action, Changes::new()).await?;
        self.note_activity(tx, lead, ActivityKind::LeadCreated).await
    }

    /// Stores a changed lead under its next version, if nobody else has changed it since it was read.
    pub(super) async fn save(&self, tx: &mut Tx, before: &Lead, after: Lead, action: &str) -> Result<Lead, AppError> {
        let after = Lead { version: before.version + 1, ..after };
        repository::replace(tx, before, &after).await?;
        self.tell_pages(tx, &after)?;
        self.audit(tx, &after, action, differences(before, &after)).await?;
        Ok(after)
    }

    /// Stores a lead after they came back. Where nothing but their visits has changed, and what follows from them, it stays at its
    /// version: nobody's edit gets stale because somebody looks at a trip. Nor is that audited: visits are activities.
    pub(super) async fn save_arrival(
        &self,
        tx: &mut Tx,
        before: &Lead,
        after: Lead,
        action: &str,
    ) -> Result<Lead, AppError> {
        if !differs_by_visits_alone(before, &after) {
            return self.save(tx, before, after, action).await;
        }
        repository::replace(tx, before, &after).await?;
        self.tell_pages(tx, &after)?;
        Ok(after)
    }

    /// Stores a lead after something was said in its conversation. It stays at its version: nobody's edit gets stale because two people
    /// talk. Nor is that audited: what was said stands in the timeline.
    pub(super) async fn save_talk(&self, tx: &mut Tx, before: &Lead, after: Lead) -> Result<Lead, AppError> {
        repository::replace(tx, before, &after).await?;
        self.tell_pages(tx, &after)?;
        Ok(after)
    }

    /// Notes the step from one status to the other, taken by who writes.
    pub(super) async fn note_step(
        &self,
        tx: &mut Tx,
        before: &Lead,
        after: &Lead,
        note: Option<String>,
    ) -> Result<(), AppError> {
        let by = author_of(self.actor, after);
        let change = StatusChange { from: before.status, to: after.status, by, at: self.now, note };
        repository::append_status_change(tx, after, self.app.ids.next(), change).await?;
        self.note_activity(tx, after, ActivityKind::LeadStatusChanged).await
    }

    /// Notes what was said.
    pub(super) async fn note_interaction(
        &self,
        tx: &mut Tx,
        lead: &Lead,
        kind: InteractionKind,
        (text, at): (String, Time),
        by: Author,
    ) -> Result<(), AppError> {
        let interaction = Interaction { id: self.app.ids.next(), kind, text, at, by };
        repository::append_interaction(tx, lead, interaction).await
    }

    /// Tells open pages that what they show of a lead is stale. Its traveller sees where they stand and not the lead.
    fn tell_pages(&self, tx: &mut Tx, lead: &Lead) -> Result<(), AppError> {
        if self.telling == Telling::Once {
            return Ok(());
        }
        let changed = ServerEvent::Changed { kind: ChangedKind::Lead, id: Some(lead.id.cast()) };
        publish(tx, self.app, &[Topic::Leads(lead.assigned_to.cast()), Topic::AllLeads], &changed)?;
        match lead.user_id {
            Some(traveller) => tell_home(tx, self.app, traveller),
            None => Ok(()),
        }
    }

    /// Tells open pages that many leads have changed: these organizers', and these travellers' enquiries.
    pub(super) fn tell_of_many(&self, tx: &mut Tx, leads: &[Lead]) -> Result<(), AppError> {
        let organizers: BTreeSet<UserId> = leads.iter().map(|lead| lead.assigned_to).collect();
        if organizers.is_empty() {
            return Ok(());
        }
        let own = organizers.into_iter().map(|organizer| Topic::Leads(organizer.cast()));
        let topics: Vec<Topic> = own.chain([Topic::AllLeads]).collect();
        publish(tx, self.app, &topics, &ServerEvent::Changed { kind: ChangedKind::Lead, id: None })?;
        let travellers: BTreeSet<UserId> = leads.iter().filter_map(|lead| lead.user_id).collect();
        for traveller in travellers {
            tell_home(tx, self.app, traveller)?;
        }
        Ok(())
    }

    async fn audit(&self, tx: &mut Tx, lead: &Lead, action: &str, changes: Changes) -> Result<(), AppError> {
        let actor: Option<UserId> = self.actor.map(Actor::user);
        audit::record(tx, self.app, actor, (AuditEntity::Lead, lead.id), action, changes).await
    }

    async fn note_activity(&self, tx: &mut Tx, lead: &Lead, kind: ActivityKind) -> Result<(), AppError> {
        match self.actor {
            Some(actor) => activities::record_in(tx, self.app, actor.user(), kind, lead.id).await,
            None => Ok(()),
        }
    }
}

fn tell_home(tx: &mut Tx, app: &App, traveller: UserId) -> Result<(), AppError> {
    let changed = ServerEvent::Changed { kind: ChangedKind::Dashboard, id: None };
    publish(tx, app, &[Topic::Person(traveller.cast())], &changed)
}

/// Who writes, as the timeline names them: the lead's traveller unless they work leads.
pub(super) fn author_of(actor: Option<&Actor>, lead: &Lead) -> Author {
    let worker = actor.and_then(|actor| Some((actor, side(actor.role())?)));
    match worker {
        Some((actor, side)) => Author { side, id: Some(actor.user()), name: actor.name().to_owned() },
        None => traveller(lead, actor.map(Actor::user)),
    }
}

/// The lead's traveller, as the timeline names them.
pub(super) fn traveller(lead: &Lead, id: Option<UserId>) -> Author {
    Author { side: Side::Traveller, id, name: lead.name.clone() }
}

const fn side(role: Role) -> Option<Side> {
    match role {
        Role::Organizer => Some(Side::Organizer),
        Role::Admin => Some(Side::Admin),
        Role::User => None,
    }
}

fn differs_by_visits_alone(before: &Lead, after: &Lead) -> bool {
    let Lead { visits, score, score_reasons, last_activity_at, .. } = after.clone();
    *after == Lead { visits, score, score_reasons, last_activity_at, ..before.clone() }
}

fn differences(before: &Lead, after: &Lead) -> Changes {
    Changes::new()
        .field("userId", &before.user_id, &after.user_id)
        .field("name", &before.name, &after.name)
        .field("phone", &before.phone, &after.phone)
        .field("source", &before.source, &after.source)
        .field("status", &before.status, &after.status)
        .field("score", &before.score, &after.score)
        .field("visits", &before.visits, &after.visits)
        .field("messages", &before.messages, &after.messages)
        .field("tags", &before.tags, &after.tags)
        .field("notes", &before.notes, &after.notes)
        .field("partySize", &before.party_size, &after.party_size)
        .field("departureId", &before.departure_id, &after.departure_id)
        .field("estimatedValue", &before.estimated_value, &after.estimated_value)
        .field("nextFollowUpAt", &before.next_follow_up_at, &after.next_follow_up_at)
        .field("lostReason", &before.lost_reason, &after.lost_reason)
        .field("conversion", &before.conversion, &after.conversion)
}
