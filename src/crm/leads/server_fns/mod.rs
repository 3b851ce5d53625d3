//! The doors of the pages to the leads, a file for each page or form: each finds the actor, calls one service function, and
//! wraps the answer. No rule is here.

#![expect(missing_docs, reason = "the fields of the types that `#[server]` makes are its arguments")]

pub mod board;
pub mod enquiries;
pub mod enquiry;
pub mod import;
pub mod lead;
pub mod list;
pub mod views;
