//! Puts times into the words of who looks.

use jiff::Timestamp;
use serde::Deserialize as _;
use serde_json::Value;

use super::{actor::Actor, templates::occasion};
use crate::{
    crm::accounts::{
        session::SessionRow,
        user::{User, Viewer},
        views::{AuditView, ChangeInWords, MailView, OutboxView, PersonView, SampleView, SessionView},
    },
    server::{mail::Mail, mongo::jobs::Problem, state::App, zone::Zone},
    shared::{audit::AuditRow, mail::OutboxMail, money::Money, page::Page},
};

/// The zone of who looks, now.
pub fn zone_of(app: &App, actor: &Actor) -> Zone {
    Zone::new(actor.time_zone(), app.clock.now())
}

/// A session as its owner sees it.
pub fn show_session(zone: &Zone, session: SessionRow) -> SessionView {
    let (signed_in, last_seen) = (zone.past(session.created_at), zone.past(session.last_seen_at));
    SessionView { session, signed_in, last_seen }
}

/// A person as admins see them.
pub fn show_person(zone: &Zone, user: User) -> PersonView {
    let joined = zone.past(user.created_at);
    PersonView { user, joined }
}

/// A mail as admins see it.
pub fn show_mail(zone: &Zone, mail: OutboxMail) -> MailView {
    let (written, sent) = (zone.past(mail.created_at), mail.sent_at.map(|at| zone.past(at)));
    MailView { mail, written, sent }
}

/// The outbox as admins see it.
pub fn show_outbox(zone: &Zone, mails: Page<OutboxMail>, problems: Vec<Problem>) -> OutboxView {
    let sentence = |Problem { job, problem, at }| format!("The job “{job}”, {}: {problem}", zone.past(at).text);
    OutboxView {
        mails: mails.map(|mail| show_mail(zone, mail)),
        problems: problems.into_iter().map(sentence).collect(),
    }
}

/// A kind of mail as admins see it.
pub fn show_sample(mail: Mail) -> SampleView {
    let Mail { kind, subject, text, .. } = mail;
    SampleView { kind, occasion: occasion(kind).to_owned(), subject, text }
}

/// A row of the audit trail as admins see it.
pub fn show_audit(zone: &Zone, row: AuditRow) -> AuditView {
    let AuditRow { at, actor, entity, entity_id, action, changes, .. } = row;
    let changes = changes.into_iter().map(|change| ChangeInWords {
        field: in_words(&change.field),
        from: value_in_words(zone, &change.from),
        to: value_in_words(zone, &change.to),
    });
    AuditView { at: zone.stamp(at), actor, action: in_words(&action), entity, entity_id, changes: changes.collect() }
}

/// `timeZone` and `change_profile` as people write them: `time zone`, `change profile`.
fn in_words(name: &str) -> String {
    name.chars().fold(String::with_capacity(name.len() + 4), |mut words, c| {
        if c.is_uppercase() {
            words.push(' ');
        }
        if c == '_' {
            words.push(' ');
        } else {
            words.extend(c.to_lowercase());
        }
        words
    })
}

fn value_in_words(zone: &Zone, value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        Value::String(text) if text.is_empty() => "nothing".to_owned(),
        Value::String(text) => match text.parse::<Timestamp>() {
            Ok(at) => zone.stamp(at.into()).text,
            Err(_) => text.clone(),
        },
        Value::Array(items) if items.is_empty() => "nothing".to_owned(),
        Value::Array(items) => items.iter().map(|item| value_in_words(zone, item)).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => match Money::deserialize(value) {
            Ok(money) => money.to_string(),
            Err(_) => {
                let field =
                    |(name, value): (&String, &Value)| format!("{} {}", in_words(name), value_in_words(zone, value));
                fields.iter().map(field).collect::<Vec<_>>().join(", ")
            }
        },
        Value::Number(number) => number.to_string(),
    }
}

impl From<&Actor> for Viewer {
    fn from(actor: &Actor) -> Self {
        Self {
            id: actor.user(),
            name: actor.name().to_owned(),
            role: actor.role(),
            locale: actor.locale(),
            time_zone: actor.time_zone().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_of_fields_and_actions_are_read_as_words() {
        assert_eq!(in_words("timeZone"), "time zone");
        assert_eq!(in_words("end_stolen_session"), "end stolen session");
    }

    #[test]
    fn values_are_read_as_people_write_them() {
        let time = |text: &str| text.parse::<Timestamp>().unwrap().into();
        let zone = Zone::new("Asia/Kolkata", time("2026-11-24T05:12:00Z"));
        let read = |value| value_in_words(&zone, &value);
        assert_eq!(read(json!(null)), "nothing");
        assert_eq!(read(json!(["trek", "snow"])), "trek, snow");
        assert_eq!(read(json!({ "amount": 1_250_050, "currency": "INR" })), "₹12,500.50");
        assert_eq!(read(json!({ "partySize": 2, "note": null })), "note nothing, party size 2");
        assert_eq!(read(json!("2026-11-26T03:30:00Z")), zone.stamp(time("2026-11-26T03:30:00Z")).text);
    }
}
