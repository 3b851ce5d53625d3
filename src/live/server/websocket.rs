//! The server's end of the browser's door: takes a websocket with small buffers, and carries frames over it both ways.

use std::time::Duration;

use axum::{
    body::Body,
    extract::{
        FromRequest,
        ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade, close_code},
    },
    http::{Request, Response},
};
use futures_util::{StreamExt, stream};
use leptos::server_fn::axum::AxumServerFnBackend;
use tokio::{
    sync::mpsc::{self, Permit, Sender},
    time::{Instant, MissedTickBehavior, interval_at, timeout},
};

use crate::{
    live::{
        frame::{ClientFrame, MAX_FRAME, ServerFrame},
        websocket::{RESTARTING, SIGNED_OUT, Said, Told, Upgrade},
    },
    shared::error::AppError,
};

/// How often the other side is asked for a sign of life.
pub const PING_EVERY: Duration = Duration::from_secs(25);
/// Who gave none for so long is gone.
const SILENT_FOR: Duration = Duration::from_secs(60);
/// Who takes nothing for so long is gone.
const STUCK_FOR: Duration = Duration::from_secs(30);
/// The read buffer of a socket in bytes, which it has all the time. A larger frame is read in pieces.
pub const READ_BUFFER: usize = 512;
/// The largest message that is sent, with room for its head: what a client missed of a conversation.
const WRITE_BUFFER: usize = 1024 * 1024;
/// So many frames of a client wait for their turn; then nothing more is read from it.
const WAITING: usize = 8;

impl Upgrade for AxumServerFnBackend {
    async fn upgrade<F, Fut>(request: Request<Body>, open: F) -> Result<Response<Body>, AppError>
    where
        F: FnOnce(Said) -> Fut + Send,
        Fut: Future<Output = Result<Told, AppError>> + Send,
    {
        let upgrade = WebSocketUpgrade::from_request(request, &()).await;
        // However few may wait, tokio's channel has room for 32 from the start: in boxes, that is little.
        let (sender, receiver) = mpsc::channel(WAITING);
        let told = open(said(receiver)).await?;
        // Only now: who may not speak here is told that, however they ask.
        let upgrade = upgrade.map_err(|_| AppError::MalformedRequest("This address takes websockets alone.".into()))?;
        let upgrade = upgrade
            .read_buffer_size(READ_BUFFER)
            .write_buffer_size(0)
            .max_write_buffer_size(WRITE_BUFFER)
            .max_message_size(MAX_FRAME)
            .max_frame_size(MAX_FRAME);
        Ok(upgrade.on_upgrade(|socket| carry(socket, sender, told)))
    }
}

fn said(mut receiver: mpsc::Receiver<Box<ClientFrame>>) -> Said {
    stream::poll_fn(move |context| receiver.poll_recv(context).map(|frame| frame.map(|frame| Ok(*frame)))).into()
}

/// Carries frames both ways until one side has enough.
async fn carry(mut socket: WebSocket, say: Sender<Box<ClientFrame>>, mut told: Told) {
    let mut pings = interval_at(Instant::now() + PING_EVERY, PING_EVERY);
    pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut heard_at = Instant::now();
    let mut room: Option<Permit<'_, Box<ClientFrame>>> = None;
    let code = loop {
        tokio::select! {
            next = told.next() => match next {
                Some(Ok(frame)) => if !send(&mut socket, text(&frame)).await { return },
                Some(Err(error)) => break code_of(&error),
                None => break close_code::NORMAL,
            },
            // What cannot be handed on is not read: the other side waits, and nothing piles up here.
            permit = say.reserve(), if room.is_none() => match permit {
                Ok(permit) => room = Some(permit),
                Err(_) => break close_code::NORMAL,
            },
            message = socket.recv(), if room.is_some() => {
                heard_at = Instant::now();
                match message {
                    Some(Ok(Message::Text(text))) => hand_on(&mut room, &text),
                    Some(Ok(Message::Binary(_))) => hand_on(&mut room, ""),
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                    Some(Ok(Message::Close(_))) | None => return,
                    // The library has no way to tell what was wrong; a frame that is too large is what a client can do something about.
                    Some(Err(_)) => break close_code::SIZE,
                }
            }
            _ = pings.tick() => {
                let is_alive = heard_at.elapsed() < SILENT_FOR;
                if !is_alive || !send(&mut socket, Message::Ping(Default::default())).await {
                    return;
                }
            }
        }
    };
    let close = Message::Close(Some(CloseFrame { code, reason: Default::default() }));
    send(&mut socket, close).await;
}

fn hand_on(room: &mut Option<Permit<'_, Box<ClientFrame>>>, text: &str) {
    if let Some(permit) = room.take() {
        permit.send(Box::new(ClientFrame::read(text)));
    }
}

fn text(frame: &ServerFrame) -> Message {
    Message::text(frame.text())
}

/// Whether it was sent.
async fn send(socket: &mut WebSocket, message: Message) -> bool {
    matches!(timeout(STUCK_FOR, socket.send(message)).await, Ok(Ok(())))
}

const fn code_of(error: &AppError) -> u16 {
    match error {
        AppError::Unauthenticated => SIGNED_OUT,
        AppError::Unavailable => RESTARTING,
        _ => close_code::POLICY,
    }
}
