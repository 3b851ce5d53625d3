//! Forms that work before and without script: what was wrong, and what had been typed, comes back with the page. With script
//! the same bytes are posted to the same address, and the page stays.

use std::{collections::BTreeMap, sync::Arc};

use leptos::{
    html,
    prelude::*,
    server_fn::{
        ServerFn,
        redirect::{REDIRECT_HEADER, call_redirect_hook},
    },
    task::spawn_local,
    wasm_bindgen::{JsCast, JsValue},
    web_sys::{
        self, FileList, FormData, HtmlButtonElement, HtmlFormElement, HtmlInputElement, RequestInit, Response,
        SubmitEvent, UrlSearchParams, js_sys::decode_uri_component,
    },
};
use send_wrapper::SendWrapper;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use wasm_bindgen_futures::JsFuture;

use crate::{
    shared::error::AppError,
    ui::{
        components::{Toast, Toasts, use_toasts},
        file_field::WITH_FILES,
    },
};

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

/// The header in which a server function says what it did, percent-encoded.
pub const NOTICE: &str = "x-notice";

/// What a server function answered to a post by script: JSON.
type Answer = String;

/// Makes of the toast that tells what was done, and of what was answered, the toast that is shown.
type Finish = Arc<dyn Fn(Toast, &Answer) -> Toast + Send + Sync>;

/// How a form stands: its errors and what to fill in, with and without script.
#[derive(Debug, Clone, Copy)]
pub struct FormState {
    path: &'static str,
    flash: StoredValue<Flash>,
    pending: RwSignal<bool>,
    outcome: RwSignal<Option<Result<Answer, AppError>>>,
    toasts: Toasts,
    finish: StoredValue<Option<Finish>>,
    chosen: StoredValue<Option<SendWrapper<FileList>>>,
    posted: StoredValue<Option<SendWrapper<FormData>>>,
    about: StoredValue<Option<String>>,
}

/// The state of a form that posts to the server function `S`.
pub fn use_form<S: ServerFn>() -> FormState {
    FormState::new(S::PATH)
}

/// A form that posts to a server function, by script where there is one.
#[component]
pub fn PostForm(
    /// How it stands.
    form: FormState,
    /// Its fields and buttons.
    children: Children,
) -> impl IntoView {
    view! {
        <form method="post" action=form.path on:submit=move |event| form.submit(&event)>
            {children()}
        </form>
    }
}

impl FormState {
    fn new(path: &'static str) -> Self {
        let flash = use_context::<Flash>().filter(|flash| flash.path == path).unwrap_or_default();
        Self {
            path,
            flash: StoredValue::new(flash),
            pending: RwSignal::new(false),
            outcome: RwSignal::new(None),
            toasts: use_toasts(),
            finish: StoredValue::new(None),
            chosen: StoredValue::new(None),
            posted: StoredValue::new(None),
            about: StoredValue::new(None),
        }
    }

    /// Whether an answer is waited for.
    pub fn pending(self) -> Signal<bool> {
        self.pending.into()
    }

    /// Changes the toast that tells what a post by script has done, by what it answered: a way back, another tone.
    pub fn finish_toast<T: DeserializeOwned>(self, finish: impl Fn(Toast, T) -> Toast + Send + Sync + 'static) {
        self.finish.set_value(Some(Arc::new(move |toast: Toast, answer: &Answer| {
            match serde_json::from_slice(answer.as_bytes()) {
                Ok(answer) => finish(toast, answer),
                Err(_) => toast,
            }
        })));
    }

    /// Does something after each post by script from now on: what is made anew after one has nothing to do with its answer.
    pub fn when_answered(self, act: impl Fn(Result<(), AppError>) + 'static) {
        Effect::new(move |before: Option<()>| {
            let outcome = self.outcome.get();
            if let Some(outcome) = outcome.filter(|_| before.is_some()) {
                act(outcome.map(|_| ()));
            }
        });
    }

    /// Keeps the files that are chosen in the field.
    pub fn keep_chosen(self, field: &HtmlInputElement) {
        self.chosen.set_value(field.files().map(SendWrapper::new));
    }

    /// Has the field show the files that were chosen: to make a page anew takes its attributes away, and without its
    /// `type` it has none.
    pub fn show_chosen(self, field: &HtmlInputElement) {
        match self.chosen.get_value() {
            Some(files) => field.set_files(Some(&files)),
            None => self.keep_chosen(field),
        }
    }

    /// The form is about the thing of that name now. Whether it was about another one, of which all is forgotten.
    pub fn turn_to(self, name: &str) -> bool {
        let before = self.about.try_update_value(|about| about.replace(name.to_owned())).flatten();
        let is_another = before.is_some_and(|before| before != name);
        if is_another {
            self.forget();
        }
        is_another
    }

    /// Forgets what the last post was answered, and the files: what is shown is about something else.
    pub fn forget(self) {
        self.chosen.set_value(None);
        self.posted.set_value(None);
        self.flash.set_value(Flash::default());
        if self.outcome.with_untracked(Option::is_some) {
            self.outcome.set(None);
        }
    }

