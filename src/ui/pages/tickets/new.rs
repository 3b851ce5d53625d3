//! Opening a ticket: what it is about, of which kind, how soon it is needed, and which trip.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    crm::tickets::{
        new_ticket::{MAX_DESCRIPTION, MAX_SUBJECT},
        screens::{TICKETS_PATH, forms::NewTicketForm},
        server_fns::list::{CreateTicket, load_new_ticket},
        ticket::{TicketCategory, TicketPriority},
    },
    ui::{
        components::{
            Button, ButtonKind, Crumb, Field, LinkButton, Notice, NoticeKind, RadioChoice, RadioGroup, Select,
            SelectOption, Skeleton, TextArea,
        },
        file_field::{FileField, WITH_FILES},
        form::{FormState, PostForm, use_form},
        guard::guard,
        layout::AppPage,
        load::load,
        pages::frame::use_frame_version,
        title::Title,
    },
};

/// The form at `/tickets/new`.
#[component]
pub(super) fn NewTicketPage() -> impl IntoView {
    let loaded = load(|| (), |()| load_new_ticket());
    view! {
        <Title text="New ticket"/>
        <Suspense fallback=|| view! { <Skeleton label="Loading the form" rows=6/> }>
            {move || Suspend::new(async move { guard(loaded.await, move |offer| view! { <NewTicket offer/> }) })}
        </Suspense>
    }
}

#[component]
fn NewTicket(offer: NewTicketForm) -> impl IntoView {
    let form = use_form::<CreateTicket>();
    let frame = use_frame_version();
    form.when_done(move || frame.bump());
    let refusal = form.refusal();
    view! {
        <AppPage crumbs=vec![Crumb::link("Tickets", TICKETS_PATH), Crumb::here("New ticket")] back_href=TICKETS_PATH>
            <div class="page-head">
                <div>
                    <h1>"How can we help?"</h1>
                    <p>"Trek-Tribe's team answers here, and tells you by mail when they have."</p>
                </div>
            </div>
            <PostForm form attr:class="form medium" attr:enctype=WITH_FILES>
                {move || refusal.get().map(|text| view! { <Notice kind=NoticeKind::Error>{text}</Notice> })}
                <Fields offer form/>
                <div class="acts">
                    <Button kind=ButtonKind::Primary busy=form.pending()>
                        "Open the ticket"
                    </Button>
                    <LinkButton href=TICKETS_PATH kind=ButtonKind::Quiet>
                        "Cancel"
                    </LinkButton>
                </div>
            </PostForm>
        </AppPage>
    }
}

#[component]
fn Fields(offer: NewTicketForm, form: FormState) -> impl IntoView {
    let NewTicketForm { trips, promises } = offer;
    let asked = use_query_map().with_untracked(|query| query.get("trip")).unwrap_or_default();
    let limit = |most: usize| u32::try_from(most).unwrap_or(u32::MAX);
    let trip = (!trips.is_empty()).then(|| {
        let options = trips.into_iter().map(|trip| SelectOption::new(trip.value, trip.label)).collect();
        let (value, errors) = (form.value("trip", asked), form.messages("tripId"));
        view! { <Select label="Trip" aside="optional" name="trip" options value blank="No trip in particular" errors/> }
    });
    let categories =
        TicketCategory::ALL.iter().map(|category| SelectOption::new(category.as_str(), category.label())).collect();
    let priorities = TicketPriority::ALL
        .iter()
        .zip(promises)
        .map(|(priority, promise)| RadioChoice::new(priority.as_str(), priority.label()).with_hint(promise))
        .collect();
    view! {
        <Field
            label="Subject"
            name="subject"
            value=form.value("subject", "")
            errors=form.messages("subject")
            placeholder="Paid twice for the Kedarkantha booking"
            required=true
            max_length=limit(MAX_SUBJECT)
        />
        <TextArea
            label="What happened"
            name="description"
            value=form.value("description", "")
            errors=form.messages("description")
            hint="What you did, what you expected, and what came instead. Dates and amounts help."
            rows=7
            required=true
            max_length=limit(MAX_DESCRIPTION)
        />
        <div class="fieldgrid">
            <Select
                label="What it is about"
                name="category"
                options=categories
                value=form.value("category", "")
                errors=form.messages("category")
                blank="Choose one"
                required=true
            />
            {trip}
        </div>
        <RadioGroup
            label="How soon you need it"
            name="priority"
            choices=priorities
            value=form.value("priority", TicketPriority::default().as_str())
            errors=form.messages("priority")
        />
        <FileField form id="f-files"/>
    }
}
