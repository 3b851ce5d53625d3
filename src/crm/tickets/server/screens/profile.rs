//! The page of one ticket, put together and worded for its viewer.

use super::{
    read_id, service, thread,
    wording::{badge_of, levels_of},
};
use crate::{
    crm::{
        accounts::{
            server::{actor::Actor, directory},
            user::Role,
        },
        leads::listing::Choice,
        tickets::{
            answer::{CannedAnswer, Filling},
            message::TicketSide,
            row::{TicketDetail, TicketPerson, TicketRow, TicketTrip},
            screens::profile::{Draft, Move, Next, RatingFact, ReadyAnswer, TicketFacts, TicketProfile, TripLink},
            status::TicketStatus,
        },
        trips::{landscape::find_landscape, server::service as trips, trip::Visibility},
    },
    server::{state::App, zone::Zone},
    shared::{
        error::AppError,
        lifecycle::{By, Lifecycle},
        time::Moment,
    },
};

/// A ticket as its page shows it; `answer` is the id of a canned answer that the composer begins with.
///
/// # Errors
/// [`AppError::NotFound`] when it is absent or another's.
pub async fn load_ticket(app: &App, actor: &Actor, id: &str, answer: &str) -> Result<TicketProfile, AppError> {
    let ticket = service::find_ticket(app, actor, read_id(id)?).await?;
    let zone = Zone::new(actor.time_zone(), app.clock.now());
    let viewer = Viewer { actor, zone: &zone };
    let (days, trip, (admins, answers)) = futures_util::try_join!(
        thread::load_days(app, &viewer, &ticket),
        trip_of(app, actor, ticket.row.trip.as_ref()),
        for_admins(app, actor),
    )?;
    let answers: Vec<ReadyAnswer> = answers.iter().map(|answer| ready(answer, actor, &ticket.row)).collect();
    let text = answers.iter().find(|ready| ready.id == answer).map(|ready| ready.text.clone()).unwrap_or_default();
    let composer =
        (!ticket.row.status.is_final()).then(|| Draft { text, placeholder: viewer.placeholder(&ticket.row), answers });
    Ok(viewer.profile(ticket, Loaded { days, trip, admins, composer }))
}

/// Who looks at a ticket, and in which zone.
pub(super) struct Viewer<'a> {
    pub(super) actor: &'a Actor,
    pub(super) zone: &'a Zone,
}

/// What was loaded beside the ticket.
struct Loaded {
    days: Vec<crate::crm::tickets::screens::profile::ThreadDay>,
    trip: Option<TripLink>,
    admins: Vec<Choice>,
    composer: Option<Draft>,
}

/// The admins it can be given to, and the canned answers; nothing for others.
async fn for_admins(app: &App, actor: &Actor) -> Result<(Vec<Choice>, Vec<CannedAnswer>), AppError> {
    if actor.role() != Role::Admin {
        return Ok((Vec::new(), Vec::new()));
    }
    let (admins, answers) = futures_util::try_join!(directory::list_admins(app), service::list_answers(app, actor))?;
    let name = |id, name| if id == actor.user() { format!("{name} (you)") } else { name };
    let choice = |admin: directory::Person| Choice { value: admin.id.to_string(), label: name(admin.id, admin.name) };
    Ok((admins.into_iter().map(choice).collect(), answers))
}

fn ready(answer: &CannedAnswer, actor: &Actor, row: &TicketRow) -> ReadyAnswer {
    let filling = Filling {
        name: called(&row.requester),
        number: &row.number,
        subject: &row.subject,
        trip: row.trip.as_ref().map(|trip| trip.title.as_str()),
        admin: actor.name(),
    };
    ReadyAnswer { id: answer.id.to_string(), title: answer.title.clone(), text: answer.fill(&filling) }
}

