//! Among which leads somebody may look, and whether they may write: organizers among their own, admins among all.

use crate::{
    crm::{
        accounts::{
            server::actor::Actor,
            user::{Role, UserId},
        },
        leads::{
            filter::LeadFilter,
            lead::{Lead, LeadId},
            server::repository::{self, Among, SearchIn},
            status::worker,
        },
        subscriptions::server::service::has_crm_access,
        trips::{server::service as trips, trip::TripId, views::TripOffer},
    },
    server::state::App,
    shared::{error::AppError, lifecycle::By},
};

/// What somebody who works leads may do.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scope {
    /// Whose leads; `None`: everybody's.
    pub(super) organizer: Option<UserId>,
    /// As whom they take steps.
    pub(super) by: By,
    /// Whether they may change leads and see contact details.
    pub(super) has_access: bool,
}

impl Scope {
    /// What this person may do.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for travellers.
    pub(super) async fn of(app: &App, actor: &Actor) -> Result<Self, AppError> {
        let by = worker(actor.role()).ok_or(AppError::Forbidden)?;
        let organizer = (actor.role() == Role::Organizer).then(|| actor.user());
        Ok(Self { organizer, by, has_access: has_crm_access(app, actor.user(), actor.role()).await? })
    }

    /// Lets only those pass who may change leads.
    ///
    /// # Errors
    /// [`AppError::CrmAccessRequired`].
    pub(super) fn require_access(&self) -> Result<(), AppError> {
        if self.has_access { Ok(()) } else { Err(AppError::CrmAccessRequired) }
    }

    /// The lead, if they may see it.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when it is absent or another organizer's.
    pub(super) async fn require_lead(&self, app: &App, id: LeadId) -> Result<Lead, AppError> {
        let lead = repository::find(&app.db, id).await?;
        lead.filter(|lead| self.may_see(lead.assigned_to)).ok_or(AppError::NotFound)
    }

    /// The lead and its trip, if they may change it.
    ///
    /// # Errors
    /// [`AppError::NotFound`], then [`AppError::CrmAccessRequired`].
    pub(super) async fn require_to_change(&self, app: &App, id: LeadId) -> Result<TripOffer, AppError> {
        let lead = self.require_lead(app, id).await?;
        self.require_access()?;
        require_offer(app, lead.trip_id).await
    }

    /// A trip of theirs.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when it is absent or another organizer's.
    pub(super) async fn require_trip(&self, app: &App, id: TripId) -> Result<TripOffer, AppError> {
        let offer = require_offer(app, id).await?;
        if self.may_see(offer.organizer) { Ok(offer) } else { Err(AppError::NotFound) }
    }

    /// Among which leads a filter chooses.
    ///
    /// # Errors
    /// [`AppError::InvalidInput`] when an organizer asks for another's.
    pub(super) fn among(&self, app: &App, filter: &LeadFilter) -> Result<Among, AppError> {
        if filter.assigned_to.is_some_and(|other| !self.may_see(other)) {
            return Err(AppError::field("assignedTo", "You can see your own leads only. Leave this out."));
        }
        let search_in = if self.has_access { SearchIn::Everything } else { SearchIn::WhatIsShown };
        Ok(Among { organizer: self.organizer.or(filter.assigned_to), search_in, now: app.clock.now() })
    }

    fn may_see(&self, organizer: UserId) -> bool {
        self.organizer.is_none_or(|own| own == organizer)
    }
}

/// What leads need to know of a trip.
///
/// # Errors
/// [`AppError::NotFound`].
pub(super) async fn require_offer(app: &App, id: TripId) -> Result<TripOffer, AppError> {
    trips::find_offers(app, [id]).await?.remove(&id).ok_or(AppError::NotFound)
}
