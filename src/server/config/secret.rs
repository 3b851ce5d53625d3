//! The secret that keys are derived from, and texts that never show up in logs.

use std::{
    fmt, fs,
    io::{self, ErrorKind, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use super::Config;
use crate::server::clock::random_bytes;

/// A secret of fewer characters could be guessed.
const MIN: usize = 32;

/// A text that never shows up in logs.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Keeps a text secret.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, for the one who needs it.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether it is long enough to derive keys from.
    pub(super) fn is_strong(&self) -> bool {
        self.0.chars().count() >= MIN
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// The secret that keys are derived from: the configured one, else one that is generated once and kept in the data folder.
///
/// # Errors
/// When the folder cannot be written, or what is kept there is no secret.
pub fn load_secret(config: &Config) -> io::Result<Secret> {
    if let Some(secret) = &config.secret {
        return Ok(secret.clone());
    }
    fs::create_dir_all(&config.data_dir)?;
    let path = config.data_dir.join("secret");
    if !fs::exists(&path)? {
        keep_new(&path)?;
    }
    let secret = Secret(fs::read_to_string(&path)?);
    if secret.is_strong() {
        return Ok(secret);
    }
    let problem = format!(
        "{} holds no whole secret. Put it back from a copy, or remove it: then a new one is made, and everybody has to sign in again.",
        path.display()
    );
    Err(io::Error::new(ErrorKind::InvalidData, problem))
}

/// Written aside and put into place whole. Of two processes that do so at once, the first one's stays.
fn keep_new(path: &Path) -> io::Result<()> {
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let part = path.with_extension(hex(&random_bytes::<8>()));
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&part)?;
    let written = file.write_all(hex(&random_bytes::<32>()).as_bytes()).and_then(|()| file.sync_all());
    // A link is not made over a file that is there; a rename would take its place.
    let placed = written.and_then(|()| fs::hard_link(&part, path));
    fs::remove_file(&part)?;
    match placed {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        placed => placed,
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    /// A data folder of its own; removed when it is dropped.
    struct Folder(Config);

    impl Folder {
        fn new(name: &str) -> Self {
            let mut config = Config::read(|_| None).unwrap();
            config.data_dir = std::env::temp_dir().join(format!("trek-tribe-secret-{name}-{}", std::process::id()));
            drop(fs::remove_dir_all(&config.data_dir));
            Self(config)
        }

        fn put(&self, text: &str) {
            fs::create_dir_all(&self.0.data_dir).unwrap();
            fs::write(self.0.data_dir.join("secret"), text).unwrap();
        }

        fn files(&self) -> usize {
            fs::read_dir(&self.0.data_dir).unwrap().count()
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            drop(fs::remove_dir_all(&self.0.data_dir));
        }
    }

    #[test]
    fn a_secret_is_made_once_and_stays() {
        let folder = Folder::new("once");
        let first = load_secret(&folder.0).unwrap();
        assert!(first.is_strong() && load_secret(&folder.0).unwrap() == first);
        assert_eq!(folder.files(), 1, "nothing lies beside it");
    }

    #[test]
    fn processes_that_start_at_once_have_one_secret() {
        let folder = Folder::new("race");
        let secrets: Vec<Secret> = thread::scope(|scope| {
            let loading: Vec<_> = (0..8).map(|_| scope.spawn(|| load_secret(&folder.0).unwrap())).collect();
            loading.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(secrets.windows(2).all(|pair| pair[0] == pair[1]));
        assert_eq!(folder.files(), 1, "nothing lies beside it");
    }

    #[test]
    fn an_empty_or_cut_secret_is_no_key() {
        let folder = Folder::new("cut");
        for text in ["", "0123456789abcdef"] {
            folder.put(text);
            let problem = load_secret(&folder.0).unwrap_err();
            assert!(problem.to_string().contains("holds no whole secret"), "{problem}");
        }
        let whole = "0123456789abcdef0123456789abcdef";
        folder.put(whole);
        assert_eq!(load_secret(&folder.0).unwrap(), Secret::new(whole));
    }
}
