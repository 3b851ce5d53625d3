//! The conversations of the demo. What is said about a trip stands in the timeline of the lead, as it does in life; what somebody has
//! not read they were told of.

use jiff::SignedDuration;

use super::{
    chance::Chance,
    content::{self, Chats, Line, Speaker, Talk as Script},
    leads::Maker,
    people::{Organizer, People},
};
use crate::{
    crm::{
        accounts::user::UserId,
        chat::{
            conversation::{ChatSide, Conversation, Host, SUPPORT},
            message::Message,
            news::news_of,
            server::service::Talk,
        },
        leads::{
            lead::Lead,
            status::LeadStatus,
            timeline::{Author, Interaction, InteractionKind, LeadHistory, Side},
        },
        notifications::notification::{News, Notification},
        trips::trip::Trip,
    },
    server::state::App,
    shared::{error::AppError, time::Time},
};

/// The last words of each conversation are so many minutes old.
const AGES: [i64; 26] = [
    3, 21, 122, 300, 1_260, 1_450, 1_500, 2_890, 4_330, 5_770, 7_200, 8_900, 10_400, 12_000, 13_100, 14_600, 16_000,
    17_700, 19_300, 21_000, 22_900, 24_800, 27_000, 29_500, 32_000, 35_000,
];
/// Who speaks next after the last line has had so much time.
const AFTER_ARRIVING: SignedDuration = SignedDuration::from_mins(45);

/// Makes conversations of leads while these are made, and then those with the admins.
pub(super) struct Chatter {
    chats: Chats,
    chance: Chance,
    now: Time,
    talks: Vec<Talk>,
    told: Vec<Notification>,
}

