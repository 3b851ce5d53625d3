//! Connections for the tests: an application that listens, and clients of both doors that wait for what they are told.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::http::{HeaderName, HeaderValue};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Map, Value, json};
use tokio::{net::TcpListener, net::TcpStream, task::JoinHandle, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{self, Message, client::IntoClientRequest},
};
use tokio_util::sync::CancellationToken;
use trek_tribe::{
    live::{
        events::ServerEvent,
        server::{self, connection::Connection, publish::publish_fleeting},
        topic::Topic,
    },
    server::state::App,
};

use super::{Client, TestApp};

/// What is told comes within this time, or not at all.
const SOON: Duration = Duration::from_secs(10);
/// The path of the browser's door.
pub const CONNECT: &str = "/api/fn/live/connect";
/// The path of the other one.
pub const SOCKET_IO: &str = "/socket.io/?EIO=4&transport=websocket";

/// An application that takes connections.
pub struct Listening {
    /// Where.
    pub address: SocketAddr,
    app: App,
    stop: CancellationToken,
    running: JoinHandle<()>,
}

impl Listening {
    /// Ends as the program does when it is told to.
    pub async fn end(self) {
        self.stop.cancel();
        self.running.await.unwrap();
    }

    /// Waits until what is stored by now has been told, so that who comes next hears nothing of before.
    async fn catch_up(&self) {
        let nobody = Topic::Person(self.app.ids.next());
        let last = Arc::new(Connection::new(vec![nobody]));
        let hub = &self.app.live().hub;
        let number = hub.enter(&last).unwrap();
        publish_fleeting(&self.app, &[nobody], &ServerEvent::resync()).await.unwrap();
        timeout(SOON, last.next()).await.expect("it does not catch up").unwrap();
        hub.exit(number);
    }
}

impl TestApp {
    /// Listens on a port of its own, and follows what is published.
    pub async fn listen(&self) -> Listening {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let stop = CancellationToken::new();
        let running = tokio::spawn(server::run(self.app.clone(), stop.clone()));
        let service = self.router().clone().into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        timeout(SOON, self.app.live().wait_until_following()).await.expect("it does not follow");
        Listening { address, app: self.app.clone(), stop, running }
    }
}

/// The line of a client.
pub type Line = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Opens a websocket; the status of the refusal if there is none.
pub async fn open(at: &Listening, path: &str, headers: &[(&str, &str)]) -> Result<Line, u16> {
    match dial(at.address, path, headers).await {
        Ok(line) => Ok(line),
        Err(tungstenite::Error::Http(response)) => Err(response.status().as_u16()),
        Err(error) => panic!("{error}"),
    }
}

/// An event of the browser's door, with its name beside its payload.
pub fn read(frame: &str) -> Value {
    let (event, payload) = take_apart(frame);
    json!({ "event": event, "payload": payload })
}

/// The name and the payload of what stands on the browser's line.
pub fn take_apart(text: &str) -> (String, Value) {
    let named: Map<String, Value> = serde_json::from_str(text).unwrap();
    assert_eq!(named.len(), 1, "{text}");
    named.into_iter().next().unwrap()
}

/// Opens a websocket at an address where maybe nobody is.
pub async fn dial(address: SocketAddr, path: &str, headers: &[(&str, &str)]) -> Result<Line, tungstenite::Error> {
    let mut request = format!("ws://{address}{path}").into_client_request().unwrap();
    for (name, value) in headers {
        request.headers_mut().insert(name.parse::<HeaderName>().unwrap(), HeaderValue::from_str(value).unwrap());
    }
    Ok(connect_async(request).await?.0)
}

/// A page at the browser's door.
pub struct Tab {
    line: Line,
    asked: u32,
    kept: Vec<Value>,
}

impl Tab {
    /// The page of somebody, whose connection is counted by now, and which is told of nothing that was done before.
    pub async fn open(at: &Listening, person: &Client) -> Self {
        at.catch_up().await;
        let bearer = format!("Bearer {}", person.token.as_ref().unwrap());
        let line = open(at, CONNECT, &[("authorization", &bearer)]).await.unwrap();
        let mut tab = Self { line, asked: 0, kept: Vec::new() };
        // Its first answer shows that all before was done.
        tab.ask("leave:conversation", json!({ "conversationId": person.user_id })).await;
        tab
    }

