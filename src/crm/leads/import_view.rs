//! What the import page shows after a file was checked or imported.

use serde::{Deserialize, Serialize};
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::shared::error::AppError;

/// The first line of a file, in any order.
pub const HEADER: &str = "name,email,phone,trip,source,message,party_size,notes";

/// Where the file is posted to: the page itself.
pub const IMPORT_PATH: &str = "/leads/import";

/// A line that was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct BadLine {
    /// Its number in the file; the header is line 1.
    pub line: u64,
    /// What is wrong with it, field by field.
    pub problems: Vec<String>,
}

/// What the page keeps of a file that was checked, for the import.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeptFile {
    /// Nothing: there is no second step.
    #[default]
    No,
    /// The file itself, to be sent again.
    Here(String),
    /// It is too large.
    TooLarge,
    /// It is not text in UTF-8, and would not come back as it was.
    NotText,
}

/// What became of a file, or would become of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct ImportView {
    /// The name of the file.
    pub file: String,
    /// Whether it was only checked.
    pub dry_run: bool,
    /// How many leads are new.
    pub created: u64,
    /// How many were there and were touched.
    pub updated: u64,
    /// The lines that were left out.
    pub failed: Vec<BadLine>,
    /// What is kept of the file for the import.
    pub kept: KeptFile,
    /// Why nothing could be read at all.
    pub error: Option<AppError>,
}

impl ImportView {
    /// How many lines are good.
    pub const fn good(&self) -> u64 {
        self.created + self.updated
    }
}
