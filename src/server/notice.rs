//! What a server function tells its person once it is done: a toast.

use axum::http::{HeaderName, HeaderValue};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use crate::ui::form::NOTICE;

/// Says in a sentence what was done. The form that asked shows it; without script, the page that follows.
pub fn set_notice(text: &str) {
    let encoded: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
    if let (Some(options), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::try_from(encoded)) {
        options.insert_header(HeaderName::from_static(NOTICE), value);
    }
}
