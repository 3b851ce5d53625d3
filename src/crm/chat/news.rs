//! What people are told of messages, in words, and the cause by which each is told once.

use super::{message::Message, screens::path_of};
use crate::{
    crm::notifications::notification::{News, NotificationKind, NotificationPriority, Subject},
    shared::excerpt::excerpt,
};

/// The longest part of a message that is quoted, in characters.
const QUOTED: usize = 240;

/// Somebody wrote, about that trip if it is about one.
pub fn news_of(by: &str, trip: Option<&str>, message: &Message) -> News {
    let title = match trip {
        Some(trip) => format!("{by} wrote to you about {trip}"),
        None => format!("{by} wrote to you"),
    };
    News {
        kind: NotificationKind::Chat,
        priority: NotificationPriority::Normal,
        title,
        body: excerpt(&message.words(), QUOTED),
        link: path_of(message.conversation_id),
        subject: Subject::conversation(message.conversation_id),
        cause: format!("chat:{}:{}", message.conversation_id, message.seq),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        crm::chat::conversation::ChatSide,
        shared::{id::Id, time::Time},
    };

    #[test]
    fn each_message_is_news_of_its_own_at_the_page_of_its_conversation() {
        let message = |seq| Message {
            id: Id::from_bytes([1; 12]),
            conversation_id: Id::from_bytes([2; 12]),
            seq,
            client_id: "a".into(),
            sender_id: Id::from_bytes([3; 12]),
            side: ChatSide::Guest,
            body: "Is it cold?".into(),
            attachments: Vec::new(),
            sent_at: Time::from_millis(0),
        };
        let (first, second) = (news_of("Asha", Some("Kedarkantha"), &message(1)), news_of("Asha", None, &message(2)));
        assert_eq!(first.title, "Asha wrote to you about Kedarkantha");
        assert_eq!((first.page(), second.title.as_str()), ("/chat/020202020202020202020202", "Asha wrote to you"));
        assert_ne!(first.cause, second.cause);
    }
}
