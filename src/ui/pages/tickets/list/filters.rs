//! The row between tabs and tickets: search, categories, and for admins priority and assignee; and the order of the list.

use leptos::prelude::*;

use crate::{
    crm::tickets::screens::{CountedLink, LinkMenu, TICKETS_PATH, TicketsPage},
    ui::{
        components::{ChipMenu, FilterChip, FilterChips, Glyph, Menu, MenuLink},
        pages::search_form::SearchForm,
    },
};

/// What one can filter by.
#[component]
pub(super) fn Filters(page: TicketsPage) -> impl IntoView {
    let chips = page.categories.iter().map(chip_of).collect();
    let menus = page.menus.iter().cloned().map(|menu| view! { <FilterMenu menu/> }).collect_view();
    let kept = page.kept.into_iter().map(|pair| (pair.value, pair.label)).collect();
    view! {
        <div class="filters menu-row">
            <SearchForm
                path=TICKETS_PATH
                label="Find a ticket by number, subject or person"
                placeholder="Number, subject or person"
                value=page.q
                kept
            />
            <FilterChips label="Categories" items=chips/>
            <div class="row">{menus}</div>
        </div>
    }
}

fn chip_of(link: &CountedLink) -> FilterChip {
    let CountedLink { label, href, count, current } = link.clone();
    FilterChip { label, count, href, active: current }
}

#[component]
fn FilterMenu(menu: LinkMenu) -> impl IntoView {
    let LinkMenu { label, active, lines } = menu;
    let lines =
        lines.into_iter().map(|line| view! { <MenuLink href=line.value>{line.label}</MenuLink> }).collect_view();
    view! { <ChipMenu label active>{lines}</ChipMenu> }
}

/// The order of the list.
#[component]
pub(super) fn OrderMenu(menu: LinkMenu) -> impl IntoView {
    let LinkMenu { label, lines, .. } = menu;
    let lines =
        lines.into_iter().map(|line| view! { <MenuLink href=line.value>{line.label}</MenuLink> }).collect_view();
    view! { <Menu label icon=Glyph::Sort>{lines}</Menu> }
}
