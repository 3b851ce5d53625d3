//! What connections tell of a message, as the page shows it: by the viewer's clocks, which the server has told.

use crate::{
    crm::{chat::screens::Bubble, files::file::size_in_words, tickets::screens::profile::FileLink},
    live::events::{AttachedFile, Message},
    shared::time::{Moment, Time},
};

/// A minute in milliseconds.
pub(super) const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

/// The day on which something was said, counted from 1970 by the viewer's clocks.
pub(super) fn day_of(at: Time, offset: i64) -> i64 {
    (at.millis() + offset).div_euclid(DAY)
}

/// A message that has come.
pub(super) fn bubble_of(message: &Message, (ours, who): (bool, Option<String>), offset: i64) -> Bubble {
    let text = hour_of(message.sent_at, offset);
    Bubble {
        seq: message.seq,
        client_id: message.client_id.clone(),
        ours,
        who,
        body: message.body.clone(),
        files: message.attachments.iter().map(link_of).collect(),
        moment: Moment { at: message.sent_at, exact: text.clone(), text },
    }
}

fn link_of(file: &AttachedFile) -> FileLink {
    let (name, size) = (file.name.clone(), size_in_words(file.size));
    FileLink { name, href: format!("/api/files/{}", file.id), size }
}

fn hour_of(at: Time, offset: i64) -> String {
    let minutes = (at.millis() + offset).rem_euclid(DAY) / MINUTE;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_and_days_are_those_of_the_viewers_clocks() {
        let (india, late) = (330 * MINUTE, Time::from_millis(19 * 60 * MINUTE));
        assert_eq!((hour_of(late, india).as_str(), day_of(late, india)), ("00:30", 1));
        assert_eq!((hour_of(late, 0).as_str(), day_of(late, 0)), ("19:00", 0));
        assert_eq!(hour_of(Time::from_millis(0), -300 * MINUTE), "19:00");
    }
}
