//! The pages, a folder for each kind of person who sees them. Each asks its context for what it shows and builds it from the parts.

mod design;
pub mod frame;
pub mod not_found;
mod places;
mod problem;
pub mod public;
mod shortcuts;

pub use design::DesignPage;
pub use problem::ProblemPage;
pub use shortcuts::on_shortcut;
