//! What people are told of leads, in words, and the cause by which each of it is told once. Contact details are in none of it, and
//! what travellers wrote is masked where the lead itself is masked once CRM access has run out.

use crate::{
    crm::{
        leads::{
            lead::{Lead, LeadSource},
            masking::mask_text,
            score::Tier,
        },
        notifications::notification::{News, NotificationKind, NotificationPriority, Subject, SubjectId},
    },
    shared::{excerpt::excerpt, time::Time},
};

/// The longest part of a message that is quoted, in characters.
const QUOTED: usize = 240;
/// What brought somebody to a trip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coming<'a> {
    /// They asked, in these words if any.
    Asked(Option<&'a str>),
    /// They looked at it.
    Looked,
    /// Somebody else wrote them down.
    WrittenDownBy(&'a str),
}

/// Somebody is interested in a trip for the first time.
pub fn new_lead(lead: &Lead, trip: &str, coming: Coming<'_>) -> News {
    let name = &lead.name;
    let title = match (coming, lead.source) {
        (Coming::WrittenDownBy(by), _) => format!("{by} added {name} as a lead for {trip}"),
        (Coming::Looked, _) => format!("{name} keeps looking at {trip}"),
        (Coming::Asked(_), LeadSource::PartialBooking) => format!("{name} began to book {trip}"),
        (Coming::Asked(_), LeadSource::Inquiry | LeadSource::Chat) => format!("{name} asked about {trip}"),
        (Coming::Asked(_), _) => format!("{name} is interested in {trip}"),
    };
    of_lead(lead, title, words_of(lead, coming), "created")
}

/// Somebody asked again about a trip; each time is told.
pub fn came_back(lead: &Lead, trip: &str, coming: Coming<'_>) -> News {
    let did = if matches!(coming, Coming::Asked(Some(_))) { "wrote" } else { "asked" };
    let title = format!("{} {did} again about {trip}", lead.name);
    of_lead(lead, title, words_of(lead, coming), &format!("visit:{}", lead.visits))
}

/// Somebody looked at a trip again; told once a day.
pub fn looked_again(lead: &Lead, trip: &str, day: &str) -> News {
    of_lead(lead, format!("{} looked at {trip} again", lead.name), String::new(), &format!("looked:{day}"))
}

/// The time has come to get back to somebody.
pub fn follow_up_due(lead: &Lead, trip: &str, due: Time) -> News {
    let title = format!("Get back to {} about {trip}", lead.name);
    of_lead(lead, title, "The time that was set for it has come.".to_owned(), &format!("follow-up:{due}"))
}

/// Somebody is booked, as their organizer is told; `by` wrote it down.
pub fn booked(lead: &Lead, trip: &str, by: &str, day: Option<&str>) -> News {
    let body = format!("{by} noted the booking: {}.", booking_in_words(lead, day));
    of_lead(lead, format!("{} is booked on {trip}", lead.name), body, "converted")
}

/// The same, as the traveller is told.
pub fn you_are_booked(lead: &Lead, trip: &str, day: Option<&str>) -> News {
    let body = format!("{}. Your organizer tells you what comes next.", booking_in_words(lead, day));
    let news = of_lead(lead, format!("You are booked on {trip}"), body, "converted");
    // Their home shows all their enquiries: who merely comes home has not read of this one.
    News { link: format!("/home?enquiry={}", lead.id), priority: NotificationPriority::Normal, ..news }
}

/// Somebody imported a file with so many leads for an organizer.
pub fn imported(import: SubjectId, by: &str, count: usize) -> News {
    let leads = if count == 1 { "a lead".to_owned() } else { format!("{count} leads") };
    News {
        kind: NotificationKind::Lead,
        priority: NotificationPriority::Normal,
        title: format!("{by} imported {leads} for you"),
        body: "Those that were not there yet are the newest of your list.".to_owned(),
        link: "/leads?sort=-createdAt".to_owned(),
        subject: Subject::Import(import),
        cause: format!("import:{import}"),
    }
}

fn of_lead(lead: &Lead, title: String, body: String, cause: &str) -> News {
    News {
        kind: NotificationKind::Lead,
        priority: if lead.tier() == Tier::Hot { NotificationPriority::High } else { NotificationPriority::Normal },
        title,
        body,
        link: format!("/leads/{}", lead.id),
        subject: Subject::lead(lead.id),
        cause: format!("lead:{}:{cause}", lead.id),
    }
}

/// What they wrote, in a line.
fn words_of(lead: &Lead, coming: Coming<'_>) -> String {
    let Coming::Asked(Some(message)) = coming else { return String::new() };
    if lead.arrived_with_access { excerpt(message, QUOTED) } else { excerpt(&mask_text(message), QUOTED) }
}

fn booking_in_words(lead: &Lead, day: Option<&str>) -> String {
    let booking = lead.conversion.as_ref();
    let party = booking.map(|booking| match booking.party_size {
        1 => "1 person".to_owned(),
        party => format!("{party} people"),
    });
    let amount = booking.map(|booking| booking.amount.to_string());
    day.map(str::to_owned).into_iter().chain(party).chain(amount).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        crm::leads::{lead::Conversion, status::LeadStatus},
        shared::{id::Id, money::Money},
    };

    fn lead(source: LeadSource) -> Lead {
        Lead {
            id: Id::from_bytes([1; 12]),
            trip_id: Id::from_bytes([2; 12]),
            assigned_to: Id::from_bytes([3; 12]),
            user_id: None,
            name: "Rohan Kulkarni".into(),
            email: "rohan@example.in".parse().unwrap(),
            phone: None,
            source,
            status: LeadStatus::New,
            score: 60,
            score_reasons: Vec::new(),
            visits: 3,
            messages: 0,
            tags: Vec::new(),
            notes: String::new(),
            party_size: None,
            departure_id: None,
            estimated_value: Money::default(),
            value_is_set: false,
            next_follow_up_at: None,
            last_activity_at: Time::from_millis(0),
            asked_at: None,
            first_response_at: None,
            lost_reason: None,
            conversion: None,
            arrived_with_access: true,
            created_at: Time::from_millis(0),
            version: 1,
        }
    }

    #[test]
    fn a_new_lead_is_told_by_what_brought_them() {
        for (source, coming, title) in [
            (LeadSource::Inquiry, Coming::Asked(None), "Rohan Kulkarni asked about Kedarkantha"),
            (LeadSource::PartialBooking, Coming::Asked(None), "Rohan Kulkarni began to book Kedarkantha"),
            (LeadSource::Form, Coming::Asked(None), "Rohan Kulkarni is interested in Kedarkantha"),
            (LeadSource::TripView, Coming::Looked, "Rohan Kulkarni keeps looking at Kedarkantha"),
            (LeadSource::Other, Coming::WrittenDownBy("Kavya"), "Kavya added Rohan Kulkarni as a lead for Kedarkantha"),
        ] {
            assert_eq!(new_lead(&lead(source), "Kedarkantha", coming).title, title);
        }
    }

    #[test]
    fn what_is_masked_in_a_lead_is_masked_in_what_is_told_of_it() {
        let asked = Coming::Asked(Some("Call me on 98765 00000, please."));
        let shown = lead(LeadSource::Inquiry);
        let masked = Lead { arrived_with_access: false, ..shown.clone() };
        assert_eq!(new_lead(&shown, "Kedarkantha", asked).body, "Call me on 98765 00000, please.");
        assert_eq!(came_back(&masked, "Kedarkantha", asked).body, "Call me on •••, please.");
    }

    #[test]
    fn a_hot_lead_presses() {
        let warm = lead(LeadSource::Inquiry);
        let hot = Lead { score: 75, ..warm.clone() };
        assert_eq!(new_lead(&warm, "Kedarkantha", Coming::Asked(None)).priority, NotificationPriority::Normal);
        assert_eq!(new_lead(&hot, "Kedarkantha", Coming::Asked(None)).priority, NotificationPriority::High);
    }

    #[test]
    fn a_booking_is_told_to_each_side_at_their_own_page() {
        let amount = Money::rupees(37_800);
        let by = Id::from_bytes([3; 12]);
        let conversion =
            Conversion { departure_id: None, party_size: 4, amount, note: None, at: Time::from_millis(0), by };
        let lead = Lead { conversion: Some(conversion), ..lead(LeadSource::Inquiry) };
        let (theirs, yours) = (
            booked(&lead, "Kedarkantha", "Kavya", Some("Sat 19 Dec 2026")),
            you_are_booked(&lead, "Kedarkantha", None),
        );
        assert_eq!(theirs.body, "Kavya noted the booking: Sat 19 Dec 2026, 4 people, ₹37,800.");
        assert_eq!((theirs.link.as_str(), theirs.page()), ("/leads/010101010101010101010101", theirs.link.as_str()));
        assert_eq!(
            (yours.title.as_str(), yours.page()),
            ("You are booked on Kedarkantha", "/home?enquiry=010101010101010101010101")
        );
    }
}
