//! What is said next. A form like any other: each page gives its message an id, so that what is sent twice is said once.

use leptos::{ev::KeyboardEvent, html, prelude::*, wasm_bindgen::JsCast, web_sys};

use super::live::{Talk, Typing};
use crate::{
    crm::chat::message::MAX_BODY,
    ui::{
        components::{Button, ButtonKind, ButtonSize, Glyph, Icon, Notice, NoticeKind},
        drafts::{self, find_draft},
        file_field::{FileField, WITH_FILES},
        form::{FormState, PostForm},
    },
};

/// The id of the text.
const TEXT: &str = "say";

/// What the form sends along.
#[derive(Clone, Debug)]
pub(super) struct Sends {
    /// The conversation.
    pub(super) id: String,
    /// The id of the message.
    pub(super) client_id: String,
    /// To whom.
    pub(super) called: String,
    /// Whether the page shows an older part, and the message stands on another one.
    pub(super) to_end: bool,
}

/// Says something in a conversation.
#[component]
pub(super) fn Composer(sends: Sends, form: FormState, talk: Talk, is_another: bool) -> impl IntoView {
    let Sends { id, client_id, called, to_end } = sends;
    let name = id.clone();
    let hidden = view! {
        <input type="hidden" name="id" value=id/>
        <input type="hidden" name="client_id" value=client_id/>
        {to_end.then(|| view! { <input type="hidden" name="to_end" value="true"/> })}
    };
    view! { <Say called form talk=Some(talk) is_another name>{hidden}</Say> }
}

/// The text, the files and the button of a message; the children say where it goes. Words alone are sent over the connection while it is
/// open, everything else as a form.
#[component]
pub(super) fn Say(
    called: String,
    form: FormState,
    talk: Option<Talk>,
    /// Whether it is open in the place of another one.
    is_another: bool,
    /// Which conversation it is.
    name: String,
    children: Children,
) -> impl IntoView {
    let text = NodeRef::<html::Textarea>::new();
    let hint = NodeRef::<html::Span>::new();
    let refusal = form.refusal();
    let is_awake = RwSignal::new(false);
    Effect::new(move |_| is_awake.set(true));
    let draft = StoredValue::new(format!("draft chat {name}"));
    form.empty_when_done(text);
    form.when_done(move || save_draft(text, draft));
    keep_draft(form, text, is_another, draft);
    view! {
        <div class="overtaken" aria-live="polite">
            {move || refusal.get().map(|text| view! { <Notice kind=NoticeKind::Warning>{text}</Notice> })}
        </div>
        // Focusable, so that a press on any of its parts does not fold it up on phones before the press has ended.
        <PostForm form attr:class="composer" attr:tabindex="-1" attr:enctype=WITH_FILES>
            {children()}
            <TextField called form talk text hint draft/>
            <div class="row">
                <FileField form id="say-files"/>
                <span class="muted push wide hintline" node_ref=hint>
                    {move || is_awake.get().then_some("Enter sends, Shift Enter makes a new line")}
                </span>
                <Button
                    kind=ButtonKind::Primary
                    size=ButtonSize::Small
                    icon=Glyph::Send
                    busy=form.pending()
                    on:click=move |event| {
                        if send_live(talk, text, draft) {
                            event.prevent_default();
                        }
                    }
                >
                    "Send"
                </Button>
            </div>
        </PostForm>
    }
}

