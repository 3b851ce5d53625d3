//! An admin's day: what waits, what is late, who joined, and the figures of all organizers.

use leptos::prelude::*;

use crate::{
    crm::analytics::today::{AdminToday, NewPerson, Queue, QueueKind},
    shared::page::count_in_digits,
    ui::{
        components::{Avatar, Badge, BadgeKind, ButtonSize, Crumb, Glyph, Icon, LinkButton, Panel, Table},
        layout::AppPage,
        pages::organizer::today::{FigureRow, LinePanel},
    },
};

/// The page of the day for admins.
#[component]
pub(crate) fn AdminDay(day: AdminToday) -> impl IntoView {
    view! {
        <AppPage crumbs=vec![Crumb::here("Today")]>
            <div class="page-head">
                <div>
                    <h1>{day.answer}</h1>
                    <p>{day.aside}</p>
                </div>
            </div>
            <Queues queues=day.queues/>
            <div class="grid-2-1 stretch home-top">
                <LinePanel title="What is late" empty="No follow-up is late." lines=day.late/>
                <People people=day.people/>
            </div>
            <FigureRow figures=day.figures/>
        </AppPage>
    }
}

#[component]
fn Queues(queues: Vec<Queue>) -> impl IntoView {
    let rows = queues.into_iter().map(|queue| view! { <QueueRow queue/> }).collect_view();
    view! {
        <Panel title="What waits" id="queues" flush=true>
            <Table label="Queues" class="queue">
                <thead>
                    <tr>
                        <th scope="col">"Queue"</th>
                        <th scope="col" class="n">"Waiting"</th>
                        <th scope="col" class="n">"Late"</th>
                        <th scope="col" class="n">"Oldest"</th>
                        <th scope="col">"First in line"</th>
                        <th scope="col"><span class="sr">"Action"</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Table>
        </Panel>
    }
}

#[component]
fn QueueRow(queue: Queue) -> impl IntoView {
    let (glyph, name, verb) = match queue.kind {
        QueueKind::Tickets => (Glyph::Ticket, "Tickets that are open", "Open"),
        QueueKind::FollowUps => (Glyph::Clock, "Follow-ups that are due", "Open"),
        QueueKind::Unanswered => (Glyph::Inbox, "New leads without an answer", "Open"),
        QueueKind::Unverified => (Glyph::Verified, "Trips that are not verified", "Open"),
    };
    let late = queue.late.map(|late| match late {
        0 => view! { "0" }.into_any(),
        late => view! { <Badge count=late kind=BadgeKind::Late/> }.into_any(),
    });
    let dash = || "–".to_owned();
    view! {
        <tr>
            <td>
                <span class="row">
                    <Icon glyph/>
                    <b class="strong">{name}</b>
                </span>
            </td>
            <td class="n strong">{count_in_digits(queue.waiting)}</td>
            <td class="n">{late}</td>
            <td class="n">{queue.oldest.unwrap_or_else(dash)}</td>
            <td>{queue.first.unwrap_or_else(dash)}</td>
            <td class="n">
                <LinkButton href=queue.href size=ButtonSize::Small label=format!("{verb}: {name}")>
                    {verb}
                </LinkButton>
            </td>
        </tr>
    }
}

#[component]
fn People(people: Vec<NewPerson>) -> impl IntoView {
    let lines = people
        .into_iter()
        .map(|person| {
            view! {
                <li>
                    <Avatar name=person.name.clone()/>
                    <span class="trunc">
                        <b class="strong">{person.name}</b>
                        " "
                        <span class="muted">{person.role.label()}</span>
                    </span>
                    <time class="push muted" datetime=person.since.at.to_string() title=person.since.exact>
                        {person.since.text}
                    </time>
                </li>
            }
        })
        .collect_view();
    let all = view! {
        <a class="link" href="/admin/people">
            "All people"
        </a>
    }
    .into_any();
    view! {
        <Panel title="Who joined" id="people" footer=all>
            <ul class="people-list">{lines}</ul>
        </Panel>
    }
}
