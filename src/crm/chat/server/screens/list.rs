//! The list of conversations: what its address asks for, and the answer as lines and links.

use super::{Viewer, read_before, service, thread::SHOWN};
use crate::{
    crm::{
        accounts::user::{Role, UserId},
        chat::{
            filter::{ConversationFilter, ConversationQuery, MAX_Q},
            message::Message,
            row::{ConversationKind, ConversationRow},
            screens::{CHAT_PATH, ChatLine, ChatList, Show, path_of},
        },
        tickets::screens::CountedLink,
    },
    shared::{
        error::AppError,
        excerpt::excerpt,
        page::{MAX_LIMIT, PageRequest},
        query::{read_query, write_query},
    },
};

/// How much of a message is shown that was found.
const FOUND: usize = 120;
/// What leads to a message that was found shows so many that follow.
const AFTER_FOUND: u32 = 10;

/// What the address of the page asks of the list.
#[derive(Debug, Clone, Default)]
pub(super) struct ListQuery {
    show: Show,
    q: String,
    cursor: String,
    /// Whether the end of what is open is shown.
    at_end: bool,
}

impl ListQuery {
    pub(super) fn read(query: &str) -> Self {
        let mut asked = Self { at_end: read_before(query).is_none(), ..Self::default() };
        for (name, value) in read_query(query) {
            match name.as_str() {
                "show" => asked.show = Show::read(&value),
                "q" => asked.q = value.trim().chars().take(MAX_Q).collect(),
                "cursor" => asked.cursor = value,
                _ => {}
            }
        }
        asked
    }

    /// The parameters that links to conversations keep, with others before them.
    pub(super) fn with(&self, others: &[(&str, &str)]) -> String {
        let own = [("show", self.show.as_str()), ("q", self.q.as_str())];
        match write_query(others.iter().copied().chain(own)) {
            query if query.is_empty() => query,
            query => format!("?{query}"),
        }
    }

    fn to_query(&self) -> ConversationQuery {
        let filter = ConversationFilter {
            support: (self.show == Show::Support).then_some(true),
            unread: self.show == Show::Unread,
            q: Some(self.q.clone()).filter(|q| !q.is_empty()),
        };
        let cursor = Some(self.cursor.clone()).filter(|cursor| !cursor.is_empty());
        ConversationQuery { filter, page: PageRequest { limit: MAX_LIMIT / 2, cursor } }
    }
}

impl Viewer<'_> {
    /// The conversations that are asked for; `open` is the one that stands beside them.
    pub(super) async fn list(&self, asked: &ListQuery, open: &str) -> Result<ChatList, AppError> {
        let query = asked.to_query();
        let (found, unread) = futures_util::try_join!(
            service::search_conversations(self.app, self.actor, &query),
            service::count_unread(self.app, self.actor, open.parse().ok().filter(|_| asked.at_end)),
        )?;
        let lines = found.page.items.iter().map(|row| {
            let said = found.said.get(&row.id);
            self.line(asked, row, said, row.id.to_string() == open)
        });
        Ok(ChatList {
            lines: lines.collect(),
            tabs: self.tabs(asked, unread.conversations),
            next: found.page.next.map(|cursor| format!("{CHAT_PATH}{}", asked.with(&[("cursor", &cursor)]))),
            href: format!("{CHAT_PATH}{}", asked.with(&[])),
            asks_support: self.actor.role() != Role::Admin,
            show: asked.show.as_str().to_owned(),
            q: asked.q.clone(),
        })
    }

    /// Another tab keeps what is looked for. Admins have support alone.
    fn tabs(&self, asked: &ListQuery, unread: u32) -> Vec<CountedLink> {
        let tabs = [
            (Show::All, "All", None),
            (Show::Unread, "Unread", Some(unread).filter(|unread| *unread > 0)),
            (Show::Support, "Support", None),
        ];
        let is_offered = |show: &Show| *show != Show::Support || self.actor.role() != Role::Admin;
        let tabs = tabs.into_iter().filter(|(show, ..)| is_offered(show));
        tabs.map(|(show, label, count)| CountedLink {
            label: label.to_owned(),
            href: format!("{CHAT_PATH}{}", ListQuery { show, cursor: String::new(), ..asked.clone() }.with(&[])),
            count,
            current: show == asked.show,
        })
        .collect()
    }

    fn line(&self, asked: &ListQuery, row: &ConversationRow, found: Option<&Message>, current: bool) -> ChatLine {
        let last = row.last_message.as_ref();
        let ours = last.filter(|last| found.is_none() && self.is_ours(row, last.sender_id)).map(|last| {
            let who = if last.sender_id == self.actor.user() { "You" } else { "Support" };
            (who.to_owned(), row.other_read_seq >= row.last_seq)
        });
        let anchor = found.map(|message| format!("#m{}", message.seq)).unwrap_or_default();
        let query = match found.filter(|message| message.seq + SHOWN <= row.last_seq) {
            Some(old) => asked.with(&[("before", &(old.seq + AFTER_FOUND + 1).to_string())]),
            None => asked.with(&[]),
        };
        ChatLine {
            id: row.id,
            href: format!("{}{query}{anchor}", path_of(row.id)),
            name: row.with.name.clone(),
            person: row.with.id.map(|id| id.to_string()),
            about: self.about_of(row),
            last_at: last.map(|last| self.zone.past(last.sent_at)),
            last: match (found, last) {
                (Some(message), _) => excerpt(&message.words(), FOUND),
                (None, Some(last)) => last.text.clone(),
                (None, None) => "Nothing said yet".to_owned(),
            },
            ours,
            // What is open at its end is read by that.
            unread: if current && asked.at_end { 0 } else { row.unread },
            online: row.with.online,
            current,
        }
    }

    /// Whether the viewer's side said it: of admins all are one.
    pub(super) fn is_ours(&self, row: &ConversationRow, sender: UserId) -> bool {
        match row.with.id {
            Some(other) => sender != other,
            None => sender == self.actor.user(),
        }
    }

    fn about_of(&self, row: &ConversationRow) -> String {
        match (&row.trip, row.kind, row.with.id) {
            (Some(trip), ..) => trip.title.clone(),
            (None, ConversationKind::Support, Some(_)) => row.with.role.label().to_owned(),
            (None, ConversationKind::Support, None) => "Questions about Trek-Tribe".to_owned(),
            (None, ConversationKind::Trip, _) => "A former trip".to_owned(),
        }
    }
}