/// What is written, and what is wrong with it.
#[component]
fn TextField(
    called: String,
    form: FormState,
    talk: Option<Talk>,
    text: NodeRef<html::Textarea>,
    /// What says that Enter sends.
    hint: NodeRef<html::Span>,
    /// Under which name the draft is kept.
    draft: StoredValue<String>,
) -> impl IntoView {
    let errors = form.messages("body");
    let what_is_wrong = move || {
        let found = errors.get();
        (!found.is_empty()).then(|| {
            view! {
                <p class="error" id="say-error">
                    <Icon glyph=Glyph::Late small=true/>
                    <span>{found.join(" ")}</span>
                </p>
            }
        })
    };
    view! {
        <label class="sr" for=TEXT>
            {format!("Message to {called}")}
        </label>
        <textarea
            id=TEXT
            name="body"
            rows="1"
            maxlength=MAX_BODY.to_string()
            placeholder=format!("Write to {called}")
            aria-invalid=move || (!errors.get().is_empty()).then_some("true")
            aria-describedby=move || (!errors.get().is_empty()).then_some("say-error")
            node_ref=text
            on:input=move |_| {
                save_draft(text, draft);
                if let (Some(talk), Some(field)) = (talk, text.get_untracked()) {
                    talk.say_typing(if field.value().is_empty() { Typing::Stopped } else { Typing::Begun });
                }
            }
            on:keydown=move |event| {
                if is_to_send(&event, hint) {
                    event.prevent_default();
                    if !send_live(talk, text, draft) {
                        send_form(text);
                    }
                }
            }
        >
            {form.value("body", "")}
        </textarea>
        {what_is_wrong}
    }
}

/// Sends what stands in the field over the connection; whether it could.
fn send_live(talk: Option<Talk>, text: NodeRef<html::Textarea>, draft: StoredValue<String>) -> bool {
    // The button keeps what it did for the conversation that was open before, whose field is gone with it.
    let Some(talk) = talk.filter(|talk| talk.is_live()) else { return false };
    let Some(field) = text.get_untracked() else { return false };
    let body = field.value().trim().to_owned();
    if body.is_empty() || body.chars().count() > MAX_BODY || has_files(&field) {
        return false;
    }
    talk.send(body);
    field.set_value("");
    save_draft(text, draft);
    // The next one is written at once.
    drop(field.focus());
    true
}

/// Has the field, which stays while one goes from one conversation to another, show what was written in the one that is open. Who has come
/// from another one goes on writing.
fn keep_draft(form: FormState, text: NodeRef<html::Textarea>, is_another: bool, draft: StoredValue<String>) {
    Effect::new(move |_| {
        let Some(field) = text.get() else { return };
        let written = find_draft(&draft.get_value()).unwrap_or_default();
        if is_another || field.value().is_empty() {
            field.set_value(&written);
        }
        if is_another {
            if let Some(files) = files_of(&field) {
                files.set_value("");
            }
            form.forget();
            // One that is not shown cannot take it, which is no error.
            drop(field.focus());
        }
    });
}

fn save_draft(text: NodeRef<html::Textarea>, draft: StoredValue<String>) {
    let written = text.get_untracked().map(|field| field.value()).filter(|written| !written.is_empty());
    drafts::keep_draft(&draft.get_value(), written.as_deref());
}

fn files_of(field: &web_sys::HtmlTextAreaElement) -> Option<web_sys::HtmlInputElement> {
    field.form()?.query_selector("input[type=file]").ok().flatten()?.dyn_into().ok()
}

/// Whether files are chosen, or kept of a form that was refused.
fn has_files(field: &web_sys::HtmlTextAreaElement) -> bool {
    let Some(form) = field.form() else { return false };
    let is_chosen = files_of(field).is_some_and(|files| !files.value().is_empty());
    is_chosen || form.query_selector("input[type=checkbox]:checked").is_ok_and(|kept| kept.is_some())
}

/// Sends the form that a field belongs to.
fn send_form(text: NodeRef<html::Textarea>) {
    if let Some(form) = text.get_untracked().and_then(|field| field.form()) {
        // A form that is not complete says so by itself.
        drop(form.request_submit());
    }
}

/// Enter sends where the page says so, which it does not on phones; with Shift, or while letters are being composed, it makes a new
/// line.
fn is_to_send(event: &KeyboardEvent, hint: NodeRef<html::Span>) -> bool {
    let is_said = hint.get_untracked().is_some_and(|hint| hint.offset_width() > 0);
    event.key() == "Enter" && !event.shift_key() && !event.is_composing() && is_said
}
