//! The program itself: how it ends, and what its commands do with what is around them.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    process::{Command, Stdio},
    time::Duration,
};

use mongodb::bson::{DateTime, Document, doc};
use serde_json::json;

use crate::support::{
    MailServer, Mood, PASSWORD, fresh_uri,
    process::{PROGRAM, Server, site},
};

/// How long a program may take to end.
const OUT_WITHIN: Duration = Duration::from_secs(10);

/// Somebody registers at a server, and asks for a link.
async fn cause_a_mail(server: &Server) {
    let post = |path: &str, body: serde_json::Value| {
        reqwest::Client::new().post(format!("http://{}{path}", server.address)).json(&body).send()
    };
    let asha = json!({ "name": "Asha", "email": "asha@example.in", "password": PASSWORD, "role": "user" });
    assert_eq!(post("/api/auth/register", asha).await.unwrap().status(), 201);
    let forgot = json!({ "email": "asha@example.in" });
    assert_eq!(post("/api/auth/password/forgot", forgot).await.unwrap().status(), 202);
}

const BODY: &str = r#"{"email":"nobody@example.in","password":"correct horse battery staple"}"#;

const CONTINUE: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\n";

/// A request to sign in of which the second half is not sent yet. The server has said that it reads the body.
fn begin_request(address: SocketAddr) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    let head = format!(
        "POST /api/auth/login HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\nexpect: 100-continue\r\ncontent-length: {}\r\n\r\n",
        BODY.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut interim = [0; CONTINUE.len()];
    stream.read_exact(&mut interim).unwrap();
    assert_eq!(interim, CONTINUE);
    stream.write_all(&BODY.as_bytes()[..20]).unwrap();
    stream.flush().unwrap();
    stream
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_under_way_is_answered_before_the_process_ends() {
    let mut server = Server::start().await;
    let mut under_way = begin_request(server.address);
    server.terminate();
    let address = server.address;
    server.wait_until("no new connection is taken", || TcpStream::connect(address).is_err());
    assert!(server.child.try_wait().unwrap().is_none(), "it waits for the request");
    under_way.write_all(&BODY.as_bytes()[20..]).unwrap();
    let mut answer = String::new();
    under_way.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 401") && answer.contains("unauthenticated"), "{answer}");
    let (status, took) = server.wait_for_the_end();
    assert!(status.success() && took < OUT_WITHIN, "{status} after {took:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_never_ends_does_not_keep_the_process() {
    let mut server = Server::start().await;
    let _under_way = begin_request(server.address);
    server.terminate();
    let (status, took) = server.wait_for_the_end();
    assert!(status.success() && took < OUT_WITHIN, "{status} after {took:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_does_not_leave_does_not_keep_the_process() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let smtp = format!("smtp://{}", silent.local_addr().unwrap());
    let mut server = Server::start_with(&[("MONGODB_URI", &fresh_uri().await), ("SMTP_URL", &smtp)]);
    cause_a_mail(&server).await;
    // It takes the line and then says nothing.
    let _line = silent.accept().unwrap();
    server.terminate();
    let (status, took) = server.wait_for_the_end();
    assert!(status.success() && took < OUT_WITHIN, "{status} after {took:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_whose_sender_is_killed_is_sent_by_the_next_one_under_the_same_id() {
    let (uri, post) = (fresh_uri().await, MailServer::start().await);
    let settings = [("MONGODB_URI", uri.as_str()), ("SMTP_URL", &post.url())];
    post.be(Mood::HangsAfterData);
    let mut server = Server::start_with(&settings);
    cause_a_mail(&server).await;
    // The mail server has the mail, and its sender does not know.
    post.wait_until(|seen| seen.hanging == 1).await;
    server.child.kill().unwrap();
    drop(server);
    end_leases(&uri).await;
    post.be(Mood::Takes);
    let _next = Server::start_with(&settings);
    let seen = post.wait_until(|seen| seen.received.len() == 2).await;
    let [first, second] = [0, 1].map(|at: usize| seen.received[at].header("Message-ID:"));
    assert!(first.contains('@') && first == second, "{first}, {second}");
}

/// As when the two minutes of a lease had passed.
async fn end_leases(uri: &str) {
    let client = mongodb::Client::with_uri_str(uri).await.unwrap();
    let mails = client.default_database().unwrap().collection::<Document>("outbox");
    let ended = mails.update_many(doc! { "state": "queued" }, doc! { "$set": { "dueAt": DateTime::now() } }).await;
    assert_eq!(ended.unwrap().modified_count, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_told_to_end_while_it_starts_ends() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let uri = format!("mongodb://{}/trek?directConnection=true", silent.local_addr().unwrap());
    let mut server = Server::start_with(&[("MONGODB_URI", &uri)]);
    server.terminate();
    let (status, took) = server.wait_for_the_end();
    assert!(status.success() && took < OUT_WITHIN, "{status} after {took:?}");
}

#[test]
fn a_start_that_fails_late_still_stops_its_database() {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let folder = std::env::temp_dir().join(format!("trek-tribe-late-{}", address.port()));
    std::fs::create_dir_all(&folder).unwrap();
    let ended = Command::new(PROGRAM)
        .arg("serve")
        .env_remove("MONGODB_URI")
        .env("TREK_ADDR", address.to_string())
        .env("TREK_DATA_DIR", &folder)
        .env("TREK_SITE_DIR", site(&folder))
        // Where it says that it is up, there is no room.
        .stdout(std::fs::File::options().write(true).open("/dev/full").unwrap())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ended.stderr);
    // After a clean end `mongod` leaves its lock empty; who is killed leaves its number there.
    let lock = std::fs::read_to_string(folder.join("mongod/mongod.lock")).unwrap();
    assert!(!ended.status.success() && lock.is_empty(), "{lock:?}: {said}");
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn production_takes_no_demo_data_and_is_not_cleared() {
    for words in [&["seed"][..], &["seed", "--scale", "2"], &["serve", "--demo"], &["clear"]] {
        let ended = Command::new(PROGRAM)
            .args(words)
            .envs([
                ("TREK_ENV", "production"),
                ("S3_BUCKET", "trek-files"),
                ("AWS_ACCESS_KEY_ID", "key"),
                ("AWS_SECRET_ACCESS_KEY", "of-a-bucket-that-nobody-asks"),
                ("TREK_PUBLIC_URL", "https://trek.example"),
                ("TREK_SECRET", "0123456789012345678901234567890123456789"),
                ("MONGODB_URI", "mongodb://127.0.0.1:1/trek?directConnection=true"),
                ("SMTP_URL", "smtps://trek.example"),
                ("MAIL_FROM", "Trek <hello@trek.example>"),
            ])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&ended.stderr);
        assert!(!ended.status.success() && said.contains("This is production"), "{words:?}: {said}");
    }
}

#[test]
fn the_description_ends_quietly_when_nobody_reads_on() {
    let mut child = Command::new(PROGRAM).arg("openapi").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut start = [0; 16];
    let mut pipe = child.stdout.take().unwrap();
    pipe.read_exact(&mut start).unwrap();
    drop(pipe);
    let mut complaints = String::new();
    child.stderr.take().unwrap().read_to_string(&mut complaints).unwrap();
    assert!(child.wait().unwrap().success(), "{complaints}");
    assert_eq!(complaints, "");
}

#[test]
fn a_password_comes_from_the_standard_input_too() {
    let mut child = Command::new(PROGRAM)
        .args(["admin", "create", "--email", "nobody", "--name", "Asha"])
        .env("MONGODB_URI", "mongodb://127.0.0.1:1/?directConnection=true&serverSelectionTimeoutMS=1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"correct horse battery staple\n").unwrap();
    let ended = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert!(!ended.status.success() && !said.contains("correct horse") && !said.contains("The password"), "{said}");
}
