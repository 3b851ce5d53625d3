//! What the browser's door does with a connection: its frames are taken one after the other, and what the hub has for it is sent.

use std::sync::Arc;

use futures_util::{Stream, StreamExt, stream};

use super::{
    connection::{Ending, Outgoing},
    line::Line,
    party::Party,
};
use crate::{
    live::{
        frame::ServerFrame,
        websocket::{Said, Told},
    },
    server::state::App,
    shared::error::AppError,
};

/// Opens a connection for a party, and serves it.
///
/// # Errors
/// As [`Line::open`].
pub async fn serve(app: &App, party: Box<dyn Party>, said: Said) -> Result<Told, AppError> {
    let line = Arc::new(Line::open(app, party).await?);
    // Begun when the first thing to tell is asked for: then there is a socket.
    let begin = async move {
        tokio::spawn(take_all(line.clone(), said));
        line
    };
    Ok(stream::once(begin).flat_map(tell_all).into())
}

/// What there is to tell, and in the end why there is nothing more.
fn tell_all(line: Arc<Line>) -> impl Stream<Item = Result<ServerFrame, AppError>> {
    stream::unfold(Some(line), |line| async {
        let line = line?;
        match line.next().await {
            Ok(Outgoing::Event(parcel)) => Some((Ok(ServerFrame::new(parcel.frame.clone())), Some(line))),
            Ok(Outgoing::Answer(ack, answer)) => Some((Ok(ServerFrame::answer(ack, &answer)), Some(line))),
            Err(ending) => Some((Err(reason_of(ending)), None)),
        }
    })
}

/// Takes what is said, in order, until nobody says anything more.
async fn take_all(line: Arc<Line>, mut said: Said) {
    line.arrive().await;
    while let Some(frame) = said.next().await {
        match frame {
            Ok(frame) => line.take(frame.ack, frame.event).await,
            Err(error) => line.take(None, Err(error)).await,
        }
    }
    line.close().await;
}

const fn reason_of(ending: Ending) -> AppError {
    match ending {
        Ending::SignedOut => AppError::Unauthenticated,
        Ending::Restarting => AppError::Unavailable,
        Ending::Misbehaving => AppError::Forbidden,
    }
}
