//! People: their roles, states and what is known of them.

use serde::{Deserialize, Serialize};

use crate::shared::{
    checks::Checks,
    contact::{Email, Phone},
    error::AppError,
    id::Id,
    time::Time,
};

/// The id of a [`User`].
pub type UserId = Id<User>;

/// What somebody is in the marketplace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum Role {
    /// A traveller.
    User,
    /// Sells trips.
    Organizer,
    /// Runs the marketplace.
    Admin,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 3] = [Self::User, Self::Organizer, Self::Admin];

    /// The name on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Organizer => "organizer",
            Self::Admin => "admin",
        }
    }

    /// The name that people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::User => "Traveller",
            Self::Organizer => "Organizer",
            Self::Admin => "Admin",
        }
    }
}

/// Whether somebody may sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum UserState {
    /// Yes.
    #[default]
    Active,
    /// No: an admin has closed the account.
    Disabled,
}

impl UserState {
    /// All states.
    pub const ALL: [Self; 2] = [Self::Active, Self::Disabled];

    /// The name on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Disabled => "disabled",
        }
    }

    /// The name that people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::Disabled => "Disabled",
        }
    }
}

/// The language of pages and mails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum Locale {
    /// English.
    #[default]
    En,
    /// Hindi.
    Hi,
}

impl Locale {
    /// The name on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Hi => "hi",
        }
    }
}

/// A person with an account, without their password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct User {
    /// The id.
    pub id: UserId,
    /// The name: a person's, or for organizers that of the business.
    pub name: String,
    /// Unique in the marketplace.
    pub email: Email,
    /// How else to reach them.
    pub phone: Option<Phone>,
    /// What they are.
    pub role: Role,
    /// Whether they may sign in.
    pub state: UserState,
    /// Their language.
    pub locale: Locale,
    /// An IANA time zone; `Asia/Kolkata` unless they chose another.
    pub time_zone: String,
    /// Whether the address was confirmed.
    pub email_verified: bool,
    /// When the account was made.
    pub created_at: Time,
    /// Counts changes; a stale one is refused.
    pub version: u32,
}

/// What an account may do just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Capabilities {
    /// Whether they may change leads, export them and see contact details.
    pub crm_access: bool,
}

/// The person who asks, as they see themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Me {
    /// What is known of them.
    #[serde(flatten)]
    pub user: User,
    /// What they may do.
    pub capabilities: Capabilities,
}

/// Which people an admin looks for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleFilter {
    /// Beginnings of words of their names and addresses.
    pub q: Option<String>,
    /// What they are.
    pub role: Option<Role>,
    /// Whether they may sign in.
    pub state: Option<UserState>,
}

impl PeopleFilter {
    /// Refuses what nobody searches for.
    ///
    /// # Errors
    /// [`AppError::InvalidInput`] for a search that is too long.
    pub fn check(&self) -> Result<(), AppError> {
        let mut checks = Checks::new();
        checks.search("q", self.q.as_deref().unwrap_or_default());
        checks.finish()
    }

    /// The filter that the texts of an address describe; an empty one is any.
    ///
    /// # Errors
    /// [`AppError::InvalidInput`] for a value that is not possible.
    pub fn read(q: &str, role: &str, state: &str) -> Result<Self, AppError> {
        let mut checks = Checks::new();
        let filter = Self {
            q: Some(q.to_owned()).filter(|q| !q.is_empty()),
            role: checks.filter("role", role, |name| Role::ALL.into_iter().find(|role| role.as_str() == name)),
            state: checks
                .filter("state", state, |name| UserState::ALL.into_iter().find(|state| state.as_str() == name)),
        };
        checks.finish()?;
        Ok(filter)
    }
}

/// Whoever is signed in, as the shell shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Viewer {
    /// Their id.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// What they are.
    pub role: Role,
    /// Their language.
    pub locale: Locale,
    /// Their time zone.
    pub time_zone: String,
}
