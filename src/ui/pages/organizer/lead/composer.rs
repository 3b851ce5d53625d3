//! The composer at the foot of the timeline: what happened, of which kind, and whether to follow up. Kinds are radio buttons
//! that look like tabs, so that it works without script; with one, Ctrl and Enter send it.

use leptos::{html, prelude::*};

use super::marks::contact_look;
use crate::{
    crm::leads::{
        profile::LeadProfile,
        timeline::{InteractionKind, MAX_TEXT},
    },
    ui::{
        components::{Button, ButtonKind, ButtonSize, FieldNote, Glyph, Icon, description_of, is_invalid},
        form::{FormState, PostForm},
        pages::shortcuts::send_by_key,
    },
};

/// The id of the text, for the key that leads there.
pub(super) const TEXT: &str = "cm";

/// The kinds as the composer offers them, with its words.
const KINDS: [(InteractionKind, &str); 6] = [
    (InteractionKind::Message, "Message"),
    (InteractionKind::Email, "Email"),
    (InteractionKind::Call, "Log a call"),
    (InteractionKind::Whatsapp, "WhatsApp"),
    (InteractionKind::Meeting, "Meeting"),
    (InteractionKind::Note, "Note"),
];

/// Writes down what happened.
#[component]
pub(super) fn Composer(lead: LeadProfile, form: FormState) -> impl IntoView {
    let text = NodeRef::<html::Textarea>::new();
    form.empty_when_done(text);
    // The page stays when one goes from lead to lead.
    let id = lead.id.to_string();
    Effect::new(move |_| {
        if let Some(field) = text.get().filter(|_| form.turn_to(&id)) {
            field.set_value("");
        }
    });
    let chosen = form.value("kind", if lead.contact.digits.is_some() { "call" } else { "email" });
    let kinds = KINDS
        .into_iter()
        .map(|(kind, label)| {
            let checked = kind.as_str() == chosen;
            let (glyph, _) = contact_look(kind);
            view! {
                <label>
                    <input class="sr" type="radio" name="kind" value=kind.as_str() checked=checked data-kind=kind.as_str()/>
                    <Icon glyph small=true/>
                    {label}
                </label>
            }
        })
        .collect_view();
    let errors = form.messages("text");
    view! {
        // Focusable, so that a press on any of its parts does not fold it up on phones before the press has ended.
        <PostForm form attr:class="composer" attr:tabindex="-1" on:keydown=send_by_key>
            <input type="hidden" name="id" value=lead.id.to_string()/>
            <fieldset class="ctabs">
                <legend class="sr">"Kind"</legend>
                {kinds}
            </fieldset>
            <label class="sr" for=TEXT>
                "What happened"
            </label>
            <textarea
                id=TEXT
                name="text"
                rows="2"
                required=true
                maxlength=MAX_TEXT.to_string()
                placeholder="What was said or agreed. Only you and your team see it; nothing is sent."
                aria-invalid=move || is_invalid(errors)
                aria-describedby=description_of(TEXT, false, errors)
                aria-keyshortcuts="Control+Enter"
                node_ref=text
            >
                {form.value("text", "")}
            </textarea>
            <FieldNote id=TEXT.to_owned() hint=None errors/>
            <div class="row">
                <label class="choice muted fu">
                    <input class="check" type="checkbox" name="follow_up" value="in:2d"/>
                    "Follow up in 2 days"
                </label>
                <Button kind=ButtonKind::Primary size=ButtonSize::Small icon=Glyph::Check class="push" busy=form.pending()>
                    "Log it"
                </Button>
            </div>
        </PostForm>
    }
}