    /// Sends a frame as it is.
    pub async fn send(&mut self, text: &str) {
        self.line.send(Message::text(text)).await.unwrap();
    }

    /// Asks for something; the answer.
    pub async fn ask(&mut self, event: &str, payload: Value) -> Value {
        self.asked += 1;
        let number = self.asked.to_string();
        self.send(&format!("{number}{}", json!({ event: payload }))).await;
        loop {
            let text = self.text().await;
            match text.strip_prefix(&number).filter(|rest| rest.starts_with('{')) {
                Some(answer) => return take_apart(answer).1,
                // The answer to something else.
                None if text.starts_with(|c: char| c.is_ascii_digit()) => {}
                None => self.kept.push(read(&text)),
            }
        }
    }

    /// The next thing that it is told.
    pub async fn next(&mut self) -> Value {
        if !self.kept.is_empty() {
            return self.kept.remove(0);
        }
        read(&self.text().await)
    }

    /// The payload of the next event of that name; others are passed over.
    pub async fn hear(&mut self, event: &str) -> Value {
        loop {
            let told = self.next().await;
            if told["event"] == event {
                return told["payload"].clone();
            }
        }
    }

    /// The code with which the connection ends; what it is told before is passed over.
    pub async fn end(&mut self) -> u16 {
        loop {
            match timeout(SOON, self.line.next()).await.expect("the connection does not end") {
                Some(Ok(Message::Close(Some(close)))) => return close.code.into(),
                Some(Ok(_)) => {}
                ended => panic!("it ended without a code: {ended:?}"),
            }
        }
    }

    /// Leaves as a tab does that is closed.
    pub async fn close(mut self) {
        self.line.close(None).await.unwrap();
    }

    async fn text(&mut self) -> String {
        loop {
            match timeout(SOON, self.line.next()).await.expect("nothing was told") {
                Some(Ok(Message::Text(text))) => return text.to_string(),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                other => panic!("no frame of text: {other:?}"),
            }
        }
    }
}

/// A program at the other door: Socket.IO over a websocket, written out.
pub struct Program {
    line: Line,
    asked: u32,
}

impl Program {
    /// Connects with what comes with the handshake.
    pub async fn connect(at: &Listening, auth: Value) -> Self {
        let line = open(at, SOCKET_IO, &[]).await.unwrap();
        let mut program = Self { line, asked: 0 };
        assert!(program.packet().await.unwrap().starts_with("0{"), "the handshake comes first");
        program.send(&format!("40{auth}")).await;
        assert!(program.packet().await.unwrap().starts_with("40{"), "the namespace is joined");
        program
    }

    /// Sends a packet as it is.
    pub async fn send(&mut self, packet: &str) {
        self.line.send(Message::text(packet)).await.unwrap();
    }

    /// Emits an event; what it is acknowledged with.
    pub async fn ask(&mut self, event: &str, payload: Value) -> Value {
        self.asked += 1;
        let number = self.asked;
        self.send(&format!("42{number}{}", json!([event, payload]))).await;
        let start = format!("43{number}");
        loop {
            let packet = self.packet().await.expect("it is answered");
            if let Some(answer) = packet.strip_prefix(&start) {
                return serde_json::from_str::<Value>(answer).unwrap()[0].clone();
            }
        }
    }

    /// The payload of the next event of that name.
    pub async fn hear(&mut self, event: &str) -> Value {
        loop {
            let packet = self.packet().await.expect("it is told");
            let Some(told) = packet.strip_prefix("42") else { continue };
            let told: Value = serde_json::from_str(told).unwrap();
            if told[0] == event {
                return told[1].clone();
            }
        }
    }

    /// Waits until the server has ended it.
    pub async fn end(&mut self) {
        while self.packet().await.is_some_and(|packet| packet != "41") {}
    }

    /// The next packet that is no ping; `None` when the connection is over.
    async fn packet(&mut self) -> Option<String> {
        loop {
            match timeout(SOON, self.line.next()).await.expect("nothing was told") {
                Some(Ok(Message::Text(text))) if text.as_str() == "2" => self.send("3").await,
                Some(Ok(Message::Text(text))) => return Some(text.to_string()),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                Some(Ok(_)) => {}
            }
        }
    }
}
