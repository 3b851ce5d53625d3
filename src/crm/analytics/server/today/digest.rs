//! The mail of the morning: it tells an organizer who waits for them today, and which help waits for their answer. Who has nothing
//! to do gets none.

use jiff::SignedDuration;

use super::{answer_of, waiting::those_of_today};
use crate::{
    crm::{
        accounts::{
            server::service as accounts,
            user::{User, UserId},
        },
        analytics::{
            server::{
                repository::{self, DayLead, Those},
                wording::count_in_words,
            },
            today::Why,
        },
        notifications::{
            notification::{NotificationKind, PREFERENCES_PATH},
            server::service as notifications,
        },
        tickets::server::service as tickets,
        trips::{server::service as trips, trip::TripId},
    },
    server::{
        mail::{self, Letter, Mail},
        state::App,
        zone::Zone,
    },
    shared::{error::AppError, mail::MailKind, page::TOTAL_CAP, time::Time},
};

/// The hour at which it is sent, by the clock of who gets it.
const HOUR: i8 = 8;
/// It is sent no later than so long after its hour: then the next morning is nearer.
const LATE: SignedDuration = SignedDuration::from_hours(4);
/// How many of those who wait for the same reason are named.
const NAMED: i64 = 3;

/// Puts the mails into the outbox whose hour has come since they were last sent. Nobody gets two on a day of theirs, however often this
/// is done.
///
/// # Errors
/// When the database is away; what is in the outbox by then stays.
pub async fn send_digests(app: &App, last_done_at: Option<Time>) -> Result<u32, AppError> {
    let now = app.clock.now();
    let from = last_done_at.filter(|at| *at <= now).map_or(now - LATE, |at| at.max(now - LATE));
    let mut sent = 0;
    for name in accounts::list_zones_of_organizers(app).await? {
        let zone = Zone::new(&name, now);
        let morning = zone.hour_of(zone.today(), HOUR);
        if from < morning && morning <= now {
            sent += send_in_zone(app, &zone, &name).await?;
        }
    }
    Ok(sent)
}

async fn send_in_zone(app: &App, zone: &Zone, name: &str) -> Result<u32, AppError> {
    let (mut sent, mut after) = (0, None);
    loop {
        let people = accounts::list_organizers_in_zone(app, name, after).await?;
        let Some(last) = people.last() else { return Ok(sent) };
        after = Some(*last);
        for organizer in people {
            sent += u32::from(send_to(app, zone, organizer).await?);
        }
    }
}

/// Whether there was something to tell that was not told today, and they want to read it.
async fn send_to(app: &App, zone: &Zone, organizer: UserId) -> Result<bool, AppError> {
    let day = &Day::of(app, zone, organizer).await?;
    if day.is_free() {
        return Ok(false);
    }
    let cause = &format!("digest:{organizer}:{}", zone.today());
    app.db
        .transaction(|mut tx| async move {
            let to = &[organizer];
            let of_leads = notifications::find_mail_readers(&mut tx, app, NotificationKind::Lead, to).await?;
            let of_tickets = notifications::find_mail_readers(&mut tx, app, NotificationKind::Ticket, to).await?;
            let day = day.as_chosen(!of_leads.is_empty(), !of_tickets.is_empty());
            let Some(reader) = of_leads.first().or(of_tickets.first()).filter(|_| !day.is_free()) else {
                return Ok(false);
            };
            let is_new = mail::enqueue_once(&mut tx, app, cause, &write(app, reader, &day)).await?;
            tx.commit().await?;
            Ok(is_new)
        })
        .await
}

/// What an organizer has to do.
struct Day {
    groups: Vec<Group>,
    /// How many of their own tickets wait for them.
    tickets: u32,
}

/// Those who wait for the same reason.
#[derive(Clone)]
struct Group {
    why: Why,
    count: u32,
    /// The first of them, with what they are interested in.
    named: Vec<String>,
}

impl Day {
    async fn of(app: &App, zone: &Zone, organizer: UserId) -> Result<Self, AppError> {
        let mut groups = Vec::new();
        for (those, why) in those_of_today(zone) {
            let count = repository::count(&app.db, Some(organizer), those).await?;
            if count > 0 {
                groups.push(Group { why, count, named: name_first(app, organizer, those).await? });
            }
        }
        Ok(Self { groups, tickets: tickets::count_tickets_of(app, organizer).await?.waiting })
    }

    /// What of it they want to read by mail: of leads, of tickets.
    fn as_chosen(&self, leads: bool, tickets: bool) -> Self {
        Self {
            groups: if leads { self.groups.clone() } else { Vec::new() },
            tickets: if tickets { self.tickets } else { 0 },
        }
    }

    const fn is_free(&self) -> bool {
        self.groups.is_empty() && self.tickets == 0
    }

    fn subject(&self) -> String {
        match self.groups.iter().map(|group| group.count).sum() {
            0 => self.tickets_in_words(),
            people => answer_of(people),
        }
    }

