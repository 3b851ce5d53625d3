//! The row between tabs and tickets: search, categories, and for admins priority and assignee; and the order of the list.

use leptos::prelude::*;
use leptos_router::components::Form;

use crate::{
    crm::tickets::screens::{CountedLink, LinkMenu, TICKETS_PATH, TicketsPage},
    ui::components::{ChipMenu, FilterChip, FilterChips, Glyph, Icon, Menu, MenuLink},
};

/// What one can filter by.
#[component]
pub(super) fn Filters(page: TicketsPage) -> impl IntoView {
    let chips = page.categories.iter().map(chip_of).collect();
    let menus = page.menus.iter().cloned().map(|menu| view! { <FilterMenu menu/> }).collect_view();
    view! {
        <div class="filters menu-row">
            <Search page/>
            <FilterChips label="Categories" items=chips/>
            <div class="row">{menus}</div>
        </div>
    }
}

fn chip_of(link: &CountedLink) -> FilterChip {
    let CountedLink { label, href, count, current } = link.clone();
    FilterChip { label, count, href, active: current }
}

/// Number, subject or person. Enter looks; the other filters stay.
#[component]
fn Search(page: TicketsPage) -> impl IntoView {
    let kept = page
        .kept
        .into_iter()
        .map(|pair| view! { <input type="hidden" name=pair.value value=pair.label/> })
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
                    value=page.q
                    aria-label="Find a ticket by number, subject or person"
                    placeholder="Number, subject or person"
                    maxlength="100"
                />
            </div>
        </Form>
    }
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
