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
