//! The rules of chat: who is a member of what, and what follows from each message. One module for each part of a conversation's life:
//! being opened, written in, read; who is told of it; and who is here.

mod live;
mod opening;
mod presence;
mod reading;
mod scope;
mod seeing;
mod sending;
mod storing;
mod telling;

pub use live::{join_conversation, list_acquaintances, show_typing};
pub use opening::{Prepared, open_conversation, prepare_conversation};
pub use reading::{
    ConversationHits, Unread, check_may_read_file, count_unread, find_conversation, find_lead, list_conversations,
    list_files, list_messages, search_conversations,
};
pub use seeing::mark_conversation_read;
pub use sending::{Sent, send_message};
pub use storing::{Talk, store_talks};
