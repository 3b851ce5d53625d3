//! The configuration: environment variables, read once, checked all together. Nothing else reads the environment.

use std::{
    ffi::OsStr,
    fmt,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use crate::server::{clock::random_bytes, embedded::mongod_search_dirs};

/// A variable as the README's table shows it.
#[derive(Debug, Clone, Copy)]
pub struct Variable {
    /// Its name in the environment.
    pub name: &'static str,
    /// What holds when it is not set.
    pub default: &'static str,
    /// What it decides.
    pub meaning: &'static str,
}

/// All variables, in the order of the README.
pub const VARIABLES: &[Variable] = &[
    Variable {
        name: "TREK_ENV",
        default: "`development`",
        meaning: "`development` or `production`. Production refuses embedded servers, default secrets and plain-HTTP cookies at start.",
    },
    Variable { name: "TREK_ADDR", default: "`127.0.0.1:3000`", meaning: "Address and port to listen on." },
    Variable {
        name: "TREK_PUBLIC_URL",
        default: "`http://` and `TREK_ADDR`",
        meaning: "The address that people use; links in mails and the origin check go by it. Production wants `https://`.",
    },
    Variable {
        name: "TREK_DATA_DIR",
        default: "`./data`",
        meaning: "Folder of the embedded database, of written mails and of the generated secret.",
    },
    Variable { name: "TREK_SITE_DIR", default: "`./target/site`", meaning: "Folder of the built browser files." },
    Variable {
        name: "TREK_SECRET",
        default: "generated, kept in the data folder",
        meaning: "At least 32 characters; signing keys are derived from it. All processes share it. Required in production.",
    },
    Variable {
        name: "TREK_VERIFY_EMAIL",
        default: "`off`; `on` in production",
        meaning: "`on`: a new account starts when its e-mail address is confirmed.",
    },
    Variable {
        name: "MONGODB_URI",
        default: "an embedded `mongod`",
        meaning: "A MongoDB replica set, with the name of the database in its path. Required in production.",
    },
    Variable {
        name: "MONGOD",
        default: "`mongod` on `PATH`, then in `.tools`, then in `~/.cache/trek-tribe/tools`",
        meaning: "The `mongod` program for the embedded database.",
    },
    Variable {
        name: "SMTP_URL",
        default: "mails are written to the data folder",
        meaning: "`smtps://user:password@host` or `smtp://…?tls=required`. Required in production.",
    },
    Variable {
        name: "MAIL_FROM",
        default: "`Trek-Tribe <hello@trek-tribe.example>`",
        meaning: "The sender of all mails. Required in production.",
    },
    Variable {
        name: "RUST_LOG",
        default: "`info`",
        meaning: "What is logged, in the syntax of `tracing`'s `EnvFilter`.",
    },
];

/// Where the server runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Environment {
    /// Everything embedded, the design page, readable logs.
    Development,
    /// Real services only, secure cookies, JSON logs.
    Production,
}

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
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// The checked configuration.
#[derive(Debug, Clone)]
pub struct Config {
    /// `TREK_ENV`.
    pub environment: Environment,
    /// `TREK_ADDR`.
    pub addr: SocketAddr,
    /// `TREK_PUBLIC_URL`, without a slash at the end.
    pub public_url: String,
    /// `TREK_DATA_DIR`.
    pub data_dir: PathBuf,
    /// `TREK_SITE_DIR`.
    pub site_dir: PathBuf,
    /// `TREK_SECRET`; `None`: generated once and kept in the data folder.
    pub secret: Option<Secret>,
    /// `TREK_VERIFY_EMAIL`.
    pub verify_email: bool,
    /// `MONGODB_URI`.
    pub mongodb_uri: Option<Secret>,
    /// `MONGOD`.
    pub mongod: Option<PathBuf>,
    /// The folders where `mongod` is looked for when `MONGOD` does not name it.
    pub mongod_dirs: Vec<PathBuf>,
    /// `SMTP_URL`.
    pub smtp_url: Option<Secret>,
    /// `MAIL_FROM`.
    pub mail_from: String,
    /// `RUST_LOG`.
    pub log: String,
}

/// Everything that is wrong with the environment, a line each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problems(pub Vec<String>);

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for Problems {}