/// Between whom a conversation is.
struct Between<'a> {
    guest: (UserId, &'a str),
    host: (UserId, &'a str),
    /// Who is told of what the host's side has not read.
    hosts: Vec<UserId>,
    about: Host,
    trip: Option<&'a str>,
}

impl Chatter {
    pub(super) fn new(app: &App) -> Result<Self, AppError> {
        let (chats, now) = (content::chats()?, app.clock.now());
        Ok(Self { chats, chance: Chance::for_chats(), now, talks: Vec::new(), told: Vec::new() })
    }

    /// The conversation of a lead, if its traveller has an account and it fits into the time.
    pub(super) fn note(&mut self, history: &mut LeadHistory, maker: &Maker<'_>, organizers: &[Organizer]) {
        let Some(age) = AGES.get(self.talks.len()) else { return };
        let lead = &history.lead;
        let organizer = organizers.iter().find(|organizer| organizer.id == lead.assigned_to);
        let (Some(user), Some(trip), Some(organizer)) = (lead.user_id, maker.trip(lead.trip_id), organizer) else {
            return;
        };
        let scripts = self.chats.talks.clone();
        let Some(script) = scripts.get(self.talks.len() % scripts.len()) else { return };
        let end = self.now - SignedDuration::from_mins(*age);
        let begins = end - SignedDuration::from_mins(script.lines.iter().map(|line| line.after).sum());
        let is_over = matches!(lead.status, LeadStatus::Lost | LeadStatus::NotInterested);
        if is_over || begins < lead.created_at + AFTER_ARRIVING {
            return;
        }
        let (name, party) = (lead.name.clone(), lead.party_size.unwrap_or(2));
        let between = Between {
            guest: (user, &name),
            host: (organizer.id, &organizer.name),
            hosts: vec![organizer.id],
            about: Host::Trip { trip_id: lead.trip_id, organizer: organizer.id, lead_id: Some(lead.id) },
            trip: Some(&trip.title),
        };
        let messages = self.talk(&between, script, (begins, party));
        enter_in_lead(&mut self.chance, history, trip, (&between, &messages));
    }

    /// Conversations with the admins: of the organizer and the traveller who sign in, and of others.
    pub(super) fn ask_support(&mut self, people: &People) {
        let organizer = people.organizers.first().map(|organizer| (organizer.id, organizer.name.clone()));
        let travellers =
            people.travellers.iter().filter_map(|traveller| Some((traveller.user?, traveller.name.clone())));
        let travellers = travellers.enumerate().filter(|(at, _)| matches!(at, 0 | 7 | 19)).map(|(_, person)| person);
        let guests: Vec<(UserId, String)> = organizer.into_iter().chain(travellers).collect();
        let scripts = self.chats.support.clone();
        for ((guest, script), age) in guests.iter().zip(&scripts).zip([1_500, 640, 34, 190]) {
            let Some(admin) = people.admins.first() else { return };
            let between = Between {
                guest: (guest.0, &guest.1),
                host: (admin.id, &admin.name),
                hosts: people.admins.iter().map(|admin| admin.id).collect(),
                about: Host::Support,
                trip: None,
            };
            let lasts = script.lines.iter().map(|line| line.after).sum::<i64>();
            self.talk(&between, script, (self.now - SignedDuration::from_mins(age + lasts), 1));
        }
    }

    /// All conversations, and what was told of them.
    pub(super) fn finish(self) -> (Vec<Talk>, Vec<Notification>) {
        (self.talks, self.told)
    }

    /// One conversation by its script.
    fn talk(&mut self, between: &Between<'_>, script: &Script, (begins, party): (Time, u32)) -> Vec<Message> {
        let id = self.chance.id(begins);
        let mut conversation = Conversation::open(id, between.guest.0, between.about, ChatSide::Guest, begins);
        let (mut messages, mut at) = (Vec::new(), begins);
        for Line { by, after, text } in &script.lines {
            at = at + SignedDuration::from_mins(*after);
            let (side, sender) = match by {
                Speaker::Guest => (ChatSide::Guest, between.guest.0),
                Speaker::Host => (ChatSide::Host, between.host.0),
            };
            let seq = conversation.last_seq + 1;
            let body = text.replace("{trip}", between.trip.unwrap_or("the trip")).replace("{party}", &count(party));
            let message = Message {
                id: self.chance.id(at),
                conversation_id: id,
                seq,
                client_id: format!("demo-{seq}"),
                sender_id: sender,
                side,
                body,
                attachments: Vec::new(),
                sent_at: at,
            };
            conversation.take(&message);
            messages.push(message);
        }
        self.read_but_the_last(&mut conversation, script.unread, (between, &messages));
        let names = [between.guest.1, if between.trip.is_some() { between.host.1 } else { SUPPORT }];
        let names = names.into_iter().chain(between.trip).map(str::to_owned).collect();
        self.talks.push(Talk { conversation, names, messages: messages.clone() });
        messages
    }

    /// Who was written to last has not read so many messages, and was told of them; the other side has read everything.
    fn read_but_the_last(
        &mut self,
        conversation: &mut Conversation,
        unread: u32,
        (between, messages): (&Between<'_>, &[Message]),
    ) {
        let Some(last) = messages.last() else { return };
        let reader = last.side.other();
        // The traveller who signs in finds something new.
        let is_for_guest = reader == ChatSide::Guest && self.chance.happens(0.5);
        let unread = if is_for_guest { 1 } else { unread };
        conversation.read_up_to(reader, conversation.last_seq.saturating_sub(unread));
        let (readers, by) = match reader {
            ChatSide::Guest => (vec![between.guest.0], between.host.1),
            ChatSide::Host => (between.hosts.clone(), between.guest.1),
        };
        for message in messages.iter().filter(|message| message.seq > conversation.read.of(reader)) {
            for to in &readers {
                self.tell(*to, news_of(by, between.trip, message), message.sent_at);
            }
        }
        if unread > 0 {
            conversation.mailed = readers;
        }
    }

    fn tell(&mut self, to: UserId, news: News, at: Time) {
        self.told.push(Notification { id: self.chance.id(at), to, news, at, read_at: None, in_app: true });
    }
}

/// What is said stands in the timeline of the lead, and counts.
fn enter_in_lead(
    chance: &mut Chance,
    history: &mut LeadHistory,
    trip: &Trip,
    (between, messages): (&Between<'_>, &[Message]),
) {
    let lead: &mut Lead = &mut history.lead;
    for message in messages {
        let by = match message.side {
            ChatSide::Guest => {
                lead.hear(message.sent_at);
                Author { side: Side::Traveller, id: Some(between.guest.0), name: between.guest.1.to_owned() }
            }
            ChatSide::Host => {
                lead.note_activity(message.sent_at);
                lead.note_answer(message.sent_at);
                Author { side: Side::Organizer, id: Some(between.host.0), name: between.host.1.to_owned() }
            }
        };
        let (id, kind) = (chance.id(message.sent_at), InteractionKind::Chat);
        history.interactions.push(Interaction { id, kind, text: message.words(), at: message.sent_at, by });
    }
    lead.recompute(trip.price);
}

fn count(party: u32) -> String {
    const WORDS: [&str; 9] = ["nobody", "one", "two", "three", "four", "five", "six", "seven", "eight"];
    let word = usize::try_from(party).ok().and_then(|party| WORDS.get(party));
    word.map_or_else(|| party.to_string(), |word| (*word).to_owned())
}
