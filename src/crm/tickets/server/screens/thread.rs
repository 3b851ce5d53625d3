//! What happened to a ticket, by day, the oldest first: what was said, the steps, and changes of facts out of the audit trail.

use serde_json::Value;

use super::profile::Viewer;
use crate::{
    crm::{
        accounts::{server::directory, user::UserId},
        files::file::{Attachment, size_in_words},
        tickets::{
            message::{TicketAuthor, TicketMessage, TicketSide, TicketStep},
            row::TicketDetail,
            screens::profile::{EntryKind, FileLink, ThreadDay, ThreadEntry},
            ticket::TicketPriority,
        },
    },
    server::{
        mongo::audit::{self, Trail},
        state::App,
    },
    shared::{
        audit::{AuditEntity, AuditRow},
        error::AppError,
        id::Id,
        lifecycle::Lifecycle,
        page::PageRequest,
        time::{Date, Time},
    },
};

/// How many changes are told.
const CHANGES: u32 = 100;
/// The changes, as the audit trail calls them.
const PRIORITIZE: &str = "prioritize";
const ASSIGN: &str = "assign";
/// Rows of the trail and steps that lie so many milliseconds apart at most tell of the same write.
const SAME_WRITE: i128 = 2_000;
/// How the note of a step begins that came of assigning the ticket.
const ASSIGNED: &str = "Assigned to ";

/// Everything that happened.
pub(super) async fn load_days(
    app: &App,
    viewer: &Viewer<'_>,
    ticket: &TicketDetail,
) -> Result<Vec<ThreadDay>, AppError> {
    let mut entries = viewer.entries(ticket);
    entries.extend(changes(app, viewer, ticket).await?);
    // What happened in the same moment stays in the order of telling: a step after what caused it.
    entries.sort_by_key(|entry| entry.moment.at);
    let mut days: Vec<(Date, ThreadDay)> = Vec::new();
    for entry in entries {
        let date = viewer.zone.date_of(entry.moment.at);
        match days.last_mut() {
            Some((last, day)) if *last == date => day.entries.push(entry),
            _ => days.push((date, ThreadDay { label: viewer.zone.day_heading(date), entries: vec![entry] })),
        }
    }
    Ok(days.into_iter().map(|(_, day)| day).collect())
}

impl Viewer<'_> {
    /// The question, what was said, the steps, and the rating.
    fn entries(&self, ticket: &TicketDetail) -> Vec<ThreadEntry> {
        let row = &ticket.row;
        let requester =
            TicketAuthor { side: TicketSide::Requester, id: Some(row.requester.id), name: row.requester.name.clone() };
        let entry = |kind, by: &TicketAuthor, deed: String, text: Option<String>, at| ThreadEntry {
            kind,
            who: self.name(by),
            deed,
            text,
            files: Vec::new(),
            moment: self.zone.hour(at),
        };
        let opened = entry(
            self.side(requester.side),
            &requester,
            "opened the ticket".to_owned(),
            Some(ticket.description.clone()),
            row.created_at,
        );
        let opened = ThreadEntry { files: links_of(&ticket.attachments), ..opened };
        let said = ticket.messages.iter().map(|message| ThreadEntry {
            files: links_of(&message.attachments),
            ..entry(self.kind(message), &message.by, deed(message).to_owned(), Some(message.text.clone()), message.at)
        });
        let moved = ticket.history.iter().map(|step| {
            let (deed, text) = words_of(step);
            entry(EntryKind::Moved(step.to), &step.by, deed, text, step.at)
        });
        let rated = row.rating.iter().map(|rating| {
            let deed = format!("rated the help: {} of 5", rating.score);
            entry(EntryKind::Rated, &requester, deed, rating.comment.clone(), rating.at)
        });
        std::iter::once(opened).chain(said).chain(moved).chain(rated).collect()
    }

    fn name(&self, by: &TicketAuthor) -> String {
        if by.id == Some(self.actor.user()) { "You".to_owned() } else { by.name.clone() }
    }

    fn kind(&self, message: &TicketMessage) -> EntryKind {
        if message.internal { EntryKind::Note } else { self.side(message.by.side) }
    }

    /// Whether a side is the viewer's.
    fn side(&self, side: TicketSide) -> EntryKind {
        let is_ours = self.is_admin() == (side != TicketSide::Requester);
        if is_ours { EntryKind::Ours } else { EntryKind::Theirs }
    }
}

fn links_of(files: &[Attachment]) -> Vec<FileLink> {
    let link =
        |file: &Attachment| FileLink { name: file.name.clone(), href: file.path(), size: size_in_words(file.size) };
    files.iter().map(link).collect()
}

