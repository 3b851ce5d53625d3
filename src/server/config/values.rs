//! How each variable is read. What is wrong with it becomes a line; nothing that may hold a password is repeated there.

use std::{
    ffi::OsStr,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use axum::http::Uri;
use lettre::{AsyncSmtpTransport, Tokio1Executor, message::Mailbox};
use tracing_subscriber::EnvFilter;

use super::{Environment, Network, NotANetwork, Secret};
use crate::server::{embedded::mongod_search_dirs, mongo};

const SENDER: &str = "Trek-Tribe <hello@trek-tribe.example>";

/// The variables, and what was found to be wrong with them so far.
pub(super) struct Values<'a> {
    variable: &'a dyn Fn(&str) -> Option<String>,
    pub(super) problems: Vec<String>,
}

impl<'a> Values<'a> {
    pub(super) fn new(variable: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Self { variable, problems: Vec::new() }
    }

    /// The value of a variable; an empty one counts as not set.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        (self.variable)(name).filter(|value| !value.is_empty())
    }

    pub(super) fn path(&self, name: &str, default: &str) -> PathBuf {
        self.get(name).unwrap_or_else(|| default.to_owned()).into()
    }

    pub(super) fn environment(&mut self) -> Environment {
        match self.get("TREK_ENV").as_deref() {
            None | Some("development") => Environment::Development,
            Some("production") => Environment::Production,
            Some(other) => {
                self.refuse(format!("TREK_ENV is `{other}`; it can be `development` or `production`."));
                Environment::Development
            }
        }
    }

    pub(super) fn addr(&mut self) -> SocketAddr {
        let default = SocketAddr::from(([127, 0, 0, 1], 3000));
        let Some(text) = self.get("TREK_ADDR") else { return default };
        text.parse().unwrap_or_else(|_| {
            self.refuse(format!("TREK_ADDR is `{text}`; it must be an address with a port such as 127.0.0.1:3000."));
            default
        })
    }

    pub(super) fn public_url(&mut self, addr: SocketAddr) -> String {
        let text = self.get("TREK_PUBLIC_URL").unwrap_or_else(|| format!("http://{addr}"));
        read_origin(&text).unwrap_or_else(|problem| {
            self.refuse(format!("TREK_PUBLIC_URL is `{text}`; {problem}."));
            text
        })
    }

    pub(super) fn trusted_proxies(&mut self) -> Vec<Network> {
        let text = self.get("TREK_TRUSTED_PROXIES").unwrap_or_default();
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        let networks: Result<_, NotANetwork> = parts.map(str::parse).collect();
        networks.unwrap_or_else(|_| {
            self.refuse(format!(
                "TREK_TRUSTED_PROXIES is `{text}`; it must be addresses and networks with commas between, such as 127.0.0.1, 10.0.0.0/8."
            ));
            Vec::new()
        })
    }

    pub(super) fn secret(&mut self) -> Option<Secret> {
        let secret = Secret::new(self.get("TREK_SECRET")?);
        if !secret.is_strong() {
            self.refuse("TREK_SECRET is too short; it needs at least 32 characters.");
        }
        Some(secret)
    }

    pub(super) fn switch(&mut self, name: &str, default: bool) -> bool {
        match self.get(name).as_deref() {
            None => default,
            Some("on") => true,
            Some("off") => false,
            Some(other) => {
                self.refuse(format!("{name} is `{other}`; it can be `on` or `off`."));
                default
            }
        }
    }

    pub(super) fn mongodb_uri(&mut self) -> Option<Secret> {
        let uri = self.get("MONGODB_URI")?;
        if !mongo::is_uri(&uri) {
            self.refuse(
                "MONGODB_URI cannot be read; it must look like mongodb://user:password@host/database or mongodb+srv://…, and what is not a letter or digit in the password is percent-encoded.",
            );
        }
        Some(Secret::new(uri))
    }

    pub(super) fn mongod_dirs(&self) -> Vec<PathBuf> {
        let (path, home) = (self.get("PATH"), self.get("HOME"));
        let cache = home.map(|home| PathBuf::from(home).join(".cache"));
        mongod_search_dirs(path.as_deref().map(OsStr::new), Path::new("."), cache.as_deref())
    }

    pub(super) fn smtp_url(&mut self, production: bool) -> Option<Secret> {
        let url = self.get("SMTP_URL")?;
        if AsyncSmtpTransport::<Tokio1Executor>::from_url(&url).is_err() {
            self.refuse(
                "SMTP_URL cannot be read; it must look like smtps://user:password@host or smtp://user:password@host?tls=required.",
            );
        } else if production && !requires_tls(&url) {
            self.refuse("SMTP_URL does without encryption; production wants smtps://… or smtp://…?tls=required.");
        }
        Some(Secret::new(url))
    }

    pub(super) fn sender(&mut self) -> String {
        let sender = self.get("MAIL_FROM").unwrap_or_else(|| SENDER.to_owned());
        if sender.parse::<Mailbox>().is_err() {
            self.refuse(format!("MAIL_FROM is `{sender}`; it must look like `Name <name@example.com>`."));
        }
        sender
    }

    pub(super) fn log(&mut self) -> String {
        let log = self.get("RUST_LOG").unwrap_or_else(|| "info".to_owned());
        if let Err(problem) = EnvFilter::try_new(&log) {
            self.refuse(format!("RUST_LOG is `{log}`; it cannot be read ({problem})."));
        }
        log
    }

    pub(super) fn refuse(&mut self, line: impl Into<String>) {
        self.problems.push(line.into());
    }
}

/// The origin of an address as browsers write it: in lower case, without the port that its scheme has anyway.
fn read_origin(text: &str) -> Result<String, &'static str> {
    let uri: Uri = text.parse().map_err(|_| "it must look like https://trek.example")?;
    let (scheme, usual_port) = match uri.scheme_str() {
        Some("http") => ("http", 80),
        Some("https") => ("https", 443),
        _ => return Err("it must start with http:// or https://"),
    };
    if uri.path_and_query().is_some_and(|path| path.as_str() != "/") {
        return Err("it must end after the host, because the pages live at its root");
    }
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    let host = uri.host().unwrap_or_default();
    let port = match authority.strip_prefix(host) {
        Some("") if !host.is_empty() => usual_port,
        Some(port) if !host.is_empty() => read_port(port).ok_or("its port is none")?,
        _ => return Err("it must name a host, and nobody who signs in there"),
    };
    let host = host.to_ascii_lowercase();
    Ok(if port == usual_port { format!("{scheme}://{host}") } else { format!("{scheme}://{host}:{port}") })
}

fn read_port(text: &str) -> Option<u16> {
    text.strip_prefix(':')?.parse().ok()
}

/// Whether mails go encrypted or not at all. By `smtp://` alone nothing is encrypted, and `tls=opportunistic` gives in to
/// whoever stands in between.
fn requires_tls(url: &str) -> bool {
    let url = url.split('#').next().unwrap_or_default();
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let tls = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "tls");
    url.to_ascii_lowercase().starts_with("smtps:") || tls.is_some_and(|(_, value)| value == "required")
}
