//! What the frame shows, as the server hands it over.

use serde::{Deserialize, Serialize};

use crate::crm::accounts::user::Role;

/// Who is signed in and what waits for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameView {
    /// Their name.
    pub name: String,
    /// What they are.
    pub role: Role,
}
