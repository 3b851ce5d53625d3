//! The door for everybody else: Socket.IO (protocol 5) at `/socket.io/`, with the events of the API contract. A token comes with the
//! handshake, or by `authenticate` within five seconds.

use std::{collections::HashMap, convert::Infallible, sync::Arc, time::Duration};

use serde::Deserialize;
use serde_json::{Map, Value, json};
use socketioxide::{
    SendError, SocketError, SocketIo,
    adapter::{Adapter, LocalAdapter},
    extract::{AckSender, Event, SocketRef, TryData},
    handler::{self, ConnectHandler, FromMessageParts},
    layer::SocketIoLayer,
    socket::Socket,
};
use tokio::{
    sync::{
        Mutex,
        mpsc::{self, Receiver},
    },
    time::{Instant, sleep, timeout_at},
};
use tokio_util::sync::CancellationToken;

use super::{
    connection::{Ending, Outgoing},
    line::Line,
    party::Authenticate,
    websocket::PING_EVERY,
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
/// The read buffer of a socket, in bytes.
const READ_BUFFER: usize = 2 * 1024;
/// So many packets wait in the library for a reader that is slow; what comes after waits in the connection, which is bounded in bytes.
const PACKETS: usize = 32;
/// So many events of a client wait for their turn; what comes beyond is refused.
const WAITING: usize = 64;
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
    let welcome = move |socket: SocketRef, TryData(auth): TryData<Auth>| {
        let token = auth.ok().and_then(|auth| auth.token);
        welcome(door.clone(), socket, token);
        std::future::ready(())
    };
    let listen = |socket: SocketRef| {
        listen(&socket);
        std::future::ready(Ok::<(), Infallible>(()))
    };
    io.ns("/", welcome.with(listen));
    layer
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
    /// Where the answer goes, if one is asked for.
    ack: Option<AckSender>,
}

/// Where an answer goes, if one is asked for.
struct Asked<A: Adapter>(Option<AckSender<A>>);

impl<A: Adapter> FromMessageParts<A> for Asked<A> {
    type Error = Infallible;