/// The trip with its picture, and where the viewer finds it: its editor, or its public page while it has one.
async fn trip_of(app: &App, actor: &Actor, trip: Option<&TicketTrip>) -> Result<Option<TripLink>, AppError> {
    let Some(trip) = trip else { return Ok(None) };
    let id = [trip.id];
    let (label, offer) = futures_util::try_join!(trips::find_labels(app, &id), trips::find_offers(app, id))?;
    let picture = label.get(&trip.id).and_then(|label| find_landscape(&label.landscape));
    let offer = offer.get(&trip.id);
    let is_editor = actor.role() == Role::Admin || offer.is_some_and(|offer| offer.organizer == actor.user());
    let is_live = offer.is_some_and(|offer| offer.visibility == Visibility::Live);
    let href = match (is_editor, is_live) {
        (true, _) => Some(format!("/my-trips/{}", trip.id)),
        (false, true) => Some(format!("/trips/{}", trip.slug)),
        (false, false) => None,
    };
    let thumb = picture.map(|picture| picture.thumb_url()).unwrap_or_default();
    Ok(Some(TripLink { title: trip.title.clone(), href, thumb }))
}

/// How somebody is called in a sentence: people by their first name, businesses by their whole one.
fn called(person: &TicketPerson) -> &str {
    match person.role {
        Role::Organizer => &person.name,
        Role::User | Role::Admin => person.name.split_whitespace().next().unwrap_or(&person.name),
    }
}

