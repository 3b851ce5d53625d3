//! Actions on the leads that are selected, or on all that match. The bar shows itself as soon as a box is ticked, which needs
//! no script; with one it counts, selects the whole page, and acts without a reload.

use leptos::{ev, prelude::*, wasm_bindgen::JsCast, web_sys};

use super::line::StageMark;
use crate::{
    crm::leads::{
        address::{EXPORT_FORM_PATH, LeadsAddress},
        bulk::BulkAction,
        changes::BulkOutcome,
        lead::LostReason,
        server_fns::list::ChangeLeads,
        status::LeadStatus,
    },
    shared::lifecycle::Lifecycle,
    ui::{
        components::{
            Button, ButtonKind, ButtonSize, ButtonType, Field, FieldKind, Glyph, IconButton, Menu, MenuButton,
            MenuCaption, MenuPlace, Toast, use_toasts,
        },
        form::{FormState, PostForm, use_form},
        pages::{frame::use_frame_version, organizer::moved::with_way_back},
        window::on_window,
    },
};

/// The id of the form that the boxes of the rows belong to.
pub(super) const BULK_FORM: &str = "bulk";

/// The form of the bar. It stays while the list is read again, so that what was done can be undone afterwards.
pub(super) fn use_bulk_form(changes: RwSignal<u32>) -> FormState {
    let form = use_form::<ChangeLeads>();
    let (toasts, frame) = (use_toasts(), use_frame_version());
    form.finish_toast(move |toast, outcome: BulkOutcome| finish_toast(toast, outcome, form));
    form.when_answered(move |outcome| match outcome {
        Ok(()) => {
            clear_selection();
            changes.update(|count| *count += 1);
            frame.bump();
        }
        Err(error) => toasts.show(Toast::failed(error.message())),
    });
    form
}

/// The bar in the foot of the list.
#[component]
pub(super) fn BulkBar(address: LeadsAddress, total: u64, form: FormState) -> impl IntoView {
    let selected = count_selected();
    let is_whole = RwSignal::new(false);
    let clear = move || {
        clear_selection();
        selected.set(0);
        is_whole.set(false);
    };
    let words = move || match (is_whole.get(), selected.get()) {
        (true, _) => format!("All {total} selected"),
        (false, 0) => "Selected".to_owned(),
        (false, count) => format!("{count} selected"),
    };
    view! {
        <div class="bulk" role="region" aria-label="Actions for the selection">
            <PostForm form attr:id=BULK_FORM attr:class="bulk-form">
                <input type="hidden" name="query" value=address.query()/>
                <b class="num" aria-live="polite">{words}</b>
                <label class="link-btn all-match">
                    <input
                        class="sr"
                        type="checkbox"
                        name="whole"
                        value="true"
                        on:change=move |event| is_whole.set(event_target_checked(&event))
                    />
                    {format!("Select all {total} that match")}
                </label>
                <span class="vr"></span>
                <MoveMenu/>
                <FollowUpMenu/>
                <TagMenu/>
                <Button
                    size=ButtonSize::Small
                    kind=ButtonKind::Quiet
                    icon=Glyph::Download
                    attr:formaction=EXPORT_FORM_PATH
                    attr:formmethod="get"
                >
                    "Export"
                </Button>
                <IconButton glyph=Glyph::Close label="Clear the selection" button_type=ButtonType::Reset on:click=move |_| clear()/>
            </PostForm>
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
                <Field label="Follow up on" name="follow_up" id="bulk-follow-up" kind=FieldKind::DateTimeLocal/>
                <div class="acts">
                    <Button size=ButtonSize::Small name="action" value=BulkAction::FollowUp.to_string()>"Set follow-up"</Button>
                    <Button size=ButtonSize::Small kind=ButtonKind::Quiet name="action" value=BulkAction::NoFollowUp.to_string()>"Remove it"</Button>
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
                    <Button size=ButtonSize::Small name="action" value=BulkAction::Tag.to_string()>"Add tag"</Button>
                    <Button size=ButtonSize::Small kind=ButtonKind::Quiet name="action" value=BulkAction::Untag.to_string()>"Take it off"</Button>
                </div>
            </div>
        </Menu>
    }
}

/// Says that nothing could be done, or offers the way back of a step.
fn finish_toast(toast: Toast, BulkOutcome { changed, step, .. }: BulkOutcome, form: FormState) -> Toast {
    match step {
        _ if changed.is_empty() => Toast::failed(toast.text),
        None => toast,
        Some(step) => with_way_back(toast, step, move |back| {
            let action = BulkAction::Move(back, None).to_string();
            let ids: Vec<_> = changed.iter().map(ToString::to_string).collect();
            let ids = ids.iter().map(|id| ("ids[]", id.as_str()));
            form.send(ids.chain([("query", ""), ("action", action.as_str())]));
        }),
    }
}

/// How many boxes of rows are ticked; counts anew whenever one changes, and lets the box of the head tick all of them.
fn count_selected() -> RwSignal<u32> {
    let selected = RwSignal::new(0);
    Effect::new(move |_| selected.set(count_ticked()));
    on_window(ev::change, move |event| {
        let field = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        if let Some(all) = field.filter(|field| field.has_attribute("data-all")) {
            boxes("").for_each(|field| field.set_checked(all.checked()));
        }
        selected.set(count_ticked());
    });
    selected
}

/// Unticks every box of the list.
pub(super) fn clear_selection() {
    boxes("").for_each(|field| field.set_checked(false));
    fields("[data-all]").for_each(|field| field.set_checked(false));
}

fn count_ticked() -> u32 {
    u32::try_from(boxes(":checked").count()).unwrap_or(u32::MAX)
}

fn boxes(state: &str) -> impl Iterator<Item = web_sys::HtmlInputElement> {
    fields(&format!("tbody .check{state}"))
}

fn fields(selector: &str) -> impl Iterator<Item = web_sys::HtmlInputElement> + use<> {
    let found = document().query_selector_all(selector).ok();
    let count = found.as_ref().map_or(0, web_sys::NodeList::length);
    (0..count).filter_map(move |index| found.as_ref()?.get(index)?.dyn_into::<web_sys::HtmlInputElement>().ok())
}
