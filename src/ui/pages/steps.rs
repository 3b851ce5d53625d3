//! A step of a lifecycle as a button: it takes the step, or opens the dialog that asks what the step needs.

use leptos::prelude::*;

use crate::ui::{
    components::{Button, ButtonKind, ButtonSize, Glyph, OpenDialog},
    form::{FormState, PostForm},
};

/// The button. The one that is primary keeps its words where there is little room.
#[component]
pub fn StepButton(
    /// The form that takes the step.
    form: FormState,
    /// What is moved, and the version that is looked at.
    of: (String, u32),
    /// What the button says.
    verb: String,
    /// The status it leads to.
    to: &'static str,
    /// Its picture.
    icon: Glyph,
    /// How it stands out.
    kind: ButtonKind,
    /// The dialog that asks first.
    dialog: Option<&'static str>,
) -> impl IntoView {
    let class = if kind == ButtonKind::Primary { "keep" } else { "" };
    let (id, version) = of;
    match dialog {
        Some(dialog) => view! {
            <OpenDialog dialog kind size=ButtonSize::Small icon class>
                {verb}
            </OpenDialog>
        }
        .into_any(),
        None => view! {
            <PostForm form>
                <input type="hidden" name="id" value=id/>
                <input type="hidden" name="version" value=version.to_string()/>
                <Button name="to" value=to kind size=ButtonSize::Small icon class busy=form.pending()>
                    {verb}
                </Button>
            </PostForm>
        }
        .into_any(),
    }
}
