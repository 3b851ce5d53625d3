//! Leads are changed: their facts, their status, and what was said.

use super::{
    reading,
    scope::Scope,
    writing::{Writer, author_of},
};
use crate::{
    crm::{
        accounts::server::actor::Actor,
        leads::{
            changes::LeadChanges,
            lead::{Lead, LeadId},
            row::LeadDetail,
            server::repository,
            status::LeadStatus,
            timeline::{InteractionKind, NewInteraction},
        },
        trips::views::TripOffer,
    },
    server::{mongo::Tx, state::App},
    shared::{
        error::AppError,
        lifecycle::{By, Lifecycle},
        patch::Patch,
        time::Time,
    },
};

/// Changes a lead that is still at the version of the changes, and logs what there was to say about it.
///
/// # Errors
/// [`AppError::Forbidden`] for travellers, [`AppError::NotFound`] when it is absent or another organizer's,
/// [`AppError::CrmAccessRequired`], [`AppError::InvalidInput`] with everything that is wrong, [`AppError::Conflict`] for a stale
/// version, [`AppError::StepRefused`] for a status that cannot follow; `converted` is reached by [`super::convert_lead`] alone.
pub async fn change_lead(
    app: &App,
    actor: &Actor,
    id: LeadId,
    changes: LeadChanges,
    note: Option<NewInteraction>,
) -> Result<LeadDetail, AppError> {
    let scope = Scope::of(app, actor).await?;
    let trip = scope.require_to_change(app, id).await?;
    let writer = Writer::new(app, Some(actor));
    let said = note.map(|note| Said::read(note, writer.now)).transpose()?;
    let (writer, trip, changes, said) = (&writer, &trip, &changes, &said);
    let lead = app
        .db
        .transaction(|mut tx| async move {
            let before = repository::require_in(&mut tx, id).await?;
            let mut lead = change_in(&mut tx, writer, scope.by, (before, trip), changes).await?;
            if let Some(said) = said {
                lead = say_in(&mut tx, writer, scope.by, (&lead, lead.clone()), said).await?;
            }
            tx.commit().await?;
            Ok(lead)
        })
        .await?;
    reading::detail(app, actor, &scope, lead).await
}

/// Changes a lead in a transaction. Nothing has been written when it refuses.
pub(super) async fn change_in(
    tx: &mut Tx,
    writer: &Writer<'_>,
    by: By,
    (before, trip): (Lead, &TripOffer),
    changes: &LeadChanges,
) -> Result<Lead, AppError> {
    let mut after = changes.apply_to(&before, trip)?;
    if changes.version != before.version {
        return Err(AppError::stale());
    }
    if let Some(to) = changes.status {
        check_step(before.status, to, by)?;
        after.enter(to, writer.now);
    }
    if after == before {
        return Ok(before);
    }
    let after = writer.save(tx, &before, after, "change").await?;
    if after.status != before.status {
        let note = after.lost_reason.map(|reason| reason.label().to_owned());
        writer.note_step(tx, &before, &after, note).await?;
    }
    Ok(after)
}

/// Logs what went either way, or a note, and when to get back to them. A new lead whom somebody has called or written to is
/// contacted by that.
///
/// # Errors
/// [`AppError::Forbidden`] for travellers, [`AppError::NotFound`] when it is absent or another organizer's,
/// [`AppError::CrmAccessRequired`], [`AppError::InvalidInput`] with everything that is wrong.
pub async fn add_interaction(
    app: &App,
    actor: &Actor,
    id: LeadId,
    input: NewInteraction,
    follow_up: Patch<Time>,
) -> Result<LeadDetail, AppError> {
    let scope = Scope::of(app, actor).await?;
    let trip = scope.require_to_change(app, id).await?;
    let writer = Writer::new(app, Some(actor));
    let said = Said::read(input, writer.now)?;
    let (writer, trip, said) = (&writer, &trip, &said);
    let lead = app
        .db
        .transaction(|mut tx| async move {
            let before = repository::require_in(&mut tx, id).await?;
            let changes = LeadChanges { next_follow_up_at: follow_up, ..LeadChanges::to_version(before.version) };
            let after = changes.apply_to(&before, trip)?;
            let lead = say_in(&mut tx, writer, scope.by, (&before, after), said).await?;
            tx.commit().await?;
            Ok(lead)
        })
        .await?;
    reading::detail(app, actor, &scope, lead).await
}

/// What was said, checked.
struct Said {
    kind: InteractionKind,
    text: String,
    at: Time,
}

impl Said {
    fn read(input: NewInteraction, now: Time) -> Result<Self, AppError> {
        let (text, at) = input.check(now)?;
        Ok(Self { kind: input.kind, text, at })
    }
}

/// Logs what was said in a transaction, with what else changes about the lead.
async fn say_in(
    tx: &mut Tx,
    writer: &Writer<'_>,
    by: By,
    (before, mut after): (&Lead, Lead),
    Said { kind, text, at }: &Said,
) -> Result<Lead, AppError> {
    if kind.is_contact() {
        after.note_activity(*at);
        after.note_answer(*at);
    }
    if kind.makes_contacted() && before.status == LeadStatus::New {
        before.status.check_step(LeadStatus::Contacted, by)?;
        after.enter(LeadStatus::Contacted, writer.now);
    }
    let after = writer.save(tx, before, after, "add_interaction").await?;
    let said = (text.clone(), *at);
    writer.note_interaction(tx, &after, *kind, said, author_of(writer.actor, &after)).await?;
    if after.status != before.status {
        writer.note_step(tx, before, &after, Some(format!("By logging: {}", kind.label()))).await?;
    }
    Ok(after)
}

/// Whether a change may take this step: the table decides, and what books seats is no mere change.
fn check_step(from: LeadStatus, to: LeadStatus, by: By) -> Result<(), AppError> {
    if to == LeadStatus::Converted && from == LeadStatus::Interested {
        let allowed_next = from.allowed_next(by).into_iter().map(|status| status.as_str().to_owned()).collect();
        let message =
            "Convert this lead with its party and amount (POST /api/crm/leads/:id/convert): that books the seats.";
        return Err(AppError::StepRefused { message: message.into(), allowed_next });
    }
    from.check_step(to, by).map(drop)
}