impl Config {
    /// The configuration from the process's environment.
    ///
    /// # Errors
    /// All problems at once.
    #[expect(clippy::disallowed_methods, reason = "the one home of the environment")]
    pub fn from_env() -> Result<Self, Problems> {
        Self::read(|name| std::env::var(name).ok())
    }

    /// The configuration from any source of variables; an empty value counts as not set.
    ///
    /// # Errors
    /// All problems at once.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Self, Problems> {
        let get = |name: &str| variable(name).filter(|value| !value.is_empty());
        let mut problems = Vec::new();
        let environment = match get("TREK_ENV").as_deref() {
            None | Some("development") => Environment::Development,
            Some("production") => Environment::Production,
            Some(other) => {
                problems.push(format!("TREK_ENV is `{other}`; it can be `development` or `production`."));
                Environment::Development
            }
        };
        let production = environment == Environment::Production;
        let addr = read_addr(get("TREK_ADDR"), &mut problems);
        let public_url =
            get("TREK_PUBLIC_URL").unwrap_or_else(|| format!("http://{addr}")).trim_end_matches('/').to_owned();
        if !public_url.starts_with("http://") && !public_url.starts_with("https://") {
            problems.push(format!("TREK_PUBLIC_URL is `{public_url}`; it must start with http:// or https://."));
        }
        let config = Self {
            environment,
            addr,
            public_url,
            data_dir: get("TREK_DATA_DIR").unwrap_or_else(|| "./data".into()).into(),
            site_dir: get("TREK_SITE_DIR").unwrap_or_else(|| "./target/site".into()).into(),
            secret: read_secret(get("TREK_SECRET"), &mut problems),
            verify_email: read_switch("TREK_VERIFY_EMAIL", get("TREK_VERIFY_EMAIL"), production, &mut problems),
            mongodb_uri: read_uri("MONGODB_URI", get("MONGODB_URI"), &["mongodb://", "mongodb+srv://"], &mut problems),
            mongod: get("MONGOD").map(PathBuf::from),
            mongod_dirs: find_mongod_dirs(get("PATH").as_deref(), get("HOME").as_deref()),
            smtp_url: read_uri("SMTP_URL", get("SMTP_URL"), &["smtp://", "smtps://"], &mut problems),
            mail_from: read_sender(get("MAIL_FROM"), &mut problems),
            log: get("RUST_LOG").unwrap_or_else(|| "info".into()),
        };
        if production {
            config.refuse_what_is_unsafe(get("MAIL_FROM").is_some(), &mut problems);
        }
        if problems.is_empty() { Ok(config) } else { Err(Problems(problems)) }
    }

    /// Whether this is production.
    pub fn is_production(&self) -> bool {
        self.environment == Environment::Production
    }

    fn refuse_what_is_unsafe(&self, has_sender: bool, problems: &mut Vec<String>) {
        let mut refuse = |unsafe_default: bool, line: &str| {
            if unsafe_default {
                problems.push(line.to_owned());
            }
        };
        refuse(
            !self.public_url.starts_with("https://"),
            "TREK_PUBLIC_URL must start with https:// in production; cookies are not sent over plain HTTP.",
        );
        refuse(self.secret.is_none(), "TREK_SECRET is not set; production needs at least 32 random characters.");
        refuse(self.mongodb_uri.is_none(), "MONGODB_URI is not set; production does not use the embedded database.");
        refuse(self.smtp_url.is_none(), "SMTP_URL is not set; production does not write mails to a folder.");
        refuse(!has_sender, "MAIL_FROM is not set; production needs the sender of its mails.");
    }
}

fn read_addr(value: Option<String>, problems: &mut Vec<String>) -> SocketAddr {
    let default = SocketAddr::from(([127, 0, 0, 1], 3000));
    let Some(text) = value else { return default };
    text.parse().unwrap_or_else(|_| {
        problems.push(format!("TREK_ADDR is `{text}`; it must be an address with a port such as 127.0.0.1:3000."));
        default
    })
}

fn read_secret(value: Option<String>, problems: &mut Vec<String>) -> Option<Secret> {
    let secret = value?;
    if secret.chars().count() < 32 {
        problems.push("TREK_SECRET is too short; it needs at least 32 characters.".into());
    }
    Some(Secret(secret))
}

