//! "Answer now": who waits and why, two lines each, with the way to answer.

use leptos::prelude::*;

use crate::{
    crm::analytics::today::{Cue, Waiting, WaitingLine, Why},
    shared::page::count_in_digits,
    ui::{
        components::{
            Badge, BadgeKind, ButtonKind, ButtonSize, EmptyState, Glyph, Icon, LinkButton, Panel, Pill, TierMark, Tone,
        },
        pages::organizer::lead::tier_mark,
    },
};

/// Who waits for an answer.
#[component]
pub(crate) fn WaitingPanel(waiting: Waiting) -> impl IntoView {
    let rest = rest_of(waiting.more_follow_ups(), waiting.more_new());
    let actions = view! {
        <LinkButton href="/leads?due=true&sort=nextFollowUpAt" kind=ButtonKind::Quiet size=ButtonSize::Small icon_after=Glyph::Right>
            "All due"
        </LinkButton>
    };
    let lines = if waiting.lines.is_empty() {
        view! {
            <EmptyState
                title="Nobody waits"
                text="New enquiries and follow-ups of the day appear here, the latest first."
            />
        }
        .into_any()
    } else {
        let lines = waiting.lines.iter().cloned().map(|line| view! { <Line line/> }).collect_view();
        view! { <ol>{lines}</ol> }.into_any()
    };
    view! {
        <section class="panel todo" aria-labelledby="answer-now">
            <header>
                <h2 id="answer-now">"Answer now"</h2>
                <Counts waiting/>
                <span class="push">{actions}</span>
            </header>
            {lines}
            {rest}
        </section>
    }
}

/// Who waits beyond the lines: each number leads to a list that begins with those whom it counts.
fn rest_of(follow_ups: u32, new: u32) -> Option<impl IntoView> {
    let link = |count: u32, one: &str, many: &str, href: &'static str| {
        let words =
            if count == 1 { format!("1 more {one}") } else { format!("{} more {many}", count_in_digits(count)) };
        (count > 0).then(|| view! { <a class="link" href=href>{words}</a> })
    };
    (follow_ups + new > 0).then(|| {
        view! {
            <footer>
                {link(follow_ups, "follow-up by tonight", "follow-ups by tonight", "/leads?sort=nextFollowUpAt")}
                // Without a follow-up first.
                {link(new, "new lead", "new leads", "/leads?status=new&sort=-nextFollowUpAt")}
            </footer>
        }
    })
}

/// How many are late, due today and new; what is nobody is left out.
#[component]
fn Counts(waiting: Waiting) -> impl IntoView {
    [
        (waiting.late, BadgeKind::Late, "late"),
        (waiting.today, BadgeKind::Plain, "today"),
        (waiting.fresh, BadgeKind::Plain, "new"),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, kind, word)| {
        view! {
            <Badge count kind/>
            <span class="muted">{word}</span>
        }
    })
    .collect_view()
}

#[component]
fn Line(line: WaitingLine) -> impl IntoView {
    let class = match line.why {
        Why::Late => "late",
        Why::Today => "due",
        Why::New => "new",
    };
    let (glyph, verb) = match line.cue {
        Cue::Wrote => (Glyph::Mail, "Reply"),
        Cue::LeftNumber => (Glyph::Phone, "Call"),
        Cue::CameBack => (Glyph::Loop, "Write"),
        Cue::BeganBooking => (Glyph::Rupee, "Help"),
    };
    let href = format!("/leads/{}", line.id);
    let score = u8::try_from(line.score.min(100)).unwrap_or(100);
    view! {
        <li class=class>
            <span class="why">
                <Icon glyph/>
            </span>
            <div class="who">
                <p>
                    <a href=href.clone() class="strong">
                        {line.name.clone()}
                    </a>
                    <span class="muted">{line.trip.clone()}</span>
                </p>
                <p class="reason">{line.reason.clone()}</p>
            </div>
            <TierMark tier=tier_mark(line.tier) score/>
            <span class="when">
                <When line=line.clone()/>
            </span>
            <LinkButton href size=ButtonSize::Small label=format!("{verb}: {}", line.name)>
                {verb}
            </LinkButton>
        </li>
    }
}

/// The follow-up as a pill, or since when a new lead waits.
#[component]
fn When(line: WaitingLine) -> impl IntoView {
    let (at, text, exact) = (line.when.at.to_string(), line.when.text, line.when.exact);
    let pill = match line.why {
        Why::Late => Some((Tone::Red, Glyph::Late)),
        Why::Today => Some((Tone::Amber, Glyph::Clock)),
        Why::New => None,
    };
    match pill {
        Some((tone, icon)) => view! {
            <Pill tone icon title=exact>
                <time datetime=at>{text}</time>
            </Pill>
        }
        .into_any(),
        None => view! { <time class="muted" datetime=at title=exact>{text}</time> }.into_any(),
    }
}

/// The same lines in a panel of their own, for admins.
#[component]
pub(crate) fn LinePanel(
    #[prop(into)] title: String,
    #[prop(into)] empty: String,
    lines: Vec<WaitingLine>,
) -> impl IntoView {
    let lines = if lines.is_empty() {
        view! { <div class="body"><p class="muted">{empty}</p></div> }.into_any()
    } else {
        let lines = lines.into_iter().map(|line| view! { <Line line/> }).collect_view();
        view! { <ol>{lines}</ol> }.into_any()
    };
    view! {
        <Panel title id="late-lines" class="todo" flush=true>
            {lines}
        </Panel>
    }
}
