//! What every part of both builds may use: identifiers, time, money, errors, lifecycles, pages. No I/O, no framework.

pub mod audit;
pub mod checks;
pub mod contact;
pub mod error;
pub mod excerpt;
pub mod id;
pub mod lifecycle;
pub mod mail;
pub mod money;
pub mod named;
pub mod page;
pub mod patch;
pub mod query;
pub mod sort;
pub mod time;
