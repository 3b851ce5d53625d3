//! The tickets of the demo: who has trouble with what, and when. Each is then lived from its first minute to now (`threads.rs`), so
//! that status, thread, clock and figures belong together.

use jiff::SignedDuration;

use super::{
    chance::Chance,
    content::{self, Case, Help, Who},
    life::minutes,
    people::{Organizer, People},
    threads::{Asker, Thread},
};
use crate::{
    crm::{
        tickets::{
            answer::CannedAnswer,
            levels::ServiceClock,
            message::TicketHistory,
            status::TicketStatus,
            ticket::{Ticket, TicketNumber},
        },
        trips::trip::{Trip, Visibility},
    },
    server::state::App,
    shared::{error::AppError, time::Time},
};

/// Tickets are spread over so many days.
const DAYS: f64 = 180.0;
const MINUTES_A_DAY: f64 = 1_440.0;
/// The newest tickets are so many minutes old, so that some are due soon and some late whenever the demo is made.
const NEWEST: [i64; 16] = [9, 31, 52, 75, 118, 170, 225, 260, 410, 520, 700, 980, 1_300, 1_700, 2_500, 3_600];
/// How the work is shared among the admins: the one who signs in has the most.
const SHARES: [f64; 3] = [0.46, 0.3, 0.24];

/// Makes one ticket after the other, the oldest first, as numbers go.
pub(super) struct Maker<'a> {
    people: &'a People,
    trips: Vec<&'a Trip>,
    help: Help,
    chance: Chance,
    now: Time,
    /// When the tickets are opened.
    times: Vec<Time>,
    made: usize,
}

impl<'a> Maker<'a> {
    pub(super) fn new(app: &App, people: &'a People, trips: &'a [Trip], total: usize) -> Result<Self, AppError> {
        let (mut chance, now) = (Chance::for_tickets(), app.clock.now());
        let newest = NEWEST.iter().map(|age| now - SignedDuration::from_mins(*age));
        let older = |_| now - minutes(DAYS * MINUTES_A_DAY * chance.share().powf(1.3) + 4_000.0);
        let mut times: Vec<Time> = (NEWEST.len()..total).map(older).chain(newest).collect();
        times.sort_unstable();
        let trips = trips.iter().filter(|trip| trip.visibility == Visibility::Live).collect();
        Ok(Self { people, trips, help: content::help()?, chance, now, times, made: 0 })
    }

    /// The canned answers.
    pub(super) fn answers(&mut self) -> Vec<CannedAnswer> {
        let written_at = self.now - minutes(DAYS * MINUTES_A_DAY);
        let chance = &mut self.chance;
        let answers = self.help.answers.iter().map(|answer| CannedAnswer {
            id: chance.id(written_at),
            title: answer.title.clone(),
            text: answer.text.clone(),
            updated_at: written_at,
            version: 1,
        });
        answers.collect()
    }

    /// The next tickets; none when all are made.
    pub(super) fn make(&mut self, count: u64) -> Result<Vec<TicketHistory>, AppError> {
        let times: Vec<Time> =
            self.times.iter().skip(self.made).take(usize::try_from(count).unwrap_or(1)).copied().collect();
        times.into_iter().map(|at| self.make_one(at)).collect()
    }

    fn make_one(&mut self, at: Time) -> Result<TicketHistory, AppError> {
        self.made += 1;
        let number = TicketNumber::new(u32::try_from(self.made).map_err(|_| AppError::Internal)?);
        let Self { people, trips, help, chance, now, .. } = self;
        let case = chance.choose(&help.cases).ok_or(AppError::Internal)?;
        let (asker, trip) = choose_asker(chance, people, trips, case.who).ok_or(AppError::Internal)?;
        let admin = people.admins.get(chance.weighted(SHARES.into_iter())).ok_or(AppError::Internal)?;
        let ticket = first_state(chance, case, (&asker, trip), (number, at));
        let mut thread = Thread::begin(ticket, asker, admin.clone(), *now);
        thread.live(chance, case, help, &trip.title);
        Ok(thread.finish())
    }
}

/// Somebody who has trouble of that kind, and a trip that it can be about.
fn choose_asker<'a>(chance: &mut Chance, people: &People, trips: &[&'a Trip], who: Who) -> Option<(Asker, &'a Trip)> {
    if who == Who::Organizer {
        let shares = people.organizers.iter().map(|organizer| organizer.share);
        let Organizer { id, name, email, .. } = people.organizers.get(chance.weighted(shares))?;
        let own: Vec<&Trip> = trips.iter().filter(|trip| trip.organizer == *id).copied().collect();
        return Some((Asker { id: *id, name: name.clone(), email: email.to_string() }, chance.choose(&own).copied()?));
    }
    // The traveller who signs in has some.
    let first = people.travellers.first().filter(|_| chance.happens(0.05));
    let traveller = first.or(chance.choose(&people.travellers))?;
    let asker = Asker { id: traveller.user?, name: traveller.name.clone(), email: traveller.email.to_string() };
    Some((asker, chance.choose(trips).copied()?))
}

fn first_state(
    chance: &mut Chance,
    case: &Case,
    (asker, trip): (&Asker, &Trip),
    (number, at): (TicketNumber, Time),
) -> Ticket {
    let fill = |text: &str| text.replace("{trip}", &trip.title);
    let is_about_it = [&case.subject, &case.description].iter().any(|text| text.contains("{trip}"));
    let mut ticket = Ticket {
        id: chance.id(at),
        number,
        subject: fill(&case.subject),
        description: fill(&case.description),
        attachments: Vec::new(),
        category: case.category,
        priority: case.priority,
        status: TicketStatus::Pending,
        requester: asker.id,
        assignee: None,
        trip_id: is_about_it.then_some(trip.id),
        clock: ServiceClock::start(at),
        next_due_at: None,
        resolved_at: None,
        resolution: None,
        rating: None,
        last_reply: None,
        notes: 0,
        created_at: at,
        updated_at: at,
        version: 1,
    };
    ticket.keep_due();
    ticket
}
