//! A connection of either door, for tests that do the same at both, and to which a connection that breaks is no surprise.

use std::{collections::VecDeque, net::SocketAddr, time::Duration};

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::{Error, Message};

use super::live::{CONNECT, Line, SOCKET_IO, dial, take_apart};

/// What is asked is answered within this time, and what is told comes within it, or not at all.
const SOON: Duration = Duration::from_secs(60);

/// A door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// That of the browser's pages.
    Pages,
    /// That of programs: Socket.IO.
    Programs,
}

impl Door {
    pub const BOTH: [Self; 2] = [Self::Pages, Self::Programs];
}

/// Why there is no connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// It was refused with that status.
    Refused(u16),
    /// Nobody is there, or not for long.
    Away,
}

/// What comes over a connection.
#[derive(Debug, Clone, PartialEq)]
pub enum Heard {
    /// The answer to the question of that number.
    Answer(u32, Value),
    /// An event: its name and its payload.
    Event(String, Value),
}

/// A connection.
pub struct Wire {
    line: Line,
    door: Door,
    asked: u32,
    kept: VecDeque<Heard>,
}

impl Wire {
    /// Opens one, as who holds the token if there is one.
    pub async fn open(door: Door, address: SocketAddr, token: Option<&str>) -> Result<Self, Closed> {
        let bearer = token.map(|token| format!("Bearer {token}"));
        let headers: Vec<_> = bearer.iter().map(|bearer| ("authorization", bearer.as_str())).collect();
        let dialled = match door {
            Door::Pages => dial(address, CONNECT, &headers).await,
            Door::Programs => dial(address, SOCKET_IO, &[]).await,
        };
        let line = match dialled {
            Ok(line) => line,
            Err(Error::Http(response)) => return Err(Closed::Refused(response.status().as_u16())),
            Err(_) => return Err(Closed::Away),
        };
        let mut wire = Self { line, door, asked: 0, kept: VecDeque::new() };
        if door == Door::Programs {
            wire.greet(token).await.ok_or(Closed::Away)?;
        }
        Ok(wire)
    }

    /// One of somebody whose connection is counted by now.
    pub async fn counted(door: Door, address: SocketAddr, token: &str) -> Self {
        let mut wire = Self::open(door, address, Some(token)).await.unwrap();
        // Its first answer shows that all before was done.
        let nothing = json!({ "conversationId": "65f1c0ffee00112233445566" });
        assert_eq!(wire.ask("leave:conversation", nothing).await, Some(json!({})));
        wire
    }

    /// Says something, and wants an answer under the number that this gives; `None`: the connection is over.
    pub async fn say(&mut self, event: &str, payload: Value) -> Option<u32> {
        self.asked += 1;
        let number = self.asked;
        let text = match self.door {
            Door::Pages => format!("{number}{}", json!({ event: payload })),
            Door::Programs => format!("42{number}{}", json!([event, payload])),
        };
        self.send(&text).await?;
        Some(number)
    }

    /// Asks for something; the answer. What else comes meanwhile is kept for [`Self::next`].
    pub async fn ask(&mut self, event: &str, payload: Value) -> Option<Value> {
        let number = self.say(event, payload).await?;
        loop {
            let heard = timeout(SOON, self.read()).await;
            match heard.unwrap_or_else(|_| panic!("{event} is not answered; heard: {:?}", self.kept))? {
                Heard::Answer(to, answer) if to == number => return Some(answer),
                other => self.kept.push_back(other),
            }
        }
    }

    /// The next thing that comes; `None`: the connection is over.
    pub async fn next(&mut self) -> Option<Heard> {
        match self.kept.pop_front() {
            Some(kept) => Some(kept),
            None => self.read().await,
        }
    }

    /// The payload of the next event of that name; others are passed over.
    pub async fn hear(&mut self, event: &str) -> Option<Value> {
        let mut others = Vec::new();
        loop {
            let heard = timeout(SOON, self.next()).await;
            match heard.unwrap_or_else(|_| panic!("{event} is not told; heard: {others:?}"))? {
                Heard::Event(name, payload) if name == event => return Some(payload),
                other => others.push(other),
            }
        }
    }

    /// Sends these texts, or as many as the connection takes; how many were sent. What comes is read and passed over. A page's connection
    /// is ended by the server then, a program's by the program: what is too much for its queue is refused, and not counted.
    pub async fn flood(self, texts: impl Iterator<Item = &str>) -> usize {
        let (mut say, mut told) = self.line.split();
        let read = tokio::spawn(async move { while let Some(Ok(_)) = told.next().await {} });
        let mut sent = 0;
        for text in texts {
            if say.send(Message::text(text)).await.is_err() {
                break;
            }
            sent += 1;
        }
        if self.door == Door::Programs {
            // One that is over already cannot be ended.
            drop(say.close().await);
        }
        timeout(SOON, read).await.expect("the connection does not end").unwrap();
        sent
    }

    /// What has come while something else was asked for.
    pub fn take_kept(&mut self) -> Vec<Heard> {
        self.kept.drain(..).collect()
    }

    /// Says who it is, if it is somebody, and waits until it is taken in.
    async fn greet(&mut self, token: Option<&str>) -> Option<()> {
        while !self.text().await?.starts_with('0') {}
        let auth = token.map_or(json!({}), |token| json!({ "token": token }));
        self.send(&format!("40{auth}")).await?;
        while !self.text().await?.starts_with("40") {}
        Some(())
    }

    async fn read(&mut self) -> Option<Heard> {
        let text = self.text().await?;
        match (self.door, text.as_str()) {
            (Door::Programs, "41" | "1") => None,
            (Door::Programs, packet) => Some(read_packet(packet)),
            (Door::Pages, frame) => Some(read_frame(frame)),
        }
    }

    async fn send(&mut self, text: &str) -> Option<()> {
        self.line.send(Message::text(text)).await.ok()
    }

    /// The next text; pings of programs, which are texts, are answered, also before anybody is taken in.
    async fn text(&mut self) -> Option<String> {
        loop {
            match self.line.next().await? {
                Ok(Message::Text(text)) if self.door == Door::Programs && text.as_str() == "2" => {
                    self.send("3").await?;
                }
                Ok(Message::Text(text)) => return Some(text.to_string()),
                Ok(Message::Close(_)) | Err(_) => return None,
                Ok(_) => {}
            }
        }
    }
}

fn read_frame(frame: &str) -> Heard {
    let json = frame.trim_start_matches(|c: char| c.is_ascii_digit());
    let (name, payload) = take_apart(json);
    match frame[..frame.len() - json.len()].parse() {
        Ok(number) => Heard::Answer(number, payload),
        Err(_) => Heard::Event(name, payload),
    }
}

fn read_packet(packet: &str) -> Heard {
    let (kind, rest) = packet.split_at(2);
    let json = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let value: Value = serde_json::from_str(json).unwrap();
    match kind {
        "43" => Heard::Answer(rest[..rest.len() - json.len()].parse().unwrap(), value[0].clone()),
        "42" => Heard::Event(value[0].as_str().unwrap().to_owned(), value[1].clone()),
        _ => panic!("what is {packet}?"),
    }
}
