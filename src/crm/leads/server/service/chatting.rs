//! What is said in conversations about trips is a part of their leads: whoever writes first becomes one, each message stands in its
//! timeline, and the organizer's first one is the first answer. The conversations themselves are another context's.

use super::{
    arriving::{Arrival, Cause},
    scope::{Scope, require_offer},
    writing::{Writer, author_of, traveller},
};
use crate::{
    crm::{
        accounts::{
            server::{actor::Actor, service as accounts},
            user::{Role, User, UserId},
        },
        leads::{
            lead::{Lead, LeadId, LeadSource},
            new_lead::CheckedLead,
            server::repository,
            timeline::InteractionKind,
        },
        subscriptions::server::service::has_crm_access,
        trips::{trip::TripId, views::TripOffer},
    },
    server::{mongo::Tx, state::App},
    shared::error::AppError,
};

/// A traveller who writes to an organizer for the first time.
#[derive(Debug, Clone)]
pub struct ChatEnquiry {
    account: User,
    trip: TripOffer,
    with_access: bool,
}

impl ChatEnquiry {
    /// What has to be known of them, read before the transaction in which they write.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is no such trip.
    pub async fn prepare(app: &App, actor: &Actor, trip: TripId) -> Result<Self, AppError> {
        let (account, trip) =
            futures_util::try_join!(accounts::require_user(app, actor.user()), require_offer(app, trip))?;
        let with_access = has_crm_access(app, trip.organizer, Role::Organizer).await?;
        Ok(Self { account, trip, with_access })
    }
}

/// A traveller has written for the first time: they become a lead, or touch the one that they are. The organizer is told by the bell.
///
/// # Errors
/// When something cannot be written; then nothing of the transaction stays.
pub async fn begin_chat(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    enquiry: &ChatEnquiry,
    text: &str,
) -> Result<LeadId, AppError> {
    let ChatEnquiry { account, trip, with_access } = enquiry;
    let lead = CheckedLead {
        email: account.email.clone(),
        name: account.name.clone(),
        phone: account.phone.clone(),
        source: LeadSource::Chat,
        message: Some(text.to_owned()),
        party_size: None,
        departure_id: None,
        notes: None,
    };
    let writer = Writer::new(app, Some(actor));
    let (account, with_access) = (Some(account), *with_access);
    let arrival = Arrival { writer, trip, lead: &lead, account, cause: Cause::Wrote, with_access };
    let (lead, came) = arrival.arrive(tx).await?;
    arrival.tell(tx, &lead, came).await?;
    Ok(lead.id)
}

/// The traveller of a lead has written once more.
///
/// # Errors
/// As [`begin_chat`].
pub async fn hear_in_chat(tx: &mut Tx, app: &App, actor: &Actor, lead: LeadId, text: &str) -> Result<(), AppError> {
    let writer = Writer::new(app, Some(actor));
    let before = repository::require_in(tx, lead).await?;
    let mut after = before.clone();
    after.hear(writer.now);
    let after = writer.save_talk(tx, &before, after).await?;
    let by = traveller(&after, Some(actor.user()));
    writer.note_interaction(tx, &after, InteractionKind::Chat, (text.to_owned(), writer.now), by).await
}

/// The organizer of a lead has written.
///
/// # Errors
/// As [`begin_chat`].
pub async fn answer_in_chat(tx: &mut Tx, app: &App, actor: &Actor, lead: LeadId, text: &str) -> Result<(), AppError> {
    let writer = Writer::new(app, Some(actor));
    let before = repository::require_in(tx, lead).await?;
    let mut after = before.clone();
    after.note_activity(writer.now);
    after.note_answer(writer.now);
    let after = writer.save_talk(tx, &before, after).await?;
    let by = author_of(Some(actor), &after);
    writer.note_interaction(tx, &after, InteractionKind::Chat, (text.to_owned(), writer.now), by).await
}

/// The traveller of an organizer's lead and the trip that it is about, for who wants to talk with them.
///
/// # Errors
/// [`AppError::Forbidden`] for travellers, [`AppError::NotFound`] when the lead is absent or another organizer's,
/// [`AppError::CrmAccessRequired`], [`AppError::InvalidInput`] at `leadId` when they have no account.
pub async fn find_traveller(app: &App, actor: &Actor, id: LeadId) -> Result<(UserId, TripId), AppError> {
    let scope = Scope::of(app, actor).await?;
    let Lead { user_id, trip_id, .. } = scope.require_lead(app, id).await?;
    scope.require_access()?;
    let traveller = user_id.ok_or_else(|| {
        AppError::field(
            "leadId",
            "They have no account, so there is nobody to chat with. Write an e-mail or call them.",
        )
    })?;
    Ok((traveller, trip_id))
}
