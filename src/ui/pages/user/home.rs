//! A traveller's home: what is happening with their enquiries, and the departure that comes next.

use leptos::prelude::*;
use leptos_router::{Lazy, SsrMode, components::Route, hooks::use_query_map, path};

use crate::{
    crm::leads::{
        enquiries::{EnquiryCard, NextDeparture, TravellerHome},
        server_fns::enquiries::load_home,
        status::Stage,
    },
    live::events::ChangedKind,
    ui::{
        components::{
            ButtonKind, ButtonSize, Crumb, EmptyState, Glyph, LinkButton, Notice, NoticeKind, Step, StepState, Stepper,
            Tone,
        },
        guard::guard,
        layout::AppPage,
        lazy::lazy_pages,
        live::{load_live, use_changes, with_time},
        pages::help::{ChatNotice, HelpNotice},
        title::Title,
    },
};

lazy_pages! {
    home_page:
    TravellerHomeRoute => TravellerHomePage,
}

/// The route of a traveller's home.
#[component(transparent)]
pub fn HomeRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! { <Route path=path!("/home") view={Lazy::<TravellerHomeRoute>::new()} ssr=SsrMode::Async/> }.into_inner()
}

/// What is happening with my enquiries?
#[component]
pub fn TravellerHomePage() -> impl IntoView {
    let query = use_query_map();
    let cursor = Memo::new(move |_| query.with(|query| query.get("cursor").unwrap_or_default()));
    let live = with_time(use_changes(&[ChangedKind::Dashboard, ChangedKind::Ticket, ChangedKind::Conversation]));
    let home = load_live(move || cursor.get(), live, load_home);
    view! {
        <Title text="My enquiries"/>
        <Transition>
            {move || Suspend::new(async move { guard(home.await, move |home| view! { <Home home/> }) })}
        </Transition>
    }
}

#[component]
fn Home(home: TravellerHome) -> impl IntoView {
    let find = view! {
        <LinkButton href="/tickets/new" kind=ButtonKind::Quiet size=ButtonSize::Small icon=Glyph::Ticket>
            "Get help"
        </LinkButton>
        <LinkButton href="/trips" kind=ButtonKind::Primary size=ButtonSize::Small icon=Glyph::Search>
            "Find a trip"
        </LinkButton>
    }
    .into_any();
    let cards = if home.enquiries.is_empty() {
        let action = view! { <LinkButton href="/trips">"See the trips"</LinkButton> }.into_any();
        view! {
            <EmptyState
                title="No enquiries yet"
                text="Ask about a trip, and its answer and every step after it appear here."
                action
            />
        }
        .into_any()
    } else {
        let cards = home.enquiries.into_iter().map(|card| view! { <Enquiry card/> }).collect_view();
        view! { <ul class="enquiries">{cards}</ul> }.into_any()
    };
    let older = home.next.map(|cursor| {
        view! {
            <p>
                <a class="link" href=format!("/home?cursor={cursor}")>
                    "Older enquiries"
                </a>
            </p>
        }
    });
    view! {
        <AppPage crumbs=vec![Crumb::here("My enquiries")] actions=find>
            <div class="page-head">
                <div>
                    <h1>{home.answer}</h1>
                </div>
            </div>
            {home.chats.map(|words| view! { <ChatNotice words/> })}
            {home.help.map(|words| view! { <HelpNotice words/> })}
            {home.next_departure.map(|next| view! { <NextTrip next/> })}
            {cards}
            {older}
        </AppPage>
    }
}

#[component]
fn NextTrip(next: NextDeparture) -> impl IntoView {
    let NextDeparture { trip, day, distance } = next;
    view! {
        <Notice kind=NoticeKind::Success icon=Glyph::Calendar title=format!("{trip} starts {distance}.")>
            {format!("Your departure is on {day}.")}
        </Notice>
    }
}

#[component]
fn Enquiry(card: EnquiryCard) -> impl IntoView {
    let title = match card.href.clone() {
        Some(href) => view! { <a class="strong" href=href rel="external">{card.trip.clone()}</a> }.into_any(),
        None => view! { <span class="strong">{card.trip.clone()}</span> }.into_any(),
    };
    let party = card.party.map(|party| if party == 1 { "1 person".to_owned() } else { format!("{party} people") });
    let facts: Vec<String> = std::iter::once(card.organizer.clone()).chain(card.day.clone()).chain(party).collect();
    view! {
        <li class="panel enquiry-card">
            <div class="row">
                <img class="thumb" src=card.thumb.clone() alt="" width="40" height="40" loading="lazy"/>
                <div>
                    <h2>{title}</h2>
                    <p class="muted">{facts.join(" · ")}</p>
                </div>
            </div>
            <Stepper label=format!("Stage of {}", card.trip) steps=steps_of(&card)/>
            <p class="row">
                <LinkButton href=card.chat_href.clone() size=ButtonSize::Small icon=Glyph::Chat>
                    {format!("Chat with {}", card.organizer)}
                </LinkButton>
            </p>
            <p class="muted small">
                "Asked "
                <time datetime=card.asked.at.to_string() title=card.asked.exact>
                    {card.asked.text}
                </time>
                ", last changed "
                <time datetime=card.last.at.to_string() title=card.last.exact>
                    {card.last.text}
                </time>
                "."
            </p>
        </li>
    }
}

/// The stages in the traveller's words; an enquiry that was closed ends there.
fn steps_of(card: &EnquiryCard) -> Vec<Step> {
    const WAY: [(Stage, Glyph, Tone); 4] = [
        (Stage::Received, Glyph::LeadNew, Tone::Info),
        (Stage::InConversation, Glyph::LeadContacted, Tone::Violet),
        (Stage::Choosing, Glyph::LeadInterested, Tone::Amber),
        (Stage::Booked, Glyph::LeadConverted, Tone::Green),
    ];
    let step = |stage: Stage, glyph, tone, state, note: String| Step {
        label: stage.label().to_owned(),
        glyph,
        tone,
        note,
        state,
    };
    if card.stage == Stage::Closed {
        let (received, glyph, tone) = WAY[0];
        return vec![
            step(received, glyph, tone, StepState::Done, card.asked.text.clone()),
            step(Stage::Closed, Glyph::LeadLost, Tone::Grey, StepState::Now, card.last.text.clone()),
        ];
    }
    let now = WAY.iter().position(|(stage, ..)| *stage == card.stage).unwrap_or_default();
    let state_of = |index: usize| match index {
        index if index < now => StepState::Done,
        index if index == now => StepState::Now,
        _ => StepState::Ahead,
    };
    let note_of = |index: usize| match index {
        0 => card.asked.text.clone(),
        index if index == now => card.last.text.clone(),
        _ => "–".to_owned(),
    };
    let way = WAY.into_iter().enumerate();
    way.map(|(index, (stage, glyph, tone))| step(stage, glyph, tone, state_of(index), note_of(index))).collect()
}
