//! The editors of the facts that admins change: a small form behind a `<details>`, so that it needs no script.

use leptos::{html, prelude::*};

use crate::{
    crm::tickets::{screens::profile::TicketProfile, ticket::TicketPriority},
    ui::{
        components::{Button, ButtonKind, ButtonSize, Glyph, Icon, Select, SelectOption, close_when_left},
        form::{FormState, PostForm},
    },
};

/// A fact that can be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Editor {
    /// Who works on it.
    Assignee,
    /// How soon it is needed.
    Priority,
}

/// The pencil and the form behind it.
#[component]
pub(super) fn FactEditor(ticket: TicketProfile, editor: Editor, form: FormState) -> impl IntoView {
    let (name, label) = match editor {
        Editor::Assignee => ("assignee", "Assignee"),
        Editor::Priority => ("priority", "Priority"),
    };
    let errors = form.messages(if editor == Editor::Assignee { "assigneeId" } else { "priority" });
    let (options, value) = choices_of(&ticket, editor);
    let node = NodeRef::<html::Details>::new();
    close_when_left(node);
    let is_refused = !errors.get_untracked().is_empty();
    view! {
        <details class="fact-edit" open=is_refused node_ref=node>
            <summary class="icon-btn ed" aria-label=format!("Change the {name}") data-fact=name>
                <Icon glyph=Glyph::Edit small=true/>
            </summary>
            <PostForm form attr:class="menu stack">
                <input type="hidden" name="id" value=ticket.id.to_string()/>
                <input type="hidden" name="version" value=ticket.version.to_string()/>
                <Select label name id=format!("fact-{name}") options value errors/>
                <Button kind=ButtonKind::Primary size=ButtonSize::Small busy=form.pending()>
                    "Save"
                </Button>
            </PostForm>
        </details>
    }
}

fn choices_of(ticket: &TicketProfile, editor: Editor) -> (Vec<SelectOption>, String) {
    match editor {
        Editor::Assignee => {
            let admins = ticket.facts.admins.iter();
            let options = admins.map(|admin| SelectOption::new(admin.value.clone(), admin.label.clone())).collect();
            (options, ticket.facts.assignee_id.clone())
        }
        Editor::Priority => {
            let priorities = TicketPriority::ALL.iter();
            let options = priorities.map(|priority| SelectOption::new(priority.as_str(), priority.label())).collect();
            (options, ticket.facts.priority.as_str().to_owned())
        }
    }
}
