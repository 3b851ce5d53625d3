//! What an import of a file came to.

use serde::{Deserialize, Serialize};

use crate::shared::error::FieldErrors;

/// The most leads of one file.
pub const MAX_ROWS: usize = 5_000;

/// What became of the lines of a file, or would become of them (dry run).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ImportOutcome {
    /// Lines that made a lead.
    pub created: u32,
    /// Lines whose lead was there.
    pub updated: u32,
    /// Lines that were left out.
    pub failed: Vec<FailedLine>,
}

/// A line that was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct FailedLine {
    /// Its number in the file; the header is line 1.
    pub line: u64,
    /// What is wrong, by column; `line` for the line as a whole.
    pub fields: FieldErrors,
}
