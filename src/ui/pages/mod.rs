//! The pages, a folder for each kind of person who sees them. Each asks its context for what it shows and builds it from the parts.

pub mod account;
pub mod admin;
pub mod answered;
pub mod chat;
pub mod design;
pub mod error;
pub mod facts;
pub mod frame;
pub mod help;
pub mod not_found;
pub mod notifications;
pub mod organizer;
pub mod places;
pub mod problem;
pub mod public;
pub mod rows;
pub mod search_form;
pub mod shortcuts;
pub mod steps;
pub mod tickets;
pub mod user;
