//! The components page at `/design`, in development only: every part once, in every state, with the rule that matters.

pub mod controls;
pub mod lists;
pub mod looks;
pub mod overlays;
pub mod states;

use leptos::prelude::*;
use leptos_router::{SsrMode, components::Route, path};

use crate::ui::{
    app::Document,
    components::{Crumb, Glyph, Tone},
    layout::{AppLayout, AppPage, NavGroup, NavItem, Person, PinnedView, Theme, Unread},
    pages::not_found::NotFoundPage,
    title::Title,
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

/// The route of the page. It comes without script.
#[component(transparent)]
pub fn DesignRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! { <Route path=path!("/design") view=DesignPage ssr=SsrMode::Async/> }.into_inner()
}

#[component]
fn DesignPage() -> impl IntoView {
    match use_context::<Document>() {
        Some(document) if document.shows_design => {
            let theme = Theme::from_value(document.theme.as_deref().unwrap_or_default());
            view! { <Components theme/> }.into_any()
        }
        _ => view! { <NotFoundPage/> }.into_any(),
    }
}

/// Every part in every state.
#[component]
fn Components(theme: Theme) -> impl IntoView {
    provide_context(Unread(RwSignal::new(4)));
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
            <Title text="Components"/>
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
        NavGroup { label: "Design".into(), items: vec![place("/design", "Components", Glyph::Board, None, false)] },
    ]
}

fn example_pins() -> Vec<PinnedView> {
    let pin =
        |label: &str, tone, count| PinnedView { href: "/leads".into(), label: label.into(), tone, count: Some(count) };
    vec![pin("Due this week", Tone::Amber, 9), pin("Hot, no answer", Tone::Info, 4)]
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use scraper::{ElementRef, Html, Selector};

    use super::*;

    fn rendered_page() -> String {
        let owner = Owner::new();
        owner.with(|| view! { <Components theme=Theme::Dark/> }.into_view().to_html())
    }

    fn all<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
        page.select(&Selector::parse(selector).expect("a valid selector")).collect()
    }

    #[test]
    fn no_part_carries_a_style_attribute_or_an_inline_handler() {
        let html = rendered_page();
        assert!(!html.contains(" style="), "the content security policy forbids style attributes");
        assert!(!html.contains(" onclick="), "the content security policy forbids inline handlers");
    }

    #[test]
    fn every_id_is_there_once() {
        let html = rendered_page();
        let page = Html::parse_document(&html);
        let ids: Vec<_> = all(&page, "[id]").iter().filter_map(|element| element.attr("id")).collect();
        let different: HashSet<_> = ids.iter().collect();
        assert_eq!(ids.len(), different.len(), "an id stands twice: {ids:?}");
    }

    #[test]
    fn every_reference_to_an_id_leads_somewhere() {
        let html = rendered_page();
        let page = Html::parse_document(&html);
        let ids: HashSet<_> = all(&page, "[id]").iter().filter_map(|element| element.attr("id")).collect();
        for attribute in ["for", "aria-labelledby", "aria-describedby", "commandfor"] {
            for element in all(&page, &format!("[{attribute}]")) {
                let target = element.attr(attribute).unwrap_or_default();
                assert!(ids.contains(target), "{attribute}={target} leads nowhere");
            }
        }
    }

    #[test]
    fn every_button_and_link_has_a_name() {
        let html = rendered_page();
        let page = Html::parse_document(&html);
        for element in all(&page, "button, a[href], summary") {
            let named = element.attr("aria-label").is_some() || element.text().any(|text| !text.trim().is_empty());
            assert!(named, "without a name: {}", element.html());
        }
    }

    #[test]
    fn a_field_with_an_error_says_so_to_everybody() {
        let html = rendered_page();
        let page = Html::parse_document(&html);
        let invalid = all(&page, "input[aria-invalid=true]");
        assert_eq!(invalid.len(), 1);
        assert_eq!(invalid[0].attr("aria-describedby"), Some("f-partySize-error"));
    }

    #[test]
    fn every_symbol_of_the_code_is_in_the_sprite() {
        let sprite = include_str!("../../../../public/icons.svg");
        for glyph in Glyph::ALL {
            let symbol = format!("<symbol id=\"{}\"", glyph.id());
            assert!(sprite.contains(&symbol), "{} is not in public/icons.svg", glyph.id());
        }
    }
}
