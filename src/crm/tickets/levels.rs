//! Service levels: how soon a ticket is answered and resolved (product.md, "Tickets"). The clock of the resolution runs while
//! there is something for admins to do: it stands while the customer is asked, and once the ticket is resolved.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::{status::TicketStatus, ticket::TicketPriority};
use crate::shared::time::Time;

impl TicketPriority {
    /// Whether it is worked on before others.
    pub const fn presses(self) -> bool {
        matches!(self, Self::High | Self::Urgent)
    }

    /// How long the first answer may take, from the beginning.
    pub const fn answer_within(self) -> SignedDuration {
        SignedDuration::from_hours(match self {
            Self::Urgent => 1,
            Self::High => 4,
            Self::Medium => 8,
            Self::Low => 24,
        })
    }

    /// How long the resolution may take, not counting the time for which the clock stands.
    pub const fn resolve_within(self) -> SignedDuration {
        SignedDuration::from_hours(match self {
            Self::Urgent => 4,
            Self::High => 24,
            Self::Medium => 72,
            Self::Low => 120,
        })
    }
}

/// The clock of one ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceClock {
    /// When the ticket was opened.
    pub started_at: Time,
    /// When an admin answered first.
    pub answered_at: Option<Time>,
    /// Since when the clock of the resolution stands.
    pub stopped_at: Option<Time>,
    /// For how many milliseconds it stood before.
    pub stood_for: i64,
}

impl ServiceClock {
    /// A clock that starts to run.
    pub const fn start(at: Time) -> Self {
        Self { started_at: at, answered_at: None, stopped_at: None, stood_for: 0 }
    }

    /// An admin has answered; the first answer counts.
    pub fn answer(&mut self, at: Time) {
        self.answered_at.get_or_insert(at);
    }

    /// The ticket has come to a status, in which the clock runs or stands.
    pub fn enter(&mut self, status: TicketStatus, at: Time) {
        let runs = matches!(status, TicketStatus::Pending | TicketStatus::InProgress);
        match (self.stopped_at, runs) {
            (Some(stopped), true) => {
                self.stood_for += at.millis() - stopped.millis();
                self.stopped_at = None;
            }
            (None, false) => self.stopped_at = Some(at),
            _ => {}
        }
    }

    /// Until when the first answer is due; `None` once it is there.
    pub fn answer_due(&self, priority: TicketPriority) -> Option<Time> {
        self.answered_at.is_none().then(|| self.started_at + priority.answer_within())
    }

    /// Until when the resolution is due; `None` while the clock stands.
    pub fn resolution_due(&self, priority: TicketPriority) -> Option<Time> {
        let due = self.started_at + priority.resolve_within() + SignedDuration::from_millis(self.stood_for);
        self.stopped_at.is_none().then_some(due)
    }

    /// What is due next for a ticket of that status; `None` while nothing is. The first answer is due while the customer is asked, too:
    /// only the clock of the resolution stands.
    pub fn next_due(&self, priority: TicketPriority, status: TicketStatus) -> Option<Time> {
        let due = [self.answer_due(priority), self.resolution_due(priority)].into_iter().flatten().min();
        due.filter(|_| status.is_open())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::shared::lifecycle::Lifecycle;

    const HOUR: i64 = 3_600_000;

    fn at(hours: i64) -> Time {
        Time::from_millis(1_790_000_000_000 + hours * HOUR)
    }

    #[test]
    fn each_priority_has_its_levels_and_more_urgent_is_sooner() {
        let hours = |duration: SignedDuration| duration.as_hours();
        let levels = TicketPriority::ALL.iter().map(|p| (hours(p.answer_within()), hours(p.resolve_within())));
        assert_eq!(levels.collect::<Vec<_>>(), [(24, 120), (8, 72), (4, 24), (1, 4)]);
    }

    #[test]
    fn the_first_answer_is_due_until_it_is_there() {
        let mut clock = ServiceClock::start(at(0));
        let next_due = |clock: &ServiceClock, status| clock.next_due(TicketPriority::High, status);
        for status in TicketStatus::ALL {
            assert_eq!(next_due(&clock, *status), status.is_open().then_some(at(4)), "{status:?}");
        }
        clock.enter(TicketStatus::WaitingCustomer, at(1));
        assert_eq!(next_due(&clock, TicketStatus::WaitingCustomer), Some(at(4)), "asking is no answer");
        clock.enter(TicketStatus::InProgress, at(3));
        clock.answer(at(3));
        clock.answer(at(9));
        assert_eq!((clock.answered_at, next_due(&clock, TicketStatus::InProgress)), (Some(at(3)), Some(at(26))));
    }

    #[test]
    fn the_clock_stands_while_the_customer_is_asked() {
        let mut clock = ServiceClock::start(at(0));
        clock.answer(at(1));
        clock.enter(TicketStatus::WaitingCustomer, at(2));
        assert_eq!(clock.next_due(TicketPriority::Urgent, TicketStatus::WaitingCustomer), None);
        clock.enter(TicketStatus::InProgress, at(12));
        assert_eq!(clock.next_due(TicketPriority::Urgent, TicketStatus::InProgress), Some(at(14)));
    }

    proptest! {
        /// Whatever happens, the resolution is due after exactly as many running hours as the level has.
        #[test]
        fn only_running_time_counts(steps in prop::collection::vec((0..6_usize, 0..400_i64), 0..30)) {
            let mut clock = ServiceClock::start(at(0));
            let (mut now, mut running, mut runs) = (0, 0, true);
            for (status, wait) in steps {
                running += if runs { wait } else { 0 };
                now += wait;
                let status = TicketStatus::ALL[status];
                runs = matches!(status, TicketStatus::Pending | TicketStatus::InProgress);
                clock.enter(status, at(now));
            }
            clock.enter(TicketStatus::InProgress, at(now));
            let due = clock.resolution_due(TicketPriority::Medium).unwrap();
            prop_assert_eq!(due.since(at(now)).as_hours(), 72 - running);
        }
    }
}
