//! Keys and fingerprints. Every key is derived from the one secret of the configuration under a label of its own, so that
//! what one part signs means nothing to another.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::server::config::Secret;

/// A key for one purpose.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl Key {
    /// The key of that label: HMAC-SHA-256 of the label under the hashed secret.
    pub fn derive(secret: &Secret, label: &str) -> Self {
        let root = Self(Sha256::digest(secret.reveal()).into());
        Self(root.sign(label.as_bytes()))
    }

    /// The signature of a message: HMAC-SHA-256.
    pub fn sign(&self, message: &[u8]) -> [u8; 32] {
        let mut block = [0; 64];
        block[..32].copy_from_slice(&self.0);
        Hmac::<Sha256>::new(&block.into()).chain_update(message).finalize().into_bytes().into()
    }

    /// The bytes, for a library that signs by itself.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// What is stored of a secret that somebody else holds: its SHA-256. Only for secrets that nobody can guess.
pub fn fingerprint(secret: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_make_different_keys_of_one_secret() {
        let secret = Secret::new("a secret of the tests, long enough to pass");
        assert_ne!(Key::derive(&secret, "a").bytes(), Key::derive(&secret, "b").bytes());
        assert_eq!(Key::derive(&secret, "a").bytes(), Key::derive(&secret, "a").bytes());
    }
}
