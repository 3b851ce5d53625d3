//! An admin's day: the queues that exist, the follow-ups that are late, who joined, and the figures of all organizers.

use std::collections::BTreeMap;

use jiff::SignedDuration;

use super::{
    super::repository::{self, DayLead, Those},
    load_figures,
    waiting::{Lines, organizers_of},
};
use crate::{
    crm::{
        accounts::{
            server::{actor::Actor, directory},
            user::UserId,
        },
        analytics::{
            range::Window,
            server::wording::count_in_words,
            today::{AdminToday, NewPerson, Queue, QueueKind, Why},
        },
        tickets::{
            filter::{TicketFilter, TicketQuery, TicketSort, TicketSortKey},
            server::service as ticket_service,
            status::TicketStatus,
        },
        trips::{server::service as trips, trip::TripId, views::TripLabel},
    },
    server::{
        state::App,
        zone::{Zone, duration},
    },
    shared::{error::AppError, page::PageRequest, time::Time},
};

/// How many late follow-ups are listed.
const SHOWN: i64 = 8;
/// How many people are listed.
const PEOPLE: i64 = 8;
/// So long an enquiry may wait for its first answer.
const ANSWER_WITHIN: SignedDuration = SignedDuration::from_hours(24);

/// The day of an admin.
pub(super) async fn load_admin(app: &App, actor: &Actor, zone: &Zone, window: Window) -> Result<AdminToday, AppError> {
    let late = Those::FollowUp(Time::from_millis(0), zone.now());
    let (late, figures, people, unverified) = futures_util::try_join!(
        repository::first(&app.db, None, late, SHOWN),
        load_figures(app, actor, zone, window),
        directory::find_newest(app, PEOPLE),
        trips::count_unverified(app),
    )?;
    let around = Around::load(app, &late).await?;
    let follow_ups = follow_ups(app, zone, &late, &around).await?;
    let unanswered = unanswered(app, zone).await?;
    let tickets = tickets(app, actor, zone).await?;
    let lines = late.into_iter().map(|lead| (lead, Why::Late)).collect();
    let late = Lines { app, actor, zone }.write(lines, |lead| around.name(lead)).await?;
    let queues = vec![tickets, follow_ups, unanswered, queue(QueueKind::Unverified, unverified, None, "/my-trips")];
    Ok(AdminToday {
        answer: answer_of(&queues),
        aside: format!("{}. Everything here is over all organizers.", zone.day_and_hour()),
        people: people
            .into_iter()
            .map(|person| NewPerson { since: zone.past(person.since), name: person.name, role: person.role })
            .collect(),
        queues,
        late,
        figures,
    })
}

/// The trips and organizers of some leads.
struct Around {
    trips: BTreeMap<TripId, TripLabel>,
    organizers: BTreeMap<UserId, directory::Person>,
}

impl Around {
    async fn load(app: &App, leads: &[DayLead]) -> Result<Self, AppError> {
        let ids: Vec<TripId> = leads.iter().map(|lead| lead.trip_id).collect();
        let (trips, organizers) =
            futures_util::try_join!(trips::find_labels(app, &ids), directory::find_people(app, organizers_of(leads)))?;
        Ok(Self { trips, organizers })
    }

    fn name(&self, lead: &DayLead) -> String {
        let trip = self.trips.get(&lead.trip_id).map(|trip| trip.title.clone());
        let organizer = self.organizers.get(&lead.assigned_to).map(|person| person.name.clone());
        trip.into_iter().chain(organizer).collect::<Vec<_>>().join(", ")
    }
}

async fn follow_ups(app: &App, zone: &Zone, late: &[DayLead], around: &Around) -> Result<Queue, AppError> {
    // What is due is late: the link lists just these.
    let due = repository::count(&app.db, None, Those::FollowUp(Time::from_millis(0), zone.now())).await?;
    let oldest = late.first();
    Ok(Queue {
        oldest: oldest.and_then(|lead| lead.next_follow_up_at).map(|at| waited(zone, at)),
        first: oldest.map(|lead| format!("{}, {}", lead.name, around.name(lead))),
        ..queue(QueueKind::FollowUps, due, Some(due), "/leads?due=true&sort=nextFollowUpAt")
    })
}

