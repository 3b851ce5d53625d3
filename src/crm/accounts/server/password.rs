//! Passwords: what is required of them, and how they are hashed. Hashing is slow and heavy on purpose; it runs beside the
//! async threads, as many at once as there are cores.

use std::{fmt, sync::LazyLock, thread};

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version,
    password_hash::{self, phc::PasswordHash},
};
use serde::Deserialize;
use tokio::{sync::Semaphore, task::spawn_blocking};

use crate::{
    server::clock::random_bytes,
    shared::{checks::Checks, error::AppError},
};

const MIN: usize = 10;
const MAX: usize = 128;

/// A hash that no password has, with the cost of a real one: unknown addresses take as long as known ones.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5J3Mgc2FsdCE$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

static HASHING: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(thread::available_parallelism().map_or(1, usize::from)));

/// A password as it was typed. It shows up in no log.
#[derive(Clone, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(transparent)]
pub struct Password(String);

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

impl From<String> for Password {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Password {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl Password {
    /// Notes what is wrong with it as a new password of somebody with that address.
    pub fn check(&self, checks: &mut Checks, email: &str) {
        let length = self.0.chars().count();
        checks.require("password", length >= MIN, format!("Choose a password of at least {MIN} characters."));
        checks.require("password", length <= MAX, format!("A password has at most {MAX} characters."));
        let is_address = self.0.trim().eq_ignore_ascii_case(email.trim());
        checks.require("password", !is_address, "Choose a password that is not your e-mail address.");
    }

    /// Its hash, with a salt of its own, in the PHC format.
    ///
    /// # Errors
    /// When the machine cannot hash just now.
    pub async fn hash(&self) -> Result<String, AppError> {
        let text = self.0.clone();
        hash_aside(move || {
            let hash: PasswordHash = argon2()?.hash_password_with_salt(text.as_bytes(), &random_bytes::<16>())?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Whether it is the password of that hash; without one it takes as long and is not.
    ///
    /// # Errors
    /// When the stored hash cannot be read.
    pub async fn fits(&self, hash: Option<&str>) -> Result<bool, AppError> {
        let (text, known) = (self.0.clone(), hash.is_some());
        let hash = hash.unwrap_or(NOBODYS).to_owned();
        hash_aside(move || {
            let hash = PasswordHash::new(&hash)?;
            match argon2()?.verify_password(text.as_bytes(), &hash) {
                Ok(()) => Ok(known),
                Err(password_hash::Error::PasswordInvalid) => Ok(false),
                Err(error) => Err(error),
            }
        })
        .await
    }
}

fn argon2() -> Result<Argon2<'static>, password_hash::Error> {
    let params = Params::new(19_456, 2, 1, None).map_err(|_| password_hash::Error::ParamsInvalid)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

async fn hash_aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, password_hash::Error> + Send + 'static,
) -> Result<T, AppError> {
    let _turn = HASHING.acquire().await.map_err(|_| AppError::Unavailable)?;
    match spawn_blocking(work).await {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => {
            tracing::error!(%error, "a password cannot be hashed");
            Err(AppError::Internal)
        }
        Err(error) => {
            tracing::error!(%error, "a password was not hashed to the end");
            Err(AppError::Internal)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_fits_its_own_hash_only() {
        let password = Password::from("correct horse battery");
        let hash = password.hash().await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(password.fits(Some(&hash)).await.unwrap());
        assert!(!Password::from("correct horse batterY").fits(Some(&hash)).await.unwrap());
        assert!(!password.fits(None).await.unwrap());
    }

    #[test]
    fn a_password_does_not_show() {
        assert_eq!(format!("{:?}", Password::from("correct horse battery")), "…");
    }

    #[test]
    fn short_long_and_obvious_passwords_are_refused() {
        for wrong in ["short", "Asha.Rao@example.in", &"x".repeat(129)] {
            let mut checks = Checks::new();
            Password::from(wrong).check(&mut checks, "asha.rao@example.in");
            assert!(checks.has("password"), "{wrong}");
        }
    }
}
