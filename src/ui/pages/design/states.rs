//! Pills, badges, tabs and the stepper.

use leptos::prelude::*;

use super::{Row, Section};
use crate::ui::components::{
    Avatar, AvatarSize, Badge, BadgeKind, Glyph, Meter, MeterKind, Pill, SeatBar, Step, StepState, Stepper, Tab, Tabs,
    Tag, Tier, TierMark, Time, Tone,
};

const STAGES: [(&str, Tone, Glyph); 6] = [
    ("New", Tone::Info, Glyph::LeadNew),
    ("Contacted", Tone::Violet, Glyph::LeadContacted),
    ("Interested", Tone::Amber, Glyph::LeadInterested),
    ("Converted", Tone::Green, Glyph::LeadConverted),
    ("Not interested", Tone::Grey, Glyph::LeadNotInterested),
    ("Lost", Tone::Grey, Glyph::LeadLost),
];

/// What says how things are.
#[component]
pub(super) fn States() -> impl IntoView {
    view! {
        <Section
            id="pills"
            title="Status pills"
            rule="Icon, word, tone: never tone alone. The mark fills as the lead moves on. In tables the pill loses its ground."
        >
            <Pills/>
        </Section>
        <Section
            id="badges"
            title="Badges"
            rule="Relative in words, exact on hover and focus. Amber within the day, red only when late."
        >
            <Badges/>
        </Section>
        <Section
            id="tabs"
            title="Tabs and stepper"
            rule="Tabs are links with a count; they scroll sideways on phones. The stepper shows the way, the verb button moves it."
        >
            <Ways/>
        </Section>
    }
}

#[component]
fn Pills() -> impl IntoView {
    let stages = |bare: bool| {
        STAGES.into_iter().map(|(word, tone, icon)| view! { <Pill tone icon bare>{word}</Pill> }).collect_view()
    };
    view! {
        <Row caption="Lead">{stages(false)}</Row>
        <Row caption="In a table">{stages(true)}</Row>
        <Row caption="Score tier">
            <TierMark tier=Tier::Hot score=95/>
            <TierMark tier=Tier::Warm score=62/>
            <TierMark tier=Tier::Cool score=35/>
            <TierMark tier=Tier::Cold score=12/>
        </Row>
    }
}

#[component]
fn Badges() -> impl IntoView {
    view! {
        <Row caption="Follow-up">
            <Pill tone=Tone::Amber icon=Glyph::Clock title="Today, 12:42 IST">"due in 2 h"</Pill>
            <Pill tone=Tone::Red icon=Glyph::Late title="Today, 10:29 IST">"late by 13 min"</Pill>
            <Pill icon=Glyph::Calendar title="Wed 25 Nov, 11:00 IST">"tomorrow"</Pill>
            <Time at="2026-11-24T05:12:00Z" text="26 min ago" exact="Tue 24 Nov, 10:16 IST"/>
        </Row>
        <Row caption="Counts, tags, people">
            <Badge count=46/>
            <Badge count=3 kind=BadgeKind::Accent label="wait"/>
            <Badge count=1 kind=BadgeKind::Late label="late"/>
            <Tag text="first snow"/>
            <Avatar name="Ananya Rawat"/>
            <Avatar name="Rohan Kulkarni" size=AvatarSize::Medium/>
            <Avatar name="Meera Joshi" size=AvatarSize::Large/>
        </Row>
        <Row caption="Bars">
            <Meter value=95 max=100 label="Score 95 of 100"/>
            <Meter value=84 max=100 label="84 % answered in time" kind=MeterKind::Due/>
            <SeatBar booked=8 asked=3 seats=14/>
        </Row>
    }
}

#[component]
fn Ways() -> impl IntoView {
    let tabs = [("All open", 46, true), ("Due this week", 9, false), ("Hot, no answer", 4, false)]
        .map(|(label, count, current)| Tab { label: label.into(), href: "#tabs".into(), count: Some(count), current })
        .to_vec();
    let states = [
        (StepState::Done, "22 Nov"),
        (StepState::Now, "since 23 Nov"),
        (StepState::Ahead, "–"),
        (StepState::Ahead, "–"),
    ];
    let steps = STAGES
        .into_iter()
        .zip(states)
        .map(|((label, tone, glyph), (state, note))| Step {
            label: label.into(),
            glyph,
            tone,
            note: note.into(),
            state,
        })
        .collect::<Vec<_>>();
    view! {
        <Tabs label="Example tabs" items=tabs/>
        <Stepper label="Stage, example" steps/>
    }
}
