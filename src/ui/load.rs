//! What a page is made of, asked for once: rendered into the page by the server, and read from there by the browser.

use std::{future::Future, pin::Pin};

use leptos::prelude::{
    Resource,
    codee::{Decoder, Encoder},
};
use serde::{Serialize, de::DeserializeOwned};

use crate::shared::error::AppError;

/// The future of what a page is made of, without its own type, so that what handles it is compiled once.
type Coming<T> = Pin<Box<dyn Future<Output = Result<T, AppError>> + Send>>;

/// JSON as bytes, read by the same code as the answers of server functions, which the browser therefore has only once.
#[derive(Debug, Clone, Copy)]
pub struct WireJson;

impl<T: Serialize> Encoder<T> for WireJson {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(value: &T) -> Result<String, Self::Error> {
        serde_json::to_string(value)
    }
}

impl<T: DeserializeOwned> Decoder<T> for WireJson {
    type Error = serde_json::Error;
    type Encoded = str;

    fn decode(text: &str) -> Result<T, Self::Error> {
        serde_json::from_slice(text.as_bytes())
    }
}

/// What `fetch` answers for the current `source`, again whenever that changes; the page waits for it.
pub fn load<S, T, Fut>(
    source: impl Fn() -> S + Send + Sync + 'static,
    fetch: impl Fn(S) -> Fut + Send + Sync + 'static,
) -> Resource<Result<T, AppError>, WireJson>
where
    S: PartialEq + Clone + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    Fut: Future<Output = Result<T, AppError>> + Send + 'static,
{
    Resource::new_with_options(source, move |source| Box::pin(fetch(source)) as Coming<T>, true)
}
