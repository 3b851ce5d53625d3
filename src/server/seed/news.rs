//! What the demo's people were told of its leads and tickets, in the words of the product itself. What somebody has dealt with they
//! have read.

use jiff::SignedDuration;

use super::{chance::Chance, leads::Maker};
use crate::{
    crm::{
        accounts::user::UserId,
        leads::{
            lead::{Lead, LeadSource},
            news::{self, Coming},
            timeline::{InteractionKind, LeadHistory, Side},
        },
        notifications::notification::{News, Notification},
        tickets::{
            message::{TicketHistory, TicketSide},
            news as ticket_news,
            status::TicketStatus,
            ticket::Ticket,
        },
        trips::trip::Trip,
    },
    server::zone::long_weekday_date,
    shared::time::Time,
};

/// What is older than that has been read.
const READ_AFTER: SignedDuration = SignedDuration::from_hours(3 * 24);

/// Writes down what was told of one lead after the other.
pub(super) struct Told {
    rows: Vec<Notification>,
    chance: Chance,
    now: Time,
}

impl Told {
    pub(super) fn new(chance: Chance, now: Time) -> Self {
        Self { rows: Vec::new(), chance, now }
    }

    /// All of it.
    pub(super) fn into_rows(self) -> Vec<Notification> {
        self.rows
    }

    /// What was told of a lead: that it came, that its follow-up is due, that it became a booking.
    pub(super) fn note(&mut self, history: &LeadHistory, maker: &Maker<'_>) {
        let lead = &history.lead;
        let Some(trip) = maker.trip(lead.trip_id) else { return };
        if lead.source != LeadSource::Import {
            let came = news::new_lead(lead, &trip.title, coming_of(history));
            self.tell(lead.assigned_to, came, lead.created_at, lead.first_response_at);
        }
        if let Some(due) = lead.next_follow_up_at.filter(|due| *due <= self.now) {
            let read = self.chance.happens(0.4).then_some(due + SignedDuration::from_mins(20));
            self.tell(lead.assigned_to, news::follow_up_due(lead, &trip.title, due), due, read);
        }
        if let (Some(traveller), Some(booking)) = (lead.user_id, &lead.conversion) {
            let day = day_of(lead, trip);
            self.tell(traveller, news::you_are_booked(lead, &trip.title, day.as_deref()), booking.at, None);
        }
    }

    /// What was told of a ticket: admins that it came, and each side what the other said and did.
    pub(super) fn note_ticket(&mut self, history: &TicketHistory, admins: &[UserId]) {
        let TicketHistory { ticket, requester: [name, _], messages, steps } = history;
        for admin in admins {
            self.tell(*admin, ticket_news::opened(ticket, name), ticket.created_at, ticket.clock.answered_at);
        }
        for message in messages.iter().filter(|message| !message.internal) {
            let (to, reader) = match message.by.side {
                TicketSide::Admin => (Some(ticket.requester), TicketSide::Requester),
                TicketSide::Requester | TicketSide::System => (ticket.assignee, TicketSide::Admin),
            };
            let answered = messages.iter().find(|later| later.at > message.at && later.by.side == reader);
            let read = answered.map(|later| later.at).or(ticket.rating.as_ref().map(|rating| rating.at));
            let Some(to) = to else { continue };
            let then = Ticket { status: TicketStatus::InProgress, ..ticket.clone() };
            self.tell(to, ticket_news::said(&then, message), message.at, read);
        }
        if let Some((_, step)) = steps.iter().rfind(|(_, step)| step.to == TicketStatus::Resolved) {
            let then = Ticket { status: step.to, ..ticket.clone() };
            let news = ticket_news::moved(&then, &step.by.name, step.note.as_deref());
            self.tell(ticket.requester, news, step.at, ticket.rating.as_ref().map(|rating| rating.at));
        }
    }

    fn tell(&mut self, to: UserId, news: News, at: Time, read: Option<Time>) {
        let late = Some(at + READ_AFTER).filter(|late| *late <= self.now);
        let read_at = read.filter(|read| *read <= self.now).or(late);
        self.rows.push(Notification { id: self.chance.id(at), to, news, at, read_at, in_app: true });
    }
}

/// What brought them, with their first words.
fn coming_of(history: &LeadHistory) -> Coming<'_> {
    let theirs = history.interactions.iter().find(|said| {
        said.kind == InteractionKind::Message && said.by.side == Side::Traveller && said.at == history.lead.created_at
    });
    match history.lead.source {
        LeadSource::TripView => Coming::Looked,
        _ => Coming::Asked(theirs.map(|said| said.text.as_str())),
    }
}

fn day_of(lead: &Lead, trip: &Trip) -> Option<String> {
    let departure = lead.conversion.as_ref()?.departure_id?;
    trip.departure(departure).map(|departure| long_weekday_date(departure.starts_on))
}
