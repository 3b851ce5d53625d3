//! The one error of the product: what every door (page, REST, socket) answers when something cannot be done.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What is wrong with each field, by its name on the wire, in sentences for people.
pub type FieldErrors = BTreeMap<String, Vec<String>>;

/// A refusal or failure, with what a person needs to go on. Statuses and codes are those of the API contract (api.md, "Envelope").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{}", self.message())]
#[serde(rename_all = "snake_case")]
pub enum AppError {
    /// The request cannot be read: not JSON, a bad cursor.
    MalformedRequest(String),
    /// A webhook's signature does not fit its body.
    BadSignature,
    /// Nobody is signed in, or no longer.
    Unauthenticated,
    /// Signing in did not work, and why.
    SignInRefused(String),
    /// CRM access has run out.
    CrmAccessRequired,
    /// No trip slot is left.
    TripSlotRequired,
    /// The role may never do this.
    Forbidden,
    /// An unsafe request came from another site.
    BadOrigin,
    /// Absent, or not theirs.
    NotFound,
    /// The path exists, the method does not.
    MethodNotAllowed,
    /// Somebody changed it in between, or it exists already.
    Conflict(String),
    /// The lifecycle has no such step.
    StepRefused {
        /// Why, for a person.
        message: String,
        /// The statuses that the asker can move it to.
        allowed_next: Vec<String>,
    },
    /// Fewer seats are left than asked for.
    NoSeatsLeft {
        /// How many there are.
        left: u32,
    },
    /// The body is larger than allowed.
    TooLarge,
    /// The address is longer than allowed.
    UriTooLong,
    /// The body is of a kind that this route does not take.
    UnsupportedMediaType,
    /// Fields with wrong values.
    InvalidInput(FieldErrors),
    /// A field, parameter or filter that this route does not know.
    UnknownField(String),
    /// Too many tries; again after so many seconds.
    TooManyRequests {
        /// Seconds.
        retry_after: u32,
    },
    /// The headers are larger than allowed.
    HeadersTooLarge,
    /// The database or a service is away; nothing was changed.
    Unavailable,
    /// Many things were to be done, and the database went away between two of them. Says what is done, and how to go on.
    PartlyDone(String),
    /// Somebody else wrote the same thing at the same moment; the transaction may be tried again.
    Busy,
    /// A bug. The detail is in the log, under the request's id.
    Internal,
}

impl AppError {
    /// One wrong field.
    pub fn field(name: &str, message: impl Into<String>) -> Self {
        Self::InvalidInput(BTreeMap::from([(name.to_owned(), vec![message.into()])]))
    }

    /// The stale-version conflict.
    pub fn stale() -> Self {
        Self::Conflict("Somebody changed this in the meantime. Look at the current state, then try again.".into())
    }

    /// The HTTP status.
    pub const fn status(&self) -> u16 {
        match self {
            Self::MalformedRequest(_) | Self::BadSignature => 400,
            Self::Unauthenticated | Self::SignInRefused(_) => 401,
            Self::CrmAccessRequired | Self::TripSlotRequired => 402,
            Self::Forbidden | Self::BadOrigin => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::Conflict(_) | Self::StepRefused { .. } | Self::NoSeatsLeft { .. } => 409,
            Self::TooLarge => 413,
            Self::UriTooLong => 414,
            Self::UnsupportedMediaType => 415,
            Self::InvalidInput(_) | Self::UnknownField(_) => 422,
            Self::TooManyRequests { .. } => 429,
            Self::HeadersTooLarge => 431,
            Self::Unavailable | Self::PartlyDone(_) | Self::Busy => 503,
            Self::Internal => 500,
        }
    }

