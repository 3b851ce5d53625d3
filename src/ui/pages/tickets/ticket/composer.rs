//! The composer at the foot of the thread: a reply, or for admins a note among themselves. Kinds are radio buttons that look like
//! tabs, so that it works without script; with one, Ctrl and Enter send it, `/` finds a canned answer, and a draft is kept.

use leptos::{html, prelude::*, wasm_bindgen::JsCast, web_sys};

use super::{
    answers::{AnswerPicker, AnswerSearch, Finder, LIST},
    viewers::Viewers,
};
use crate::{
    crm::tickets::{
        message::MAX_TEXT,
        screens::profile::{Draft, TicketProfile},
        status::TicketStatus,
    },
    shared::lifecycle::Lifecycle,
    ui::{
        components::{
            Button, ButtonKind, ButtonSize, FieldNote, Glyph, Icon, Menu, MenuButton, MenuPlace, Notice, NoticeKind,
            description_of, is_invalid,
        },
        drafts::{self, find_draft},
        file_field::{FileField, WITH_FILES},
        form::{FormState, PostForm},
        pages::shortcuts::send_by_key,
    },
};

/// The id of the text, for the keys that lead there.
pub(super) const TEXT: &str = "cm";
/// What the kinds are called in the page.
const REPLY: &str = "reply";
const NOTE: &str = "note";

/// Says something.
#[component]
pub(super) fn Composer(ticket: TicketProfile, draft: Draft, form: FormState, viewers: Viewers) -> impl IntoView {
    let text = NodeRef::<html::Textarea>::new();
    let draft_key = keep_draft(&ticket, form, text);
    let finder = Finder::new(draft.answers.clone(), text);
    // What was just sent without script is not begun anew, though the address still names its answer.
    let begin = if form.notice().is_some() { String::new() } else { draft.text };
    let errors = form.messages("text");
    let refusal = form.refusal();
    view! {
        <div class="overtaken" aria-live="polite">
            {move || refusal.get().map(|text| view! { <Notice kind=NoticeKind::Warning>{text}</Notice> })}
            {move || viewers.meanwhile().map(|text| view! { <Notice kind=NoticeKind::Info>{text}</Notice> })}
        </div>
        // Focusable, so that a press on any of its parts does not fold it up on phones before the press has ended.
        <PostForm form attr:class="composer" attr:tabindex="-1" attr:enctype=WITH_FILES on:keydown=send_by_key>
            <input type="hidden" name="id" value=ticket.id.to_string()/>
            <input type="hidden" name="version" value=ticket.version.to_string()/>
            {ticket.for_admin.then(|| view! { <Kinds form text placeholder=draft.placeholder.clone()/> })}
            <label class="sr" for=TEXT>
                "Your message"
            </label>
            <textarea
                id=TEXT
                name="text"
                rows="3"
                required=true
                maxlength=MAX_TEXT.to_string()
                placeholder=draft.placeholder
                aria-invalid=move || is_invalid(errors)
                aria-describedby=description_of(TEXT, false, errors)
                aria-keyshortcuts="Control+Enter"
                node_ref=text
                aria-controls=move || finder.is_open().then_some(LIST)
                aria-activedescendant=move || finder.chosen_id()
                on:input=move |_| {
                    finder.look();
                    save_draft(draft_key, text);
                    viewers.note_typing();
                }
                on:keydown=move |event| finder.take_key(&event)
            >
                {form.value("text", begin)}
            </textarea>
            <FieldNote id=TEXT.to_owned() hint=None errors/>
            {ticket.for_admin.then(|| view! { <AnswerSearch finder/> })}
            <div class="row">
                {ticket.for_admin.then(|| view! { <AnswerPicker answers=draft.answers.clone() id=ticket.id finder/> })}
                <FileField form id="cm-files"/>
                <span class="push"></span>
                <ThenMenu ticket/>
                <Button kind=ButtonKind::Primary size=ButtonSize::Small icon=Glyph::Send name="then" value="" busy=form.pending()>
                    <span class="as-reply">"Send"</span>
                    <span class="as-note">"Add the note"</span>
                </Button>
            </div>
        </PostForm>
    }
}

