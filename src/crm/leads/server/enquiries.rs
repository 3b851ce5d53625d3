//! Puts a traveller's home together out of their own enquiries.

use super::service;
use crate::{
    crm::{
        accounts::server::actor::Actor,
        chat::{
            screens::{CHAT_PATH, NEW},
            server::screens as chat,
        },
        leads::{
            enquiries::{EnquiryCard, NextDeparture, TravellerHome},
            row::Enquiry,
            status::Stage,
        },
        tickets::server::screens as tickets,
        trips::{landscape::find_landscape, server::service as trips, views::TripLabel},
    },
    server::{state::App, zone::Zone},
    shared::{
        error::AppError,
        page::{Page, PageRequest},
        time::Date,
    },
};

/// How many enquiries a page shows.
const SHOWN: u32 = 50;

/// The home of a traveller.
///
/// # Errors
/// [`AppError::Forbidden`] for others, [`AppError::MalformedRequest`] for a cursor of another list.
pub async fn load_home(app: &App, actor: &Actor, cursor: Option<String>) -> Result<TravellerHome, AppError> {
    let request = PageRequest { limit: SHOWN, cursor };
    let Page { items, next, .. } = service::list_enquiries(app, actor, &request).await?;
    let ids: Vec<_> = items.iter().map(|enquiry| enquiry.trip_id).collect();
    let (labels, help, chats) = futures_util::try_join!(
        trips::find_labels(app, &ids),
        tickets::describe_own(app, actor),
        chat::describe_unread(app, actor),
    )?;
    let zone = Zone::new(actor.time_zone(), app.clock.now());
    Ok(TravellerHome {
        answer: answer_of(&items),
        help,
        chats,
        next_departure: next_departure(&zone, trips::today(app), &items),
        enquiries: items
            .into_iter()
            .map(|enquiry| {
                let label = labels.get(&enquiry.trip_id);
                card_of(&zone, enquiry, label)
            })
            .collect(),
        next,
    })
}

fn card_of(zone: &Zone, enquiry: Enquiry, label: Option<&TripLabel>) -> EnquiryCard {
    let picture = label.and_then(|label| find_landscape(&label.landscape));
    EnquiryCard {
        id: enquiry.id,
        href: label.map(|label| format!("/trips/{}", label.slug)),
        thumb: picture.map(|picture| picture.thumb_url()).unwrap_or_default(),
        chat_href: format!("{CHAT_PATH}/{NEW}?trip={}", enquiry.trip_id),
        trip: enquiry.trip.title,
        organizer: enquiry.organizer,
        day: enquiry.trip.starts_on.map(|date| zone.weekday_date(date)),
        party: enquiry.party_size,
        stage: enquiry.stage,
        asked: zone.past(enquiry.created_at),
        last: zone.past(enquiry.last_activity_at),
    }
}

/// The booked departure that comes next, from `today` on.
fn next_departure(zone: &Zone, today: Date, enquiries: &[Enquiry]) -> Option<NextDeparture> {
    let booked = enquiries.iter().filter(|enquiry| enquiry.stage == Stage::Booked);
    let (date, enquiry) = booked
        .filter_map(|enquiry| enquiry.trip.starts_on.map(|date| (date, enquiry)))
        .filter(|(date, _)| *date >= today)
        .min_by_key(|(date, _)| *date)?;
    let distance = match date.since(today).map_or(0, |span| span.get_days()) {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        days => format!("in {days} days"),
    };
    Some(NextDeparture { trip: enquiry.trip.title.clone(), day: zone.weekday_date(date), distance })
}

fn answer_of(enquiries: &[Enquiry]) -> String {
    let count = |wanted: &[Stage]| enquiries.iter().filter(|enquiry| wanted.contains(&enquiry.stage)).count();
    let (open, waiting) =
        (count(&[Stage::Received, Stage::InConversation, Stage::Choosing]), count(&[Stage::Received]));
    let booked = count(&[Stage::Booked]);
    match (enquiries.len(), open, waiting, booked) {
        (0, ..) => "You have not asked about a trip yet".to_owned(),
        (_, 0, _, 0) => "None of your enquiries is open".to_owned(),
        (_, 0, _, 1) => "Your trip is booked".to_owned(),
        (_, 0, _, booked) => format!("Your {booked} trips are booked"),
        (_, 1, 1, _) => "Your enquiry has arrived and waits for its answer".to_owned(),
        (_, 1, ..) => "Your enquiry is being answered".to_owned(),
        (_, open, 0, _) => format!("Your {open} enquiries are being answered"),
        (_, open, waiting, _) if open == waiting => format!("Your {open} enquiries wait for an answer"),
        (_, open, waiting, _) => {
            format!("{waiting} of your {open} enquiries {} for an answer", if waiting == 1 { "waits" } else { "wait" })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        crm::leads::row::LeadTrip,
        shared::{id::Id, time::Time},
    };

    fn enquiry(stage: Stage, starts_on: Option<&str>) -> Enquiry {
        let starts_on = starts_on.map(|text| text.parse::<Date>().unwrap());
        Enquiry {
            id: Id::from_bytes([1; 12]),
            trip_id: Id::from_bytes([2; 12]),
            trip: LeadTrip { slug: "kedarkantha".into(), title: "Kedarkantha".into(), starts_on, seats_left: None },
            organizer: "Deodar Trails".into(),
            stage,
            party_size: None,
            created_at: Time::from_millis(0),
            last_activity_at: Time::from_millis(0),
        }
    }

    #[test]
    fn the_title_says_what_is_happening() {
        let answer =
            |stages: &[Stage]| answer_of(&stages.iter().map(|stage| enquiry(*stage, None)).collect::<Vec<_>>());
        assert_eq!(answer(&[]), "You have not asked about a trip yet");
        assert_eq!(answer(&[Stage::Received]), "Your enquiry has arrived and waits for its answer");
        assert_eq!(answer(&[Stage::Received, Stage::Choosing]), "1 of your 2 enquiries waits for an answer");
        assert_eq!(answer(&[Stage::Booked, Stage::Closed]), "Your trip is booked");
        assert_eq!(answer(&[Stage::Closed]), "None of your enquiries is open");
    }

    #[test]
    fn the_next_departure_is_a_booked_one_that_has_not_passed() {
        let zone = Zone::new("Asia/Kolkata", "2026-11-24T10:42:00+05:30".parse::<jiff::Timestamp>().unwrap().into());
        let enquiries = [
            enquiry(Stage::Booked, Some("2026-11-01")),
            enquiry(Stage::Choosing, Some("2026-11-25")),
            enquiry(Stage::Booked, Some("2026-12-19")),
        ];
        let next = next_departure(&zone, zone.today(), &enquiries).unwrap();
        assert_eq!((next.day.as_str(), next.distance.as_str()), ("Sat 19 Dec", "in 25 days"));
    }
}
