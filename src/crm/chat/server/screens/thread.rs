//! A conversation that is open: a part of what was said, by day. Opening it reads what it shows.

use std::collections::BTreeMap;

use super::{Viewer, list::ListQuery, other_of, read_before, service};
use crate::{
    crm::{
        accounts::{
            server::directory::{self, Person},
            user::{Role, UserId},
        },
        chat::{
            conversation::ConversationId,
            filter::{MessagesQuery, Part},
            row::{ConversationKind, ConversationRow, MessageRow},
            screens::{Bubble, NewTalk, TalkDay, Thread, path_of},
            server::service::Prepared,
        },
        files::file::{Attachment, size_in_words},
        tickets::screens::profile::FileLink,
    },
    shared::error::AppError,
};

/// So many messages are shown at once.
pub(super) const SHOWN: u32 = 50;
/// So many files are listed beside them.
const FILES: usize = 8;

impl Viewer<'_> {
    /// A conversation; `before` in the query leads up to a message.
    pub(super) async fn thread(&self, id: ConversationId, query: &str, asked: &ListQuery) -> Result<Thread, AppError> {
        let part = read_before(query).map_or(Part::Newest, Part::Before);
        let row = service::find_conversation(self.app, self.actor, id).await?;
        let messages = service::list_messages(self.app, self.actor, id, &MessagesQuery { part, limit: SHOWN }).await?;
        let shown_up_to = messages.items.last().map_or(0, |message| message.seq);
        if shown_up_to > row.read_seq {
            service::mark_conversation_read(self.app, self.actor, id, shown_up_to).await?;
        }
        let (admins, about, with_files) = futures_util::try_join!(
            self.admins(&row, &messages.items),
            self.about(&row),
            service::list_files(self.app, self.actor, id, i64::try_from(FILES).unwrap_or(i64::MAX)),
        )?;
        let link = |before: u32| format!("{}{}", path_of(id), asked.with(&[("before", &before.to_string())]));
        // Something may have been said since the conversation was read.
        let at_end = shown_up_to >= row.last_seq;
        Ok(Thread {
            id,
            with: other_of(&row.with),
            me: self.actor.user().to_string(),
            days: self.days(&row, &messages.items, &admins),
            admins: admins.into_values().map(|admin| (admin.id.to_string(), admin.name)).collect(),
            earlier: messages.next.and_then(|seq| seq.parse().ok()).map(link),
            later: (!at_end).then(|| match shown_up_to + SHOWN {
                next if next < row.last_seq => link(next + 1),
                _ => format!("{}{}", path_of(id), asked.with(&[])),
            }),
            last_seq: row.last_seq.max(shown_up_to),
            other_read: row.other_read_seq,
            first_unread: (row.unread > 0).then_some(row.read_seq + 1),
            client_id: self.app.ids.secret(),
            offset: self.zone.offset_minutes(),
            about,
            files: with_files.iter().flat_map(|message| links_of(&message.attachments)).take(FILES).collect(),
        })
    }

    /// What is shown of a conversation that is not there yet.
    pub(super) async fn begin(&self, talk: Prepared, (trip, lead): (String, String)) -> Result<NewTalk, AppError> {
        let about = self.about_new(&talk).await?;
        Ok(NewTalk { with: other_of(&talk.with), about, trip, lead, client_id: self.app.ids.secret() })
    }

    /// Who of the admins answers: those who have, and to an admin all who can.
    async fn admins(
        &self,
        row: &ConversationRow,
        messages: &[MessageRow],
    ) -> Result<BTreeMap<UserId, Person>, AppError> {
        if row.kind == ConversationKind::Trip {
            return Ok(BTreeMap::new());
        }
        let guest = row.with.id.unwrap_or_else(|| self.actor.user());
        let mut admins: Vec<UserId> = messages.iter().map(|message| message.sender_id).collect();
        if self.actor.role() == Role::Admin {
            admins.extend(directory::list_admins(self.app).await?.into_iter().map(|admin| admin.id));
        }
        directory::find_people(self.app, admins.into_iter().filter(|id| *id != guest)).await
    }

    fn days(&self, row: &ConversationRow, messages: &[MessageRow], admins: &BTreeMap<UserId, Person>) -> Vec<TalkDay> {
        let mut days: Vec<TalkDay> = Vec::new();
        for message in messages {
            let (day, bubble) = (self.zone.date_of(message.sent_at), self.bubble(row, message, admins));
            let date = day.to_string();
            match days.last_mut() {
                Some(last) if last.date == date => last.bubbles.push(bubble),
                _ => days.push(TalkDay { date, label: self.zone.day_heading(day), bubbles: vec![bubble] }),
            }
        }
        days
    }

    fn bubble(&self, row: &ConversationRow, message: &MessageRow, admins: &BTreeMap<UserId, Person>) -> Bubble {
        let by = admins.get(&message.sender_id).filter(|admin| admin.id != self.actor.user());
        Bubble {
            seq: message.seq,
            client_id: message.client_id.clone(),
            ours: self.is_ours(row, message.sender_id),
            who: by.map(|admin| admin.name.clone()),
            body: message.body.clone(),
            files: links_of(&message.attachments),
            moment: self.zone.hour(message.sent_at),
        }
    }
}

fn links_of(files: &[Attachment]) -> Vec<FileLink> {
    let link =
        |file: &Attachment| FileLink { name: file.name.clone(), href: file.path(), size: size_in_words(file.size) };
    files.iter().map(link).collect()
}
