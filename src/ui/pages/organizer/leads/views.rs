//! Saving what list or board show as a view of one's own: name, pin, update, delete.

use leptos::{html, prelude::*};

use crate::{
    crm::leads::{
        address::LeadsAddress,
        listing::ViewTab,
        server_fns::views::{DeleteView, SaveView},
    },
    ui::{
        components::{Button, ButtonKind, ButtonSize, Checkbox, Field, Glyph, MenuButton, close_when_left},
        form::{PostForm, use_form},
        pages::frame::use_frame_version,
    },
};

/// A menu beside the tabs: saves the list as a new view, or changes the one that is open.
#[component]
pub(super) fn ViewMenu(address: LeadsAddress, current: Option<ViewTab>, changes: RwSignal<u32>) -> impl IntoView {
    let saving = use_form::<SaveView>();
    let deleting = use_form::<DeleteView>();
    let frame = use_frame_version();
    for form in [saving, deleting] {
        form.when_done(move || {
            changes.update(|count| *count += 1);
            frame.bump();
        });
    }
    let label = if current.is_some() { "Edit view" } else { "Save view" };
    let delete = current.clone().map(|view| {
        view! {
            <PostForm form=deleting>
                <input type="hidden" name="id" value=view.id/>
                <MenuButton icon=Glyph::Trash danger=true>"Delete this view"</MenuButton>
            </PostForm>
        }
    });
    let node = NodeRef::<html::Details>::new();
    close_when_left(node);
    let came_back = saving.error().get_untracked().is_some();
    view! {
        <details class="menu-box" node_ref=node open=came_back>
            <summary class="tab">
                <crate::ui::components::Icon glyph=if current.is_some() { Glyph::Edit } else { Glyph::Plus } small=true/>
                {label}
            </summary>
            <div class="menu view-menu">
                <PostForm form=saving>
                    <SaveFields address current saving_messages=saving.messages("name") name=saving.value("name", "")/>
                </PostForm>
                {delete}
            </div>
        </details>
    }
}

#[component]
fn SaveFields(
    address: LeadsAddress,
    current: Option<ViewTab>,
    saving_messages: Signal<Vec<String>>,
    name: String,
) -> impl IntoView {
    let (id, old_name, pinned) = current.map(|view| (view.id, view.name, view.pinned)).unwrap_or_default();
    let is_new = id.is_empty();
    let name = if name.is_empty() { old_name } else { name };
    let as_new = (!is_new).then(|| {
        view! {
            <Button size=ButtonSize::Small kind=ButtonKind::Quiet name="as_new" value="true">
                "Save as a new one"
            </Button>
        }
    });
    view! {
        <div class="form">
            <input type="hidden" name="id" value=id/>
            <input type="hidden" name="query" value=address.query()/>
            <Field label="Name" name="name" id="view-name" value=name required=true max_length=60 errors=saving_messages/>
            <Checkbox label="Pin it to the sidebar" name="pinned" id="view-pinned" checked=pinned/>
            <p class="hint">"Keeps filter, order, columns and layout."</p>
            <div class="acts">
                <Button size=ButtonSize::Small>{if is_new { "Save view" } else { "Update view" }}</Button>
                {as_new}
            </div>
        </div>
    }
}
