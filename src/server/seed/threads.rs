//! How a ticket is lived: what is said in it and done about it, step by step until now.

use jiff::SignedDuration;

use super::{
    chance::Chance,
    content::{Case, Help},
    life::{in_daytime, minutes},
    people::Admin,
};
use crate::{
    crm::{
        accounts::user::UserId,
        tickets::{
            message::{LastReply, TicketAuthor, TicketHistory, TicketMessage, TicketMessageId, TicketSide, TicketStep},
            status::TicketStatus,
            ticket::{Rating, Ticket},
        },
    },
    shared::{
        lifecycle::{By, Lifecycle},
        time::Time,
    },
};

/// So many hours a resolved ticket stays resolved.
const STAYS_RESOLVED: f64 = 7.0 * 24.0;

/// Admins have been busy for so long.
const BUSY_FOR: SignedDuration = SignedDuration::from_hours(3 * 24);

/// Who asks for help.
pub(super) struct Asker {
    pub(super) id: UserId,
    pub(super) name: String,
    pub(super) email: String,
}

/// A ticket while it is lived.
pub(super) struct Thread {
    ticket: Ticket,
    messages: Vec<TicketMessage>,
    steps: Vec<(TicketMessageId, TicketStep)>,
    asker: Asker,
    admin: Admin,
    at: Time,
    now: Time,
}

impl Thread {
    /// A ticket that was opened just now, and who will work on it.
    pub(super) fn begin(ticket: Ticket, asker: Asker, admin: Admin, now: Time) -> Self {
        let at = ticket.created_at;
        Self { ticket, messages: Vec::new(), steps: Vec::new(), asker, admin, at, now }
    }

    /// All that happens to it until now.
    pub(super) fn live(&mut self, chance: &mut Chance, case: &Case, help: &Help, trip: &str) {
        if chance.happens(0.05) && self.wait(chance, 0.2, 6.0) {
            let why = chance.choose(&help.cancelled).cloned();
            return self.step(chance, TicketSide::Requester, TicketStatus::Cancelled, why);
        }
        if !self.is_taken(chance) {
            return;
        }
        self.say(chance, TicketSide::Admin, &case.ack.replace("{trip}", trip));
        if let Some(note) = case.note.as_ref().filter(|_| chance.happens(0.7)) {
            self.note(chance, note);
        }
        if chance.happens(0.12) && self.wait(chance, 5.0, 30.0) {
            self.say_one(chance, &help.waiting);
        }
        if !self.is_asked(chance, case) {
            return;
        }
        self.is_solved(chance, case, help);
    }

    /// Somebody takes it: most in time, some too late, and more of them in these busy days, so that some wait for too long now.
    fn is_taken(&mut self, chance: &mut Chance) -> bool {
        let within = self.ticket.priority.answer_within().as_hours();
        let is_new = self.now.since(self.ticket.created_at) < BUSY_FOR;
        let (in_time, longest) = if is_new { (0.45, 8.0) } else { (0.84, 2.2) };
        let (least, most) = if chance.happens(in_time) { (0.08, 0.8) } else { (0.5 * longest, longest) };
        if !self.wait(chance, least * hours(within), most * hours(within)) {
            return false;
        }
        self.ticket.assignee = Some(self.admin.id);
        let note = Some(format!("Assigned to {}", self.admin.name));
        self.step(chance, TicketSide::Admin, TicketStatus::InProgress, note);
        true
    }

    /// What has to be asked is asked; `false` while the answer is waited for.
    fn is_asked(&mut self, chance: &mut Chance, case: &Case) -> bool {
        let Some((question, reply)) = case.question.as_ref().zip(case.reply.as_ref()) else { return true };
        if !self.wait(chance, 0.3, 8.0) {
            return false;
        }
        self.say(chance, TicketSide::Admin, question);
        self.step(chance, TicketSide::Admin, TicketStatus::WaitingCustomer, None);
        if chance.happens(0.04) || !self.wait(chance, 0.5, 40.0) {
            return false;
        }
        self.say(chance, TicketSide::Requester, reply);
        true
    }

    /// It is resolved, rated by some, closed after a week; or taken up once more.
    fn is_solved(&mut self, chance: &mut Chance, case: &Case, help: &Help) {
        let within = hours(self.ticket.priority.resolve_within().as_hours());
        let (least, most) = if chance.happens(0.85) { (0.1, 0.55) } else { (0.8, 1.6) };
        if !self.wait(chance, least * within, most * within) {
            return;
        }
        self.resolve(chance, &case.resolution);
        if chance.happens(0.07) && self.wait(chance, 8.0, 90.0) {
            self.say_one(chance, &help.reopened);
            if !self.wait(chance, 2.0, 30.0) {
                return;
            }
            self.resolve(chance, &case.resolution);
        }
        if chance.happens(0.62) && self.wait(chance, 0.3, 20.0) {
            self.rate(chance, help);
        }
        if chance.happens(0.2) && self.wait(chance, 0.1, 4.0) {
            let thanks = chance.choose(&help.thanks).cloned();
            return self.step(chance, TicketSide::Requester, TicketStatus::Closed, thanks);
        }
        let over = self.ticket.resolved_at.map(|at| at + minutes(STAYS_RESOLVED * 60.0));
        if let Some(over) = over.filter(|over| *over <= self.now) {
            self.at = over;
            self.step(chance, TicketSide::System, TicketStatus::Closed, None);
        }
    }

