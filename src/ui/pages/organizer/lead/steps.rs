//! The top bar: a button for each step that the lifecycle allows, one of them primary, and the way to the neighbours in the list.

use leptos::prelude::*;

use super::{
    convert::CONVERT_DIALOG,
    dialogs::{LOST_DIALOG, NOT_INTERESTED_DIALOG},
    forms::LeadForms,
    marks::stage_look,
};
use crate::{
    crm::leads::{
        profile::{LeadProfile, Move, Place},
        status::LeadStatus,
    },
    shared::lifecycle::Lifecycle,
    ui::{
        components::{ButtonKind, Glyph, Icon, IconLink},
        form::FormState,
        pages::steps::StepButton,
    },
};

/// The steps from where the lead stands. The step ahead is primary; what ends the conversation comes before it, quietly.
#[component]
pub(super) fn StepButtons(lead: LeadProfile, forms: LeadForms) -> impl IntoView {
    let (ahead, aside): (Vec<Move>, Vec<Move>) = lead.moves.iter().cloned().partition(|step| is_ahead(step.to));
    aside
        .into_iter()
        .map(|step| (step, ButtonKind::Quiet))
        .chain(ahead.into_iter().map(|step| (step, ButtonKind::Primary)))
        .map(|(step, kind)| step_button(&lead, step, kind, forms.step))
        .collect_view()
}

const fn is_ahead(to: LeadStatus) -> bool {
    matches!(to, LeadStatus::Contacted | LeadStatus::Interested | LeadStatus::Converted)
}

fn step_button(lead: &LeadProfile, step: Move, kind: ButtonKind, form: FormState) -> impl IntoView + use<> {
    let dialog = match step.to {
        LeadStatus::Converted => Some(CONVERT_DIALOG),
        LeadStatus::NotInterested => Some(NOT_INTERESTED_DIALOG),
        LeadStatus::Lost => Some(LOST_DIALOG),
        _ => None,
    };
    let (of, icon) = ((lead.id.to_string(), lead.version), stage_look(step.to).0);
    view! { <StepButton form of verb=step.verb to=step.to.as_str() icon kind dialog/> }
}

/// Where the lead stands in the list that the viewer came from.
#[component]
pub(super) fn ListPager(place: Place) -> impl IntoView {
    let Place { number, previous, next, .. } = place;
    number.map(|number| {
        let step = |neighbour: Option<crate::crm::leads::listing::Choice>,
                    glyph: Glyph,
                    what: &str,
                    rel: &'static str| match neighbour {
            Some(lead) => {
                view! { <IconLink glyph href=lead.value label=format!("{what} lead, {}", lead.label) attr:rel=rel/> }
                    .into_any()
            }
            None => view! {
                <span class="icon-btn" aria-hidden="true">
                    <Icon glyph/>
                </span>
            }
            .into_any(),
        };
        view! {
            <div class="pager wide">
                <span class="num">{number}</span>
                {step(previous, Glyph::Up, "Previous", "prev")}
                {step(next, Glyph::Down, "Next", "next")}
            </div>
        }
    })
}
