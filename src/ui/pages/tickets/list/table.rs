//! The table of tickets: a row each, with what is due. On phones the rows become cards.

use leptos::prelude::*;

use crate::{
    crm::tickets::{
        screens::{TICKETS_PATH, TicketLine},
        status::TicketStatus,
    },
    shared::lifecycle::Lifecycle,
    ui::{
        components::{Button, ButtonKind, ButtonSize, ColumnHead, ColumnWidth, Pill, Time},
        form::{FormState, PostForm},
        pages::{
            rows::keep_focused_row,
            tickets::marks::{DuePill, PriorityMark, status_look},
        },
    },
};

/// The tickets of a page.
#[component]
pub(super) fn TicketTable(
    lines: Vec<TicketLine>,
    for_admin: bool,
    /// Leads back to the list.
    from: String,
    /// Gives a ticket to the viewer.
    form: FormState,
) -> impl IntoView {
    keep_focused_row();
    let rows = move || {
        let row = |line| view! { <Row line for_admin from=from.clone() form/> };
        lines.clone().into_iter().map(row).collect_view()
    };
    view! {
        <div class="grid-wrap" tabindex="0" role="region" aria-label="Tickets table">
            <table class=if for_admin { "table tickets queue-of" } else { "table tickets" } role="table">
                <thead role="rowgroup">
                    <tr role="row">{heads(for_admin)}</tr>
                </thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </div>
    }
}

fn heads(for_admin: bool) -> impl IntoView {
    let (number, status) = (ColumnWidth::Money, ColumnWidth::Time);
    if !for_admin {
        return view! {
            <ColumnHead label="Number" width=number/>
            <ColumnHead label="Subject"/>
            <ColumnHead label="Status" width=status/>
            <ColumnHead label="Last answer" width=ColumnWidth::Name/>
            <ColumnHead label="When" width=ColumnWidth::Money/>
        }
        .into_any();
    }
    view! {
        <ColumnHead label="Number" width=number/>
        <ColumnHead label="Subject"/>
        <ColumnHead label="From" width=ColumnWidth::State/>
        <ColumnHead label="Status" width=status/>
        <ColumnHead label="Priority" width=ColumnWidth::Narrow/>
        <ColumnHead label="Service level" width=ColumnWidth::State/>
        <ColumnHead label="Assignee" width=ColumnWidth::Money/>
        <ColumnHead label="Last activity" width=ColumnWidth::Narrow/>
    }
    .into_any()
}

#[component]
fn Row(line: TicketLine, for_admin: bool, from: String, form: FormState) -> impl IntoView {
    let href = format!("{TICKETS_PATH}/{}{from}", line.id);
    let rest = if for_admin {
        view! { <QueueCells line=line.clone() form/> }.into_any()
    } else {
        view! {
            <StatusCell status=line.status/>
            <td role="cell" class="c-word">
                {line.last_word.clone()}
            </td>
        }
        .into_any()
    };
    view! {
        <tr role="row">
            <td role="cell" class="num muted c-number">
                {line.number}
            </td>
            <td role="cell" class="c-name">
                <span class="fit">
                    <a class="cover" href=href>
                        {line.subject}
                    </a>
                    <span class="muted">{format!(", {}", line.category)}</span>
                </span>
            </td>
            {rest}
            <td role="cell" class="muted c-last">
                <Time at=line.last.at.to_string() text=line.last.text exact=line.last.exact/>
            </td>
        </tr>
    }
}

#[component]
fn StatusCell(status: TicketStatus) -> impl IntoView {
    let (icon, tone) = status_look(status);
    view! {
        <td role="cell" class="c-stage">
            <Pill tone icon bare=true>
                {status.label()}
            </Pill>
        </td>
    }
}

/// What admins see of a row beside number and subject.
#[component]
fn QueueCells(line: TicketLine, form: FormState) -> impl IntoView {
    let is_open = line.status.is_open();
    let badge = match line.badge {
        Some(badge) => view! { <DuePill badge/> }.into_any(),
        None => view! { <span class="muted">"–"</span> }.into_any(),
    };
    let assignee = match line.assignee {
        Some(name) => name.into_any(),
        None if is_open => {
            let (id, version) = (line.id.to_string(), line.version.to_string());
            view! { <TakeButton id version label=line.number form/> }.into_any()
        }
        None => view! { <span class="muted">"–"</span> }.into_any(),
    };
    view! {
        <td role="cell" class="c-who">
            {line.requester}
        </td>
        <StatusCell status=line.status/>
        <td role="cell" class="c-priority">
            <PriorityMark priority=line.priority/>
        </td>
        <td role="cell" class="c-due">
            {badge}
        </td>
        <td role="cell" class="c-assignee">
            {assignee}
        </td>
    }
}

/// Gives a ticket that nobody has to the viewer.
#[component]
fn TakeButton(id: String, version: String, label: String, form: FormState) -> impl IntoView {
    view! {
        <PostForm form attr:class="over">
            <input type="hidden" name="id" value=id/>
            <input type="hidden" name="version" value=version/>
            <Button
                size=ButtonSize::Small
                kind=ButtonKind::Quiet
                name="assignee"
                value="me"
                label=format!("Assign {label} to me")
                attr:data-assign="true"
            >
                "Assign to me"
            </Button>
        </PostForm>
    }
}
