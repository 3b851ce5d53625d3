//! What a server function tells its person once it is done: a toast on the page that follows.

use axum::http::HeaderValue;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use crate::server::middleware::form_post::NOTICE;

/// Says in a sentence what was done. Without script the next page shows it; with script the page that asked says it itself.
pub fn set_notice(text: &str) {
    let encoded: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
    if let (Some(options), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::try_from(encoded)) {
        options.insert_header(NOTICE, value);
    }
}
