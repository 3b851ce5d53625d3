//! Pages that need no account and ship no script.

pub mod home;
