//! The panel of facts: status, priority, who works on it, who asked, the trip, and the service level.

use leptos::prelude::*;

use super::{
    editors::{Editor, FactEditor},
    forms::TicketForms,
    head::StatusMark,
};
use crate::{
    crm::tickets::screens::profile::{Level, TicketProfile, TripLink},
    shared::lifecycle::Lifecycle,
    ui::{
        components::{Avatar, Glyph, Icon, Time},
        pages::{
            facts::Fact,
            tickets::marks::{DuePill, PriorityMark},
        },
    },
};

/// What is known, beside the thread.
#[component]
pub(super) fn FactsPanel(ticket: TicketProfile, forms: TicketForms) -> impl IntoView {
    let levels = ticket.facts.levels.clone();
    let resolution = ticket.resolution.clone().map(|text| {
        view! {
            <section aria-labelledby="resolution">
                <h2 id="resolution">"Resolution"</h2>
                <p>{text}</p>
            </section>
        }
    });
    view! {
        <aside class="lead-side" aria-label="Facts">
            <section aria-labelledby="facts">
                <h2 id="facts">"Facts"</h2>
                <FactList ticket forms/>
            </section>
            <ServiceLevels levels/>
            {resolution}
        </aside>
    }
}

#[component]
fn FactList(ticket: TicketProfile, forms: TicketForms) -> impl IntoView {
    let facts = ticket.facts.clone();
    let may_change = ticket.for_admin && ticket.composer.is_some();
    let edit = |editor: Editor| {
        let form = if editor == Editor::Assignee { forms.assign } else { forms.priority };
        may_change.then(|| view! { <FactEditor ticket=ticket.clone() editor form/> }.into_any())
    };
    let (assignee, priority) = (edit(Editor::Assignee), edit(Editor::Priority));
    let whose = match facts.assignee {
        Some(name) => view! {
            <Avatar name=name.clone()/>
            <span class="trunc">{name}</span>
        }
        .into_any(),
        None => view! { <span class="muted">"Nobody yet"</span> }.into_any(),
    };
    let requester = match facts.requester_href {
        Some(href) => view! { <a class="link trunc" href=href>{facts.requester}</a> }.into_any(),
        None => view! { <span class="trunc">{facts.requester}</span> }.into_any(),
    };
    view! {
        <dl class="facts">
            <Fact name="Status">
                <StatusMark status=ticket.status/>
                {ticket.status.label()}
            </Fact>
            <Fact name="Priority" editor=priority>
                <PriorityMark priority=facts.priority/>
            </Fact>
            <Fact name="Assignee" editor=assignee>
                {whose}
            </Fact>
            <Fact name="Category">{facts.category}</Fact>
            <Fact name="From">
                {requester}
                <span class="muted">{facts.role}</span>
            </Fact>
            {facts.trip.map(|trip| view! { <Fact name="Trip"><Trip trip/></Fact> })}
            <Fact name="Opened">
                <Time at=facts.opened.at.to_string() text=facts.opened.text exact=facts.opened.exact/>
            </Fact>
        </dl>
    }
}

#[component]
fn Trip(trip: TripLink) -> impl IntoView {
    let TripLink { title, href, thumb } = trip;
    let name = match href {
        // Public pages come without script.
        Some(href) => view! { <a class="link trunc" href=href>{title}</a> }.into_any(),
        None => view! { <span class="trunc">{title}</span> }.into_any(),
    };
    view! {
        <span class="thumb sm">
            <img src=thumb alt="" width="18" height="18"/>
        </span>
        {name}
    }
}

#[component]
fn ServiceLevels(levels: Vec<Level>) -> impl IntoView {
    let lines = levels
        .into_iter()
        .map(|level| {
            let Level { label, badge, text, is_done } = level;
            view! {
                <div>
                    <dt>{label}</dt>
                    <dd>
                        {badge.map(|badge| view! { <DuePill badge/> })}
                        {is_done.then(|| view! { <Icon glyph=Glyph::Check small=true/> })}
                        {text}
                    </dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="levels">
            <h2 id="levels">"Service level"</h2>
            <dl class="facts">{lines}</dl>
        </section>
    }
}
