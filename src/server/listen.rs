//! Takes connections and hands their requests to the router, until it is told to stop; then lets running requests finish.

use std::{convert::Infallible, net::SocketAddr, pin::pin, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request},
    response::Response,
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower::ServiceExt;

/// How long a client may take for the headers of a request.
const HEADERS_WITHIN: Duration = Duration::from_secs(15);
/// The read buffer of a connection. Headers up to here reach `middleware::limits`, which answers in our words; what is
/// beyond is answered 431 by hyper itself.
const BUFFER: usize = 64 * 1024;
/// How many headers reach `middleware::limits`.
const HEADERS: usize = 256;
/// How long what runs (requests, a mail) may take to finish.
pub(super) const DRAIN_WITHIN: Duration = Duration::from_secs(5);
/// How long to wait when the system gives no connection, as when it is out of file handles.
const PAUSE: Duration = Duration::from_millis(500);

/// Serves until `stop`, then drains: takes no new connection, finishes what runs.
pub async fn listen(listener: TcpListener, router: Router, stop: CancellationToken) {
    let connections = TaskTracker::new();
    while let Some(accepted) = stop.run_until_cancelled(listener.accept()).await {
        match accepted {
            Ok((stream, peer)) => {
                connections.spawn(serve_connection(stream, peer, router.clone(), stop.clone()));
            }
            Err(error) => {
                tracing::warn!(%error, "no connection could be taken");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
    drop(listener);
    connections.close();
    if tokio::time::timeout(DRAIN_WITHIN, connections.wait()).await.is_err() {
        tracing::warn!(connections = connections.len(), "requests were cut off because they did not finish in time");
    }
}

async fn serve_connection(stream: TcpStream, peer: SocketAddr, router: Router, stop: CancellationToken) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection keeps small packets waiting");
    }
    let service = service_fn(move |request: Request<Incoming>| answer(router.clone(), peer, request));
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(HEADERS_WITHIN).max_buf_size(BUFFER).max_headers(HEADERS);
    let mut connection = pin!(server.serve_connection(TokioIo::new(stream), service).with_upgrades());
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    // Clients go away all the time; that is no matter of ours.
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended early");
    }
}

async fn answer(router: Router, peer: SocketAddr, mut request: Request<Incoming>) -> Result<Response, Infallible> {
    request.extensions_mut().insert(ConnectInfo(peer));
    router.oneshot(request.map(Body::new)).await
}
