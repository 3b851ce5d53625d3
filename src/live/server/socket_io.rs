//! The door for everybody else: Socket.IO (protocol 5) at `/socket.io/`, with the events of the API contract. A token comes with the
//! handshake, or by `authenticate` within five seconds.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    extract::{OriginalUri, Request},
    http::{HeaderValue, Uri},
};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use socketioxide::{
    SendError, SocketError, SocketIo,
    adapter::LocalAdapter,
    extract::{AckSender, Event, TryData},
    handler::{self, ConnectHandler, FromConnectParts, FromMessageParts},
    layer::SocketIoLayer,
    socket::Socket,
};
use tokio::{
    sync::{
        Mutex,
        mpsc::{self, Receiver, error::TrySendError},
    },
    time::{Instant, sleep, timeout_at},
};
use tokio_util::sync::CancellationToken;

use super::{
    connection::{Ending, Outgoing},
    hub::Parcel,
    line::Line,
    party::Authenticate,
    websocket::{PING_EVERY, READ_BUFFER},
};
use crate::{
    live::{
        events::{Answer, ClientEvent, ServerEvent},
        frame::MAX_FRAME,
    },
    server::state::App,
    shared::error::AppError,
};

/// The path of the door.
pub const PATH: &str = "/socket.io/";
/// How long a client has to say who it is.
const KNOWN_WITHIN: Duration = Duration::from_secs(5);
/// How long an answer to a ping may take.
const PONG_WITHIN: Duration = Duration::from_secs(20);
/// So many packets wait in the library for a reader that is slow; what comes after waits in the connection, which is bounded in bytes.
const PACKETS: usize = 32;
/// So many events of a client wait for their turn: as many as are looked at in one window. What comes beyond is refused, unless there is no
/// room even for that.
const WAITING: usize = 200;
/// The pause before a packet is offered again to a reader that is slow.
const PAUSE: Duration = Duration::from_millis(20);
const AUTHENTICATE: &str = "authenticate";

/// Makes the layer that answers at [`PATH`].
pub fn layer(app: &App, authenticate: Authenticate) -> SocketIoLayer {
    let (layer, io) = SocketIo::builder()
        .req_path(PATH.trim_end_matches('/'))
        .ping_interval(PING_EVERY)
        .ping_timeout(PONG_WITHIN)
        .connect_timeout(KNOWN_WITHIN)
        .max_buffer_size(PACKETS)
        .max_payload(MAX_FRAME as u64)
        .ws_read_buffer_size(READ_BUFFER)
        .ws_max_message_size(MAX_FRAME)
        .ws_max_frame_size(MAX_FRAME)
        .build_layer();
    let door = Door { app: app.clone(), authenticate };
    let welcome = move |socket: Client, TryData(auth): TryData<Auth>| {
        let token = auth.ok().and_then(|auth| auth.token);
        welcome(door.clone(), socket, token);
        std::future::ready(())
    };
    let listen = |socket: Client| {
        listen(&socket);
        std::future::ready(Ok::<(), Infallible>(()))
    };
    io.ns("/", welcome.with(listen));
    layer
}

/// Gives a request for a socket a head of its own. The library keeps it as long as the socket, and the one that came is views into all
/// that was read with it, 8 KiB.
pub async fn own_head(mut request: Request) -> Request {
    if !request.uri().path().starts_with(PATH.trim_end_matches('/')) {
        return request;
    }
    if let Ok(uri) = request.uri().to_string().parse::<Uri>() {
        request.extensions_mut().insert(OriginalUri(uri.clone()));
        *request.uri_mut() = uri;
    }
    for value in request.headers_mut().values_mut() {
        if let Ok(own) = HeaderValue::from_bytes(value.as_bytes()) {
            *value = own;
        }
    }
    request
}

/// What comes with the handshake.
#[derive(Deserialize)]
struct Auth {
    token: Option<String>,
}

/// What a client says.
struct Said {
    event: String,
    payload: Value,
    /// The number under which it is to be answered, if it is.
    ack: Option<u32>,
}

/// The number under which an answer is asked for.
struct Asked(Option<u32>);

impl FromMessageParts<LocalAdapter> for Asked {
    type Error = Infallible;

