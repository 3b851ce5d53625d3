//! What the forms send, as texts, made into what the service takes.

use super::{read_id, read_opening, service};
use crate::{
    crm::{
        accounts::server::actor::Actor,
        chat::{conversation::ConversationId, message::NewMessage, screens::path_of},
        files::file::read_lines,
    },
    server::state::App,
    shared::error::AppError,
};

const OTHER_WORDS: &str =
    "What you sent before has arrived after all; these words are not sent yet. Send them once more.";

/// A message as the composer sends it.
#[derive(Debug)]
pub struct MessageForm {
    /// The id that the page gave it.
    pub client_id: String,
    /// What is said.
    pub body: String,
    /// The files, a line for each.
    pub attachments: String,
}

impl MessageForm {
    fn read(self) -> Result<NewMessage, AppError> {
        let Self { client_id, body, attachments } = self;
        Ok(NewMessage { client_id, body, attachments: read_lines(&attachments)? })
    }
}

/// Opens a conversation with its first message, and says where it is. What cannot be said opens nothing.
///
/// # Errors
/// Those of [`service::open_conversation`] and [`send_message`].
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
    send(app, actor, row.id, message).await?;
    Ok(path_of(row.id))
}

/// Says something, and says where that stands.
///
/// # Errors
/// Those of [`service::send_message`]; [`AppError::Conflict`] when the same page has said other words before.
pub async fn send_message(app: &App, actor: &Actor, id: &str, form: MessageForm) -> Result<String, AppError> {
    let id = read_id(id)?;
    send(app, actor, id, form.read()?).await?;
    Ok(path_of(id))
}

/// A page that is sent again after its answer was lost says what was said already; but not when its writer has changed the words meanwhile.
async fn send(app: &App, actor: &Actor, id: ConversationId, message: NewMessage) -> Result<(), AppError> {
    let body = message.check()?;
    let sent = service::send_message(app, actor, id, message).await?;
    if sent.message.body == body { Ok(()) } else { Err(AppError::Conflict(OTHER_WORDS.to_owned())) }
}
