//! Leads as lines: with the picture of their trip, and times in the viewer's words.

use crate::{
    crm::{
        accounts::{server::actor::Actor, user::Role},
        leads::{listing::LeadLine, row::LeadRow, server::follow_up::follow_up_of},
        trips::{landscape::find_landscape, server::service as trips},
    },
    server::{
        state::App,
        zone::{Zone, long_date},
    },
    shared::error::AppError,
};

/// The lines of some rows.
pub(super) async fn lines_of(app: &App, actor: &Actor, rows: Vec<LeadRow>) -> Result<Vec<LeadLine>, AppError> {
    let mut ids: Vec<_> = rows.iter().map(|row| row.trip_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let labels = trips::find_labels(app, &ids).await?;
    let zone = Zone::new(actor.time_zone(), app.clock.now());
    let for_admin = actor.role() == Role::Admin;
    let line = |row: LeadRow| {
        let picture = labels.get(&row.trip_id).and_then(|label| find_landscape(&label.landscape));
        let thumb = picture.map(|picture| picture.thumb_url()).unwrap_or_default();
        line_of(&zone, row, thumb, for_admin)
    };
    Ok(rows.into_iter().map(line).collect())
}

fn line_of(zone: &Zone, row: LeadRow, thumb: String, for_admin: bool) -> LeadLine {
    let contact = [Some(row.email), row.phone].into_iter().flatten().collect::<Vec<_>>().join(", ");
    LeadLine {
        id: row.id,
        name: row.name,
        status: row.status,
        score: row.score,
        tier: row.tier,
        trip: row.trip.title,
        thumb,
        departure: row.trip.starts_on.map(long_date),
        departure_short: row.trip.starts_on.map(|date| zone.short_date(date)),
        party: row.party_size,
        value: row.estimated_value.to_string(),
        paise: row.estimated_value.amount,
        follow_up: row.next_follow_up_at.filter(|_| row.status.is_open()).map(|at| follow_up_of(zone, at)),
        last_activity: zone.past(row.last_activity_at),
        source: row.source.label().to_owned(),
        tags: row.tags,
        contact,
        created: zone.past(row.created_at),
        organizer: for_admin.then_some(row.organizer),
        version: row.version,
    }
}
