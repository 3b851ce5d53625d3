//! Mails leave through a real SMTP server, a small one that stands here.

use std::sync::{Arc, Mutex};

use jiff::SignedDuration;
use serde_json::json;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};
use tokio_util::sync::CancellationToken;
use trek_tribe::{
    crm::accounts::user::Role,
    server::{
        config::Secret,
        mail::{Transport, deliver_due},
    },
};

use crate::support::{Client, TestApp};

/// What the server says to a sender.
#[derive(Clone, Copy)]
enum Mood {
    Takes,
    IsBusy,
    Refuses,
}

/// A mail as it came over the line.
#[derive(Debug, Clone, Default)]
struct Received {
    from: String,
    to: String,
    data: String,
}

struct MailServer {
    url: String,
    mood: Arc<Mutex<Mood>>,
    received: Arc<Mutex<Vec<Received>>>,
    /// Cancelled by the first mail.
    took_one: CancellationToken,
}

impl MailServer {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let (mood, took_one) = (Arc::new(Mutex::new(Mood::Takes)), CancellationToken::new());
        let server = Self { url, mood: mood.clone(), received: Arc::default(), took_one: took_one.clone() };
        let received = server.received.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(converse(stream, mood.clone(), received.clone(), took_one.clone()));
            }
        });
        server
    }

    fn be(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }
}

/// RFC 5321, as far as a sender needs it.
async fn converse(
    stream: TcpStream,
    mood: Arc<Mutex<Mood>>,
    received: Arc<Mutex<Vec<Received>>>,
    took_one: CancellationToken,
) {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let mut mail = Received::default();
    write.write_all(b"220 post.test ESMTP\r\n").await.unwrap();
    while let Ok(Some(line)) = lines.next_line().await {
        let upper = line.to_uppercase();
        let answer = match upper.split([' ', ':']).next().unwrap_or_default() {
            "EHLO" => "250-post.test\r\n250 8BITMIME\r\n",
            "MAIL" => {
                mail = Received { from: line.clone(), ..Received::default() };
                "250 ok\r\n"
            }
            "RCPT" => {
                mail.to.clone_from(&line);
                match *mood.lock().unwrap() {
                    Mood::Takes => "250 ok\r\n",
                    Mood::IsBusy => "451 4.3.2 Later, please\r\n",
                    Mood::Refuses => "550 5.1.1 Nobody of that name\r\n",
                }
            }
            "DATA" => {
                write.write_all(b"354 go on\r\n").await.unwrap();
                while let Ok(Some(line)) = lines.next_line().await {
                    if line == "." {
                        break;
                    }
                    mail.data.push_str(&line);
                    mail.data.push('\n');
                }
                received.lock().unwrap().push(mail.clone());
                took_one.cancel();
                "250 2.0.0 taken\r\n"
            }
            "QUIT" => {
                write.write_all(b"221 bye\r\n").await.unwrap();
                return;
            }
            _ => "250 ok\r\n",
        };
        write.write_all(answer.as_bytes()).await.unwrap();
    }
}

struct Stage {
    app: TestApp,
    admin: Client,
    asha: Client,
    post: MailServer,
    transport: Transport,
}

/// Somebody for whom a mail waits.
async fn stage() -> Stage {
    let post = MailServer::start().await;
    let url = Secret::new(post.url.clone());
    let app = TestApp::start_with(|config| config.smtp_url = Some(url)).await;
    let transport = Transport::open(&app.app.config).unwrap();
    let (admin, asha) = (app.admin().await, app.register(Role::User, "Asha Rao").await);
    app.anonymous().post("/api/auth/password/forgot", json!({ "email": asha.email })).await.expect(202);
    Stage { app, admin, asha, post, transport }
}

impl Stage {
    async fn deliver(&self) -> u32 {
        deliver_due(&self.app.app, &self.transport, &CancellationToken::new()).await.unwrap()
    }

    /// State, tries and problem of the one mail.
    async fn mail(&self) -> (String, u64, String) {
        let mails = self.admin.get("/api/admin/outbox").await.expect(200);
        let mail = &mails.data()[0];
        let text = |name: &str| mail[name].as_str().unwrap_or_default().to_owned();
        (text("state"), mail["tries"].as_u64().unwrap(), text("problem"))
    }
}

#[tokio::test]
async fn a_mail_arrives_whole_and_under_its_own_id() {
    let stage = stage().await;
    assert_eq!(stage.deliver().await, 1);
    let received = stage.post.received();
    let [mail] = received.as_slice() else { panic!("{received:?}") };
    assert!(mail.from.contains("<hello@trek-tribe.example>") && mail.to.contains(&stage.asha.email), "{mail:?}");
    let header = |name: &str| mail.data.lines().find(|line| line.starts_with(name)).unwrap_or_default().to_owned();
    assert!(header("Message-ID:").contains("@127.0.0.1>"), "{}", mail.data);
    assert_eq!(header("Auto-Submitted:"), "Auto-Submitted: auto-generated");
    assert!(mail.data.contains("multipart/alternative") && mail.data.contains("text/html"), "{}", mail.data);
    assert!(mail.data.contains("reset-password"), "{}", mail.data);
    assert_eq!(stage.mail().await.0, "sent");
    assert_eq!(stage.deliver().await, 0, "nothing is sent twice");
}

#[tokio::test]
async fn who_is_told_to_stop_sends_the_mail_under_way_and_no_other() {
    let stage = stage().await;
    let forgot = json!({ "email": stage.asha.email });
    stage.app.anonymous().post("/api/auth/password/forgot", forgot).await.expect(202);
    let sent = deliver_due(&stage.app.app, &stage.transport, &stage.post.took_one).await.unwrap();
    assert_eq!((sent, stage.post.received().len()), (1, 1));
    assert_eq!(stage.deliver().await, 1, "the other one still waits");
}

#[tokio::test]
async fn a_busy_server_is_asked_again_and_gets_the_same_mail() {
    let stage = stage().await;
    stage.post.be(Mood::IsBusy);
    assert_eq!(stage.deliver().await, 0);
    let (state, tries, problem) = stage.mail().await;
    assert_eq!((state.as_str(), tries), ("queued", 1));
    assert!(problem.contains("451") || problem.contains("Later"), "{problem}");
    stage.post.be(Mood::Takes);
    assert_eq!(stage.deliver().await, 0, "not before its pause is over");
    stage.app.clock.advance(SignedDuration::from_secs(20));
    assert_eq!(stage.deliver().await, 1);
    assert_eq!((stage.mail().await.0.as_str(), stage.post.received().len()), ("sent", 1));
}

#[tokio::test]
async fn what_a_server_refuses_for_good_is_given_up() {
    let stage = stage().await;
    stage.post.be(Mood::Refuses);
    assert_eq!(stage.deliver().await, 0);
    let (state, tries, problem) = stage.mail().await;
    assert_eq!((state.as_str(), tries), ("failed", 1));
    assert!(problem.contains("550") || problem.contains("Nobody"), "{problem}");
    stage.app.clock.advance(SignedDuration::from_hours(24));
    assert_eq!(stage.deliver().await, 0);
}

#[tokio::test]
async fn a_server_that_is_away_costs_a_try_and_no_mail() {
    let mut stage = stage().await;
    let mut config = stage.app.app.config.clone();
    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap();
    config.smtp_url = Some(Secret::new(format!("smtp://{}", nobody.local_addr().unwrap())));
    drop(nobody);
    stage.transport = Transport::open(&config).unwrap();
    assert_eq!(stage.deliver().await, 0);
    assert_eq!((stage.mail().await.0.as_str(), stage.mail().await.1), ("queued", 1));
}
