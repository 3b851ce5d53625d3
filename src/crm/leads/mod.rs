//! Leads: one person's interest in one trip, from the first question to the booking. Anybody may enquire; the trip's organizer
//! and admins work the lead; travellers see where their own enquiries stand, and nothing internal.

pub mod address;
pub mod bulk;
pub mod changes;
pub mod columns;
pub mod due;
pub mod enquiries;
pub mod enquiry;
pub mod filter;
pub mod import;
pub mod import_view;
pub mod lead;
pub mod listing;
pub mod masking;
pub mod new_lead;
pub mod news;
pub mod profile;
pub mod row;
pub mod score;
#[cfg(feature = "ssr")]
pub mod server;
pub mod server_fns;
pub mod source;
pub mod status;
pub mod timeline;
pub mod view;
