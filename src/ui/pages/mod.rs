//! The pages, a folder for each kind of person who sees them. Each asks its context for what it shows and builds it from the parts.

pub mod design;
pub mod not_found;
pub mod public;

pub use design::DesignPage;