const fn deed(message: &TicketMessage) -> &'static str {
    match (message.internal, message.by.side) {
        (true, _) => "noted for admins",
        (false, TicketSide::Requester) => "wrote",
        (false, _) => "answered",
    }
}

/// A step in words. How it came about is a part of the sentence, what somebody had to say about it stands below.
fn words_of(step: &TicketStep) -> (String, Option<String>) {
    let moved = format!("moved it to “{}”", step.to.label());
    match &step.note {
        Some(note) if note == "By replying" => (format!("{moved} by replying"), None),
        Some(note) if note.starts_with(ASSIGNED) => (format!("{moved}, a{}", &note[1..]), None),
        note => (moved, note.clone()),
    }
}

/// Who changed the priority or the assignee. A change that a step tells of already is left out.
async fn changes(app: &App, viewer: &Viewer<'_>, ticket: &TicketDetail) -> Result<Vec<ThreadEntry>, AppError> {
    let id = Id::from_bytes(ticket.row.id.bytes());
    let (entity, entity_id) = (Some(AuditEntity::Ticket), Some(id));
    let trail = Trail { entity, entity_id, actions: &[PRIORITIZE, ASSIGN], ..Trail::default() };
    let rows = audit::page(&app.db, &trail, &PageRequest { limit: CHANGES, cursor: None }).await?.items;
    let is_told = |at: Time| ticket.history.iter().any(|step| is_assigning(step) && is_same_write(step.at, at));
    let rows: Vec<AuditRow> = rows.into_iter().filter(|row| row.action == PRIORITIZE || !is_told(row.at)).collect();
    let people = rows.iter().filter_map(actor_of).chain(rows.iter().filter_map(assignee_of));
    let people = directory::find_people(app, people).await?;
    let name = |id: Option<UserId>| match id {
        Some(id) if id == viewer.actor.user() => "You".to_owned(),
        id => id.and_then(|id| people.get(&id)).map_or_else(|| "Somebody".to_owned(), |person| person.name.clone()),
    };
    let entry = |row: AuditRow| {
        let deed = match (priority_of(&row), assignee_of(&row)) {
            (Some(priority), _) => format!("changed the priority to {}", priority.label().to_lowercase()),
            (None, Some(id)) if actor_of(&row) == Some(id) => "took the ticket".to_owned(),
            (None, id) => format!("gave the ticket to {}", name(id).replace("You", "you")),
        };
        let moment = viewer.zone.hour(row.at);
        ThreadEntry { kind: EntryKind::Changed, who: name(actor_of(&row)), deed, text: None, files: Vec::new(), moment }
    };
    Ok(rows.into_iter().map(entry).collect())
}

fn is_assigning(step: &TicketStep) -> bool {
    step.note.as_ref().is_some_and(|note| note.starts_with(ASSIGNED))
}

/// The trail reads the clock by itself, a moment after the step.
fn is_same_write(step: Time, row: Time) -> bool {
    row.since(step).as_millis().abs() < SAME_WRITE
}

fn actor_of(row: &AuditRow) -> Option<UserId> {
    row.actor.as_ref().and_then(|actor| actor.id.parse().ok())
}

fn after<'a>(row: &'a AuditRow, field: &str) -> Option<&'a Value> {
    row.changes.iter().find(|change| change.field == field).map(|change| &change.to)
}

fn assignee_of(row: &AuditRow) -> Option<UserId> {
    let value = after(row, "assignee")?;
    value.get("$oid").unwrap_or(value).as_str()?.parse().ok()
}

fn priority_of(row: &AuditRow) -> Option<TicketPriority> {
    after(row, "priority").and_then(Value::as_str).and_then(TicketPriority::from_name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crm::tickets::status::TicketStatus;

    #[test]
    fn what_causes_a_step_is_a_part_of_its_sentence() {
        let by = TicketAuthor { side: TicketSide::Admin, id: None, name: "Kavya".into() };
        let step = |note: &str| TicketStep {
            from: TicketStatus::Pending,
            to: TicketStatus::InProgress,
            by: by.clone(),
            at: Time::from_millis(0),
            note: Some(note.into()),
        };
        assert_eq!(words_of(&step("By replying")), ("moved it to “In progress” by replying".into(), None));
        assert_eq!(words_of(&step("Assigned to Kavya")).0, "moved it to “In progress”, assigned to Kavya");
        assert_eq!(words_of(&step("Paid.")).1.as_deref(), Some("Paid."));
    }
}
