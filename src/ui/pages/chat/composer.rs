//! What is said next. A form like any other: each page gives its message an id, so that what is sent twice is said once.

use leptos::{ev::KeyboardEvent, html, prelude::*, wasm_bindgen::JsCast, web_sys};

use crate::{
    crm::chat::message::MAX_BODY,
    ui::{
        components::{Button, ButtonKind, ButtonSize, Glyph, Icon, Notice, NoticeKind},
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
}

/// Says something in a conversation.
#[component]
pub(super) fn Composer(sends: Sends, form: FormState) -> impl IntoView {
    let Sends { id, client_id, called } = sends;
    let hidden = view! {
        <input type="hidden" name="id" value=id/>
        <input type="hidden" name="client_id" value=client_id/>
    };
    view! { <Say called form>{hidden}</Say> }
}

/// The text, the files and the button of a message; the children say where it goes.
#[component]
pub(super) fn Say(called: String, form: FormState, children: Children) -> impl IntoView {
    let hint = NodeRef::<html::Span>::new();
    let errors = form.messages("body");
    let refusal = form.refusal();
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
    let is_awake = RwSignal::new(false);
    Effect::new(move |_| is_awake.set(true));
    view! {
        <div class="overtaken" aria-live="polite">
            {move || refusal.get().map(|text| view! { <Notice kind=NoticeKind::Warning>{text}</Notice> })}
        </div>
        // Focusable, so that a press on any of its parts does not fold it up on phones before the press has ended.
        <PostForm form attr:class="composer" attr:tabindex="-1" attr:enctype=WITH_FILES>
            {children()}
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
                on:keydown=move |event| send_by_enter(&event, hint)
            >
                {form.value("body", "")}
            </textarea>
            {what_is_wrong}
            <FileField form id="say-files"/>
            <div class="row">
                <span class="muted push wide hintline" node_ref=hint>
                    {move || is_awake.get().then_some("Enter sends, Shift Enter makes a new line")}
                </span>
                <Button kind=ButtonKind::Primary size=ButtonSize::Small icon=Glyph::Send busy=form.pending()>
                    "Send"
                </Button>
            </div>
        </PostForm>
    }
}

/// Enter sends where the page says so, which it does not on phones; with Shift, or while letters are being composed, it makes a new
/// line.
fn send_by_enter(event: &KeyboardEvent, hint: NodeRef<html::Span>) {
    let is_plain = event.key() == "Enter" && !event.shift_key() && !event.is_composing();
    let is_said = hint.get_untracked().is_some_and(|hint| hint.offset_width() > 0);
    if !is_plain || !is_said {
        return;
    }
    let field = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlTextAreaElement>().ok());
    if let Some(form) = field.and_then(|field| field.form()) {
        event.prevent_default();
        // A form that is not complete says so by itself.
        drop(form.request_submit());
    }
}