    /// Does something after each post by script that went well.
    pub fn when_done(self, act: impl Fn() + 'static) {
        self.when_answered(move |outcome| {
            if outcome.is_ok() {
                act();
            }
        });
    }

    /// Empties a field after each post by script that went well; what was written there meanwhile stays.
    pub fn empty_when_done(self, text: NodeRef<html::Textarea>) {
        self.when_done(move || {
            let Some(field) = text.get_untracked() else { return };
            let posted = self.posted.try_update_value(Option::take).flatten();
            let sent = posted.and_then(|posted| posted.get(&field.name()).as_string());
            if sent == Some(field.value()) {
                field.set_value("");
            }
        });
    }

    /// Why the last post was refused.
    pub fn error(self) -> Signal<Option<AppError>> {
        Signal::derive(move || match self.outcome.get() {
            Some(outcome) => outcome.err(),
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
        Memo::new(move |count: Option<&u32>| {
            let before = count.copied().unwrap_or(0);
            self.outcome.with(|outcome| if matches!(outcome, Some(Ok(_))) { before + 1 } else { before })
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

    /// Posts values that are in no form.
    pub fn send<'a>(self, values: impl IntoIterator<Item = (&'a str, &'a str)>) {
        let Ok(fields) = UrlSearchParams::new() else { return };
        for (name, value) in values {
            fields.append(name, value);
        }
        self.post(fields.into());
    }

    fn tell(self, text: String, answer: &Answer) {
        let toast = Toast::done(text);
        let finish = self.finish.try_get_value().flatten();
        self.toasts.show(match finish {
            Some(finish) => finish(toast, answer),
            None => toast,
        });
    }

    fn submit(self, event: &SubmitEvent) {
        let leads_elsewhere = event.submitter().is_some_and(|button| button.has_attribute("formaction"));
        if event.default_prevented() || leads_elsewhere {
            return;
        }
        if self.pending.get_untracked() {
            // Pressed twice: the first press is on its way.
            return event.prevent_default();
        }
        // What this script cannot read goes the way of a page without.
        if let Some((fields, body)) = read_fields(event) {
            event.prevent_default();
            self.posted.set_value(Some(SendWrapper::new(fields)));
            self.post(body);
        }
    }

    fn post(self, body: JsValue) {
        self.pending.set(true);
        spawn_local(async move {
            let outcome = post(self.path, &body).await;
            self.pending.try_set(false);
            let outcome = outcome.map(|(answer, notice)| {
                if let Some(text) = notice {
                    self.tell(text, &answer);
                }
                // What was refused before, and had been typed then, has gone with this one.
                self.flash.try_set_value(Flash::default());
                answer
            });
            self.outcome.try_set(Some(outcome));
        });
    }
}

/// Posts a form that is of no server function, so that the page stays as it is. What the network loses is posted by the next
/// press.
pub fn post_in_place(path: &'static str, event: &SubmitEvent) {
    if let Some((_, body)) = read_fields(event) {
        event.prevent_default();
        spawn_local(async move { drop(post(path, &body).await) });
    }
}

/// What a server function says that it did.
fn read_notice(response: &Response) -> Option<String> {
    let text = response.headers().get(NOTICE).ok()??;
    decode_uri_component(&text.replace('+', " ")).ok()?.as_string()
}

/// The fields of the form, with the button that was pressed, and the body in which a browser would send them.
fn read_fields(event: &SubmitEvent) -> Option<(FormData, JsValue)> {
    let form: HtmlFormElement = event.target()?.dyn_into().ok()?;
    let fields = FormData::new_with_form(&form).ok()?;
    if let Some(button) = event.submitter().and_then(|pressed| pressed.dyn_into::<HtmlButtonElement>().ok()) {
        fields.append_with_str(&button.name(), &button.value()).ok()?;
    }
    let body = if form.enctype() == WITH_FILES {
        fields.clone().into()
    } else {
        UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()?.into()
    };
    Some((fields, body))
}

/// Posts the body, follows where the answer leads, and returns its text, with what it says was done.
async fn post(path: &str, body: &JsValue) -> Result<(Answer, Option<String>), AppError> {
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(body);
    let asked = window().fetch_with_str_and_init(path, &init);
    let response: Response = settle(asked).await?.unchecked_into();
    let text = settle(response.text().map_err(|_| AppError::Unavailable)?).await?.as_string().unwrap_or_default();
    if !response.ok() {
        return Err(serde_json::from_slice(text.as_bytes()).unwrap_or(AppError::Unavailable));
    }
    let headers = response.headers();
    if headers.has(REDIRECT_HEADER).unwrap_or(false)
        && let Ok(Some(target)) = headers.get("location")
    {
        call_redirect_hook(&target);
    }
    Ok((text, read_notice(&response)))
}

/// What a promise of the browser's network comes to; it breaks when the server cannot be reached.
async fn settle(promise: web_sys::js_sys::Promise) -> Result<JsValue, AppError> {
    JsFuture::from(promise).await.map_err(|_| AppError::Unavailable)
}
