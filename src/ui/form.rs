//! Forms that work before and without script: what was wrong, and what had been typed, comes back with the page.

use std::collections::BTreeMap;

use leptos::{
    prelude::*,
    server_fn::{ServerFn, error::FromServerFnError},
};
use serde::{Deserialize, Serialize};

use crate::shared::error::AppError;

/// What a plain form post left behind for the page that follows it: shown once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    /// The path of the server function that was posted to.
    pub path: String,
    /// Why it refused; `None` when it went well.
    pub error: Option<AppError>,
    /// What had been typed, by field name; never passwords or tokens.
    pub values: BTreeMap<String, String>,
    /// What was done, for a toast.
    pub notice: Option<String>,
}

/// The flash of this page view. The server provides it as a context; the browser finds it in the page.
pub fn provide_flash() {
    let from_server = SharedValue::new(|| use_context::<Flash>().unwrap_or_default()).into_inner();
    provide_context(from_server);
}

/// How a form of the server function `S` stands: its errors and what to fill in, with and without script.
pub struct FormState<S>
where
    S: ServerFn + Send + Sync + Clone + 'static,
    S::Output: Send + Sync + 'static,
    S::Error: Send + Sync + 'static,
{
    /// The action for `<ActionForm>`.
    pub action: ServerAction<S>,
    flash: StoredValue<Flash>,
}

impl<S> Clone for FormState<S>
where
    S: ServerFn + Send + Sync + Clone + 'static,
    S::Output: Send + Sync + 'static,
    S::Error: Send + Sync + 'static,
{
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for FormState<S>
where
    S: ServerFn + Send + Sync + Clone + 'static,
    S::Output: Send + Sync + 'static,
    S::Error: Send + Sync + 'static,
{
}

/// The state of a form that posts to `S`.
pub fn use_form<S>() -> FormState<S>
where
    S: ServerFn<Error = AppError> + Send + Sync + Clone + 'static,
    S::Output: Send + Sync + 'static,
    S::Error: FromServerFnError + Send + Sync + 'static,
{
    let flash = use_context::<Flash>().filter(|flash| flash.path == S::PATH).unwrap_or_default();
    FormState { action: ServerAction::new(), flash: StoredValue::new(flash) }
}

impl<S> FormState<S>
where
    S: ServerFn<Error = AppError> + Send + Sync + Clone + 'static,
    S::Output: Clone + Send + Sync + 'static,
    S::Error: Send + Sync + 'static,
{
    /// Why the last post was refused.
    pub fn error(self) -> Signal<Option<AppError>> {
        Signal::derive(move || match self.action.value().get() {
            Some(Err(error)) => Some(error),
            Some(Ok(_)) => None,
            None => self.flash.with_value(|flash| flash.error.clone()),
        })
    }

    /// What is wrong with one field.
    pub fn messages(self, field: &'static str) -> Signal<Vec<String>> {
        let error = self.error();
        Signal::derive(move || {
            error.with(|error| error.as_ref().map(|error| error.field_messages(field)).unwrap_or_default())
        })
    }

    /// The sentence above the form: what no single field is to blame for.
    pub fn message(self) -> Signal<Option<String>> {
        let error = self.error();
        Signal::derive(move || error.with(|error| error.as_ref().map(AppError::message)))
    }

    /// What had been typed before a refusal without script, by the names of the fields.
    pub fn typed(self) -> Option<BTreeMap<String, String>> {
        self.flash.with_value(|flash| flash.error.is_some().then(|| flash.values.clone()))
    }

    /// How often it went well with script; what is shown is read again when this changes.
    pub fn successes(self) -> Memo<u32> {
        let value = self.action.value();
        Memo::new(move |count: Option<&u32>| {
            let before = count.copied().unwrap_or(0);
            value.with(|value| if matches!(value, Some(Ok(_))) { before + 1 } else { before })
        })
    }

    /// Why the last post was refused, unless fields are to blame: the fields say it themselves.
    pub fn refusal(self) -> Signal<Option<String>> {
        let error = self.error();
        Signal::derive(move || {
            error.with(|error| error.as_ref().filter(|error| error.fields().is_empty()).map(AppError::message))
        })
    }

    /// What the last post has done, in a sentence, when it came without script.
    pub fn notice(self) -> Option<String> {
        self.flash.with_value(|flash| flash.notice.clone())
    }

    /// What to fill into a field: what had been typed before a refusal, else `otherwise`.
    pub fn value(self, field: &str, otherwise: impl Into<String>) -> String {
        self.flash.with_value(|flash| flash.values.get(field).cloned()).unwrap_or_else(|| otherwise.into())
    }
}
