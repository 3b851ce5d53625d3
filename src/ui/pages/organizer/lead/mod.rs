//! The page of one lead: where it stands, what to do next, what happened, what is known, and every step its lifecycle allows.

pub mod composer;
pub mod contact;
pub mod convert;
pub mod dialogs;
pub mod edit;
pub mod facts;
pub mod forms;
pub mod head;
pub mod keys;
pub mod marks;
pub mod next;
pub mod steps;
pub mod timeline;

use leptos::prelude::*;
use leptos_router::{
    Lazy, SsrMode,
    components::Route,
    hooks::{use_params_map, use_query_map},
    path,
};

pub(crate) use self::marks::{FollowUpPill, stage_look, tier_mark};
use self::{
    composer::Composer,
    convert::ConvertDialog,
    dialogs::{CloseAsLostDialog, NotInterestedDialog},
    facts::FactsPanel,
    forms::{LeadForms, use_lead_forms},
    head::LeadHead,
    keys::listen_for_keys,
    steps::{ListPager, StepButtons},
    timeline::Timeline,
};
use crate::{
    crm::leads::{
        profile::{LeadProfile, Show},
        server_fns::lead::load_lead,
    },
    live::events::ChangedKind,
    ui::{
        components::{Crumb, Notice, NoticeKind},
        guard::guard,
        layout::AppPage,
        lazy::lazy_pages,
        live::{load_live, use_changes_of},
        title::Title,
    },
};

lazy_pages! {
    lead_page:
    LeadRoute => LeadPage,
}

/// The route of one lead.
#[component(transparent)]
pub fn LeadRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! { <Route path=path!("/leads/:id") view={Lazy::<LeadRoute>::new()} ssr=SsrMode::Async/> }.into_inner()
}

/// A lead, read again whenever one of its forms went well.
#[component]
pub fn LeadPage() -> impl IntoView {
    let forms = use_lead_forms();
    let (params, query) = (use_params_map(), use_query_map());
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let from = Memo::new(move |_| query.with(|query| query.get("from").unwrap_or_default()));
    let show = Memo::new(move |_| Show::read(&query.with(|query| query.get("show").unwrap_or_default())));
    let live = use_changes_of(ChangedKind::Lead, id);
    let lead =
        load_live(move || (id.get(), from.get(), forms.changes.get()), live, |(id, from, _)| load_lead(id, from));
    listen_for_keys();
    view! {
        <Transition>
            {move || Suspend::new(async move {
                guard(lead.await, move |lead| view! { <Lead lead forms show=show.into() from=from.get_untracked()/> })
            })}
        </Transition>
    }
}

#[component]
fn Lead(lead: LeadProfile, forms: LeadForms, show: Signal<Show>, from: String) -> impl IntoView {
    let crumbs = vec![Crumb::link("Leads", lead.place.list_href.clone()), Crumb::here(lead.name.clone())];
    let actions = view! { <StepButtons lead=lead.clone() forms/> }.into_any();
    let beside = view! { <ListPager place=lead.place.clone()/> }.into_any();
    let dialogs = lead.has_access.then(|| {
        view! {
            <NotInterestedDialog lead=lead.clone() form=forms.step/>
            <CloseAsLostDialog lead=lead.clone() form=forms.step/>
            <ConvertDialog lead=lead.clone() form=forms.convert/>
        }
    });
    view! {
        <Title text=lead.name.clone()/>
        <AppPage crumbs actions beside back_href=lead.place.list_href.clone() main_class="class-lead">
            <div class="lead-main">
                <LeadHead lead=lead.clone() forms/>
                <Problems forms/>
                {(!lead.has_access).then(|| view! { <AccessNotice/> })}
                <Timeline days=lead.days.clone() name=lead.name.clone() show from/>
                {lead.has_access.then(|| view! { <Composer lead=lead.clone() form=forms.log/> })}
            </div>
            <FactsPanel lead=lead.clone() form=forms.fact/>
        </AppPage>
        {dialogs}
    }
}

/// What went wrong with a step or a change that has no field of its own: among them that somebody else was faster. What the
/// page shows then is the current state.
#[component]
fn Problems(forms: LeadForms) -> impl IntoView {
    let notice = move || forms.problem.get().map(|problem| view! { <Notice kind=NoticeKind::Error>{problem}</Notice> });
    view! { <div class="lead-problem" aria-live="assertive">{notice}</div> }
}

#[component]
fn AccessNotice() -> impl IntoView {
    view! {
        <div class="lead-problem">
            <Notice kind=NoticeKind::Warning title="Your CRM access has run out.">
                "Nothing is lost: leads keep arriving. Their contact details are masked, and they cannot be changed until you have access again."
            </Notice>
        </div>
    }
}
