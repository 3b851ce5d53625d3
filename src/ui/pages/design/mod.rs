//! The components page at `/design`, in development only: every part once, in every state, with the rule that matters.

mod controls;
mod lists;
mod looks;
mod overlays;
mod states;

use leptos::prelude::*;

use crate::ui::{
    components::{Crumb, Glyph, Tone},
    layout::{AppLayout, AppPage, NavGroup, NavItem, Person, PinnedView, Theme},
};

const SECTIONS: [(&str, &str); 17] = [
    ("colour", "Colour"),
    ("type", "Type"),
    ("icons", "Icons"),
    ("buttons", "Buttons"),
    ("fields", "Fields"),
    ("pills", "Pills"),
    ("badges", "Badges"),
    ("tabs", "Tabs"),
    ("table", "Table"),
    ("pager", "Pager"),
    ("panel", "Panel"),
    ("menu", "Menu"),
    ("dialog", "Dialog"),
    ("toast", "Toast"),
    ("notices", "Notices"),
    ("empty", "Empty"),
    ("skeleton", "Skeleton"),
];

/// Every part in every state.
#[component]
pub fn DesignPage(
    /// The theme the person chose.
    theme: Theme,
) -> impl IntoView {
    let contents = SECTIONS.map(|(id, title)| view! { <a href=format!("#{id}")>{title}</a> }).collect_view();
    view! {
        <AppLayout
            nav=Signal::stored(example_nav())
            pinned=Signal::stored(example_pins())
            person=Person { name: "Ananya Rawat".into(), role: "Deodar Trails".into() }
            sign_out_action="/sign-out"
            theme
            back=Signal::stored("/design".to_owned())
            search_action=Some("/leads")
        >
            <AppPage crumbs=vec![Crumb::link("Design", "/design"), Crumb::here("Components")] main_class="class-comp">
                <div class="cs-body">
                    <div class="page-head">
                        <div>
                            <h1>"Components"</h1>
                            <p>
                                "Every part once, in every state, with the one rule that matters. Tokens only; no part has a colour of its own."
                            </p>
                        </div>
                    </div>
                    <looks::Looks/>
                    <controls::Controls/>
                    <states::States/>
                    <lists::Lists/>
                    <overlays::Overlays/>
                </div>
                <nav class="cs-toc" aria-label="On this page">
                    <p class="cap">"On this page"</p>
                    {contents}
                </nav>
            </AppPage>
        </AppLayout>
    }
}

/// One part of the page: title, rule, examples.
#[component]
fn Section(id: &'static str, title: &'static str, rule: &'static str, children: Children) -> impl IntoView {
    let title_id = format!("{id}-h");
    let labelled_by = title_id.clone();
    view! {
        <section id=id class="cs" aria-labelledby=labelled_by>
            <header>
                <h2 id=title_id>{title}</h2>
                <p class="muted">{rule}</p>
            </header>
            <div class="demo">{children()}</div>
        </section>
    }
}

/// A row of examples under a caption.
#[component]
fn Row(caption: &'static str, children: Children) -> impl IntoView {
    view! {
        <div class="sub">
            <p class="cap">{caption}</p>
            <div class="row wrap">{children()}</div>
        </div>
    }
}

fn example_nav() -> Vec<NavGroup> {
    let place = |href: &str, label: &str, icon, count, waits| NavItem {
        href: href.to_owned(),
        label: label.to_owned(),
        icon,
        count,
        waits,
        current: href == "/design",
    };
    vec![
        NavGroup {
            label: "Work".into(),
            items: vec![
                place("/home", "Today", Glyph::Today, Some(7), true),
                place("/leads", "Leads", Glyph::Leads, Some(46), false),
                place("/my-trips", "My trips", Glyph::Trips, Some(6), false),
            ],
        },
        NavGroup {
            label: "Design".into(),
            items: vec![place("/design", "Components", Glyph::Board, None, false)],
        },
    ]
}

fn example_pins() -> Vec<PinnedView> {
    let pin = |label: &str, tone, count| PinnedView {
        href: "/leads".into(),
        label: label.into(),
        tone,
        count: Some(count),
    };
    vec![pin("Due this week", Tone::Amber, 9), pin("Hot, no answer", Tone::Info, 4)]
}
