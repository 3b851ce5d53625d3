//! The rules of accounts, a module for each part: coming in, being somebody, and, for admins, who there is.

mod oversight;
mod passwords;
mod people;
mod profile;
mod registration;
mod sessions;

pub use super::repository::Account;
pub use oversight::{
    find_mail, find_sample, list_audit, list_job_problems, list_outbox, list_samples, resend_mail, send_test_mail,
};
pub use passwords::{
    PasswordChange, PasswordReset, change_password, check_forgot_rate, check_reset_rate, forgot_password,
    reset_password,
};
pub use people::{
    Invitation, PersonChanges, change_person, create_admin, end_sessions_of, find_person, find_reachable,
    invite_person, list_admins, list_organizers_in_zone, list_people, list_zones_of_organizers, require_user,
    store_accounts,
};
pub use profile::{ProfileChanges, change_me, end_session, list_sessions, show_me};
pub use registration::{Registered, Registration, check_registration_rate, register, verify_email};
pub use sessions::{
    Credentials, SignedIn, check_sign_in_rate, end_by_key, is_signed_in, refresh_tokens, sign_in, sign_out,
};