    fn resolve(&mut self, chance: &mut Chance, how: &str) {
        self.step(chance, TicketSide::Admin, TicketStatus::Resolved, Some(how.to_owned()));
        self.ticket.resolution = Some(how.to_owned());
    }

    fn rate(&mut self, chance: &mut Chance, help: &Help) {
        let was_late = self
            .ticket
            .clock
            .answered_at
            .is_some_and(|at| at > self.ticket.created_at + self.ticket.priority.answer_within());
        let score = match chance.number(0, 9) {
            0..=5 if !was_late => 5,
            6..=8 if !was_late => 4,
            0..=3 => 4,
            4..=7 => 3,
            _ => 2,
        };
        let lines = if score >= 4 { &help.praise } else { &help.blame };
        let comment = if chance.happens(0.5) { chance.choose(lines).cloned() } else { None };
        self.ticket.rating = Some(Rating { score, comment, at: self.at });
        self.touch();
    }

    fn say_one(&mut self, chance: &mut Chance, lines: &[String]) {
        if let Some(line) = chance.choose(lines) {
            self.say(chance, TicketSide::Requester, line);
        }
    }

    /// Something that both sides read. What the requester says takes it back.
    fn say(&mut self, chance: &mut Chance, side: TicketSide, text: &str) {
        let by = self.author(side);
        self.ticket.last_reply = Some(LastReply::of(by.clone(), text, self.at));
        self.push(chance, by, text, false);
        self.touch();
        let follows = self.ticket.status.after_reply();
        if side == TicketSide::Admin {
            self.ticket.note_answer(self.at);
        } else if follows != self.ticket.status {
            self.move_to(chance, side, follows, Some("By replying".to_owned()));
        }
    }

    fn note(&mut self, chance: &mut Chance, text: &str) {
        let by = self.author(TicketSide::Admin);
        self.push(chance, by, text, true);
        self.ticket.notes += 1;
    }

    fn push(&mut self, chance: &mut Chance, by: TicketAuthor, text: &str, internal: bool) {
        let id = chance.id(self.at);
        self.messages.push(TicketMessage {
            id,
            by,
            text: text.to_owned(),
            internal,
            attachments: Vec::new(),
            at: self.at,
        });
    }

    /// Takes a step; what the lifecycle does not allow does not happen here either.
    fn step(&mut self, chance: &mut Chance, side: TicketSide, to: TicketStatus, note: Option<String>) {
        let by = match side {
            TicketSide::Requester => By::Requester,
            TicketSide::Admin => By::Admin,
            TicketSide::System => By::System,
        };
        if self.ticket.status.check_step(to, by).is_ok() {
            if to == TicketStatus::Resolved {
                self.ticket.note_answer(self.at);
            }
            self.touch();
            self.move_to(chance, side, to, note);
        }
    }

    fn move_to(&mut self, chance: &mut Chance, side: TicketSide, to: TicketStatus, note: Option<String>) {
        let step = TicketStep { from: self.ticket.status, to, by: self.author(side), at: self.at, note };
        self.steps.push((chance.id(self.at), step));
        self.ticket.enter(to, self.at);
    }

    fn touch(&mut self) {
        self.ticket.updated_at = self.at;
        self.ticket.version += 1;
    }

    fn author(&self, side: TicketSide) -> TicketAuthor {
        let (id, name) = match side {
            TicketSide::Requester => (Some(self.asker.id), self.asker.name.clone()),
            TicketSide::Admin => (Some(self.admin.id), self.admin.name.clone()),
            TicketSide::System => (None, "Trek-Tribe".to_owned()),
        };
        TicketAuthor { side, id, name }
    }

    /// Lets some hours pass; `false` when they are not over yet. What is not pressing is done by day.
    fn wait(&mut self, chance: &mut Chance, least: f64, most: f64) -> bool {
        let later = self.at + minutes((least + (most - least) * chance.share()) * 60.0);
        let later = if self.ticket.priority.presses() { later } else { in_daytime(later) };
        let over = later < self.now;
        if over {
            self.at = later;
        }
        over
    }

    pub(super) fn finish(self) -> TicketHistory {
        let requester = [self.asker.name, self.asker.email];
        TicketHistory { ticket: self.ticket, requester, messages: self.messages, steps: self.steps }
    }
}

/// Hours as they are drawn from.
fn hours(hours: i64) -> f64 {
    i32::try_from(hours).map_or(0.0, f64::from)
}
