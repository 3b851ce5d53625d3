//! Quick filters, menus for trip and source, the whole filter as one form, and how list and board look.

use leptos::prelude::*;
use leptos_router::components::Form;

use crate::{
    crm::leads::{
        address::{ALL, LEADS_PATH, LeadsAddress, OPEN},
        columns::LeadColumn,
        lead::LeadSource,
        listing::{Choice, LeadsHead},
        score::Tier,
        status::LeadStatus,
    },
    shared::lifecycle::Lifecycle,
    ui::components::{
        Button, ButtonKind, ButtonSize, ChipMenu, Field, FieldKind, FilterChip, FilterChips, Glyph, Icon, LinkButton,
        Menu, MenuLink, Segment, Segmented, Select, SelectOption,
    },
};

/// The row between the tabs and the leads.
#[component]
pub(super) fn Filters(head: LeadsHead, address: LeadsAddress) -> impl IntoView {
    let chips = chips_of(&head, &address);
    let look = if address.is_board() {
        view! { <SortMenu address=address.clone()/> }.into_any()
    } else {
        view! {
            <ColumnMenu for_admin=head.for_admin address=address.clone()/>
            <DensityLink address=address.clone()/>
        }
        .into_any()
    };
    let whole = (head.clone(), address.clone());
    let organizer = head.for_admin.then(|| {
        let organizers = head.organizers;
        view! { <ChoiceMenu choices=organizers label="Organizer" any="Any organizer" address=address.clone() field=|to| &mut to.assigned_to/> }
    });
    view! {
        <div class="filters menu-row">
            <ChipMenu label="Filter" icon=Glyph::Filter active=address.is_filtered()>
                <FilterForm head=whole.0 address=whole.1/>
            </ChipMenu>
            <FilterChips items=chips/>
            <div class="wide row">
                {organizer}
                <ChoiceMenu choices=head.trips label="Trip" any="Any trip" address=address.clone() field=|to| &mut to.trip_id/>
                <ChoiceMenu choices=sources() label="Source" any="Any source" address=address.clone() field=|to| &mut to.source/>
            </div>
            <div class="acts">{look} <LayoutSwitch address/></div>
        </div>
    }
}

fn chips_of(head: &LeadsHead, address: &LeadsAddress) -> Vec<FilterChip> {
    let chip = |label: &str, count, active, href: LeadsAddress| FilterChip {
        label: label.to_owned(),
        count,
        href: href.href(),
        active,
    };
    let is_open = matches!(address.status.as_str(), "" | OPEN);
    let (due, stale, hot) = (address.due == "true", address.stale == "true", address.tier == Tier::Hot.as_str());
    let switch = |on: bool, value: &str| if on { String::new() } else { value.to_owned() };
    let open = chip("Open", head.counts.open, is_open, address.with(|to| to.status = switch(!is_open, ALL)));
    let rest = [
        chip("Due", head.counts.due, due, address.with(|to| to.due = switch(due, "true"))),
        chip("Stale", head.counts.stale, stale, address.with(|to| to.stale = switch(stale, "true"))),
        chip("Hot", head.counts.hot, hot, address.with(|to| to.tier = switch(hot, Tier::Hot.as_str()))),
    ];
    // On the board the columns are the statuses.
    (!address.is_board()).then_some(open).into_iter().chain(rest).collect()
}

/// A menu that filters by one field of the address.
#[component]
fn ChoiceMenu(
    choices: Vec<Choice>,
    label: &'static str,
    any: &'static str,
    address: LeadsAddress,
    field: fn(&mut LeadsAddress) -> &mut String,
) -> impl IntoView {
    let now = field(&mut address.clone()).clone();
    let chosen = choices.iter().find(|choice| choice.value == now).map(|choice| choice.label.clone());
    let active = chosen.is_some();
    let href = |value: &str| address.with(|to| value.clone_into(field(to))).href();
    let any = active.then(|| view! { <MenuLink href=href("")>{any}</MenuLink> });
    let lines = choices
        .into_iter()
        .map(|choice| view! { <MenuLink href=href(&choice.value)>{choice.label}</MenuLink> })
        .collect_view();
    view! {
        <ChipMenu label=chosen.unwrap_or_else(|| label.to_owned()) active>
            {any}
            {lines}
        </ChipMenu>
    }
}

fn sources() -> Vec<Choice> {
    let choice = |source: &LeadSource| Choice { value: source.as_str().to_owned(), label: source.label().to_owned() };
    LeadSource::ALL.iter().map(choice).collect()
}

/// Choices as the options of a field.
pub(super) fn options_of(choices: &[Choice]) -> Vec<SelectOption> {
    choices.iter().map(|choice| SelectOption::new(choice.value.clone(), choice.label.clone())).collect()
}

