//! A conversation as it is stored: its two sides, how far each of them has read, and what was said last.

use serde::{Deserialize, Serialize};

use super::message::{LastMessage, Message};
use crate::{
    crm::{
        accounts::user::{Role, UserId},
        leads::lead::LeadId,
        trips::trip::TripId,
    },
    shared::{error::AppError, id::Id, time::Time},
};

/// The id of a [`Conversation`].
pub type ConversationId = Id<Conversation>;

/// How the admins sign as one side of a conversation.
pub const SUPPORT: &str = "Trek-Tribe support";

/// On which side of a conversation somebody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChatSide {
    /// Who has a question: the traveller of a trip, or whoever asks for support.
    Guest,
    /// Who answers: the organizer, or the admins as one.
    Host,
}

impl ChatSide {
    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Guest => Self::Host,
            Self::Host => Self::Guest,
        }
    }
}

/// With whom the guest talks, and about what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Host {
    /// The organizer of a trip.
    Trip {
        /// The trip.
        trip_id: TripId,
        /// Who sells it.
        organizer: UserId,
        /// The lead that the traveller is, once there is one.
        lead_id: Option<LeadId>,
    },
    /// The admins.
    Support,
}

impl Host {
    /// The lead that the traveller is.
    pub const fn lead(self) -> Option<LeadId> {
        match self {
            Self::Trip { lead_id, .. } => lead_id,
            Self::Support => None,
        }
    }
}

/// Who is one party of a conversation: a person, or all admins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Party {
    /// That person.
    Person(UserId),
    /// The admins, whoever they are.
    Admins,
}

/// How far each side has read: the number of a message, 0 before the first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadPointers {
    /// The guest.
    pub guest: u32,
    /// The host.
    pub host: u32,
}

impl ReadPointers {
    /// How far a side has read.
    pub const fn of(self, side: ChatSide) -> u32 {
        match side {
            ChatSide::Guest => self.guest,
            ChatSide::Host => self.host,
        }
    }

    /// A side has read up to that message; nobody has ever read less than before.
    pub fn advance(&mut self, side: ChatSide, seq: u32) {
        let pointer = match side {
            ChatSide::Guest => &mut self.guest,
            ChatSide::Host => &mut self.host,
        };
        *pointer = seq.max(*pointer);
    }
}

/// A conversation. Of a traveller about a trip there is exactly one, and of each person with the admins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Conversation {
    /// The id.
    #[serde(rename = "_id")]
    pub id: ConversationId,
    /// Who has a question.
    pub guest: UserId,
    /// With whom they talk, and about what.
    pub host: Host,
    /// Who opened it: as long as nothing is said, it is listed for them alone.
    pub opened_by: ChatSide,
    /// The number of the last message: so many there are.
    pub last_seq: u32,
    /// What was said last.
    pub last: Option<LastMessage>,
    /// How far each side has read.
    pub read: ReadPointers,
    /// Who was sent a mail and has not read since.
    pub mailed: Vec<UserId>,
    /// When it was opened.
    pub created_at: Time,
    /// When something was last said.
    pub updated_at: Time,
}

impl Conversation {
    /// One in which nothing is said yet.
    pub const fn open(id: ConversationId, guest: UserId, host: Host, opened_by: ChatSide, now: Time) -> Self {
        Self {
            id,
            guest,
            host,
            opened_by,
            last_seq: 0,
            last: None,
            read: ReadPointers { guest: 0, host: 0 },
            mailed: Vec::new(),
            created_at: now,
            updated_at: now,
        }
    }

    /// On which side somebody meets it; `None`: it does not exist for them.
    pub fn side_of(&self, person: UserId, role: Role) -> Option<ChatSide> {
        match self.host {
            _ if person == self.guest => Some(ChatSide::Guest),
            Host::Trip { organizer, .. } => (person == organizer).then_some(ChatSide::Host),
            Host::Support => (role == Role::Admin).then_some(ChatSide::Host),
        }
    }

    /// Who stands on a side.
    pub const fn party(&self, side: ChatSide) -> Party {
        match (side, self.host) {
            (ChatSide::Guest, _) => Party::Person(self.guest),
            (ChatSide::Host, Host::Trip { organizer, .. }) => Party::Person(organizer),
            (ChatSide::Host, Host::Support) => Party::Admins,
        }
    }

    /// Whether it is with the admins.
    pub const fn is_support(&self) -> bool {
        matches!(self.host, Host::Support)
    }

    /// The trip that it is about.
    pub const fn trip(&self) -> Option<TripId> {
        match self.host {
            Host::Trip { trip_id, .. } => Some(trip_id),
            Host::Support => None,
        }
    }

    /// The lead that the traveller is.
    pub const fn lead(&self) -> Option<LeadId> {
        self.host.lead()
    }

    /// Remembers which lead the traveller is.
    pub const fn know_lead(&mut self, lead: LeadId) {
        if let Host::Trip { lead_id, .. } = &mut self.host {
            *lead_id = Some(lead);
        }
    }

    /// Whose list it is in.
    pub const fn is_listed_for(&self, side: ChatSide) -> bool {
        self.last_seq > 0
            || matches!((self.opened_by, side), (ChatSide::Guest, ChatSide::Guest) | (ChatSide::Host, ChatSide::Host))
    }

