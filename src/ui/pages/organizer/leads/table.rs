//! The table of leads: heads that sort, a row of quick filters, a row a lead. On phones the rows become cards.

use leptos::{ev::Event, prelude::*, wasm_bindgen::JsCast, web_sys};
use leptos_router::components::Form;

use super::{
    bulk::BULK_FORM,
    filters::{KeptFields, options_of, shown_status, statuses},
    line::{FollowUpPill, Nothing, ScoreMark, StagePill, TripCell},
};
use crate::{
    crm::leads::{
        address::{LEADS_PATH, LeadsAddress},
        columns::LeadColumn,
        filter::{LeadSort, LeadSortKey},
        lead::LeadSource,
        listing::{LeadLine, LeadsHead},
        score::Tier,
    },
    shared::sort::SortKey,
    ui::{
        components::{
            ButtonType, ColumnHead, ColumnWidth, Glyph, IconButton, Money, RowCheck, SelectOption, SortDirection, Tag,
        },
        pages::rows::keep_focused_row,
    },
};

/// The form that the quick filters belong to; it stands outside of the table.
const QUICK_FORM: &str = "quick-filters";

/// The leads of a page.
#[component]
pub(super) fn LeadTable(lines: Vec<LeadLine>, head: LeadsHead, address: LeadsAddress) -> impl IntoView {
    keep_focused_row();
    let columns = LeadColumn::read_many(&address.columns, head.for_admin);
    let heads = columns.iter().map(|column| view! { <Head column=*column address=address.clone()/> }).collect_view();
    let quick = columns.iter().map(|column| quick_filter(*column, &head, &address)).collect_view();
    let rows = {
        let (columns, address) = (columns.clone(), address.clone());
        move || lines.clone().into_iter().map(|line| row_of(line, &columns, &address)).collect_view()
    };
    let class = if address.is_compact() { "table leads compact" } else { "table leads" };
    view! {
        <Form method="get" action=LEADS_PATH attr:id=QUICK_FORM attr:aria-label="Quick filters of the table">
            <KeptFields address=address.clone() names=kept_by(&columns)/>
        </Form>
        <div class="grid-wrap" tabindex="0" role="region" aria-label="Leads table">
            <table class=class role="table" on:change=submit_quick_filter>
                <thead role="rowgroup">
                    <tr role="row">
                        <th scope="col" role="columnheader" class="w-40">
                            <input class="check over" type="checkbox" aria-label="Select all on this page" data-all="true"/>
                        </th>
                        {heads}
                    </tr>
                    <tr class="quick" role="row">
                        <td role="cell">
                            <IconButton glyph=Glyph::Filter label="Apply the quick filters" button_type=ButtonType::Submit attr:form=QUICK_FORM/>
                        </td>
                        {quick}
                    </tr>
                </thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </div>
    }
}

/// What the quick filters leave as it is: the organizer too, unless their column is there to filter by.
fn kept_by(columns: &[LeadColumn]) -> &'static [&'static str] {
    const KEPT: &[&str] = &["sort", "columns", "density", "layout", "assignedTo"];
    if columns.contains(&LeadColumn::Organizer) { &KEPT[..4] } else { KEPT }
}

/// With a script a quick filter acts at once; without one its button does.
fn submit_quick_filter(event: Event) {
    let changed = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let form = changed
        .filter(|field| field.get_attribute("form").as_deref() == Some(QUICK_FORM))
        .and_then(|_| document().get_element_by_id(QUICK_FORM))
        .and_then(|form| form.dyn_into::<web_sys::HtmlFormElement>().ok());
    if let Some(form) = form {
        // A form whose fields are not valid stays; the browser has said why.
        drop(form.request_submit());
    }
}

#[component]
fn Head(column: LeadColumn, address: LeadsAddress) -> impl IntoView {
    let sort = LeadSort::from_name(&address.sort).unwrap_or_default();
    let sorted = column
        .sort_key()
        .filter(|key| *key == sort.key.as_str())
        .map(|_| if sort.descending { SortDirection::Descending } else { SortDirection::Ascending });
    let numeric = column == LeadColumn::Value;
    let width = width_of(column);
    match column.sort_key() {
        Some(key) => {
            let name = next_order(key, sorted);
            let href = address.with(|to| to.sort = name).href();
            view! { <ColumnHead label=column.label() href sorted width numeric/> }.into_any()
        }
        None => view! { <ColumnHead label=column.label() sorted=None width numeric/> }.into_any(),
    }
}

/// The order that a press on a head asks for: first the one that is asked for most, then the other one.
fn next_order(key: &str, sorted: Option<SortDirection>) -> String {
    let descending = match sorted {
        Some(SortDirection::Ascending) => true,
        Some(SortDirection::Descending) => false,
        None => key != LeadSortKey::NextFollowUpAt.as_str(),
    };
    if descending { format!("-{key}") } else { key.to_owned() }
}

const fn width_of(column: LeadColumn) -> ColumnWidth {
    match column {
        LeadColumn::Name | LeadColumn::FollowUp => ColumnWidth::Medium,
        LeadColumn::Stage | LeadColumn::Tags | LeadColumn::Organizer => ColumnWidth::State,
        LeadColumn::Score | LeadColumn::Party | LeadColumn::Value => ColumnWidth::Narrow,
        LeadColumn::Trip => ColumnWidth::Auto,
        LeadColumn::LastActivity | LeadColumn::Created => ColumnWidth::Money,
        LeadColumn::Source => ColumnWidth::Time,
        LeadColumn::Contact => ColumnWidth::Name,
    }
}

