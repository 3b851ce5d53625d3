//! The doors of the pages to the tickets: each finds the actor, calls one function, and wraps the answer. No rule is here.

#![expect(missing_docs, reason = "the fields of the types that `#[server]` makes are its arguments")]

pub mod answers;
pub mod list;
pub mod ticket;