    /// The word that programs go by (`error` in the envelope).
    pub const fn code(&self) -> &'static str {
        match self {
            Self::MalformedRequest(_) => "malformed_request",
            Self::BadSignature => "bad_signature",
            Self::Unauthenticated | Self::SignInRefused(_) => "unauthenticated",
            Self::CrmAccessRequired => "crm_access_required",
            Self::TripSlotRequired => "trip_slot_required",
            Self::Forbidden => "forbidden",
            Self::BadOrigin => "bad_origin",
            Self::NotFound => "not_found",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::Conflict(_) => "conflict",
            Self::StepRefused { .. } => "step_refused",
            Self::NoSeatsLeft { .. } => "no_seats_left",
            Self::TooLarge => "too_large",
            Self::UriTooLong => "uri_too_long",
            Self::UnsupportedMediaType => "unsupported_media_type",
            Self::InvalidInput(_) => "invalid_input",
            Self::UnknownField(_) => "unknown_field",
            Self::TooManyRequests { .. } => "too_many_requests",
            Self::HeadersTooLarge => "headers_too_large",
            Self::Unavailable | Self::PartlyDone(_) | Self::Busy => "unavailable",
            Self::Internal => "internal",
        }
    }

    /// A whole sentence for people that says what to do.
    pub fn message(&self) -> String {
        match self {
            Self::MalformedRequest(message)
            | Self::SignInRefused(message)
            | Self::Conflict(message)
            | Self::PartlyDone(message)
            | Self::StepRefused { message, .. } => message.clone(),
            Self::BadSignature => "The signature does not fit the body.".into(),
            Self::Unauthenticated => "Sign in first.".into(),
            Self::CrmAccessRequired => {
                "Your CRM access has run out. Get the CRM bundle to go on; nothing is lost.".into()
            }
            Self::TripSlotRequired => "You have no trip slot left. Buy a trip package to go on.".into(),
            Self::Forbidden => "Your role does not allow this.".into(),
            Self::BadOrigin => "This request came from another site. Open the page again and repeat it there.".into(),
            Self::NotFound => "There is nothing here. It may have been removed, or the address is wrong.".into(),
            Self::MethodNotAllowed => "This address does not take that method.".into(),
            Self::NoSeatsLeft { left: 0 } => "This departure is full. Choose another one.".into(),
            Self::NoSeatsLeft { left: 1 } => {
                "Only one seat is left on this departure. Book fewer people or choose another one.".into()
            }
            Self::NoSeatsLeft { left } => {
                format!("Only {left} seats are left on this departure. Book fewer people or choose another one.")
            }
            Self::TooLarge => "This is too large. Send less at once.".into(),
            Self::UriTooLong => "This address is too long.".into(),
            Self::UnsupportedMediaType => "This route does not take that kind of body. Send JSON.".into(),
            Self::InvalidInput(fields) => match fields.values().flatten().next() {
                Some(first) if fields.len() == 1 => first.clone(),
                _ => "Some fields need another look.".into(),
            },
            Self::UnknownField(name) => format!("“{name}” is not known here. Leave it out."),
            Self::TooManyRequests { retry_after } => {
                format!("Too many tries. Wait {}, then try again.", wait_in_words(*retry_after))
            }
            Self::HeadersTooLarge => "The headers of this request are too large.".into(),
            Self::Unavailable => "This cannot be done just now. Nothing was changed; try again in a moment.".into(),
            Self::Busy => "Somebody else is changing the same thing. Nothing was changed; try again.".into(),
            Self::Internal => {
                "Something went wrong on our side. Nothing was changed; try again, and tell us if it stays.".into()
            }
        }
    }

    /// What is wrong with each field; empty for other errors.
    pub fn fields(&self) -> FieldErrors {
        match self {
            Self::InvalidInput(fields) => fields.clone(),
            Self::UnknownField(name) => BTreeMap::from([(name.clone(), vec![self.message()])]),
            _ => FieldErrors::new(),
        }
    }

    /// The sentences about one field.
    pub fn field_messages(&self, name: &str) -> Vec<String> {
        match self {
            Self::InvalidInput(fields) => fields.get(name).cloned().unwrap_or_default(),
            _ => Vec::new(),
        }
    }
}

fn wait_in_words(seconds: u32) -> String {
    match seconds {
        0..=1 => "a second".into(),
        2..=90 => format!("{seconds} seconds"),
        _ => format!("{} minutes", seconds.div_ceil(60)),
    }
}