    fn from_message_parts(
        socket: &Arc<Socket<A>>,
        payload: &mut handler::Value,
        number: &Option<i64>,
    ) -> Result<Self, Infallible> {
        let ack = AckSender::from_message_parts(socket, payload, number)?;
        Ok(Self(number.is_some().then_some(ack)))
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
    said: Arc<Mutex<Receiver<Said>>>,
    gone: CancellationToken,
}

/// Begins to listen to a socket. It is not told that it is connected before: what it says at once would else be heard by nobody.
fn listen(socket: &SocketRef) {
    let (sender, said) = mpsc::channel(WAITING);
    let ear = Ear { said: Arc::new(Mutex::new(said)), gone: CancellationToken::new() };
    // Not async: events are taken in the order in which they come. The socket is given each time: one that is kept here would keep itself.
    socket.on_fallback(
        move |socket: SocketRef,
              Event(event): Event,
              TryData(payload): TryData<Value>,
              Asked(ack): Asked<LocalAdapter>| {
            let said = Said { event, payload: payload.unwrap_or(Value::Null), ack };
            if let Err(error) = sender.try_send(said) {
                refuse(&socket, error.into_inner().ack, &AppError::TooManyRequests { retry_after: 1 });
            }
            std::future::ready(())
        },
    );
    let leaves = ear.gone.clone();
    socket.on_disconnect(move || {
        leaves.cancel();
        std::future::ready(())
    });
    socket.extensions.insert(ear);
}

/// Begins to serve a socket that is connected.
fn welcome(door: Door, socket: SocketRef, token: Option<String>) {
    let Some(Ear { said, gone }) = socket.extensions.remove::<Ear>() else { return };
    tokio::spawn(async move {
        let mut said = said.lock().await;
        // Who is told to go does not come back by itself: while the process ends, its end closes the connection.
        if serve(door, &socket, token, (&mut said, &gone)).await != Some(Ending::Restarting) {
            // One that is gone already stays so.
            drop(socket.disconnect());
        }
    });
}

/// Serves a socket until it is over, and says why, or its client is gone. Whoever was counted as being there is counted no longer then.
async fn serve(
    door: Door,
    socket: &SocketRef,
    token: Option<String>,
    (said, gone): (&mut Receiver<Said>, &CancellationToken),
) -> Option<Ending> {
    let admit = async {
        match token {
            Some(token) => door.admit(token).await,
            None => door.wait_for_token(socket, &mut *said).await,
        }
    };
    let admitted = gone.run_until_cancelled(admit).await?;
    let line = match admitted {
        Ok(line) => line,
        Err(error) => {
            tell(socket, &ServerEvent::refusal(&error, None));
            return None;
        }
    };
    line.arrive().await;
    let acks = Mutex::default();
    let over = tokio::select! {
        over = send_all(socket, &line, &acks) => over,
        () = take_all(&line, &acks, said) => None,
        () = gone.cancelled() => None,
    };
    line.close().await;
    if over == Some(Ending::Restarting) {
        tell(socket, &ServerEvent::refusal(&AppError::Unavailable, None));
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
    async fn wait_for_token(&self, socket: &SocketRef, said: &mut Receiver<Said>) -> Result<Line, AppError> {
        let until = Instant::now() + KNOWN_WITHIN;
        while let Ok(Some(Said { event, payload, ack })) = timeout_at(until, said.recv()).await {
            if event != AUTHENTICATE {
                refuse(socket, ack, &AppError::Unauthenticated);
                continue;
            }
            let token = payload.get("token").and_then(Value::as_str).unwrap_or_default().to_owned();
            let admitted = self.admit(token).await;
            match (&admitted, ack) {
                (Ok(line), Some(ack)) => answer(ack, &Answer::Authenticated { user_id: line.person() }),
                (Err(error), Some(ack)) => answer(ack, &Answer::from(error)),
                // Who asked for no answer is told why it ends.
                (_, None) => {}
            }
            return admitted;
        }
        Err(AppError::Unauthenticated)
    }
}

/// Who waits for an answer, by number.
type Acks = Mutex<HashMap<u32, AckSender>>;

/// Takes what is said, in order.
async fn take_all(line: &Line, acks: &Acks, said: &mut Receiver<Said>) {
    let mut number = 0_u32;
    while let Some(Said { event, payload, ack }) = said.recv().await {
        let number = match ack {
            Some(ack) => {
                number = number.wrapping_add(1);
                acks.lock().await.insert(number, ack);
                Some(number)
            }
            None => None,
        };
        line.take(number, read(&event, payload)).await;
    }
}

fn read(event: &str, payload: Value) -> Result<ClientEvent, AppError> {
    serde_json::from_value(json!({ event: payload }))
        .map_err(|_| AppError::MalformedRequest("This is no event of the protocol.".into()))
}

/// Sends what there is for a socket, until its connection is over; why.
async fn send_all(socket: &SocketRef, line: &Line, acks: &Acks) -> Option<Ending> {
    loop {
        match line.next().await {
            Ok(Outgoing::Event(parcel)) => {
                let Some((event, payload)) = parcel.named() else { continue };
                while let Err(SendError::Socket(SocketError::InternalChannelFull)) = socket.emit(event, payload) {
                    sleep(PAUSE).await;
                }
            }
            Ok(Outgoing::Answer(ack, reply)) => {
                let ack = acks.lock().await.remove(&ack);
                // An answer that finds no room is lost: who waits for it asks again on another connection.
                if ack.is_some_and(|ack| ack.send(&payload_of(&reply)).is_err()) {
                    return None;
                }
            }
            Err(ending) => return Some(ending),
        }
    }
}

/// Refuses something: as its answer, or as an event where none is asked for.
fn refuse(socket: &SocketRef, ack: Option<AckSender>, error: &AppError) {
    match ack {
        Some(ack) => answer(ack, &Answer::from(error)),
        None => tell(socket, &ServerEvent::refusal(error, None)),
    }
}

fn answer(ack: AckSender, reply: &Answer) {
    if let Err(error) = ack.send(&payload_of(reply)) {
        tracing::debug!(%error, "an answer cannot be sent");
    }
}

/// What an answer says: which one it is, the contract leaves to that.
fn payload_of(answer: &Answer) -> Value {
    let named = serde_json::to_value(answer).and_then(serde_json::from_value::<Map<String, Value>>);
    named.unwrap_or_default().into_iter().next().map_or(Value::Null, |(_, payload)| payload)
}

fn tell(socket: &SocketRef, event: &ServerEvent) {
    let parcel = super::hub::Parcel::of(event);
    let Some((event, payload)) = parcel.named() else { return };
    if let Err(error) = socket.emit(event, payload) {
        tracing::debug!(%error, "an event cannot be sent");
    }
}
