//! Sessions: one signed-in browser or program each.

use serde::{Deserialize, Serialize};

use crate::shared::{id::Id, time::Time};

/// A session: one signed-in browser or program.
#[derive(Debug)]
pub struct Session;

/// The id of a [`Session`]; it names the session in lists and tokens and is no secret.
pub type SessionId = Id<Session>;

/// What holds a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum SessionKind {
    /// A browser, by its cookie.
    Browser,
    /// A program, by its tokens.
    Program,
}

/// A session as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct SessionRow {
    /// The id.
    pub id: SessionId,
    /// What holds it.
    pub kind: SessionKind,
    /// What it was signed in with, in words: `Chrome on Android`.
    pub device: String,
    /// When it was signed in.
    pub created_at: Time,
    /// When it was last used, to the minute.
    pub last_seen_at: Time,
    /// Whether it is the one that asks.
    pub current: bool,
}
