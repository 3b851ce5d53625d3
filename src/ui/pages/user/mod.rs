//! Pages of travellers who are signed in.

pub mod home;
