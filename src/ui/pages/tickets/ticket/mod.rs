//! The page of one ticket: where it stands, what to do next, the thread, and what is known.

mod answers;
mod composer;
mod dialogs;
mod editors;
mod facts;
mod forms;
mod head;
mod keys;
mod rating;
mod thread;
mod viewers;

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use self::{
    answers::AnswerForm,
    composer::Composer,
    dialogs::{CancelDialog, ResolveDialog},
    facts::FactsPanel,
    forms::{TicketForms, use_ticket_forms},
    head::{StepButtons, TicketHead},
    keys::listen_for_keys,
    rating::{Rated, RatingForm},
    thread::Thread,
    viewers::{OtherViewers, Viewers, use_viewers},
};
use crate::{
    crm::tickets::{
        screens::{TICKETS_PATH, profile::TicketProfile},
        server_fns::ticket::load_ticket,
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
    pub(super) ticket_page:
    TicketRoute => TicketPage,
}

/// A ticket, read again whenever one of its forms was answered.
#[component]
fn TicketPage() -> impl IntoView {
    let forms = use_ticket_forms();
    let (params, query) = (use_params_map(), use_query_map());
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let answer = Memo::new(move |_| query.with(|query| query.get("answer").unwrap_or_default()));
    let from = Memo::new(move |_| query.with(|query| query.get("from").unwrap_or_default()));
    let live = use_changes_of(ChangedKind::Ticket, id);
    let viewers = use_viewers(id, live);
    forms.message.when_done(move || viewers.start_anew());
    let loaded = load_live(
        move || (id.get(), answer.get(), forms.changes.get()),
        live,
        |(id, answer, _)| load_ticket(id, answer),
    );
    listen_for_keys();
    view! {
        <Transition>
            {move || Suspend::new(async move {
                guard(loaded.await, move |ticket| view! { <Ticket ticket forms viewers from=from.get_untracked()/> })
            })}
        </Transition>
    }
}

#[component]
fn Ticket(ticket: TicketProfile, forms: TicketForms, viewers: Viewers, from: String) -> impl IntoView {
    let list = if from.is_empty() { TICKETS_PATH.to_owned() } else { format!("{TICKETS_PATH}?{from}") };
    let crumbs = vec![Crumb::link("Tickets", list.clone()), Crumb::here(ticket.number.clone())];
    let actions = view! { <StepButtons ticket=ticket.clone() forms/> }.into_any();
    let rating = match (&ticket.rating, ticket.may_rate) {
        (Some(rating), _) => Some(view! { <Rated rating=rating.clone() for_admin=ticket.for_admin/> }.into_any()),
        (None, true) => Some(view! { <RatingForm id=ticket.id.to_string() form=forms.rating/> }.into_any()),
        (None, false) => None,
    };
    let composer = ticket
        .composer
        .clone()
        .map(|draft| view! { <Composer ticket=ticket.clone() draft form=forms.message viewers/> });
    let others = ticket.for_admin.then(|| view! { <OtherViewers viewers own=ticket.viewer_id.cast()/> });
    let title = format!("{} {}", ticket.number, ticket.subject);
    let answer_form = (ticket.for_admin && composer.is_some()).then(|| view! { <AnswerForm id=ticket.id/> });
    let dialogs = view! {
        <ResolveDialog ticket=ticket.clone() form=forms.step/>
        <CancelDialog ticket=ticket.clone() form=forms.step/>
    };
    view! {
        <Title text=title/>
        <AppPage crumbs actions back_href=list main_class="class-lead">
            <div class="lead-main">
                <TicketHead ticket=ticket.clone() forms/>
                <Problems forms/>
                {rating}
                <Thread days=ticket.days.clone()/>
                {others}
                {composer}
            </div>
            <FactsPanel ticket forms/>
        </AppPage>
        {answer_form}
        {dialogs}
    }
}

/// What went wrong with a form that has no field of its own for it. What the page shows then is the current state.
#[component]
fn Problems(forms: TicketForms) -> impl IntoView {
    let notice = move || forms.problem.get().map(|problem| view! { <Notice kind=NoticeKind::Error>{problem}</Notice> });
    view! {
        <div class="lead-problem" aria-live="assertive">
            {notice}
        </div>
    }
}
