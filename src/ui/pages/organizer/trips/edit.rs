//! The form that makes or changes a trip. It is one form, so that what belongs together is saved together.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    departures::DeparturesSection,
    details::{DetailsSection, PriceSection, SafetySection},
    itinerary::ItinerarySection,
    photos::PhotosSection,
    visibility::VisibilityPanel,
};
use crate::{
    crm::trips::{
        form::{Press, ROWS, TripForm},
        screens::{BookedSeats, NewTripView, TripEditView},
        server_fns::{SaveTrip, SetTripVisibility, load_new_trip, load_trip_editor},
    },
    ui::{
        components::{Button, ButtonKind, ButtonSize, Crumb, LinkButton, Notice, NoticeKind, Select, SelectOption},
        form::{FormState, PostForm, use_form},
        guard::guard,
        layout::AppPage,
        lazy::lazy_pages,
        load::load,
        title::Title,
    },
};

lazy_pages! {
    pub(super) trip_editor:
    NewTripRoute => NewTripPage,
    EditTripRoute => EditTripPage,
}

/// The page of a trip that does not exist yet.
#[component]
pub fn NewTripPage() -> impl IntoView {
    let form = use_form::<SaveTrip>();
    let new = load(|| (), |()| load_new_trip());
    view! {
        <Title text="New trip"/>
        <Suspense>
            {move || Suspend::new(async move {
                guard(new.await, move |new| view! { <NewTrip form new/> })
            })}
        </Suspense>
    }
}

#[component]
fn NewTrip(form: FormState, new: NewTripView) -> impl IntoView {
    let start = start_of(form, TripForm::blank());
    let organizers: Vec<_> =
        new.organizers.into_iter().map(|(id, name)| SelectOption::new(id.to_string(), name)).collect();
    let owner = start.organizer.clone();
    view! {
        <AppPage crumbs=vec![Crumb::link("My trips", "/my-trips"), Crumb::here("New trip")] back_href="/my-trips">
            <div class="page-head">
                <div>
                    <h1>"New trip"</h1>
                    <p>"It is saved as a draft. It can go live once it is verified."</p>
                </div>
            </div>
            <TripFields form start booked=Vec::new()>
                {(!organizers.is_empty())
                    .then(|| view! {
                        <Select
                            label="Organizer"
                            name="form[organizer]"
                            id="trip-organizer"
                            options=organizers
                            value=owner
                            blank="Choose whose trip it is"
                            required=true
                            errors=form.messages("organizerId")
                        />
                    })}
            </TripFields>
        </AppPage>
    }
}

/// The page of a trip for who may change it.
#[component]
pub fn EditTripPage() -> impl IntoView {
    let form = use_form::<SaveTrip>();
    let step = use_form::<SetTripVisibility>();
    let params = use_params_map();
    let id = move || params.with(|params| params.get("id").unwrap_or_default());
    let (saved, moved) = (form.successes(), step.successes());
    let trip = load(move || (id(), saved.get(), moved.get()), |(id, ..)| load_trip_editor(id));
    view! {
        <Transition>
            {move || Suspend::new(async move {
                guard(trip.await, move |trip| view! { <EditTrip form step trip/> })
            })}
        </Transition>
    }
}

#[component]
fn EditTrip(form: FormState, step: FormState, trip: TripEditView) -> impl IntoView {
    let title = trip.form.title.clone();
    let start = start_of(form, trip.form.clone());
    let whose = trip.organizer.clone().map(|organizer| view! { <p>{organizer}</p> });
    view! {
        <Title text=title.clone()/>
        <AppPage crumbs=vec![Crumb::link("My trips", "/my-trips"), Crumb::here(title.clone())] back_href="/my-trips">
            <div class="page-head">
                <div>
                    <h1>{title}</h1>
                    {whose}
                </div>
            </div>
            <div class="trip-edit">
                <TripFields form start booked=trip.booked.clone()/>
                <VisibilityPanel form=step trip/>
            </div>
        </AppPage>
    }
}

/// All sections in one form.
#[component]
fn TripFields(
    form: FormState,
    start: TripForm,
    booked: Vec<BookedSeats>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <PostForm form attr:class="trip-form" attr:id="trip-form">
            // Enter in a field presses the first button of a form: it must be the one that saves.
            <button class="sr" type="submit" name="form[press]" value=Press::Save.value() tabindex="-1" aria-hidden="true"></button>
            <input type="hidden" name="form[id]" value=start.id.clone()/>
            <input type="hidden" name="form[version]" value=start.version.clone()/>
            <Problem form/>
            {children.map(|children| children())}
            <DetailsSection form start=start.clone()/>
            <ItinerarySection form start=start.clone()/>
            <SafetySection form start=start.clone()/>
            <PriceSection form start=start.clone()/>
            <PhotosSection form start=start.clone()/>
            <DeparturesSection form start booked/>
            <div class="form-foot">
                <Button
                    kind=ButtonKind::Primary
                    size=ButtonSize::Large
                    name="form[press]"
                    value=Press::Save.value()
                    busy=form.pending()
                >
                    "Save the trip"
                </Button>
                <LinkButton kind=ButtonKind::Quiet size=ButtonSize::Large href="/my-trips">
                    "Back to the list"
                </LinkButton>
            </div>
        </PostForm>
    }
}

/// Why it was not saved; the fields say the rest.
#[component]
fn Problem(form: FormState) -> impl IntoView {
    let error = form.error();
    move || {
        let error = error.get().filter(|error| error.field_messages(ROWS).is_empty());
        error.map(|error| {
            view! {
                <div tabindex="-1" autofocus=true>
                    <Notice kind=NoticeKind::Error title="Not saved.">
                        {error.message()}
                    </Notice>
                </div>
            }
        })
    }
}

/// What the form shows at first: what had been typed into it before a refusal, else what is stored.
fn start_of(form: FormState, stored: TripForm) -> TripForm {
    let typed = form.typed().map(|values| TripForm::typed(&values));
    typed.filter(|typed| typed.id == stored.id).unwrap_or(stored)
}
