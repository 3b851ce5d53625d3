//! Files in a form, which then is `multipart/form-data`. What was kept of a form that was refused is there to be sent again.

use leptos::{html, prelude::*};

use crate::{
    crm::files::file::{ATTACHMENTS, MAX_ATTACHMENTS},
    ui::{
        components::{Glyph, Icon},
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
        }
    });
    let errors = form.messages(ATTACHMENTS);
    let about = format!("{id}-about");
    let what_is_wrong = {
        let about = about.clone();
        move || {
            let found = errors.get();
            if found.is_empty() {
                let taken = format!(
                    "PDF, PNG, JPEG or WebP. At most {MAX_ATTACHMENTS} files of 10 MB each, and 25 MB together."
                );
                view! { <p class="hint" id=about.clone()>{taken}</p> }.into_any()
            } else {
                view! {
                    <p class="error" id=about.clone()>
                        <Icon glyph=Glyph::Late small=true/>
                        <span>{found.join(" ")}</span>
                    </p>
                }
                .into_any()
            }
        }
    };
    view! {
        <div class="field files-field">
            <label for=id>
                "Files " <span class="opt">"optional"</span>
            </label>
            <input
                class="input file"
                id=id
                type="file"
                name=ATTACHMENTS
                multiple=true
                accept=TAKEN
                aria-invalid=move || (!errors.get().is_empty()).then_some("true")
                aria-describedby=about
                node_ref=input
            />
            {move || kept.get().into_iter().map(|line| view! { <Kept line/> }).collect_view()}
            {what_is_wrong}
        </div>
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