fn read_switch(name: &str, value: Option<String>, default: bool, problems: &mut Vec<String>) -> bool {
    match value.as_deref() {
        None => default,
        Some("on") => true,
        Some("off") => false,
        Some(other) => {
            problems.push(format!("{name} is `{other}`; it can be `on` or `off`."));
            default
        }
    }
}

fn read_uri(name: &str, value: Option<String>, schemes: &[&str], problems: &mut Vec<String>) -> Option<Secret> {
    let uri = value?;
    if !schemes.iter().any(|scheme| uri.starts_with(scheme)) {
        problems.push(format!("{name} must start with {}.", schemes.join(" or ")));
    }
    Some(Secret(uri))
}

fn find_mongod_dirs(path: Option<&str>, home: Option<&str>) -> Vec<PathBuf> {
    let cache = home.map(|home| PathBuf::from(home).join(".cache"));
    mongod_search_dirs(path.map(OsStr::new), Path::new("."), cache.as_deref())
}

fn read_sender(value: Option<String>, problems: &mut Vec<String>) -> String {
    let sender = value.unwrap_or_else(|| "Trek-Tribe <hello@trek-tribe.example>".into());
    if sender.parse::<lettre::message::Mailbox>().is_err() {
        problems.push(format!("MAIL_FROM is `{sender}`; it must look like `Name <name@example.com>`."));
    }
    sender
}

/// The secret that keys are derived from: the configured one, else one that is generated once and kept in the data folder.
///
/// # Errors
/// When the folder cannot be written.
pub fn load_secret(config: &Config) -> std::io::Result<Secret> {
    use std::{fs, io::Write, os::unix::fs::OpenOptionsExt};
    if let Some(secret) = &config.secret {
        return Ok(secret.clone());
    }
    fs::create_dir_all(&config.data_dir)?;
    let path = config.data_dir.join("secret");
    match fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
        Ok(mut file) => {
            let secret: String = random_bytes::<32>().iter().map(|byte| format!("{byte:02x}")).collect();
            file.write_all(secret.as_bytes())?;
            Ok(Secret(secret))
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => fs::read_to_string(&path).map(Secret),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Config, Problems> {
        Config::read(|name| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn nothing_needs_to_be_set_in_development() {
        let config = read(&[]).unwrap();
        assert_eq!(config.public_url, "http://127.0.0.1:3000");
        assert!(!config.verify_email);
    }

    #[test]
    fn every_bad_value_has_a_line() {
        let Problems(lines) = read(&[
            ("TREK_ENV", "staging"),
            ("TREK_ADDR", "here"),
            ("TREK_SECRET", "short"),
            ("TREK_VERIFY_EMAIL", "maybe"),
            ("MONGODB_URI", "postgres://x"),
            ("SMTP_URL", "http://x"),
            ("MAIL_FROM", "nobody"),
            ("TREK_PUBLIC_URL", "ftp://x"),
        ])
        .unwrap_err();
        for name in [
            "TREK_ENV",
            "TREK_ADDR",
            "TREK_SECRET",
            "TREK_VERIFY_EMAIL",
            "MONGODB_URI",
            "SMTP_URL",
            "MAIL_FROM",
            "TREK_PUBLIC_URL",
        ] {
            assert_eq!(lines.iter().filter(|line| line.starts_with(name)).count(), 1, "{name}: {lines:?}");
        }
    }

    #[test]
    fn production_refuses_unsafe_defaults() {
        let Problems(lines) = read(&[("TREK_ENV", "production")]).unwrap_err();
        for name in ["TREK_PUBLIC_URL", "TREK_SECRET", "MONGODB_URI", "SMTP_URL", "MAIL_FROM"] {
            assert!(lines.iter().any(|line| line.starts_with(name)), "{name}: {lines:?}");
        }
    }

    #[test]
    fn secrets_do_not_show_in_logs() {
        let secret = "mongodb://user:hunter2-hunter2@host/trek";
        let config =
            read(&[("MONGODB_URI", secret), ("TREK_SECRET", "0123456789012345678901234567890123456789")]).unwrap();
        let shown = format!("{config:?}");
        assert!(!shown.contains("hunter2") && !shown.contains("0123456789012345"), "{shown}");
    }
}
