//! Service levels in the words of a page.

use crate::{
    crm::tickets::{
        row::{TicketClock, TicketDue, TicketRow},
        screens::{DueBadge, DueState, profile::Level},
        status::TicketStatus,
        ticket::TicketPriority,
    },
    server::zone::{Zone, duration},
    shared::time::Time,
};

/// What is due within so many seconds is due soon.
const SOON: i64 = 2 * 60 * 60;

/// What is due next, or that the clock stands; nothing once there is nothing to do.
pub(super) fn badge_of(zone: &Zone, clock: &TicketClock) -> Option<DueBadge> {
    let Some((due, at)) = clock.due.zip(clock.due_at) else { return paused(clock) };
    let left = at.since(zone.now()).as_secs();
    let (state, text) = match left {
        _ if clock.late => (DueState::Late, format!("late by {}", duration(-left))),
        ..=SOON => (DueState::Soon, format!("due in {}", duration(left))),
        _ => (DueState::Ahead, format!("due in {}", duration(left))),
    };
    let what = match due {
        TicketDue::Answer => "First answer",
        TicketDue::Resolution => "Resolution",
    };
    Some(DueBadge { state, text, title: format!("{what} by {}", zone.stamp(at).exact) })
}

/// That the clock of the resolution stands, while it does.
fn paused(clock: &TicketClock) -> Option<DueBadge> {
    let title = "The clock stands until the customer replies.".to_owned();
    clock.paused.then(|| DueBadge { state: DueState::Paused, text: "paused".to_owned(), title })
}

/// What was promised for a ticket, and how that stands.
pub(super) fn levels_of(zone: &Zone, row: &TicketRow) -> Vec<Level> {
    let TicketRow { clock, priority, created_at, .. } = row;
    let is_over = matches!(row.status, TicketStatus::Closed | TicketStatus::Cancelled);
    let within = |time: jiff::SignedDuration| format!("within {}", duration(time.as_secs()));
    let badge = |due: TicketDue| match due {
        due if clock.due == Some(due) => badge_of(zone, clock),
        TicketDue::Answer => None,
        TicketDue::Resolution => paused(clock),
    };
    let level = |label: &str, done: Option<Time>, due: TicketDue, promised: String| {
        let badge = if done.is_some() || is_over { None } else { badge(due) };
        let text = match (done, &badge) {
            (Some(at), _) => Some(format!("after {}", duration(at.since(*created_at).as_secs()))),
            (None, Some(_)) => None,
            (None, None) if is_over => Some("–".to_owned()),
            (None, None) => Some(promised),
        };
        Level { label: label.to_owned(), badge, text, is_done: done.is_some() }
    };
    vec![
        level("First answer", clock.answered_at, TicketDue::Answer, within(priority.answer_within())),
        level("Resolution", row.resolved_at, TicketDue::Resolution, within(priority.resolve_within())),
    ]
}

/// What is promised for a priority.
pub(super) fn promise_of(priority: TicketPriority) -> String {
    let words = |time: jiff::SignedDuration| duration(time.as_secs());
    format!(
        "Answered within {}, resolved within {}.",
        words(priority.answer_within()),
        words(priority.resolve_within())
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tuesday 24 November 2026, 10:42 in India.
    fn zone() -> Zone {
        Zone::new("Asia/Kolkata", now())
    }

    fn now() -> Time {
        "2026-11-24T10:42:00+05:30".parse::<jiff::Timestamp>().unwrap().into()
    }

    fn clock(minutes: i64) -> TicketClock {
        TicketClock {
            due: Some(TicketDue::Answer),
            due_at: Some(now() + jiff::SignedDuration::from_mins(minutes)),
            late: minutes <= 0,
            paused: false,
            answered_at: None,
        }
    }

    #[test]
    fn a_badge_says_when_something_is_due() {
        for (minutes, state, text) in [
            (-13, DueState::Late, "late by 13 min"),
            (120, DueState::Soon, "due in 2 h"),
            (60 * 8, DueState::Ahead, "due in 8 h"),
            (60 * 80, DueState::Ahead, "due in 3 days"),
        ] {
            let badge = badge_of(&zone(), &clock(minutes)).unwrap();
            assert_eq!((badge.state, badge.text.as_str()), (state, text));
        }
        assert_eq!(
            badge_of(&zone(), &clock(-13)).unwrap().title,
            "First answer by Tuesday 24 November 2026, 10:29 IST"
        );
    }

    #[test]
    fn a_clock_that_stands_is_paused_and_one_with_nothing_to_do_says_nothing() {
        let idle = TicketClock { due: None, due_at: None, late: false, paused: false, answered_at: None };
        assert_eq!(badge_of(&zone(), &TicketClock { paused: true, ..idle }).unwrap().text, "paused");
        assert_eq!(badge_of(&zone(), &idle), None);
    }

    #[test]
    fn promises_are_those_of_the_priority() {
        assert_eq!(promise_of(TicketPriority::Medium), "Answered within 8 h, resolved within 3 days.");
    }
}