    /// How many messages a side has not read.
    pub const fn unread(&self, side: ChatSide) -> u32 {
        self.last_seq.saturating_sub(self.read.of(side))
    }

    /// A message was added; who wrote it has read everything before it.
    pub fn take(&mut self, message: &Message) {
        self.last_seq = message.seq;
        self.last = Some(LastMessage::of(message));
        self.updated_at = message.sent_at;
        self.read_up_to(message.side, message.seq);
    }

    /// A side has read up to a message. Who has read everything is told by mail again of what comes then.
    pub fn read_up_to(&mut self, side: ChatSide, seq: u32) {
        self.read.advance(side, seq);
        if self.unread(side) == 0 {
            let guest = self.guest;
            self.mailed.retain(|person| (*person == guest) != (side == ChatSide::Guest));
        }
    }

    /// Lets only numbers of messages pass that are there.
    ///
    /// # Errors
    /// [`AppError::InvalidInput`].
    pub fn check_seq(&self, seq: u32) -> Result<(), AppError> {
        if seq <= self.last_seq {
            return Ok(());
        }
        Err(AppError::field("seq", format!("There is no such message yet: the last one is {}.", self.last_seq)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const GUEST: UserId = Id::from_bytes([1; 12]);
    const ORGANIZER: UserId = Id::from_bytes([2; 12]);
    const OTHER: UserId = Id::from_bytes([3; 12]);

    fn trip() -> Host {
        Host::Trip { trip_id: Id::from_bytes([4; 12]), organizer: ORGANIZER, lead_id: None }
    }

    fn conversation(host: Host) -> Conversation {
        Conversation::open(Id::from_bytes([9; 12]), GUEST, host, ChatSide::Guest, Time::from_millis(0))
    }

    fn message(seq: u32, side: ChatSide) -> Message {
        let (id, sender_id) = (Id::from_bytes([7; 12]), if side == ChatSide::Guest { GUEST } else { ORGANIZER });
        Message {
            id,
            conversation_id: Id::from_bytes([9; 12]),
            seq,
            client_id: seq.to_string(),
            sender_id,
            side,
            body: "Is it safe?".into(),
            attachments: Vec::new(),
            sent_at: Time::from_millis(i64::from(seq)),
        }
    }

    #[test]
    fn what_a_traveller_and_an_organizer_say_is_for_nobody_else() {
        let about_trip = conversation(trip());
        for role in Role::ALL {
            assert_eq!(about_trip.side_of(GUEST, role), Some(ChatSide::Guest), "{role:?}");
            assert_eq!(about_trip.side_of(ORGANIZER, role), Some(ChatSide::Host), "{role:?}");
            assert_eq!(about_trip.side_of(OTHER, role), None, "{role:?}");
        }
    }

    #[test]
    fn support_is_for_who_asks_and_for_admins() {
        let support = conversation(Host::Support);
        assert_eq!(support.side_of(GUEST, Role::User), Some(ChatSide::Guest));
        assert_eq!(support.side_of(GUEST, Role::Admin), Some(ChatSide::Guest));
        for (role, side) in [(Role::User, None), (Role::Organizer, None), (Role::Admin, Some(ChatSide::Host))] {
            assert_eq!(support.side_of(OTHER, role), side, "{role:?}");
        }
    }

    #[test]
    fn a_conversation_without_words_is_listed_for_who_opened_it() {
        let mut opened = conversation(trip());
        assert_eq!([ChatSide::Guest, ChatSide::Host].map(|side| opened.is_listed_for(side)), [true, false]);
        opened.take(&message(1, ChatSide::Guest));
        assert!(opened.is_listed_for(ChatSide::Host));
    }

    #[test]
    fn who_has_read_everything_can_be_mailed_again() {
        let mut talk = conversation(trip());
        talk.take(&message(1, ChatSide::Guest));
        talk.take(&message(2, ChatSide::Guest));
        talk.mailed = vec![ORGANIZER, GUEST];
        talk.read_up_to(ChatSide::Host, 1);
        assert_eq!(talk.mailed, [ORGANIZER, GUEST]);
        talk.read_up_to(ChatSide::Host, 2);
        assert_eq!(talk.mailed, [GUEST]);
    }

    #[test]
    fn a_message_that_is_not_there_cannot_be_read() {
        let mut talk = conversation(trip());
        talk.take(&message(1, ChatSide::Guest));
        assert!(talk.check_seq(0).is_ok() && talk.check_seq(1).is_ok());
        assert!(talk.check_seq(2).unwrap_err().fields().contains_key("seq"));
    }

    proptest! {
        #[test]
        fn a_pointer_never_goes_back_and_unread_is_what_lies_behind_it(
            acts in proptest::collection::vec((any::<bool>(), proptest::option::of(0_u32..40)), 1..60)
        ) {
            let mut talk = conversation(trip());
            for (is_guest, read) in acts {
                let side = if is_guest { ChatSide::Guest } else { ChatSide::Host };
                let before = talk.read;
                match read {
                    Some(seq) => talk.read_up_to(side, seq.min(talk.last_seq)),
                    None => talk.take(&message(talk.last_seq + 1, side)),
                }
                for side in [ChatSide::Guest, ChatSide::Host] {
                    prop_assert!(talk.read.of(side) >= before.of(side));
                    prop_assert_eq!(talk.unread(side), talk.last_seq - talk.read.of(side));
                }
            }
        }
    }
}
