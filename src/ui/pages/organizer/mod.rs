//! The pages on which organizers work; admins see the same ones with everybody's leads.

pub mod lead;
pub mod today;
