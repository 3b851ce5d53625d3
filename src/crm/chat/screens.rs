//! What the pages of chat show: put together and worded by the server in the viewer's zone, so that views only lay it out.

use serde::{Deserialize, Serialize};
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use super::conversation::ConversationId;
use crate::{
    crm::{
        leads::{listing::FollowUp, score::Tier, status::LeadStatus},
        tickets::screens::{CountedLink, profile::FileLink},
    },
    shared::time::Moment,
};

/// The path of the list; conversations are below it.
pub const CHAT_PATH: &str = "/chat";
/// Below [`CHAT_PATH`]: the first message of a conversation that is not there yet.
pub const NEW: &str = "new";

/// The page of a conversation.
pub fn path_of(id: ConversationId) -> String {
    format!("{CHAT_PATH}/{id}")
}

/// Which conversations the list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Show {
    /// All of them.
    #[default]
    All,
    /// Those in which something is not read.
    Unread,
    /// Those with the admins.
    Support,
}

impl Show {
    /// What the parameter `show` says.
    pub fn read(name: &str) -> Self {
        match name {
            "unread" => Self::Unread,
            "support" => Self::Support,
            _ => Self::All,
        }
    }

    /// How the parameter says it; empty for all.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Unread => "unread",
            Self::Support => "support",
        }
    }
}

/// What stands beside the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pane {
    /// Nothing yet.
    Empty,
    /// A conversation.
    Thread(Box<Thread>),
    /// The first message of one.
    New(Box<NewTalk>),
    /// What was to be begun is there already, at this address.
    There(String),
}

/// The list of conversations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct ChatList {
    /// All, unread, support.
    pub tabs: Vec<CountedLink>,
    /// What is looked for.
    pub q: String,
    /// What `show` says, which a search leaves as it is.
    pub show: String,
    /// The conversations, in which something was said last first.
    pub lines: Vec<ChatLine>,
    /// Where those are that follow.
    pub next: Option<String>,
    /// The address of the list with its parameters, without what is open beside it.
    pub href: String,
    /// Whether the viewer can ask for support.
    pub asks_support: bool,
}

/// A conversation in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct ChatLine {
    /// The id.
    pub id: ConversationId,
    /// Where it is.
    pub href: String,
    /// The other side.
    pub name: String,
    /// Their id, where it is one person.
    pub person: Option<String>,
    /// What it is about.
    pub about: String,
    /// When something was last said.
    pub last_at: Option<Moment>,
    /// What was said last, or what was found.
    pub last: String,
    /// Who of the viewer's side said it, if it did, and whether the other has read it.
    pub ours: Option<(String, bool)>,
    /// How many messages are not read.
    pub unread: u32,
    /// Whether the other side is here.
    pub online: bool,
    /// Whether it is open.
    pub current: bool,
}

/// A conversation that is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct Thread {
    /// The id.
    pub id: ConversationId,
    /// The other side.
    pub with: Other,
    /// The viewer.
    pub me: String,
    /// The admins by id, as far as the viewer may know them: all of them answer as one, and each by name.
    pub admins: Vec<(String, String)>,
    /// What was said, by day, the oldest first.
    pub days: Vec<TalkDay>,
    /// Where what came before is.
    pub earlier: Option<String>,
    /// Where what comes after is; none at the end.
    pub later: Option<String>,
    /// The number of the last message that there is.
    pub last_seq: u32,
    /// How far the other side has read.
    pub other_read: u32,
    /// The first message that the viewer had not read.
    pub first_unread: Option<u32>,
    /// The id of the message that the form sends.
    pub client_id: String,
    /// How many minutes the viewer's clocks are ahead of UTC.
    pub offset: i32,
    /// What it is about.
    pub about: About,
    /// The files that were sent, the newest first.
    pub files: Vec<FileLink>,
}

/// The other side of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct Other {
    /// The whole name.
    pub name: String,
    /// How they are called in a sentence.
    pub called: String,
    /// Their id, where it is one person.
    pub person: Option<String>,
    /// What they are: `Traveller`.
    pub role: String,
    /// Whether they are here.
    pub online: bool,
}

/// What was said on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct TalkDay {
    /// The date there.
    pub date: String,
    /// `Today`, `Monday 23 November`.
    pub label: String,
    /// What was said, the oldest first.
    pub bubbles: Vec<Bubble>,
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct Bubble {
    /// Its number.
    pub seq: u32,
    /// The id that its device gave it.
    pub client_id: String,
    /// Whether the viewer's side said it.
    pub ours: bool,
    /// Who of the admins said it, where that is not the viewer.
    pub who: Option<String>,
    /// What was said.
    pub body: String,
    /// What was sent along.
    pub files: Vec<FileLink>,
    /// The time of day, and the exact time.
    pub moment: Moment,
}

/// What a conversation is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct About {
    /// The trip, or what support is for.
    pub title: String,
    /// Where the viewer finds it.
    pub href: Option<String>,
    /// The address of its small picture.
    pub thumb: Option<String>,
    /// A line below the title.
    pub text: String,
    /// The lead that the traveller is, for organizers.
    pub lead: Option<LeadFacts>,
}

/// What an organizer wants to know beside a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct LeadFacts {
    /// The lead's page.
    pub href: String,
    /// Where it stands.
    pub status: LeadStatus,
    /// 0 to 100.
    pub score: u8,
    /// How promising that is.
    pub tier: Tier,
    /// For how many.
    pub party: Option<u32>,
    /// What a booking would bring.
    pub value: String,
    /// `4 left`, of the departure that they wish.
    pub seats: Option<String>,
    /// When to get back to them.
    pub follow_up: Option<FollowUp>,
}

/// The first message of a conversation that is not there yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct NewTalk {
    /// To whom.
    pub with: Other,
    /// What it is about.
    pub about: About,
    /// The trip that it is about, as the form sends it; empty for none.
    pub trip: String,
    /// The lead that it is about, as the form sends it; empty for none.
    pub lead: String,
    /// The id of the message that the form sends.
    pub client_id: String,
}

/// Messages that are shown together: a time stands below the last of them.
pub fn belong_together(earlier: &Bubble, later: &Bubble) -> bool {
    const MOST: i64 = 5 * 60 * 1_000;
    let is_same = earlier.ours == later.ours && earlier.who == later.who;
    is_same && later.moment.at.millis() - earlier.moment.at.millis() < MOST
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shared::time::Time;

    #[test]
    fn what_is_said_in_one_go_belongs_together() {
        let said = |ours, who: Option<&str>, minutes: i64| Bubble {
            seq: 1,
            client_id: String::new(),
            ours,
            who: who.map(str::to_owned),
            body: String::new(),
            files: Vec::new(),
            moment: Moment { at: Time::from_millis(minutes * 60_000), text: String::new(), exact: String::new() },
        };
        let first = said(true, None, 0);
        assert!(belong_together(&first, &said(true, None, 4)));
        for other in [said(true, None, 5), said(false, None, 0), said(true, Some("Rohan D'Souza"), 0)] {
            assert!(!belong_together(&first, &other), "{other:?}");
        }
    }

    #[test]
    fn what_is_shown_is_said_in_the_address() {
        for show in [Show::All, Show::Unread, Show::Support] {
            assert_eq!(Show::read(show.as_str()), show);
        }
        assert_eq!(Show::read("$ne"), Show::All);
    }
}
