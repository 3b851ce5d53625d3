//! The rules of leads: who may see and change which, and what follows from each write. One module for each part of a lead's life:
//! arriving, being read, being changed, being converted, many at once, as files, and the views that show them.

mod arriving;
mod bulk;
mod changing;
mod chatting;
mod converting;
mod enquiring;
mod exporting;
mod figures;
mod importing;
mod reading;
mod scope;
mod storing;
mod telling;
mod views;
mod writing;

pub use bulk::change_leads;
pub use changing::{add_interaction, change_lead};
pub use chatting::{ChatEnquiry, answer_in_chat, begin_chat, find_traveller, hear_in_chat};
pub use converting::convert_lead;
pub use enquiring::{check_enquiry_rate, create_lead, has_enquired, list_enquiries, note_trip_view, record_lead};
pub use exporting::export_leads;
pub use figures::{count_open_leads, median_first_response};
pub use importing::import_leads;
pub use reading::{Summary, count_leads, list_leads, require_lead, show_board, sum_leads};
pub use storing::{Totals, begin_bulk, check_totals, end_bulk, recount_leads, store_histories, store_totals};
pub use telling::tell_due_follow_ups;
pub use views::{create_view, delete_view, list_views, update_view};
