//! Who is asking. An [`Actor`] is only made here, from a session that stands in the database, so that holding one means being signed in.

use crate::{
    crm::accounts::user::{Role, UserId},
    shared::{error::AppError, id::Id},
};

/// A session: one signed-in browser or program.
#[derive(Debug)]
pub struct Session;

/// The id of a [`Session`]; it names the session in lists and tokens and is no secret.
pub type SessionId = Id<Session>;

/// The person who asks, as their session says at this moment.
#[derive(Debug, Clone)]
pub struct Actor {
    user: UserId,
    role: Role,
    session: SessionId,
    name: String,
    time_zone: String,
}

impl Actor {
    /// Who it is.
    pub fn user(&self) -> UserId {
        self.user
    }

    /// What they are.
    pub fn role(&self) -> Role {
        self.role
    }

    /// The session they ask from.
    pub fn session(&self) -> SessionId {
        self.session
    }

    /// Their name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Their IANA time zone.
    pub fn time_zone(&self) -> &str {
        &self.time_zone
    }

    /// Lets only these roles pass.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for the others.
    pub fn require_role(&self, allowed: &[Role]) -> Result<(), AppError> {
        if allowed.contains(&self.role) { Ok(()) } else { Err(AppError::Forbidden) }
    }
}
