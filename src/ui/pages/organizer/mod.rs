//! Pages on which organizers work; admins see the same ones with everybody's things.

pub mod lead;
pub mod leads;
mod moved;
pub mod today;
pub mod trips;
