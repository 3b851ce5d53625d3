//! The enquiry: a plain form that works without a script and without an account, and the bar that leads to it on phones.

use leptos::prelude::*;

use crate::{
    crm::{
        leads::{lead::MAX_PARTY, server_fns::enquiry::CreateEnquiry},
        trips::screens::TripPageView,
    },
    ui::{
        components::{
            Autocomplete, Button, ButtonKind, ButtonSize, Field, FieldKind, Glyph, Icon, LinkButton, Notice,
            NoticeKind, Pill, Select, SelectOption, TextArea, Tone,
        },
        form::{FormState, PostForm, use_form},
    },
};

/// What the address says of the enquiry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Asked {
    /// The departure that was chosen in the list.
    pub departure: String,
    /// Whether the enquiry was sent just now.
    pub is_sent: bool,
}

/// The card beside the trip: its price and the form, or the thanks once it was sent.
#[component]
pub(super) fn Enquiry(asked: Asked, trip: TripPageView) -> impl IntoView {
    let answers = trip.organizer.answers.clone().map(|answers| {
        view! {
            <Pill tone=Tone::Green icon=Glyph::Clock>
                {format!("Answers {answers}")}
            </Pill>
        }
    });
    let body = if asked.is_sent {
        view! { <Thanks slug=trip.slug.clone() organizer=trip.organizer.name.clone()/> }.into_any()
    } else {
        view! { <EnquiryForm departure=asked.departure trip=trip.clone()/> }.into_any()
    };
    view! {
        <section class="trip-side" id="enquire" aria-labelledby="ask">
            <div class="enq">
                <div class="enq-price">
                    <p>
                        <strong>{trip.price.to_string()}</strong>
                        <span class="muted">" per person"</span>
                    </p>
                    {answers}
                </div>
                <h2 class="sr" id="ask">
                    "Ask about this trip"
                </h2>
                {body}
            </div>
        </section>
    }
}

#[component]
fn Thanks(slug: String, organizer: String) -> impl IntoView {
    view! {
        <Notice kind=NoticeKind::Success title="Thank you.">
            {format!("We have passed it on to {organizer}. They answer you directly, by e-mail or on the phone.")}
        </Notice>
        <p class="row wrap">
            <LinkButton href=format!("/trips/{slug}#enquire")>"Ask something else"</LinkButton>
            <LinkButton kind=ButtonKind::Quiet href="/trips">
                "See other trips"
            </LinkButton>
        </p>
    }
}

#[component]
fn EnquiryForm(departure: String, trip: TripPageView) -> impl IntoView {
    let form = use_form::<CreateEnquiry>();
    let whose = format!("No account needed. Only {} sees your contact details.", trip.organizer.name);
    let chat = trip.chat_href.clone().map(|href| {
        view! {
            <LinkButton href kind=ButtonKind::Quiet icon=Glyph::Chat block=true>
                "Chat with the organizer"
            </LinkButton>
        }
    });
    view! {
        <PostForm form attr:class="enq-form">
            <input type="hidden" name="enquiry[trip]" value=trip.id.to_string()/>
            <Refusal form/>
            <Questions form departure trip/>
            <Trap/>
            <Button kind=ButtonKind::Primary size=ButtonSize::Large block=true>
                "Send enquiry"
            </Button>
            {chat}
            <p class="fine muted">
                <Icon glyph=Glyph::Lock small=true/>
                <span>{whose}</span>
            </p>
        </PostForm>
    }
}

/// Why it was not sent. It takes the focus, so that the page opens where the answer is.
#[component]
fn Refusal(form: FormState) -> impl IntoView {
    let message = form.message();
    move || {
        message.get().map(|message| {
            view! {
                <div class="enq-refused" tabindex="-1" autofocus=true>
                    <Notice kind=NoticeKind::Error title="Not sent.">
                        {message}
                    </Notice>
                </div>
            }
        })
    }
}

#[component]
fn Questions(form: FormState, departure: String, trip: TripPageView) -> impl IntoView {
    let asker = trip.asker.clone();
    view! {
        <DepartureChoice form departure trip/>
        <Field
            label="Your name"
            name="enquiry[name]"
            id="ask-name"
            value=form.value("enquiry[name]", asker.name)
            errors=form.messages("name")
            autocomplete=Autocomplete::Name
            max_length=100
            required=true
        />
        <div class="enq-2">
            <Field
                label="Email"
                name="enquiry[email]"
                id="ask-email"
                kind=FieldKind::Email
                value=form.value("enquiry[email]", asker.email)
                errors=form.messages("email")
                autocomplete=Autocomplete::Email
                placeholder="you@example.in"
                required=true
            />
            <Field
                label="People"
                name="enquiry[people]"
                id="ask-people"
                kind=FieldKind::Number
                value=form.value("enquiry[people]", "2")
                errors=form.messages("partySize")
                min="1"
                max=MAX_PARTY.to_string()
            />
        </div>
        <Field
            label="Phone"
            aside="optional, for WhatsApp"
            name="enquiry[phone]"
            id="ask-phone"
            kind=FieldKind::Phone
            value=form.value("enquiry[phone]", asker.phone)
            errors=form.messages("phone")
            autocomplete=Autocomplete::Phone
            placeholder="+91 98765 43210"
        />
        <TextArea
            label="Your question"
            name="enquiry[question]"
            id="ask-question"
            value=form.value("enquiry[question]", "")
            errors=form.messages("message")
            placeholder="For example: is this a good first snow trek?"
            max_length=5000
        />
    }
}

/// The departures that have a seat. Nothing is chosen by itself: who does not know yet should not seem to.
#[component]
fn DepartureChoice(form: FormState, departure: String, trip: TripPageView) -> impl IntoView {
    let options: Vec<_> = trip
        .departures
        .iter()
        .filter(|departure| !departure.is_full())
        .map(|departure| {
            let label = format!("{}, {}", departure.starts_in_full, departure.seats_in_words().to_lowercase());
            SelectOption::new(departure.id.to_string(), label)
        })
        .collect();
    (!options.is_empty()).then(|| {
        view! {
            <Select
                label="Departure"
                name="enquiry[departure]"
                id="ask-departure"
                options
                value=form.value("enquiry[departure]", departure)
                blank="I am not sure yet"
                errors=form.messages("departureId")
            />
        }
    })
}

/// A field that people do not see; who fills it in is a program.
#[component]
fn Trap() -> impl IntoView {
    view! {
        <div class="trap" aria-hidden="true">
            <label for="ask-website">"Leave this empty"</label>
            <input id="ask-website" type="text" name="enquiry[website]" tabindex="-1" autocomplete="off"/>
        </div>
    }
}

/// Price and action, at the bottom of phones.
#[component]
pub(super) fn BuyBar(trip: TripPageView) -> impl IntoView {
    let seats = trip.next_with_seats().map(|departure| {
        let words = format!("{} on {}", departure.seats_in_words(), departure.starts);
        view! { <span class="muted">{words}</span> }
    });
    view! {
        <div class="buybar">
            <p>
                <strong>{trip.price.to_string()}</strong>
                <span class="muted">" per person"</span>
                {seats}
            </p>
            <LinkButton kind=ButtonKind::Primary href="#enquire">"Send enquiry"</LinkButton>
        </div>
    }
}
