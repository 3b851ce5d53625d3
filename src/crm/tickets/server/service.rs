//! The rules of tickets: who may see and do what, and what follows from each write. One module for each part of a ticket's life:
//! being opened, read, talked in, moved along, rated, closed by time; and the answers that admins keep.

mod answering;
mod closing;
mod counting;
mod moving;
mod opening;
mod rating;
mod reading;
mod scope;
mod storing;
mod talking;
mod telling;
mod watching;
mod writing;

pub use answering::{change_answer, create_answer, delete_answer, list_answers};
pub use closing::{STAYS_RESOLVED, close_resolved};
pub use counting::{count_own_tickets, count_tickets, count_tickets_of};
pub use moving::{assign_ticket, change_ticket_priority, change_ticket_status, resolve_ticket};
pub use opening::create_ticket;
pub use rating::rate_ticket;
pub use reading::{check_may_read_file, find_ticket, list_tickets};
pub use storing::store_histories;
pub use talking::add_ticket_message;
pub use watching::{join_desk, view_ticket};
