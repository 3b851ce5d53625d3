//! Adding somebody by hand whom one met elsewhere: a call, a fair, a friend of a friend.

use leptos::prelude::*;

use crate::{
    crm::leads::{
        address::LEADS_PATH,
        lead::LeadSource,
        listing::Choice,
        server_fns::import::{AddLead, load_trip_choices},
    },
    ui::{
        components::{
            Button, ButtonKind, Crumb, EmptyState, Field, FieldKind, LinkButton, Notice, NoticeKind, Select,
            SelectOption, Skeleton, TextArea,
        },
        form::{FormState, PostForm, use_form},
        guard::guard,
        layout::AppPage,
        lazy::lazy_pages,
        load::load,
        pages::frame::use_frame_version,
        title::Title,
    },
};

lazy_pages! {
    pub(super) new_lead_page:
    NewLeadRoute => NewLeadPage,
}

/// The form at `/leads/new`.
#[component]
pub(super) fn NewLeadPage() -> impl IntoView {
    let trips = load(|| (), |()| load_trip_choices());
    view! {
        <Title text="Add a lead"/>
        <Suspense fallback=|| view! { <Skeleton label="Loading the form" rows=6/> }>
            {move || Suspend::new(async move { guard(trips.await, move |trips| view! { <NewLead trips/> }) })}
        </Suspense>
    }
}

#[component]
fn NewLead(trips: Vec<Choice>) -> impl IntoView {
    let body = if trips.is_empty() {
        let make = view! { <LinkButton href="/my-trips/new" kind=ButtonKind::Primary>"Make a trip"</LinkButton> };
        view! { <EmptyState title="No trip yet" text="A lead belongs to a trip. Make your first one." action=make.into_any()/> }.into_any()
    } else {
        view! { <LeadForm trips/> }.into_any()
    };
    view! {
        <AppPage crumbs=vec![Crumb::link("Leads", LEADS_PATH), Crumb::here("Add a lead")] back_href=LEADS_PATH>
            <div class="page-head">
                <div>
                    <h1>"Add a lead"</h1>
                    <p>"Somebody you met elsewhere. Who asks on a trip's page appears by themselves."</p>
                </div>
            </div>
            {body}
        </AppPage>
    }
}

#[component]
fn LeadForm(trips: Vec<Choice>) -> impl IntoView {
    let form = use_form::<AddLead>();
    let frame = use_frame_version();
    form.when_done(move || frame.bump());
    let trips = trips.into_iter().map(|trip| SelectOption::new(trip.value, trip.label)).collect::<Vec<_>>();
    let trip_errors = [form.messages("tripId"), form.messages("departureId")];
    let trip_errors = Signal::derive(move || trip_errors.iter().flat_map(|errors| errors.get()).collect::<Vec<_>>());
    view! {
        <PostForm form attr:class="form medium" attr:novalidate=true>
            {move || form.message().get().map(|message| view! { <Notice kind=NoticeKind::Error>{message}</Notice> })}
            <div class="fieldgrid">
                <Field label="Name" name="name" value=form.value("name", "") errors=form.messages("name") required=true max_length=100/>
                <SourceField form/>
                <Field label="E-mail" name="email" kind=FieldKind::Email value=form.value("email", "") errors=form.messages("email") required=true/>
                <Field
                    label="Phone"
                    name="phone"
                    kind=FieldKind::Phone
                    aside="optional"
                    value=form.value("phone", "")
                    errors=form.messages("phone")
                    placeholder="+91 98765 43210"
                />
                <Select
                    label="Trip and departure"
                    name="trip"
                    options=trips
                    value=form.value("trip", "")
                    errors=trip_errors
                    blank="Choose a trip"
                    required=true
                />
                <Field
                    label="How many people"
                    name="party_size"
                    kind=FieldKind::Number
                    aside="optional"
                    value=form.value("party_size", "")
                    errors=form.messages("partySize")
                    min="1"
                    max="100"
                />
                <TextArea
                    label="What they said"
                    name="message"
                    aside="optional"
                    value=form.value("message", "")
                    errors=form.messages("message")
                    max_length=4000
                    class="wide2"
                />
            </div>
            <div class="acts">
                <Button kind=ButtonKind::Primary busy=form.pending()>"Add lead"</Button>
                <LinkButton href=LEADS_PATH kind=ButtonKind::Quiet>"Cancel"</LinkButton>
            </div>
        </PostForm>
    }
}

#[component]
fn SourceField(form: FormState) -> impl IntoView {
    let sources = LeadSource::ALL.iter().map(|source| SelectOption::new(source.as_str(), source.label())).collect();
    view! {
        <Select
            label="How they came"
            name="source"
            options=sources
            value=form.value("source", LeadSource::Other.as_str())
            errors=form.messages("source")
        />
    }
}