    fn from_message_parts(
        _: &Arc<Socket<LocalAdapter>>,
        _: &mut handler::Value,
        number: &Option<i64>,
    ) -> Result<Self, Infallible> {
        Ok(Self(number.and_then(|number| u32::try_from(number).ok())))
    }
}

/// The socket of a client.
#[derive(Clone)]
struct Client(Arc<Socket<LocalAdapter>>);

impl FromConnectParts<LocalAdapter> for Client {
    type Error = Infallible;

    fn from_connect_parts(socket: &Arc<Socket<LocalAdapter>>, _: &Option<handler::Value>) -> Result<Self, Infallible> {
        Ok(Self(socket.clone()))
    }
}

impl FromMessageParts<LocalAdapter> for Client {
    type Error = Infallible;

    fn from_message_parts(
        socket: &Arc<Socket<LocalAdapter>>,
        _: &mut handler::Value,
        _: &Option<i64>,
    ) -> Result<Self, Infallible> {
        Ok(Self(socket.clone()))
    }
}

impl Client {
    /// Offers an event to the library, which has no room while the client is slow to read.
    fn emit(&self, event: &str, payload: &Value) -> Result<(), SendError> {
        self.0.emit(event, payload)
    }

    /// Offers an answer.
    fn answer(&self, number: u32, answer: &Answer) -> Result<(), SendError> {
        let mut nothing = handler::Value::Str("".into(), None);
        let Ok(ack) = AckSender::from_message_parts(&self.0, &mut nothing, &Some(number.into()));
        ack.send(&payload_of(answer))
    }

    /// Tells it to go, as soon as there is room for that.
    async fn disconnect(&self) {
        while let Err(SocketError::InternalChannelFull) = self.0.clone().disconnect() {
            sleep(PAUSE).await;
        }
    }

    /// Refuses something: as its answer, or as an event where none is asked for.
    fn refuse(&self, ack: Option<u32>, error: &AppError) {
        match ack {
            Some(ack) => note(self.answer(ack, &Answer::from(error))),
            None => self.tell(&ServerEvent::refusal(error, None)),
        }
    }

    fn tell(&self, event: &ServerEvent) {
        let parcel = Parcel::of(event);
        if let Some((event, payload)) = parcel.named() {
            note(self.emit(event, payload));
        }
    }
}

/// Who does not read is told no more.
fn note(sent: Result<(), SendError>) {
    if let Err(error) = sent {
        tracing::debug!(%error, "a program cannot be told something");
    }
}

#[derive(Clone)]
struct Door {
    app: App,
    authenticate: Authenticate,
}

/// What is heard of a socket: what it says, and that it is gone.
#[derive(Clone)]
struct Ear {
    said: Arc<Mutex<Receiver<Box<Said>>>>,
    gone: CancellationToken,
}

/// Begins to listen to a socket. It is not told that it is connected before: what it says at once would else be heard by nobody.
fn listen(client: &Client) {
    let (sender, said) = mpsc::channel(WAITING);
    let ear = Ear { said: Arc::new(Mutex::new(said)), gone: CancellationToken::new() };
    // Not async: events are taken in the order in which they come. The socket is given each time: one that is kept here would keep itself.
    client.0.on_fallback(
        move |client: Client, Event(event): Event, TryData(payload): TryData<Value>, Asked(ack): Asked| {
            let said = Box::new(Said { event, payload: payload.unwrap_or(Value::Null), ack });
            match sender.try_send(said) {
                Ok(()) => {}
                Err(TrySendError::Full(said)) => client.refuse(said.ack, &AppError::TooManyRequests { retry_after: 1 }),
                Err(TrySendError::Closed(said)) => client.refuse(said.ack, &AppError::Unavailable),
            }
            std::future::ready(())
        },
    );
    let leaves = ear.gone.clone();
    client.0.on_disconnect(move || {
        leaves.cancel();
        std::future::ready(())
    });
    client.0.extensions.insert(ear);
}

/// Begins to serve a socket that is connected.
fn welcome(door: Door, client: Client, token: Option<String>) {
    let Some(Ear { said, gone }) = client.0.extensions.remove::<Ear>() else { return };
    tokio::spawn(async move {
        let mut said = said.lock().await;
        // Who is told to go does not come back by itself: while the process ends, its end closes the connection.
        if serve(door, &client, token, (&mut said, &gone)).await != Some(Ending::Restarting) {
            gone.run_until_cancelled(client.disconnect()).await;
        }
    });
}

