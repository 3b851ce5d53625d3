//! The ways out: an SMTP server, or `.eml` files in the data folder when none is configured.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
    transport::smtp::{self, response::Category},
};
use tokio::{fs, time::timeout};

use crate::{
    server::{config::Config, mail::Mail},
    shared::mail::MailId,
};

/// How long a server may take for one mail, from the first word to the last; well below the lease of the worker.
const PATIENCE: Duration = Duration::from_secs(60);

/// A way out for mails. Each mail has a connection of its own: one that is broken off in the middle is closed, and no later mail
/// reads an answer that was meant for another.
#[derive(Debug, Clone)]
pub struct Transport {
    from: Mailbox,
    host: String,
    way: Way,
    patience: Duration,
}

#[derive(Debug, Clone)]
enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Folder(PathBuf),
}

/// The configuration names no way out that can be used.
#[derive(Debug, thiserror::Error)]
pub enum TransportRefused {
    /// `SMTP_URL`.
    #[error("SMTP_URL cannot be used: {0}")]
    Smtp(#[from] smtp::Error),
    /// `MAIL_FROM`.
    #[error("MAIL_FROM cannot be used: {0}")]
    Sender(#[from] lettre::address::AddressError),
}

/// A mail was not taken.
#[derive(Debug)]
pub(super) struct NotSent {
    /// Why, for admins.
    pub(super) problem: String,
    /// Whether trying again is of no use.
    pub(super) is_final: bool,
}

impl Transport {
    /// The one that the configuration names.
    ///
    /// # Errors
    /// When it cannot be used.
    pub fn open(config: &Config) -> Result<Self, TransportRefused> {
        let way = match &config.smtp_url {
            Some(url) => Way::Smtp(AsyncSmtpTransport::<Tokio1Executor>::from_url(url.reveal())?.build()),
            None => Way::Folder(config.data_dir.join("outbox")),
        };
        let host = config.public_url.split("://").nth(1).unwrap_or_default();
        let host = host.split([':', '/']).next().unwrap_or_default().to_owned();
        Ok(Self { from: config.mail_from.parse()?, host, way, patience: PATIENCE })
    }

    /// The same, which gives a server only so long for one mail.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Sends a mail once.
    pub(super) async fn send(&self, id: MailId, mail: &Mail) -> Result<(), NotSent> {
        let message = self.write(id, mail).map_err(|problem| NotSent { problem, is_final: true })?;
        match &self.way {
            // The library waits for ever.
            Way::Smtp(smtp) => match timeout(self.patience, smtp.send(message)).await {
                Ok(Ok(_)) => Ok(()),
                Ok(Err(error)) => Err(NotSent { is_final: is_final(&error), problem: error.to_string() }),
                Err(_) => Err(NotSent {
                    problem: format!("the mail server did not finish within {:?}", self.patience),
                    is_final: false,
                }),
            },
            Way::Folder(folder) => keep(folder, id, &message.formatted())
                .await
                .map_err(|error| NotSent { problem: error.to_string(), is_final: false }),
        }
    }

    fn write(&self, id: MailId, mail: &Mail) -> Result<Message, String> {
        let to = mail.to.as_str().parse().map_err(|error: lettre::address::AddressError| error.to_string())?;
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(&mail.subject)
            .message_id(Some(format!("<{id}@{}>", self.host)))
            .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".into()))
            .multipart(MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone()))
            .map_err(|error| error.to_string())
    }
}

/// Whether a server will never take this mail (55x). Any other refusal, such as that of our login (53x), is about us: somebody will put
/// that right, and until then no mail is given up.
fn is_final(error: &smtp::Error) -> bool {
    error.is_permanent() && error.status().is_some_and(|code| code.category == Category::MailSystem)
}

/// Written beside and moved into place, so that nobody reads half a mail; a second try replaces the first.
async fn keep(folder: &Path, id: MailId, message: &[u8]) -> std::io::Result<()> {
    fs::create_dir_all(folder).await?;
    let part = folder.join(format!("{id}.part"));
    fs::write(&part, message).await?;
    fs::rename(&part, folder.join(format!("{id}.eml"))).await
}
