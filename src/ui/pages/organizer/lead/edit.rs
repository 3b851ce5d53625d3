//! The editor of one fact: a small form behind a `<details>`, so that it needs no script. A refusal opens it again with what
//! had been typed and why it does not fit.

use leptos::{html, prelude::*};

use crate::{
    crm::leads::{
        changes::{MAX_NOTES, MAX_TAGS},
        lead::MAX_PARTY,
        new_lead::MAX_NAME,
        profile::LeadProfile,
    },
    ui::{
        components::{
            Button, ButtonKind, ButtonSize, Field, FieldKind, Glyph, Icon, Select, SelectOption, TextArea,
            close_when_left,
        },
        form::{FormState, PostForm},
    },
};

/// A fact that can be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Editor {
    /// When to get back to them.
    FollowUp,
    /// When they would like to go.
    Departure,
    /// For how many.
    Party,
    /// What a booking would bring.
    Value,
    /// Their name.
    Name,
    /// Their number.
    Phone,
    /// Words to find it by.
    Tags,
    /// What to keep in mind about them.
    Notes,
}

impl Editor {
    /// The fact's name in the form, the field of its errors, and what people read.
    const fn names(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::FollowUp => ("follow_up", "nextFollowUpAt", "Follow-up"),
            Self::Departure => ("departure", "departureId", "Departure"),
            Self::Party => ("party", "partySize", "Party"),
            Self::Value => ("value", "estimatedValue", "Value"),
            Self::Name => ("name", "name", "Name"),
            Self::Phone => ("phone", "phone", "Phone"),
            Self::Tags => ("tags", "tags", "Tags"),
            Self::Notes => ("notes", "notes", "Notes"),
        }
    }

    fn value_in(self, lead: &LeadProfile) -> String {
        let facts = &lead.facts;
        match self {
            Self::FollowUp => facts.follow_up_input.clone(),
            Self::Departure => facts.departure.as_ref().map(|chosen| chosen.id.to_string()).unwrap_or_default(),
            Self::Party => facts.party.map(|party| party.to_string()).unwrap_or_default(),
            Self::Value => facts.value_input.clone(),
            Self::Name => lead.name.clone(),
            Self::Phone => facts.phone_input.clone(),
            Self::Tags => facts.tags.join(", "),
            Self::Notes => facts.notes.clone(),
        }
    }
}

/// The pencil and the form behind it.
#[component]
pub(super) fn FactEditor(lead: LeadProfile, editor: Editor, form: FormState) -> impl IntoView {
    let (fact, field, label) = editor.names();
    let errors = form.messages(field);
    let is_refused = !errors.get_untracked().is_empty();
    let node = NodeRef::<html::Details>::new();
    close_when_left(node);
    let present = editor.value_in(&lead);
    let value = if is_refused { form.value("value", present) } else { present };
    view! {
        <details class="fact-edit" open=is_refused node_ref=node>
            <summary class="icon-btn ed" aria-label=format!("Edit {}", label.to_lowercase()) data-fact=fact>
                <Icon glyph=Glyph::Edit small=true/>
            </summary>
            <PostForm form attr:class="menu stack">
                <input type="hidden" name="id" value=lead.id.to_string()/>
                <input type="hidden" name="version" value=lead.version.to_string()/>
                <input type="hidden" name="fact" value=fact/>
                <ValueField lead editor label value errors/>
                <Button kind=ButtonKind::Primary size=ButtonSize::Small busy=form.pending()>
                    "Save"
                </Button>
            </PostForm>
        </details>
    }
}

#[component]
fn ValueField(
    lead: LeadProfile,
    editor: Editor,
    label: &'static str,
    value: String,
    errors: Signal<Vec<String>>,
) -> impl IntoView {
    let (fact, ..) = editor.names();
    let id = format!("fact-{fact}");
    let limit = |most: usize| u32::try_from(most).unwrap_or(u32::MAX);
    match editor {
        Editor::FollowUp => {
            view! { <Field label name="value" id value errors kind=FieldKind::DateTimeLocal hint="Empty: none."/> }.into_any()
        }
        Editor::Departure => {
            let line = |departure: &crate::crm::leads::profile::DepartureChoice| {
                SelectOption::new(departure.id.to_string(), format!("{}, {}", departure.day, departure.seats_in_words()))
            };
            let options = lead.facts.departures.iter().map(line).collect();
            view! { <Select label name="value" id options value blank="Not chosen yet" errors/> }.into_any()
        }
        Editor::Party => view! {
            <Field label name="value" id value errors kind=FieldKind::Number min="1" max=MAX_PARTY.to_string()/>
        }
        .into_any(),
        Editor::Value => view! {
            <Field label aside="₹" name="value" id value errors hint=format!("Empty: party × price, {}.", lead.facts.value_hint)/>
        }
        .into_any(),
        Editor::Name => {
            view! { <Field label name="value" id value errors required=true max_length=limit(MAX_NAME)/> }.into_any()
        }
        Editor::Phone => view! { <Field label name="value" id value errors kind=FieldKind::Phone/> }.into_any(),
        Editor::Tags => {
            let hint = format!("Parted by commas, at most {MAX_TAGS}.");
            view! { <Field label name="value" id value errors hint/> }.into_any()
        }
        Editor::Notes => view! { <TextArea label name="value" id value errors rows=6 max_length=limit(MAX_NOTES)/> }.into_any(),
    }
}
