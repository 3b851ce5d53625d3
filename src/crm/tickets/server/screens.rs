//! What the pages of tickets are given: the service's answers in the words and the zone of a page; and what their forms send, as the
//! service's input. No rule is here.

mod answers;
mod forms;
mod list;
mod profile;
mod thread;
mod wording;

pub use answers::{delete_answer, load_answers, save_answer};
pub use forms::{
    MessageForm, TicketForm, add_ticket_message, assign_ticket, change_ticket_priority, create_ticket, load_new_ticket,
    rate_ticket, take_step,
};
pub use list::{describe_own, load_list};
pub use profile::load_ticket;

use super::service;
use crate::{crm::tickets::ticket::TicketId, shared::error::AppError};

/// The id in an address; what cannot be one is not there.
fn read_id(text: &str) -> Result<TicketId, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}