async fn unanswered(app: &App, zone: &Zone) -> Result<Queue, AppError> {
    let (all, overdue) = (Those::NewSince(zone.now()), Those::NewSince(zone.now() - ANSWER_WITHIN));
    let (waiting, late, first) = futures_util::try_join!(
        repository::count(&app.db, None, all),
        repository::count(&app.db, None, overdue),
        repository::first(&app.db, None, all, 1),
    )?;
    let around = Around::load(app, &first).await?;
    let oldest = first.first();
    Ok(Queue {
        oldest: oldest.map(|lead| waited(zone, lead.created_at)),
        first: oldest.map(|lead| format!("{}, {}", lead.name, around.name(lead))),
        ..queue(QueueKind::Unanswered, waiting, Some(late), "/leads?status=new&sort=createdAt")
    })
}

/// The open tickets; the first in line is the one that is due first.
async fn tickets(app: &App, actor: &Actor, zone: &Zone) -> Result<Queue, AppError> {
    let counts = ticket_service::count_tickets(app, actor).await?;
    let open = TicketFilter { status: TicketStatus::OPEN.to_vec(), ..TicketFilter::default() };
    let one = |key, filter| TicketQuery {
        filter,
        sort: TicketSort { key, descending: false },
        page: PageRequest { limit: 1, cursor: None },
    };
    let (by_due, by_age) = (one(TicketSortKey::DueAt, open.clone()), one(TicketSortKey::CreatedAt, open));
    let (first, oldest) = futures_util::try_join!(
        ticket_service::list_tickets(app, actor, &by_due),
        ticket_service::list_tickets(app, actor, &by_age),
    )?;
    Ok(Queue {
        oldest: oldest.items.first().map(|row| waited(zone, row.created_at)),
        first: first.items.first().map(|row| format!("{}, {}", row.number, row.subject)),
        ..queue(QueueKind::Tickets, counts.open, Some(counts.late), "/tickets")
    })
}

fn queue(kind: QueueKind, waiting: u32, late: Option<u32>, href: &str) -> Queue {
    Queue { kind, waiting, late, oldest: None, first: None, href: href.to_owned() }
}

fn waited(zone: &Zone, since: Time) -> String {
    duration(zone.now().since(since).as_secs())
}

/// What is late, else what waits.
fn answer_of(queues: &[Queue]) -> String {
    let late = |kind| queues.iter().find(|queue| queue.kind == kind).and_then(|queue| queue.late).unwrap_or_default();
    let follow_ups = match late(QueueKind::FollowUps) {
        0 => None,
        1 => Some("one follow-up is late".to_owned()),
        count => Some(format!("{} follow-ups are late", count_in_words(count).to_lowercase())),
    };
    let enquiries = match late(QueueKind::Unanswered) {
        0 => None,
        1 => Some("one lead has waited for more than a day".to_owned()),
        count => Some(format!("{} leads have waited for more than a day", count_in_words(count).to_lowercase())),
    };
    let tickets = match late(QueueKind::Tickets) {
        0 => None,
        1 => Some("one ticket is late".to_owned()),
        count => Some(format!("{} tickets are late", count_in_words(count).to_lowercase())),
    };
    let parts: Vec<String> = tickets.into_iter().chain(follow_ups).chain(enquiries).collect();
    if parts.is_empty() {
        return "Nothing is late".to_owned();
    }
    let sentence = parts.join(", ");
    let first = sentence.chars().next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}", sentence.chars().skip(1).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queues(follow_ups: u32, unanswered: u32) -> Vec<Queue> {
        vec![
            queue(QueueKind::FollowUps, 10, Some(follow_ups), ""),
            queue(QueueKind::Unanswered, 10, Some(unanswered), ""),
            queue(QueueKind::Unverified, 3, None, ""),
        ]
    }

    #[test]
    fn the_title_says_what_is_late() {
        assert_eq!(answer_of(&queues(3, 8)), "Three follow-ups are late, eight leads have waited for more than a day");
        assert_eq!(answer_of(&queues(0, 1)), "One lead has waited for more than a day");
        let tickets = queue(QueueKind::Tickets, 9, Some(2), "");
        assert_eq!(
            answer_of(&[tickets, queue(QueueKind::FollowUps, 1, Some(1), "")]),
            "Two tickets are late, one follow-up is late"
        );
        assert_eq!(answer_of(&queues(0, 0)), "Nothing is late");
    }
}
