//! What the forms send, as texts, made into what the service takes.

use super::{read_id, read_opening, service};
use crate::{
    crm::{
        accounts::server::actor::Actor,
        chat::{message::NewMessage, screens::path_of},
        files::file::read_lines,
    },
    server::{keys::fingerprint, state::App},
    shared::error::AppError,
};

/// A message as the composer sends it.
#[derive(Debug)]
pub struct MessageForm {
    /// The id that the page has.
    pub client_id: String,
    /// What is said.
    pub body: String,
    /// The files, a line for each.
    pub attachments: String,
}

impl MessageForm {
    /// A page that is sent once more, because its answer was lost, says the same once; when its writer has changed the words or the files
    /// meanwhile, those are another message.
    fn read(self) -> Result<NewMessage, AppError> {
        let Self { client_id, body, attachments } = self;
        let names = attachments.lines().map(|line| line.split_once(' ').map_or(line, |(_, name)| name));
        let said: Vec<&str> = [client_id.as_str(), body.as_str()].into_iter().chain(names).collect();
        Ok(NewMessage { client_id: fingerprint(said.join("\0")), attachments: read_lines(&attachments)?, body })
    }
}

/// Opens a conversation with its first message, and says where it is. What cannot be said opens nothing.
///
/// # Errors
/// Those of [`service::open_conversation`] and [`service::send_message`].
pub async fn begin_conversation(
    app: &App,
    actor: &Actor,
    (trip, lead): (&str, &str),
    form: MessageForm,
) -> Result<String, AppError> {
    let (opening, message) = (read_opening(trip, lead)?, form.read()?);
    service::prepare_conversation(app, actor, opening).await?;
    message.check()?;
    let (row, _) = service::open_conversation(app, actor, opening).await?;
    service::send_message(app, actor, row.id, message).await?;
    Ok(path_of(row.id))
}

/// Says something, and says where that stands.
///
/// # Errors
/// Those of [`service::send_message`].
pub async fn send_message(app: &App, actor: &Actor, id: &str, form: MessageForm) -> Result<String, AppError> {
    let id = read_id(id)?;
    service::send_message(app, actor, id, form.read()?).await?;
    Ok(path_of(id))
}
