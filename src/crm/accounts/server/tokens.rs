//! The tokens of programs: an access token (JWT) that lives 15 minutes and a refresh token that is used once. Both are made
//! from the session's row and our key alone, so the database holds no token, and renewing twice in a row gives the same pair.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use jiff::SignedDuration;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

use crate::{
    crm::accounts::{
        session::SessionId,
        user::{Role, UserId},
    },
    server::{keys::Key, state::App},
    shared::{error::AppError, id::Id, time::Time},
};

const ACCESS: SignedDuration = SignedDuration::from_mins(15);
const ISSUER: &str = "trek-tribe";
const AUDIENCE: &str = "trek-tribe-api";

/// Whose access token it is, and until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// The person.
    pub sub: UserId,
    /// What they were when it was made; the session says what they are.
    pub role: Role,
    /// Made at, in seconds since 1970.
    pub iat: i64,
    /// Not good before.
    pub nbf: i64,
    /// Not good from here on.
    pub exp: i64,
    /// Who made it.
    pub iss: String,
    /// Whom it is for.
    pub aud: String,
    /// Tells tokens apart.
    pub jti: String,
    /// The session.
    pub sid: SessionId,
}

/// What the tokens of a session are made from.
#[derive(Debug, Clone, Copy)]
pub struct Issue {
    /// The session.
    pub session: SessionId,
    /// Its person.
    pub user: UserId,
    /// What they are.
    pub role: Role,
    /// How often the tokens were renewed.
    pub generation: u32,
    /// When they were renewed last.
    pub at: Time,
}

/// A pair of tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// For the `Authorization` header.
    pub access: String,
    /// For the next pair.
    pub refresh: String,
}

/// The pair of a session's generation.
///
/// # Errors
/// When signing fails.
pub fn issue_pair(app: &App, issue: &Issue) -> Result<Pair, AppError> {
    let seconds = issue.at.millis().div_euclid(1_000);
    let unique = key(app, "token ids").sign(&refresh_body(issue.session, issue.generation));
    let claims = Claims {
        sub: issue.user,
        role: issue.role,
        iat: seconds,
        nbf: seconds,
        exp: seconds + ACCESS.as_secs(),
        iss: ISSUER.into(),
        aud: AUDIENCE.into(),
        jti: BASE64_URL_SAFE_NO_PAD.encode(&unique[..16]),
        sid: issue.session,
    };
    let signing = EncodingKey::from_secret(key(app, "access tokens").bytes());
    let access = encode(&Header::new(Algorithm::HS256), &claims, &signing).map_err(|error| {
        tracing::error!(%error, "a token cannot be signed");
        AppError::Internal
    })?;
    Ok(Pair { access, refresh: write_refresh(app, issue.session, issue.generation) })
}

/// What an access token says, if it is ours and good at this moment.
///
/// # Errors
/// [`AppError::Unauthenticated`] otherwise.
pub fn read_access(app: &App, token: &str) -> Result<Claims, AppError> {
    let mut rules = Validation::new(Algorithm::HS256);
    rules.set_issuer(&[ISSUER]);
    rules.set_audience(&[AUDIENCE]);
    rules.set_required_spec_claims(&["exp", "nbf", "aud", "iss", "sub"]);
    // The library would look at the system's clock; ours is asked below.
    rules.validate_exp = false;
    rules.validate_nbf = false;
    let checking = DecodingKey::from_secret(key(app, "access tokens").bytes());
    let claims = decode::<Claims>(token, &checking, &rules).map_err(|_| AppError::Unauthenticated)?.claims;
    let now = app.clock.now().millis();
    let is_good = claims.nbf.saturating_mul(1_000) <= now && now < claims.exp.saturating_mul(1_000);
    if is_good { Ok(claims) } else { Err(AppError::Unauthenticated) }
}

/// The session and generation of a refresh token, if it is ours.
///
/// # Errors
/// [`AppError::Unauthenticated`] otherwise.
pub fn read_refresh(app: &App, token: &str) -> Result<(SessionId, u32), AppError> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(token).map_err(|_| AppError::Unauthenticated)?;
    let bytes: [u8; 48] = bytes.try_into().map_err(|_| AppError::Unauthenticated)?;
    let (body, signature) = bytes.split_at(16);
    let expected = key(app, "refresh tokens").sign(body);
    if !bool::from(expected.ct_eq(signature)) {
        return Err(AppError::Unauthenticated);
    }
    let (mut session, mut generation) = ([0; 12], [0; 4]);
    session.copy_from_slice(&body[..12]);
    generation.copy_from_slice(&body[12..]);
    Ok((Id::from_bytes(session), u32::from_be_bytes(generation)))
}

fn write_refresh(app: &App, session: SessionId, generation: u32) -> String {
    let body = refresh_body(session, generation);
    let signature = key(app, "refresh tokens").sign(&body);
    BASE64_URL_SAFE_NO_PAD.encode([body.as_slice(), signature.as_slice()].concat())
}

fn refresh_body(session: SessionId, generation: u32) -> [u8; 16] {
    let mut body = [0; 16];
    body[..12].copy_from_slice(&session.bytes());
    body[12..].copy_from_slice(&generation.to_be_bytes());
    body
}

fn key(app: &App, label: &str) -> Key {
    Key::derive(&app.secret, label)
}