    fn paragraphs(&self) -> Vec<String> {
        let tickets = (self.tickets > 0).then(|| format!("{}.", self.tickets_in_words()));
        self.groups.iter().map(Group::in_words).chain(tickets).collect()
    }

    fn tickets_in_words(&self) -> String {
        let wait = if self.tickets == 1 { "waits" } else { "wait" };
        format!("{} of your tickets {wait} for your answer", count_in_words(self.tickets))
    }
}

async fn name_first(app: &App, organizer: UserId, those: Those) -> Result<Vec<String>, AppError> {
    let leads = repository::first(&app.db, Some(organizer), those, NAMED).await?;
    let ids: Vec<TripId> = leads.iter().map(|lead| lead.trip_id).collect();
    let trips = trips::find_labels(app, &ids).await?;
    let name = |lead: DayLead| match trips.get(&lead.trip_id) {
        Some(trip) => format!("{} ({})", lead.name, trip.title),
        None => lead.name,
    };
    Ok(leads.into_iter().map(name).collect())
}

fn write(app: &App, to: &User, day: &Day) -> Mail {
    let letter = Letter {
        subject: day.subject(),
        name: to.name.clone(),
        paragraphs: day.paragraphs(),
        link: Some(("Open your day", format!("{}/today", app.config.public_url))),
        note: format!(
            "You get this mail in the morning of days on which somebody waits for you. You can choose otherwise at {}{PREFERENCES_PATH}.",
            app.config.public_url
        ),
    };
    letter.to(&to.email, MailKind::Digest)
}

/// The mail as admins see it before anybody gets one.
pub fn sample_digest(app: &App, to: &User) -> Mail {
    let group =
        |why, count, names: &[&str]| Group { why, count, named: names.iter().map(ToString::to_string).collect() };
    let groups = vec![
        group(Why::Late, 1, &["Rohan Kulkarni (Kedarkantha winter trek)"]),
        group(Why::Today, 2, &["Meera Nair (Hampta pass)", "Arjun Sethi (Kedarkantha winter trek)"]),
        group(Why::New, 5, &["Isha Gupta (Hampta pass)", "Dev Malhotra (Markha valley)", "Tara Bose (Hampta pass)"]),
    ];
    write(app, to, &Day { groups, tickets: 1 })
}

impl Group {
    /// `Two follow-ups are late: Rohan Kulkarni (Kedarkantha winter trek) and Isha Gupta (Hampta pass).`
    fn in_words(&self) -> String {
        let what = match (self.why, self.count) {
            (Why::Late, 1) => "follow-up is late",
            (Why::Late, _) => "follow-ups are late",
            (Why::Today, 1) => "follow-up is planned for today",
            (Why::Today, _) => "follow-ups are planned for today",
            (Why::New, 1) => "lead is new and not answered",
            (Why::New, _) => "leads are new and not answered",
        };
        format!("{} {what}: {}.", count_in_words(self.count), self.names())
    }

    fn names(&self) -> String {
        let others = match self.count.saturating_sub(u32::try_from(self.named.len()).unwrap_or_default()) {
            0 => None,
            _ if u64::from(self.count) > TOTAL_CAP => Some("many more".to_owned()),
            others => Some(format!("{} more", count_in_words(others).to_lowercase())),
        };
        let mut parts: Vec<String> = self.named.iter().cloned().chain(others).collect();
        match parts.pop() {
            Some(last) if !parts.is_empty() => format!("{} and {last}", parts.join(", ")),
            last => last.unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_waits_is_named_and_the_others_are_counted() {
        for (why, count, named, words) in [
            (Why::Late, 1, &["Asha Rao"][..], "One follow-up is late: Asha Rao."),
            (
                Why::Today,
                2,
                &["Asha Rao", "Isha Gupta"],
                "Two follow-ups are planned for today: Asha Rao and Isha Gupta.",
            ),
            (
                Why::New,
                4,
                &["Asha Rao", "Isha Gupta"],
                "Four leads are new and not answered: Asha Rao, Isha Gupta and two more.",
            ),
        ] {
            let group = Group { why, count, named: named.iter().map(ToString::to_string).collect() };
            assert_eq!(group.in_words(), words);
        }
    }

    #[test]
    fn tickets_give_the_subject_where_nobody_waits() {
        let day = Day { groups: Vec::new(), tickets: 1 };
        assert_eq!(day.subject(), "One of your tickets waits for your answer");
        assert_eq!(day.paragraphs(), ["One of your tickets waits for your answer."]);
        let late = || Group { why: Why::Late, count: 1, named: vec!["Asha Rao".into()] };
        let day = Day { groups: vec![late()], tickets: 2 };
        assert_eq!(day.subject(), "One person waits for your answer");
        assert_eq!(day.paragraphs()[1], "Two of your tickets wait for your answer.");
        assert!(!day.is_free());
    }
}
