//! The pages. Each asks its context for what it shows and builds it from the parts.

mod design;

pub use design::DesignPage;
