//! The protocol of the server function that is the browser's door: a websocket of text frames. Leptos' own has no limits that could be
//! set (its buffers take 128 KiB a socket, and 64 MiB of a client), says nothing while nobody speaks, and tells nobody why it ends.

use std::{cell::Cell, future::Future, ops::Deref, rc::Rc};

use futures_channel::{
    mpsc::{self, UnboundedSender},
    oneshot,
};
use futures_util::StreamExt;
use http::Method;
use leptos::{
    prelude::window,
    server_fn::{
        BoxedStream, Protocol, client::Client, mock::BrowserMockServer, request::BrowserMockReq,
        response::BrowserMockRes, server::Server,
    },
    task::spawn_local,
    wasm_bindgen::{JsCast, closure::Closure},
    web_sys::{CloseEvent, MessageEvent, WebSocket},
};

use super::frame::{ClientFrame, ServerFrame};
use crate::shared::error::AppError;

/// What a client says, until it is gone.
pub type Said = BoxedStream<ClientFrame, AppError>;
/// What a client is told, until the connection is over; then why, if there is a reason.
pub type Told = BoxedStream<ServerFrame, AppError>;

/// Closes a connection whose session has ended. Codes from 4,000 on are for applications.
pub const SIGNED_OUT: u16 = 4401;
/// Closes a connection because another process takes over (RFC 6455, registry of close codes).
pub const RESTARTING: u16 = 1012;

/// The protocol. Its name is what `#[server]` knows websockets by.
#[derive(Debug)]
pub struct Websocket;

/// A server that can make a websocket of a request.
pub trait Upgrade: Server<AppError> + Sized {
    /// Has `open` decide whether there is a connection, and what is told on it; then answers the request.
    ///
    /// # Errors
    /// Why there is none.
    fn upgrade<F, Fut>(
        request: Self::Request,
        open: F,
    ) -> impl Future<Output = Result<Self::Response, AppError>> + Send
    where
        F: FnOnce(Said) -> Fut + Send,
        Fut: Future<Output = Result<Told, AppError>> + Send;
}

/// In the browser there is no server.
impl Upgrade for BrowserMockServer {
    async fn upgrade<F, Fut>(_: BrowserMockReq, _: F) -> Result<BrowserMockRes, AppError>
    where
        F: FnOnce(Said) -> Fut + Send,
        Fut: Future<Output = Result<Told, AppError>> + Send,
    {
        Err(AppError::Unavailable)
    }
}

impl<Input, C, S> Protocol<Input, Told, C, S, AppError> for Websocket
where
    Input: Deref<Target = Said> + Into<Said> + From<Said>,
    C: Client<AppError>,
    S: Upgrade,
{
    const METHOD: Method = Method::GET;

    async fn run_server<F, Fut>(request: S::Request, server_fn: F) -> Result<S::Response, AppError>
    where
        F: Fn(Input) -> Fut + Send,
        Fut: Future<Output = Result<Told, AppError>> + Send,
    {
        S::upgrade(request, move |said| server_fn(said.into())).await
    }

    fn run_client(path: &str, input: Input) -> impl Future<Output = Result<Told, AppError>> + Send {
        let (told, hear) = mpsc::unbounded();
        let (opened, open) = oneshot::channel();
        spawn_local(speak(address(path), input.into(), told, opened));
        async move {
            match open.await {
                Ok(true) => Ok(hear.into()),
                _ => Err(AppError::Unavailable),
            }
        }
    }
}

/// The address of a path of this server for websockets.
fn address(path: &str) -> String {
    let origin = window().location().origin().unwrap_or_default();
    // `http` becomes `ws`, and `https` becomes `wss`.
    format!("{}{path}", origin.replacen("http", "ws", 1))
}

/// Opens a socket and speaks on it, until there is nothing more to say or it is closed.
async fn speak(
    address: String,
    mut said: Said,
    told: UnboundedSender<Result<ServerFrame, AppError>>,
    opened: oneshot::Sender<bool>,
) {
    let Ok(socket) = WebSocket::new(&address) else { return };
    let opened = Rc::new(Cell::new(Some(opened)));
    let at_open = opened.clone();
    let open = Closure::<dyn Fn()>::new(move || {
        if let Some(opened) = at_open.take() {
            // Who asked for the connection may be gone by now; then it is closed below.
            let _ = opened.send(true);
        }
    });
    let tell = told.clone();
    let hear = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
        if let Some(text) = message.data().as_string() {
            // As above.
            let _ = tell.unbounded_send(Ok(ServerFrame::new(text.into())));
        }
    });
    let close = Closure::<dyn Fn(CloseEvent)>::new(move |event: CloseEvent| {
        // Who still waits for it to open learns by this that it does not.
        drop(opened.take());
        let _ = told.unbounded_send(Err(reason_of(event.code())));
        told.close_channel();
    });
    socket.set_onopen(Some(open.as_ref().unchecked_ref()));
    socket.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    socket.set_onclose(Some(close.as_ref().unchecked_ref()));
    while let Some(Ok(frame)) = said.next().await {
        if socket.ready_state() == WebSocket::OPEN && socket.send_with_str(&frame.text()).is_err() {
            break;
        }
    }
    for forget in [WebSocket::set_onopen, WebSocket::set_onmessage, WebSocket::set_onclose] {
        forget(&socket, None);
    }
    // One that is closed already stays so.
    let _ = socket.close();
}

const fn reason_of(code: u16) -> AppError {
    if code == SIGNED_OUT { AppError::Unauthenticated } else { AppError::Unavailable }
}
