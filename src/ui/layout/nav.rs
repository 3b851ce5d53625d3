//! The places of the signed-in app, as a table that each role fills differently.

use leptos::prelude::*;

use crate::ui::components::{Glyph, Icon, Tone};

/// One place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavItem {
    /// Where it is.
    pub href: String,
    /// Its name.
    pub label: String,
    /// Its symbol.
    pub icon: Glyph,
    /// How many things are there.
    pub count: Option<u32>,
    /// Whether the count waits for the person and is drawn in the accent.
    pub waits: bool,
    /// Whether the person is there now.
    pub current: bool,
}

/// Places under one heading: Work, Trips, Business.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavGroup {
    /// The heading.
    pub label: String,
    /// The places.
    pub items: Vec<NavItem>,
}

/// A saved view that the person pinned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PinnedView {
    /// Where it is.
    pub href: String,
    /// Its name.
    pub label: String,
    /// The tone of its dot.
    pub tone: Tone,
    /// How many things are in it.
    pub count: Option<u32>,
}

/// The groups and pinned views, for the sidebar and for the sheet of phones.
#[component]
pub(super) fn NavList(
    groups: Signal<Vec<NavGroup>>,
    pinned: Signal<Vec<PinnedView>>,
    label: &'static str,
) -> impl IntoView {
    view! {
        <nav class="nav" aria-label=label>
            {move || groups.get().into_iter().map(|group| view! { <Group group/> }).collect_view()}
            {move || {
                let views = pinned.get();
                (!views.is_empty()).then(|| view! { <Pins views/> })
            }}
        </nav>
    }
}

#[component]
fn Group(group: NavGroup) -> impl IntoView {
    let places = group.items.into_iter().map(|item| view! { <Place item/> }).collect_view();
    view! {
        <p class="cap">{group.label}</p>
        {places}
    }
}

#[component]
fn Place(item: NavItem) -> impl IntoView {
    let count_class = if item.waits { "count on" } else { "n" };
    let title = item.label.clone();
    view! {
        <a href=item.href title=title aria-current=item.current.then_some("page")>
            <Icon glyph=item.icon/>
            {item.label}
            " "
            {item.count.map(|count| view! { <span class=count_class>{count}</span> })}
        </a>
    }
}

#[component]
fn Pins(views: Vec<PinnedView>) -> impl IntoView {
    let views = views
        .into_iter()
        .map(|pin| {
            view! {
                <a href=pin.href>
                    <span class=format!("dot {}", pin.tone.class())></span>
                    <span class="trunc">{pin.label}</span>
                    " "
                    {pin.count.map(|count| view! { <span class="n">{count}</span> })}
                </a>
            }
        })
        .collect_view();
    view! {
        <div class="pins">
            <p class="cap">"Pinned views"</p>
            {views}
        </div>
    }
}

/// Phones: the first four places at the thumb, everything else in a sheet behind "More".
#[component]
pub(super) fn BottomBar(
    groups: Signal<Vec<NavGroup>>,
    pinned: Signal<Vec<PinnedView>>,
    /// What stands below the places in the sheet.
    foot: AnyView,
) -> impl IntoView {
    let node = NodeRef::<leptos::html::Details>::new();
    crate::ui::components::close_when_left(node);
    let first = move || {
        let places = groups.get().into_iter().flat_map(|group| group.items).take(4);
        places.map(|item| view! { <Thumb item/> }).collect_view()
    };
    view! {
        <nav class="bottom" aria-label="Main, phone">
            {first}
            <details node_ref=node>
                <summary>
                    <Icon glyph=Glyph::Menu/>
                    "More"
                </summary>
                <div class="sheet">
                    <NavList groups pinned label="All places"/>
                    {foot}
                </div>
            </details>
        </nav>
    }
}

#[component]
fn Thumb(item: NavItem) -> impl IntoView {
    let count = item.count.filter(|_| item.waits);
    view! {
        <a href=item.href aria-current=item.current.then_some("page")>
            <Icon glyph=item.icon/>
            {item.label}
            {count.map(|count| view! { <span class="count on">{count}</span> })}
        </a>
    }
}
