//! The lifecycle of a ticket, as the table in product.md has it.

use serde::{Deserialize, Serialize};

use crate::shared::lifecycle::{By, Lifecycle, Step};

/// Where a ticket stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum TicketStatus {
    /// Nobody works on it yet.
    Pending,
    /// An admin works on it.
    InProgress,
    /// The requester was asked something.
    WaitingCustomer,
    /// It is solved, as the admin sees it.
    Resolved,
    /// It is solved, as the requester sees it.
    Closed,
    /// It is no longer wanted.
    Cancelled,
}

use TicketStatus::{Cancelled, Closed, InProgress, Pending, Resolved, WaitingCustomer};

impl Lifecycle for TicketStatus {
    const NOUN: &'static str = "ticket";
    const ALL: &'static [Self] = &[Pending, InProgress, WaitingCustomer, Resolved, Closed, Cancelled];
    const STEPS: &'static [Step<Self>] = &[
        Step { from: Pending, verb: "Start", to: InProgress, by: &[By::Admin] },
        Step { from: Pending, verb: "Cancel", to: Cancelled, by: &[By::Requester, By::Admin] },
        Step { from: InProgress, verb: "Ask the customer", to: WaitingCustomer, by: &[By::Admin] },
        Step { from: InProgress, verb: "Resolve", to: Resolved, by: &[By::Admin] },
        Step { from: WaitingCustomer, verb: "Customer replied", to: InProgress, by: &[By::Admin, By::System] },
        Step { from: WaitingCustomer, verb: "Resolve", to: Resolved, by: &[By::Admin] },
        Step { from: WaitingCustomer, verb: "Cancel", to: Cancelled, by: &[By::Requester, By::Admin] },
        Step { from: Resolved, verb: "Reopen", to: InProgress, by: &[By::Admin, By::System] },
        Step { from: Resolved, verb: "Close", to: Closed, by: &[By::Requester, By::Admin, By::System] },
    ];

    fn as_str(self) -> &'static str {
        match self {
            Pending => "pending",
            InProgress => "in_progress",
            WaitingCustomer => "waiting_customer",
            Resolved => "resolved",
            Closed => "closed",
            Cancelled => "cancelled",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Pending => "Open",
            InProgress => "In progress",
            WaitingCustomer => "Waiting for customer",
            Resolved => "Resolved",
            Closed => "Closed",
            Cancelled => "Cancelled",
        }
    }
}

impl TicketStatus {
    /// The statuses in which there is something left to do.
    pub const OPEN: &'static [Self] = &[Pending, InProgress, WaitingCustomer];

    /// Whether there is something left to do.
    pub fn is_open(self) -> bool {
        Self::OPEN.contains(&self)
    }

    /// Where a reply of the requester takes it: answering is what moves a ticket back, not naming the step.
    pub fn after_reply(self) -> Self {
        match self {
            WaitingCustomer | Resolved => InProgress,
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// product.md, "Tickets", once more by hand. "By replying" is not a step that a requester can name.
    const TABLE: [(&str, &str, &str); 15] = [
        ("admin", "pending", "in_progress"),
        ("admin", "pending", "cancelled"),
        ("requester", "pending", "cancelled"),
        ("admin", "in_progress", "waiting_customer"),
        ("admin", "in_progress", "resolved"),
        ("admin", "waiting_customer", "in_progress"),
        ("system", "waiting_customer", "in_progress"),
        ("admin", "waiting_customer", "resolved"),
        ("admin", "waiting_customer", "cancelled"),
        ("requester", "waiting_customer", "cancelled"),
        ("admin", "resolved", "in_progress"),
        ("system", "resolved", "in_progress"),
        ("admin", "resolved", "closed"),
        ("requester", "resolved", "closed"),
        ("system", "resolved", "closed"),
    ];

    #[test]
    fn exactly_the_steps_of_the_table_can_be_taken() {
        let askers =
            [("admin", By::Admin), ("requester", By::Requester), ("system", By::System), ("organizer", By::Organizer)];
        for (name, by) in askers {
            for from in TicketStatus::ALL {
                for to in TicketStatus::ALL {
                    let expected = TABLE.contains(&(name, from.as_str(), to.as_str()));
                    assert_eq!(from.check_step(*to, by).is_ok(), expected, "{name}: {from:?} to {to:?}");
                }
            }
        }
    }

    #[test]
    fn a_reply_takes_back_what_waits_or_is_resolved_and_nothing_else() {
        for status in TicketStatus::ALL {
            let expected = if matches!(status, WaitingCustomer | Resolved) { InProgress } else { *status };
            assert_eq!(status.after_reply(), expected);
            assert!(expected == *status || status.check_step(expected, By::System).is_ok());
        }
    }
}
