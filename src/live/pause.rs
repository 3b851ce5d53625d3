//! Waiting in the browser.

use std::time::Duration;

use futures_channel::oneshot;
use leptos::prelude::set_timeout;

/// Waits for so long.
pub async fn pause(length: Duration) {
    let (done, waited) = oneshot::channel();
    let ring = move || {
        // Who waited may be gone by now.
        let _ = done.send(());
    };
    set_timeout(ring, length);
    // A timer that was thrown away counts as over.
    let _ = waited.await;
}