/// A reply, or a note that only admins read.
#[component]
fn Kinds(form: FormState, text: NodeRef<html::Textarea>, placeholder: String) -> impl IntoView {
    let is_note = form.value("internal", "") == "true";
    let say_who_reads = move |_| {
        let Some(field) = text.get_untracked() else { return };
        let is_note = kind_choice(&field, NOTE).is_some_and(|choice| choice.checked());
        field.set_placeholder(if is_note { "Only admins read this." } else { &placeholder });
    };
    view! {
        <fieldset class="ctabs" on:change=say_who_reads>
            <legend class="sr">"Kind"</legend>
            <label>
                <input class="sr" type="radio" name="internal" value="" checked=!is_note data-kind=REPLY/>
                <Icon glyph=Glyph::Chat small=true/>
                "Reply"
            </label>
            <label>
                <input class="sr" type="radio" name="internal" value="true" checked=is_note data-kind=NOTE/>
                <Icon glyph=Glyph::Note small=true/>
                "Internal note"
            </label>
        </fieldset>
    }
}

/// Sends a reply and takes a step with it.
#[component]
fn ThenMenu(ticket: TicketProfile) -> impl IntoView {
    const STEPS: [(TicketStatus, Glyph, &str); 2] = [
        (TicketStatus::WaitingCustomer, Glyph::Pause, "Send and ask the customer"),
        (TicketStatus::Resolved, Glyph::Check, "Send and resolve"),
    ];
    let is_possible = |status: TicketStatus| ticket.moves.iter().any(|step| step.to == status);
    let lines: Vec<_> = STEPS
        .into_iter()
        .filter(|(status, ..)| ticket.for_admin && is_possible(*status))
        .map(|(status, icon, words)| {
            view! {
                <MenuButton icon name="then" value=status.as_str()>
                    {words}
                </MenuButton>
            }
        })
        .collect();
    (!lines.is_empty()).then(|| {
        view! {
            <div class="as-reply">
                <Menu label="Send and …" place=MenuPlace::AboveEnd>
                    {lines}
                </Menu>
            </div>
        }
    })
}

/// What is written stays in this tab until it is sent, wherever one looks meanwhile, as what it was written: a note does not come back
/// as a reply, nor to the customer who signs in after an admin. Says under which key.
fn keep_draft(ticket: &TicketProfile, form: FormState, text: NodeRef<html::Textarea>) -> StoredValue<String> {
    let side = if ticket.for_admin { "of an admin" } else { "of the requester" };
    let key = StoredValue::new(format!("draft {} {side}", ticket.number));
    Effect::new(move |_| {
        let Some(field) = text.get() else { return };
        if form.turn_to(&key.get_value()) {
            field.set_value("");
        }
        let kept = find_draft(&key.get_value()).filter(|_| field.value().is_empty());
        if let Some((kind, words)) = kept.as_deref().and_then(|kept| kept.split_once('\n')) {
            if let Some(choice) = kind_choice(&field, kind) {
                choice.set_checked(true);
            }
            field.set_value(words);
        }
    });
    form.empty_when_done(text);
    form.when_done(move || save_draft(key, text));
    key
}

/// Keeps what stands in the field; nothing is not kept.
fn save_draft(key: StoredValue<String>, text: NodeRef<html::Textarea>) {
    let Some(field) = text.get_untracked() else { return };
    let written = field.value();
    let is_note = kind_choice(&field, NOTE).is_some_and(|choice| choice.checked());
    let kept = format!("{}\n{written}", if is_note { NOTE } else { REPLY });
    drafts::keep_draft(&key.get_value(), (!written.is_empty()).then_some(kept.as_str()));
}

/// The radio button of a kind, where there is a choice.
fn kind_choice(field: &web_sys::HtmlTextAreaElement, kind: &str) -> Option<web_sys::HtmlInputElement> {
    let form = field.closest("form").ok().flatten()?;
    form.query_selector(&format!("[data-kind={kind}]")).ok().flatten()?.dyn_into().ok()
}
