//! The rules of accounts, a module for each part: coming in, being somebody, and, for admins, who there is.

mod people;
mod registration;
mod sessions;

pub use people::{create_admin, require_user, store_accounts};
pub use registration::{Registered, Registration, register};
pub use sessions::{Credentials, SignedIn, refresh_tokens, sign_in, sign_out};
