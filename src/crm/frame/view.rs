//! What the frame shows, as the server hands it over.

use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::crm::{
    accounts::user::{Role, UserId},
    leads::listing::ViewTab,
};

/// Who is signed in and what waits for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct FrameView {
    /// When it was made, in milliseconds since 1970 UTC: a number, which the browser has the code for.
    pub made_at: i64,
    /// Who they are.
    pub person: UserId,
    /// Their name.
    pub name: String,
    /// What they are.
    pub role: Role,
    /// How many leads wait for them: their follow-up has come; none for travellers, and beyond what is counted.
    pub due: Option<u32>,
    /// In how many leads there is work to do.
    pub open_leads: Option<u32>,
    /// How many notifications they have not read: exact up to 1,000; beyond, it is 1,001.
    pub unread: u32,
    /// How many tickets are open: all of them for admins, for others their own; none where there are none.
    pub open_tickets: Option<u32>,
    /// How many messages they have not read, for admins those of support that none of them has; none where there are none.
    pub unread_messages: Option<u32>,
    /// The saved views that they pinned.
    pub pinned: Vec<ViewTab>,
}
