//! What happened, by day, the newest first; tabs are links that show a part of it.

use leptos::prelude::*;
use leptos_router::location::Url;

use super::marks::{contact_look, stage_look};
use crate::{
    crm::leads::{
        profile::{Entry, Happening, Show, TimelineDay},
        status::LeadStatus,
        timeline::InteractionKind,
    },
    shared::lifecycle::Lifecycle,
    ui::components::{Glyph, Icon, Tab, Tabs, Tone},
};

/// The tabs and what stands under the one that is open.
#[component]
pub(super) fn Timeline(days: Vec<TimelineDay>, name: String, show: Signal<Show>, from: String) -> impl IntoView {
    let counted = days.clone();
    let tabs =
        move || view! { <Tabs label="Timeline filter" class="tl-tabs" items=tabs_of(&counted, show.get(), &from)/> };
    let shown = move || {
        let days = days_under(&days, show.get());
        if days.is_empty() {
            let what = show.get().label().to_lowercase();
            return view! { <p class="muted tl-empty">{format!("No {what} yet. What you log below appears here.")}</p> }.into_any();
        }
        days.into_iter().map(|day| view! { <Day day name=name.clone()/> }).collect_view().into_any()
    };
    view! {
        {tabs}
        <div class="tl" tabindex="0" role="region" aria-label="Timeline">
            <h2 class="sr">"Timeline"</h2>
            {shown}
        </div>
    }
}

fn tabs_of(days: &[TimelineDay], open: Show, from: &str) -> Vec<Tab> {
    let count = |show: Show| days.iter().flat_map(|day| &day.entries).filter(|entry| show.has(&entry.what)).count();
    Show::ALL
        .into_iter()
        .map(|show| Tab {
            label: show.label().to_owned(),
            href: href_of(show, from),
            count: u32::try_from(count(show)).ok().filter(|count| *count > 0),
            current: show == open,
        })
        .collect()
}

/// The way back to the list is kept.
fn href_of(show: Show, from: &str) -> String {
    let show = (show != Show::All).then(|| format!("show={}", show.as_str()));
    let from = (!from.is_empty()).then(|| format!("from={}", Url::escape(from)));
    let query: Vec<String> = show.into_iter().chain(from).collect();
    // `?` alone leads to the page without a query.
    format!("?{}", query.join("&"))
}

fn days_under(days: &[TimelineDay], show: Show) -> Vec<TimelineDay> {
    days.iter()
        .map(|day| TimelineDay {
            label: day.label.clone(),
            entries: day.entries.iter().filter(|entry| show.has(&entry.what)).cloned().collect(),
        })
        .filter(|day| !day.entries.is_empty())
        .collect()
}

#[component]
fn Day(day: TimelineDay, name: String) -> impl IntoView {
    let events = day.entries.into_iter().map(|entry| view! { <Event entry name=name.clone()/> }).collect_view();
    view! {
        <h3 class="day">{day.label}</h3>
        <ol class="events">{events}</ol>
    }
}

#[component]
fn Event(entry: Entry, name: String) -> impl IntoView {
    let (glyph, tone) = look_of(&entry.what);
    let class = class_of(&entry);
    let text = match &entry.what {
        Happening::Interaction { text, .. } => Some(text.clone()),
        Happening::Moved { note, .. } => note.clone(),
        _ => None,
    };
    let who = if entry.from_traveller {
        name.split_whitespace().next().unwrap_or(&name).to_owned()
    } else {
        entry.who.clone()
    };
    view! {
        <li class=class>
            <span class=format!("ei {}", tone.class())>
                <Icon glyph/>
            </span>
            <div class="eb">
                <p class="eh">
                    <span>{sentence_of(&entry, who)}</span>
                    <time class="push" datetime=entry.moment.at.to_string() title=entry.moment.exact>
                        {entry.moment.text}
                    </time>
                </p>
                {text.filter(|text| !text.is_empty()).map(|text| view! { <div class="et"><Paragraphs text/></div> })}
            </div>
        </li>
    }
}

#[component]
fn Paragraphs(text: String) -> impl IntoView {
    let lines: Vec<String> =
        text.split('\n').map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view()
}

const fn look_of(what: &Happening) -> (Glyph, Tone) {
    match what {
        Happening::Arrived { .. } => stage_look(LeadStatus::New),
        Happening::Interaction { kind, .. } => contact_look(*kind),
        Happening::Moved { to, .. } => stage_look(*to),
        Happening::Viewed => (Glyph::Activity, Tone::Grey),
        Happening::Changed { .. } => (Glyph::Edit, Tone::Grey),
    }
}

const fn class_of(entry: &Entry) -> &'static str {
    match &entry.what {
        Happening::Interaction { kind: InteractionKind::Note, .. } => "ev msg note-c",
        Happening::Interaction { kind: InteractionKind::Call | InteractionKind::Meeting, .. } => "ev",
        Happening::Interaction { .. } if entry.from_traveller => "ev msg in",
        Happening::Interaction { .. } => "ev msg out",
        _ => "ev",
    }
}

fn sentence_of(entry: &Entry, who: String) -> impl IntoView + use<> {
    let who = view! { <b>{who}</b> };
    match &entry.what {
        Happening::Arrived { source } => view! { "Lead created: " <b>{source.clone()}</b> }.into_any(),
        Happening::Interaction { kind, .. } => {
            let verb = verb_of(*kind, entry.from_traveller);
            view! { {who} " " {verb} }.into_any()
        }
        Happening::Moved { from, to, .. } => {
            view! { {who} {format!(" moved the lead from {} to ", from.label())} <b>{to.label()}</b> }.into_any()
        }
        Happening::Viewed => view! { {who} " looked at the trip" }.into_any(),
        Happening::Changed { text } => view! { {who} " changed " {text.clone()} }.into_any(),
    }
}

const fn verb_of(kind: InteractionKind, from_traveller: bool) -> &'static str {
    match (kind, from_traveller) {
        (InteractionKind::Message | InteractionKind::Chat, _) => "wrote",
        (InteractionKind::Email, true) => "wrote an e-mail",
        (InteractionKind::Email, false) => "sent an e-mail",
        (InteractionKind::Call, _) => "called",
        (InteractionKind::Meeting, _) => "had a meeting",
        (InteractionKind::Note, _) => "added a note",
        (InteractionKind::Whatsapp, true) => "wrote on WhatsApp",
        (InteractionKind::Whatsapp, false) => "sent on WhatsApp",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tab_keeps_the_way_back_to_the_list() {
        assert_eq!(href_of(Show::All, ""), "?");
        assert_eq!(href_of(Show::Calls, ""), "?show=calls");
        assert_eq!(href_of(Show::Calls, "tier=hot&sort=score"), "?show=calls&from=tier%3Dhot%26sort%3Dscore");
    }
}
