//! A mail server that stands here: it speaks SMTP (RFC 5321) as far as a sender needs it, is in one of several moods, and keeps what it
//! was given.

use std::{sync::Arc, time::Duration};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::watch,
    time::timeout,
};
use tokio_util::sync::CancellationToken;

/// How long a test waits for what is to come.
const SOON: Duration = Duration::from_secs(60);

/// What the server says to a sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Takes,
    IsBusy,
    Refuses,
    /// It does not know our password.
    RefusesLogin,
    /// It says nothing any more once it has heard of a recipient whose address begins so.
    HangsFor(&'static str),
    /// It reads the mail to its end, and is gone.
    DropsAfterData,
    /// It reads the mail to its end, and says nothing any more.
    HangsAfterData,
}

/// A mail as it came over the line.
#[derive(Debug, Clone, Default)]
pub struct Received {
    pub from: String,
    pub to: String,
    pub data: String,
}

impl Received {
    /// A line of its head.
    pub fn header(&self, name: &str) -> &str {
        self.data.lines().find(|line| line.starts_with(name)).unwrap_or_default()
    }
}

/// What the server has seen.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    pub received: Vec<Received>,
    /// Names and passwords as they were sent.
    pub logins: Vec<String>,
    /// How many senders it lets hang.
    pub hanging: usize,
}

/// The server; cheap to clone.
#[derive(Clone)]
pub struct MailServer {
    /// `127.0.0.1:40123`.
    pub address: String,
    mood: Arc<watch::Sender<Mood>>,
    seen: Arc<watch::Sender<Seen>>,
    /// Cancelled by the first mail.
    pub took_one: CancellationToken,
}

impl MailServer {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            address: listener.local_addr().unwrap().to_string(),
            mood: Arc::new(watch::Sender::new(Mood::Takes)),
            seen: Arc::default(),
            took_one: CancellationToken::new(),
        };
        let host = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(Conversation::hold(host.clone(), stream));
            }
        });
        server
    }

    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    pub fn be(&self, mood: Mood) {
        self.mood.send_replace(mood);
    }

    pub fn received(&self) -> Vec<Received> {
        self.seen.borrow().received.clone()
    }

    /// What it has seen, once that is so much.
    pub async fn wait_until(&self, is_enough: impl FnMut(&Seen) -> bool) -> Seen {
        let mut seen = self.seen.subscribe();
        timeout(SOON, seen.wait_for(is_enough)).await.expect("the mail server waits in vain").unwrap().clone()
    }
}

/// What is spoken on one line.
struct Conversation {
    server: MailServer,
    lines: Lines<BufReader<OwnedReadHalf>>,
    write: OwnedWriteHalf,
    mail: Received,
}

impl Conversation {
    /// Until one of both has enough; that a sender goes away is no failure.
    async fn hold(server: MailServer, stream: TcpStream) {
        let (read, write) = stream.into_split();
        let lines = BufReader::new(read).lines();
        let mut conversation = Self { server, lines, write, mail: Received::default() };
        let mut answer = Some("220 post.test ESMTP\r\n");
        while let Some(words) = answer {
            if conversation.write.write_all(words.as_bytes()).await.is_err() {
                return;
            }
            let Ok(Some(line)) = conversation.lines.next_line().await else { return };
            answer = conversation.answer(line).await;
        }
    }

    fn mood(&self) -> Mood {
        *self.server.mood.borrow()
    }

    async fn answer(&mut self, line: String) -> Option<&'static str> {
        match line.to_uppercase().split([' ', ':']).next().unwrap_or_default() {
            "EHLO" => Some("250-post.test\r\n250-8BITMIME\r\n250 AUTH PLAIN\r\n"),
            "AUTH" => {
                self.server.seen.send_modify(|seen| seen.logins.push(line));
                let knows = self.mood() != Mood::RefusesLogin;
                Some(if knows { "235 2.7.0 welcome\r\n" } else { "535 5.7.8 Nobody of that name here\r\n" })
            }
            "MAIL" => {
                self.mail = Received { from: line, ..Received::default() };
                Some("250 ok\r\n")
            }
            "RCPT" => {
                self.mail.to = line;
                match self.mood() {
                    Mood::IsBusy => Some("451 4.3.2 Later, please\r\n"),
                    Mood::Refuses => Some("550 5.1.1 Nobody of that name\r\n"),
                    Mood::HangsFor(name) if self.mail.to.contains(&format!("<{name}")) => self.hang().await,
                    _ => Some("250 ok\r\n"),
                }
            }
            "DATA" => self.take().await,
            "QUIT" => None,
            _ => Some("250 ok\r\n"),
        }
    }

    async fn take(&mut self) -> Option<&'static str> {
        self.write.write_all(b"354 go on\r\n").await.ok()?;
        loop {
            let line = self.lines.next_line().await.ok()??;
            if line == "." {
                break;
            }
            self.mail.data.push_str(&line);
            self.mail.data.push('\n');
        }
        let mail = self.mail.clone();
        self.server.seen.send_modify(|seen| seen.received.push(mail));
        self.server.took_one.cancel();
        match self.mood() {
            Mood::DropsAfterData => None,
            Mood::HangsAfterData => self.hang().await,
            _ => Some("250 2.0.0 taken\r\n"),
        }
    }

    /// Says nothing any more, until the sender goes away.
    async fn hang(&mut self) -> Option<&'static str> {
        self.server.seen.send_modify(|seen| seen.hanging += 1);
        while let Ok(Some(_)) = self.lines.next_line().await {}
        self.server.seen.send_modify(|seen| seen.hanging -= 1);
        None
    }
}
