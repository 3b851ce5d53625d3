//! Pages of organizers; admins see the same ones with everybody's things.

pub mod trips;