fn quick_filter(column: LeadColumn, head: &LeadsHead, address: &LeadsAddress) -> AnyView {
    let yes = |label: &str| vec![SelectOption::new("true", label)];
    let choice = |name, label, options, value: &str, blank: Option<&'static str>| {
        view! { <td role="cell"><QuickSelect name label options value=value.to_owned() blank/></td> }.into_any()
    };
    match column {
        LeadColumn::Name => view! {
            <td role="cell">
                <input class="qf" type="search" name="q" form=QUICK_FORM value=address.q.clone() maxlength="100" aria-label="Filter by name" placeholder="Name or e-mail"/>
            </td>
        }
        .into_any(),
        LeadColumn::Stage => choice("status", "Filter by stage", statuses(), &shown_status(address), None),
        LeadColumn::Score => {
            let tiers = Tier::ALL.iter().map(|tier| SelectOption::new(tier.as_str(), tier.label())).collect();
            choice("tier", "Filter by score", tiers, &address.tier, Some("Any score"))
        }
        LeadColumn::Trip => {
            choice("tripId", "Filter by trip", options_of(&head.trips), &address.trip_id, Some("Any trip"))
        }
        LeadColumn::Organizer => {
            let organizers = options_of(&head.organizers);
            choice("assignedTo", "Filter by organizer", organizers, &address.assigned_to, Some("Any organizer"))
        }
        LeadColumn::FollowUp => choice("due", "Filter by follow-up", yes("Due now"), &address.due, Some("Any time")),
        LeadColumn::LastActivity => choice("stale", "Filter by last activity", yes("None for long"), &address.stale, Some("Any time")),
        LeadColumn::Source => {
            let sources = LeadSource::ALL.iter().map(|source| SelectOption::new(source.as_str(), source.label())).collect();
            choice("source", "Filter by source", sources, &address.source, Some("Any source"))
        }
        _ => view! { <td role="cell"></td> }.into_any(),
    }
}

#[component]
fn QuickSelect(
    name: &'static str,
    label: &'static str,
    options: Vec<SelectOption>,
    value: String,
    blank: Option<&'static str>,
) -> impl IntoView {
    let blank = blank.map(|label| SelectOption::new("", label));
    let lines = blank
        .into_iter()
        .chain(options)
        .map(|line| {
            let selected = line.value == value;
            view! { <option value=line.value selected=selected>{line.label}</option> }
        })
        .collect_view();
    view! { <select class="qf" name=name form=QUICK_FORM aria-label=label>{lines}</select> }
}

fn row_of(line: LeadLine, columns: &[LeadColumn], address: &LeadsAddress) -> AnyView {
    let cells = columns.iter().map(|column| cell_of(*column, &line, address)).collect_view();
    view! {
        <tr role="row">
            <td role="cell" class="c-check">
                <RowCheck value=line.id.to_string() name="ids[]" label=format!("Select {}", line.name) form=BULK_FORM/>
            </td>
            {cells}
        </tr>
    }
    .into_any()
}

fn cell_of(column: LeadColumn, line: &LeadLine, address: &LeadsAddress) -> AnyView {
    let line = line.clone();
    match column {
        LeadColumn::Name => {
            let href = address.lead_href(line.id);
            view! { <td role="cell" class="c-name"><a class="cover" href=href>{line.name}</a></td> }.into_any()
        }
        LeadColumn::Stage => view! { <td role="cell" class="c-stage"><StagePill status=line.status/></td> }.into_any(),
        LeadColumn::Score => {
            view! { <td role="cell" class="c-score"><ScoreMark score=line.score tier=line.tier/></td> }.into_any()
        }
        LeadColumn::Trip => view! { <td role="cell" class="c-trip"><TripCell line/></td> }.into_any(),
        LeadColumn::Value => {
            view! { <td role="cell" class="n strong c-value"><Money text=line.value/></td> }.into_any()
        }
        LeadColumn::FollowUp => {
            let pill = line.follow_up.map_or_else(
                || view! { <Nothing/> }.into_any(),
                |follow_up| view! { <FollowUpPill follow_up/> }.into_any(),
            );
            view! { <td role="cell" class="c-due">{pill}</td> }.into_any()
        }
        LeadColumn::LastActivity => moment_cell("muted c-last", line.last_activity),
        LeadColumn::Created => moment_cell("muted c-more", line.created),
        LeadColumn::Organizer => text_cell(line.organizer.unwrap_or_default()),
        LeadColumn::Source => text_cell(line.source),
        LeadColumn::Party => text_cell(line.party_in_words().unwrap_or_else(|| "–".to_owned())),
        LeadColumn::Contact => {
            view! { <td role="cell" class="c-more" title=line.contact.clone()>{line.contact.clone()}</td> }.into_any()
        }
        LeadColumn::Tags => {
            let tags = line.tags.into_iter().map(|text| view! { <Tag text/> " " }).collect_view();
            view! { <td role="cell" class="c-more">{tags}</td> }.into_any()
        }
    }
}

fn moment_cell(class: &'static str, moment: crate::shared::time::Moment) -> AnyView {
    view! {
        <td role="cell" class=class>
            <time datetime=moment.at.to_string() title=moment.exact>{moment.text}</time>
        </td>
    }
    .into_any()
}

fn text_cell(text: String) -> AnyView {
    view! { <td role="cell" class="c-more">{text}</td> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_press_turns_the_order_round() {
        assert_eq!(next_order("score", None), "-score");
        assert_eq!(next_order("score", Some(SortDirection::Descending)), "score");
        assert_eq!(next_order("nextFollowUpAt", None), "nextFollowUpAt");
    }
}
