//! The API through the real router on a real database: a fresh one for each test.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and is told by its environment where mongod is"
)]

mod access;
mod account_limits;
mod accounts;
mod chat;
mod chat_leads;
mod chat_live;
mod chat_processes;
mod chat_races;
mod chat_telling;
mod client_address;
mod cursors;
mod database_away;
mod digests;
mod files;
mod http;
mod idempotency;
mod invitations;
mod jobs;
mod leads_access;
mod leads_bulk;
mod leads_create;
mod leads_import;
mod leads_lifecycle;
mod leads_list;
mod leads_selection;
mod leads_totals;
mod leads_views;
mod live;
mod live_doors;
mod live_ends;
mod live_flood;
mod live_presence;
mod live_road;
mod live_weight;
mod mail_pages;
mod mails;
mod notifications;
mod notifications_leads;
mod pages_accounts;
mod pages_chat;
mod pages_lead;
mod pages_leads;
mod pages_made;
mod pages_notifications;
mod pages_tickets;
mod people;
mod process;
mod sessions;
mod support;
mod tickets;
mod tickets_answers;
mod tickets_files;
mod tickets_lifecycle;
mod tickets_list;
mod tickets_notes;
mod tickets_numbers;
mod tickets_telling;
mod trip_pages;
mod trips;
mod wording;
