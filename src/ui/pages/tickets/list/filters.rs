//! The row between tabs and tickets: search, categories, and for admins priority, assignee and order.

use leptos::prelude::*;
use leptos_router::components::Form;

use crate::{
    crm::{
        leads::listing::Choice,
        tickets::{
            screens::{LIST_FILTERS, TICKETS_PATH, TicketTab},
            ticket::{TicketCategory, TicketPriority},
        },
    },
    ui::{
        components::{ChipMenu, FilterChip, FilterChips, Glyph, Icon, Menu, MenuLink},
        list_address::ListAddress,
    },
};

/// What one can filter and sort by.
#[component]
pub(super) fn Filters(
    for_admin: bool,
    tab: TicketTab,
    categories: Vec<u32>,
    admins: Vec<Choice>,
    address: ListAddress,
) -> impl IntoView {
    let menus = for_admin.then(|| {
        let priorities = TicketPriority::ALL.iter().rev().map(|priority| choice(priority.as_str(), priority.label()));
        let priorities = priorities.collect::<Vec<_>>();
        // The tabs "Mine" and "Unassigned" say it already.
        let assignee = (!matches!(tab, TicketTab::Mine | TicketTab::Unassigned)).then(|| {
            let admins = admins.clone();
            view! { <ChoiceMenu choices=admins label="Assignee" any="Anybody" name="assignee" address=address.clone()/> }
        });
        view! {
            <ChoiceMenu choices=priorities label="Priority" any="Any priority" name="priority" address=address.clone()/>
            {assignee}
        }
    });
    let order = for_admin.then(|| view! { <SortMenu address=address.clone()/> });
    view! {
        <div class="filters menu-row">
            <Search address=address.clone()/>
            <FilterChips label="Categories" items=chips_of(&categories, &address)/>
            <div class="row">{menus}</div>
            <div class="acts">{order}</div>
        </div>
    }
}

fn choice(value: &str, label: &str) -> Choice {
    Choice { value: value.to_owned(), label: label.to_owned() }
}

/// Number, subject or person. Enter looks; the other filters stay.
#[component]
fn Search(address: ListAddress) -> impl IntoView {
    let kept = LIST_FILTERS
        .into_iter()
        .filter(|name| *name != "q" && !address.get(name).is_empty())
        .map(|name| view! { <input type="hidden" name=name value=address.get(name).to_owned()/> })
        .collect_view();
    view! {
        <Form method="get" action=TICKETS_PATH attr:class="search" attr:role="search">
            {kept}
            <div class="with-icon">
                <Icon glyph=Glyph::Search/>
                <input
                    class="input"
                    type="search"
                    name="q"
                    value=address.get("q").to_owned()
                    aria-label="Find a ticket by number, subject or person"
                    placeholder="Number, subject or person"
                    maxlength="100"
                />
            </div>
        </Form>
    }
}

/// A chip for each category; those with their number of open tickets are views of their own.
fn chips_of(counts: &[u32], address: &ListAddress) -> Vec<FilterChip> {
    let chip = |(index, category): (usize, &TicketCategory)| {
        let active = address.get("category") == category.as_str();
        FilterChip {
            label: category.label().to_owned(),
            count: counts.get(index).copied(),
            href: address.with("category", if active { "" } else { category.as_str() }).href(),
            active,
        }
    };
    TicketCategory::ALL.iter().enumerate().map(chip).collect()
}

/// A menu that filters by one field of the address.
#[component]
fn ChoiceMenu(
    choices: Vec<Choice>,
    label: &'static str,
    any: &'static str,
    name: &'static str,
    address: ListAddress,
) -> impl IntoView {
    let chosen = choices.iter().find(|choice| choice.value == address.get(name)).map(|choice| choice.label.clone());
    let active = chosen.is_some();
    let any = active.then(|| view! { <MenuLink href=address.with(name, "").href()>{any}</MenuLink> });
    let lines = choices
        .into_iter()
        .map(|choice| view! { <MenuLink href=address.with(name, &choice.value).href()>{choice.label}</MenuLink> })
        .collect_view();
    view! {
        <ChipMenu label=chosen.unwrap_or_else(|| label.to_owned()) active>
            {any}
            {lines}
        </ChipMenu>
    }
}

/// The orders that people choose from; the first is the usual one.
const ORDERS: [(&str, &str); 4] = [
    ("", "Due first"),
    ("-updatedAt", "Latest activity first"),
    ("-createdAt", "Newest first"),
    ("createdAt", "Oldest first"),
];

#[component]
fn SortMenu(address: ListAddress) -> impl IntoView {
    let chosen = ORDERS.into_iter().find(|(key, _)| *key == address.get("sort")).unwrap_or(ORDERS[0]).1;
    let lines = ORDERS
        .into_iter()
        .map(|(key, label)| view! { <MenuLink href=address.with("sort", key).href()>{label}</MenuLink> })
        .collect_view();
    view! { <Menu label=chosen icon=Glyph::Sort>{lines}</Menu> }
}