impl Viewer<'_> {
    pub(super) fn is_admin(&self) -> bool {
        self.actor.role() == Role::Admin
    }

    fn profile(&self, ticket: TicketDetail, loaded: Loaded) -> TicketProfile {
        let row = &ticket.row;
        let Loaded { days, trip, admins, composer } = loaded;
        let may_rate = row.requester.id == self.actor.user()
            && matches!(row.status, TicketStatus::Resolved | TicketStatus::Closed)
            && row.rating.is_none();
        TicketProfile {
            id: row.id,
            version: row.version,
            number: row.number.clone(),
            subject: row.subject.clone(),
            status: row.status,
            for_admin: self.is_admin(),
            viewer_id: self.actor.user(),
            next: if self.is_admin() { self.next_for_admin(row) } else { self.next_for_requester(row) },
            reached: self.reached(&ticket),
            moves: self.moves(row.status),
            days,
            composer,
            facts: self.facts(row, trip, admins),
            resolution: row.resolution.clone(),
            rating: row.rating.clone().map(|rating| RatingFact { score: rating.score, comment: rating.comment }),
            may_rate,
        }
    }

    /// The ticket's coming, then each step with its time.
    fn reached(&self, ticket: &TicketDetail) -> Vec<(TicketStatus, Moment)> {
        let steps = ticket.history.iter().map(|step| (step.to, self.zone.weekday_stamp(step.at)));
        let opened = (TicketStatus::Pending, self.zone.weekday_stamp(ticket.row.created_at));
        std::iter::once(opened).chain(steps).collect()
    }

    fn moves(&self, status: TicketStatus) -> Vec<Move> {
        let by = if self.is_admin() { By::Admin } else { By::Requester };
        status.steps_for(by).map(|step| Move { verb: step.verb.to_owned(), to: step.to }).collect()
    }

    fn facts(&self, row: &TicketRow, trip: Option<TripLink>, admins: Vec<Choice>) -> TicketFacts {
        let name = |id, name: &str| if id == self.actor.user() { "You".to_owned() } else { name.to_owned() };
        TicketFacts {
            category: row.category.label().to_owned(),
            priority: row.priority,
            assignee_id: row.assignee.as_ref().map(|admin| admin.id.to_string()).unwrap_or_default(),
            assignee: row.assignee.as_ref().map(|admin| name(admin.id, &admin.name)),
            admins,
            requester: name(row.requester.id, &row.requester.name),
            role: row.requester.role.label().to_owned(),
            requester_href: self.is_admin().then(|| format!("/admin/people/{}", row.requester.id)),
            trip,
            levels: levels_of(self.zone, row),
            opened: self.zone.stamp(row.created_at),
        }
    }

    fn placeholder(&self, row: &TicketRow) -> String {
        match (self.is_admin(), row.status) {
            (true, _) => {
                format!("Write to {}, who is told by mail too. / finds an answer.", called(&row.requester))
            }
            (false, TicketStatus::Resolved) => "Not solved? Reply, and the ticket is open again.".to_owned(),
            (false, TicketStatus::WaitingCustomer) => "Your answer".to_owned(),
            (false, _) => "Add something to your ticket".to_owned(),
        }
    }

    fn next_for_admin(&self, row: &TicketRow) -> Next {
        let first = called(&row.requester);
        let last_by = row.last_reply.as_ref().map(|reply| reply.by.side);
        let quote = row.last_reply.as_ref().map(|reply| format!("“{}”", reply.text));
        let (title, text) = match row.status {
            TicketStatus::Pending => (format!("Answer {first}"), "Nobody works on it yet.".to_owned()),
            TicketStatus::InProgress if row.clock.answered_at.is_some() && last_by == Some(TicketSide::Admin) => {
                (format!("Resolve it, or ask {first}"), "The last word is ours.".to_owned())
            }
            TicketStatus::InProgress => {
                (format!("Answer {first}"), quote.unwrap_or_else(|| "They wait for the first answer.".to_owned()))
            }
            TicketStatus::WaitingCustomer if row.clock.answered_at.is_none() => {
                (format!("Wait for {first}"), "Nobody has said anything to them yet.".to_owned())
            }
            TicketStatus::WaitingCustomer => {
                (format!("Wait for {first}"), "The clock stands until they reply.".to_owned())
            }
            TicketStatus::Resolved => (format!("Resolved, unless {first} replies"), self.closes_at(row)),
            TicketStatus::Closed => ("Closed".to_owned(), "Nothing more can be written to it.".to_owned()),
            TicketStatus::Cancelled => ("Cancelled".to_owned(), "Nothing more can be written to it.".to_owned()),
        };
        Next { title, text, badge: badge_of(self.zone, &row.clock) }
    }

    fn next_for_requester(&self, row: &TicketRow) -> Next {
        let by = |what: &str| match row.clock.due_at {
            Some(at) if !row.clock.late => format!("{what} by {}.", self.zone.weekday_stamp(at).text),
            _ => "It takes longer than we promised. It is not forgotten.".to_owned(),
        };
        let worker = row.assignee.as_ref().map_or("Our team", |admin| admin.name.as_str());
        let (title, text) = match row.status {
            TicketStatus::Pending => ("Your ticket has arrived".to_owned(), by("Somebody answers")),
            TicketStatus::InProgress if row.clock.answered_at.is_none() => {
                (format!("{worker} looks at it"), by("You get an answer"))
            }
            TicketStatus::InProgress => (format!("{worker} works on it"), by("We want to have it solved")),
            TicketStatus::WaitingCustomer => {
                (format!("{worker} waits for your answer"), "Reply below, and we go on.".to_owned())
            }
            TicketStatus::Resolved => (
                "Is it solved?".to_owned(),
                format!("Close it then; if not, reply and it is open again. {}", self.closes_at(row)),
            ),
            TicketStatus::Closed => {
                ("This ticket is closed".to_owned(), "Open a new one if something else comes up.".to_owned())
            }
            TicketStatus::Cancelled => {
                ("This ticket was cancelled".to_owned(), "Open a new one if you need help after all.".to_owned())
            }
        };
        Next { title, text, badge: None }
    }

    fn closes_at(&self, row: &TicketRow) -> String {
        row.resolved_at
            .map(|at| format!("It closes by itself on {}.", self.zone.weekday_stamp(at + service::STAYS_RESOLVED).text))
            .unwrap_or_default()
    }
}