/// Everything one can filter and sort by, for phones and for several at once.
#[component]
fn FilterForm(head: LeadsHead, address: LeadsAddress) -> impl IntoView {
    let (trips, sources) = (options_of(&head.trips), options_of(&sources()));
    let organizer = head.for_admin.then(|| {
        let organizers = options_of(&head.organizers);
        let value = address.assigned_to.clone();
        view! { <Select label="Organizer" name="assignedTo" id="filter-organizer" options=organizers value blank="Any organizer"/> }
    });
    let tiers = Tier::ALL.iter().map(|tier| SelectOption::new(tier.as_str(), tier.label())).collect();
    let orders = ORDERS.map(|(value, label)| SelectOption::new(value, label)).to_vec();
    view! {
        <Form method="get" action=LEADS_PATH attr:class="form filter-form" attr:aria-label="Filter">
            <KeptFields address=address.clone() names=&["columns", "density", "layout"]/>
            <Field label="Name, e-mail or phone" name="q" id="filter-q" kind=FieldKind::Search value=address.q.clone() max_length=100/>
            <Select label="Stage" name="status" id="filter-status" options=statuses() value=shown_status(&address)/>
            <Select label="Trip" name="tripId" id="filter-trip" options=trips value=address.trip_id.clone() blank="Any trip"/>
            {organizer}
            <Select label="Source" name="source" id="filter-source" options=sources value=address.source.clone() blank="Any source"/>
            <Select label="Score" name="tier" id="filter-tier" options=tiers value=address.tier.clone() blank="Any score"/>
            <Select label="Follow-up" name="due" id="filter-due" options=vec![SelectOption::new("true", "Due now")] value=address.due.clone() blank="Any time"/>
            <Select label="Activity" name="stale" id="filter-stale" options=vec![SelectOption::new("true", "None for long")] value=address.stale.clone() blank="Any time"/>
            <Select label="Order" name="sort" id="filter-sort" options=orders value=address.sort.clone() blank="Most promising first"/>
            <div class="acts">
                <Button size=ButtonSize::Small>"Apply"</Button>
                <LinkButton href=LEADS_PATH size=ButtonSize::Small kind=ButtonKind::Quiet>"Clear"</LinkButton>
            </div>
        </Form>
    }
}

/// The orders that people choose from, beside the usual one.
const ORDERS: [(&str, &str); 4] = [
    ("nextFollowUpAt", "Due first"),
    ("-lastActivityAt", "Latest activity first"),
    ("lastActivityAt", "Longest silence first"),
    ("-createdAt", "Newest first"),
];

/// The statuses that a filter offers: those with work to do, all, each one.
pub(super) fn statuses() -> Vec<SelectOption> {
    let groups = [SelectOption::new(OPEN, "Open stages"), SelectOption::new(ALL, "All stages")];
    groups
        .into_iter()
        .chain(LeadStatus::ALL.iter().map(|status| SelectOption::new(status.as_str(), status.label())))
        .collect()
}

/// The status that such a filter shows as chosen.
pub(super) fn shown_status(address: &LeadsAddress) -> String {
    if address.status.is_empty() { OPEN.to_owned() } else { address.status.clone() }
}

/// Hidden fields for what a form of the filter leaves as it is.
#[component]
pub(super) fn KeptFields(address: LeadsAddress, names: &'static [&'static str]) -> impl IntoView {
    address
        .parameters()
        .filter(|(name, _)| names.contains(name))
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view()
}

#[component]
fn SortMenu(address: LeadsAddress) -> impl IntoView {
    let usual = ("", "Most promising first");
    let orders = || [usual].into_iter().chain(ORDERS);
    let chosen = orders().find(|(key, _)| *key == address.sort).unwrap_or(usual).1;
    let lines = orders()
        .map(|(key, label)| {
            let href = address.with(|to| to.sort = key.to_owned()).href();
            view! { <MenuLink href>{label}</MenuLink> }
        })
        .collect_view();
    view! { <Menu label=chosen icon=Glyph::Sort>{lines}</Menu> }
}

/// Each line switches one column on or off.
#[component]
fn ColumnMenu(for_admin: bool, address: LeadsAddress) -> impl IntoView {
    let (offered, shown) = (LeadColumn::offered(for_admin), LeadColumn::read_many(&address.columns, for_admin));
    let label = format!("{} of {} columns", shown.len(), offered.len());
    let lines = offered
        .iter()
        .copied()
        .skip(1)
        .map(|column| {
            let is_shown = shown.contains(&column);
            let chosen: Vec<LeadColumn> =
                offered.iter().copied().filter(|other| shown.contains(other) != (*other == column)).collect();
            let href = LeadsAddress { columns: LeadColumn::write_many(&chosen, for_admin), ..address.clone() }.href();
            let state = if is_shown { "shown" } else { "hidden" };
            view! {
                <a class="item" href=href>
                    <span class="tick">{is_shown.then(|| view! { <Icon glyph=Glyph::Check/> })}</span>
                    {column.label()}
                    <span class="sr">{format!(", {state}")}</span>
                </a>
            }
        })
        .collect_view();
    view! { <Menu label icon=Glyph::Columns>{lines}</Menu> }
}

#[component]
fn DensityLink(address: LeadsAddress) -> impl IntoView {
    let is_compact = address.is_compact();
    let density = if is_compact { String::new() } else { "compact".to_owned() };
    let href = LeadsAddress { density, ..address }.href();
    view! {
        <LinkButton href size=ButtonSize::Small kind=ButtonKind::Quiet icon=Glyph::Menu>
            {if is_compact { "Comfortable" } else { "Compact" }}
        </LinkButton>
    }
}

#[component]
fn LayoutSwitch(address: LeadsAddress) -> impl IntoView {
    let is_board = address.is_board();
    let segment = |label: &str, icon, layout: &str, current| Segment {
        label: label.to_owned(),
        href: address.with(|to| to.layout = layout.to_owned()).href(),
        icon: Some(icon),
        current,
    };
    let items = vec![segment("List", Glyph::List, "", !is_board), segment("Board", Glyph::Board, "board", is_board)];
    view! { <Segmented label="Layout" items/> }
}
