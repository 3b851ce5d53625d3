//! The configuration: environment variables, read once, checked all together. Nothing else reads the environment.

mod network;
mod s3;
mod secret;
#[cfg(test)]
mod tests;
mod values;
mod variables;

use std::{fmt, net::SocketAddr, path::PathBuf};

use values::Values;

pub use network::{Network, NotANetwork};
pub use s3::S3Settings;
pub use secret::{Secret, load_secret};
pub use variables::{VARIABLES, Variable};

/// Where the server runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Environment {
    /// Everything embedded, the design page, readable logs.
    Development,
    /// Real services only, secure cookies, JSON logs.
    Production,
}

/// The checked configuration.
#[derive(Debug, Clone)]
pub struct Config {
    /// `TREK_ENV`.
    pub environment: Environment,
    /// `TREK_ADDR`.
    pub addr: SocketAddr,
    /// The origin of `TREK_PUBLIC_URL`, as browsers write it.
    pub public_url: String,
    /// `TREK_TRUSTED_PROXIES`.
    pub trusted_proxies: Vec<Network>,
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
    /// `S3_BUCKET` and what belongs to it; `None`: the embedded server keeps the files.
    pub s3: Option<S3Settings>,
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
        let mut values = Values::new(&variable);
        let environment = values.environment();
        let production = environment == Environment::Production;
        let addr = values.addr();
        let config = Self {
            environment,
            addr,
            public_url: values.public_url(addr),
            trusted_proxies: values.trusted_proxies(),
            data_dir: values.path("TREK_DATA_DIR", "./data"),
            site_dir: values.path("TREK_SITE_DIR", "./target/site"),
            secret: values.secret(),
            verify_email: values.switch("TREK_VERIFY_EMAIL", production),
            mongodb_uri: values.mongodb_uri(),
            mongod: values.get("MONGOD").map(PathBuf::from),
            mongod_dirs: values.mongod_dirs(),
            s3: s3::read(&mut values, production),
            smtp_url: values.smtp_url(production),
            mail_from: values.sender(),
            log: values.log(),
        };
        let has_sender = values.get("MAIL_FROM").is_some();
        let mut problems = values.problems;
        if production {
            config.refuse_what_is_unsafe(has_sender, &mut problems);
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
        refuse(self.s3.is_none(), "S3_BUCKET is not set; production does not keep files in a folder.");
        refuse(self.smtp_url.is_none(), "SMTP_URL is not set; production does not write mails to a folder.");
        refuse(!has_sender, "MAIL_FROM is not set; production needs the sender of its mails.");
    }
}
