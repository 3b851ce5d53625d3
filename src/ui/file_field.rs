//! Files in a form, which then is `multipart/form-data`. What was kept of a form that was refused is there to be sent again.

use leptos::{html, prelude::*};

use crate::{
    crm::files::file::{ATTACHMENTS, MAX_ATTACHMENTS},
    ui::{
        components::{FieldFrame, description_of, is_invalid},
        form::FormState,
    },
};

/// How a form says that it carries files.
pub const WITH_FILES: &str = "multipart/form-data";
const TAKEN: &str = ".pdf,.png,.jpg,.jpeg,.webp";

/// Chooses files that are attached to what the form makes.
#[component]
pub fn FileField(
    /// The form.
    form: FormState,
    /// The id of the input.
    id: &'static str,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let lines = form.value(ATTACHMENTS, "");
    let kept = RwSignal::new(lines.lines().map(str::to_owned).collect::<Vec<_>>());
    form.when_done(move || {
        kept.set(Vec::new());
        if let Some(input) = input.get_untracked() {
            input.set_value("");
            form.keep_chosen(&input);
        }
    });
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            form.show_chosen(&input);
        }
    });
    let errors = form.messages(ATTACHMENTS);
    let hint = format!("PDF, PNG, JPEG or WebP. At most {MAX_ATTACHMENTS} files of 10 MB each, and 25 MB together.");
    view! {
        <FieldFrame
            id=id.to_owned()
            label="Files".to_owned()
            aside=Some("optional".to_owned())
            hint=Some(hint)
            errors
            class="files-field".to_owned()
        >
            <input
                class="input file"
                id=id
                type="file"
                name=ATTACHMENTS
                multiple=true
                accept=TAKEN
                aria-invalid=move || is_invalid(errors)
                aria-describedby=description_of(id, true, errors)
                node_ref=input
                on:change=move |event| form.keep_chosen(&event_target(&event))
            />
            <div class="kept">
                {move || kept.get().into_iter().map(|line| view! { <Kept line/> }).collect_view()}
            </div>
        </FieldFrame>
    }
}

/// A file that is kept already; who does not want it takes the tick away.
#[component]
fn Kept(line: String) -> impl IntoView {
    let name = line.split_once(' ').map_or_else(|| line.clone(), |(_, name)| name.to_owned());
    view! {
        <label class="choice">
            <input type="checkbox" name=ATTACHMENTS value=line checked=true/>
            <span>{name}</span>
        </label>
    }
}
