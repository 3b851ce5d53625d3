//! Actions on the leads that are selected, or on all that match. The bar shows itself as soon as a box is ticked, which needs
//! no script; with one it counts, selects the whole page, and acts without a reload.

use leptos::{ev::Event, html, prelude::*, wasm_bindgen::JsCast, web_sys};

use super::line::StageMark;
use crate::{
    crm::leads::{
        address::{EXPORT_PATH, LeadsAddress},
        bulk::BulkAction,
        lead::LostReason,
        listing::BulkReport,
        server_fns::list::ChangeLeads,
        status::LeadStatus,
    },
    shared::lifecycle::Lifecycle,
    ui::{
        components::{Button, ButtonKind, ButtonSize, Field, FieldKind, Glyph, IconButton, Menu, MenuButton, MenuCaption, MenuPlace, Toast, ButtonType, use_toasts},
        form::use_form,
        pages::frame::use_frame_version,
    },
};

/// The id of the form that the boxes of the rows belong to.
pub(super) const BULK_FORM: &str = "bulk";

/// The bar in the foot of the list.
#[component]
pub(super) fn BulkBar(address: LeadsAddress, total: u64, changes: RwSignal<u32>) -> impl IntoView {
    let form = use_form::<ChangeLeads>();
    let (toasts, frame) = (use_toasts(), use_frame_version());
    let bar = NodeRef::<html::Div>::new();
    let selected = count_selected(bar);
    let is_whole = RwSignal::new(false);
    Effect::new(move |_| match form.action.value().get() {
        Some(Ok(report)) => {
            toasts.show(toast_of(&report));
            clear_selection();
            selected.set(0);
            is_whole.set(false);
            changes.update(|count| *count += 1);
            frame.bump();
        }
        Some(Err(error)) => toasts.show(Toast::failed(error.message())),
        None => {}
    });
    let words = move || match (is_whole.get(), selected.get()) {
        (true, _) => format!("All {total} selected"),
        (false, 0) => "Selected".to_owned(),
        (false, count) => format!("{count} selected"),
    };
    let clear = move |_| {
        clear_selection();
        selected.set(0);
        is_whole.set(false);
    };
    let export_query = address.filter_pairs();
    view! {
        <div class="bulk" role="region" aria-label="Actions for the selection" node_ref=bar>
            <ActionForm action=form.action attr:id=BULK_FORM attr:class="bulk-form">
                <input type="hidden" name="query" value=address.query()/>
                <b class="num" aria-live="polite">{words}</b>
                <label class="link-btn all-match">
                    <input class="sr" type="checkbox" name="whole" value="true" prop:checked=move || is_whole.get() on:change=move |event| is_whole.set(event_target_checked(&event))/>
                    {format!("Select all {total} that match")}
                </label>
                <span class="vr"></span>
                <MoveMenu/>
                <FollowUpMenu/>
                <TagMenu/>
                <ExportButtons pairs=export_query/>
                <IconButton glyph=Glyph::Close label="Clear the selection" attr:r#type="reset" on:click=clear/>
            </ActionForm>
        </div>
    }
}

/// The places that a lead can be moved to by one press; converting takes a form of its own.
#[component]
fn MoveMenu() -> impl IntoView {
    let lines = [LeadStatus::Contacted, LeadStatus::Interested, LeadStatus::NotInterested]
        .into_iter()
        .map(|status| {
            view! {
                <MenuButton name="action" value=BulkAction::Move(status, None).to_string()>
                    <StageMark status/>
                    {status.label()}
                </MenuButton>
            }
        })
        .collect_view();
    let reasons = LostReason::ALL
        .iter()
        .map(|reason| {
            let action = BulkAction::Move(LeadStatus::Lost, Some(*reason)).to_string();
            view! { <MenuButton name="action" value=action>{reason.label()}</MenuButton> }
        })
        .collect_view();
    view! {
        <Menu label="Move to…" icon=Glyph::LeadContacted place=MenuPlace::AboveStart>
            {lines}
            <hr/>
            <MenuCaption text="Close as lost because of"/>
            {reasons}
        </Menu>
    }
}

#[component]
fn FollowUpMenu() -> impl IntoView {
    view! {
        <Menu label="Follow-up" icon=Glyph::Calendar place=MenuPlace::AboveStart>
            <div class="form">
                <Field label="Follow up on" name="followUp" id="bulk-follow-up" kind=FieldKind::DateTimeLocal/>
                <div class="acts">
                    <Button size=ButtonSize::Small name="action" value=BulkAction::FOLLOW_UP>"Set follow-up"</Button>
                    <Button size=ButtonSize::Small kind=ButtonKind::Quiet name="action" value=BulkAction::NO_FOLLOW_UP>"Remove it"</Button>
                </div>
            </div>
        </Menu>
    }
}

#[component]
fn TagMenu() -> impl IntoView {
    view! {
        <Menu label="Tag" icon=Glyph::Tag place=MenuPlace::AboveStart>
            <div class="form">
                <Field label="Tag" name="tag" id="bulk-tag" max_length=30/>
                <div class="acts">
                    <Button size=ButtonSize::Small name="action" value=BulkAction::TAG>"Add tag"</Button>
                    <Button size=ButtonSize::Small kind=ButtonKind::Quiet name="action" value=BulkAction::UNTAG>"Take it off"</Button>
                </div>
            </div>
        </Menu>
    }
}