/// Serves a socket until it is over, and says why, or its client is gone. Whoever was counted as being there is counted no longer then.
async fn serve(
    door: Door,
    client: &Client,
    token: Option<String>,
    (said, gone): (&mut Receiver<Box<Said>>, &CancellationToken),
) -> Option<Ending> {
    let admit = async {
        match token {
            Some(token) => door.admit(token).await,
            None => door.wait_for_token(client, &mut *said).await,
        }
    };
    let admitted = gone.run_until_cancelled(admit).await?;
    let line = match admitted {
        Ok(line) => line,
        Err(error) => {
            client.tell(&ServerEvent::refusal(&error, None));
            return None;
        }
    };
    line.arrive().await;
    let over = tokio::select! {
        over = send_all(client, &line) => over,
        () = take_all(&line, said) => None,
        () = gone.cancelled() => None,
    };
    line.close().await;
    if over == Some(Ending::Restarting) {
        client.tell(&ServerEvent::refusal(&AppError::Unavailable, None));
    }
    over
}

impl Door {
    /// Opens the connection of who holds a token.
    async fn admit(&self, token: String) -> Result<Line, AppError> {
        let party = (self.authenticate)(self.app.clone(), token).await?;
        Line::open(&self.app, party).await
    }

    /// Waits for `authenticate`; whatever else comes before is refused.
    async fn wait_for_token(&self, client: &Client, said: &mut Receiver<Box<Said>>) -> Result<Line, AppError> {
        let until = Instant::now() + KNOWN_WITHIN;
        while let Ok(Some(said)) = timeout_at(until, said.recv()).await {
            let Said { event, payload, ack } = *said;
            if event != AUTHENTICATE {
                client.refuse(ack, &AppError::Unauthenticated);
                continue;
            }
            let token = payload.get("token").and_then(Value::as_str).unwrap_or_default().to_owned();
            let admitted = self.admit(token).await;
            match (&admitted, ack) {
                (Ok(line), Some(ack)) => {
                    note(client.answer(ack, &Answer::Authenticated { user_id: line.person() }));
                }
                (Err(error), Some(ack)) => client.refuse(Some(ack), error),
                // Who asked for no answer is told why it ends.
                (_, None) => {}
            }
            return admitted;
        }
        Err(AppError::Unauthenticated)
    }
}

/// Takes what is said, in order.
async fn take_all(line: &Line, said: &mut Receiver<Box<Said>>) {
    while let Some(said) = said.recv().await {
        let Said { event, payload, ack } = *said;
        line.take(ack, read(&event, payload)).await;
    }
}

fn read(event: &str, payload: Value) -> Result<ClientEvent, AppError> {
    serde_json::from_value(json!({ event: payload }))
        .map_err(|_| AppError::MalformedRequest("This is no event of the protocol.".into()))
}

/// Sends what there is for a client, until its connection is over; why.
async fn send_all(client: &Client, line: &Line) -> Option<Ending> {
    loop {
        let next = match line.next().await {
            Ok(next) => next,
            Err(ending) => return Some(ending),
        };
        while is_full(offer(client, &next)) {
            if let Some(ending) = line.ending() {
                return Some(ending);
            }
            sleep(PAUSE).await;
        }
    }
}

fn is_full(sent: Result<(), SendError>) -> bool {
    matches!(sent, Err(SendError::Socket(SocketError::InternalChannelFull)))
}

fn offer(client: &Client, next: &Outgoing) -> Result<(), SendError> {
    match next {
        Outgoing::Event(parcel) => match parcel.named() {
            Some((event, payload)) => client.emit(event, payload),
            None => Ok(()),
        },
        Outgoing::Answer(number, answer) => client.answer(*number, answer),
    }
}

/// What an answer says: which one it is, the contract leaves to that.
fn payload_of(answer: &Answer) -> Value {
    let named = serde_json::to_value(answer).and_then(serde_json::from_value::<Map<String, Value>>);
    named.unwrap_or_default().into_iter().next().map_or(Value::Null, |(_, payload)| payload)
}
