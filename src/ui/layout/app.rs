//! The signed-in app: [`AppLayout`] is the frame that stays, [`AppPage`] the top bar and body of one page.

use leptos::{html, prelude::*};

use super::{
    bell::Bell,
    brand::{Brand, SkipLink},
    nav::{BottomBar, NavGroup, NavList, PinnedView},
    theme::{Theme, ThemeSwitch},
};
use crate::{
    live::connection::use_connection,
    ui::{
        components::{Avatar, Breadcrumb, Crumb, Glyph, Icon, MenuLink, ToastRegion, close_when_left, provide_toasts},
        focus::take_lost_focus,
    },
};

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The whole name.
    pub name: String,
    /// The role or the business, as it is read.
    pub role: String,
}

/// What the person's menu needs: who, and where its forms go.
#[derive(Clone, Debug)]
struct Account {
    person: Person,
    theme: Theme,
    back: Signal<String>,
    links: Vec<(String, String, Glyph)>,
    sign_out_action: String,
}

/// Sidebar, bottom bar, toasts. The children are one [`AppPage`], or the outlet that holds them.
#[component]
pub fn AppLayout(
    /// The places of the person's role.
    #[prop(into)]
    nav: Signal<Vec<NavGroup>>,
    /// The views the person pinned.
    #[prop(optional, into)]
    pinned: Signal<Vec<PinnedView>>,
    /// Who is signed in.
    person: Person,
    /// Lines of the person's menu: address, words, symbol (profile, sessions).
    #[prop(optional)]
    person_links: Vec<(String, String, Glyph)>,
    /// Where the sign-out form posts to.
    #[prop(into)]
    sign_out_action: String,
    /// The theme the person chose.
    theme: Theme,
    /// The path the theme switch comes back to.
    #[prop(into)]
    back: Signal<String>,
    /// Where the search form leads (`/leads`); no search without it.
    #[prop(optional_no_strip)]
    search_action: Option<&'static str>,
    /// What was searched for.
    #[prop(optional, into)]
    search_value: String,
    /// What was done before the page was loaded.
    #[prop(optional_no_strip)]
    flash: Option<String>,
    /// The page.
    children: Children,
) -> impl IntoView {
    provide_toasts();
    let menu = Account { person, theme, back, links: person_links, sign_out_action };
    let sheet_foot = view! { <PersonLines menu=menu.clone()/> }.into_any();
    view! {
        <SkipLink/>
        <div class="app">
            <aside class="side" aria-label="Workspace">
                <Brand/>
                {search_action.map(|action| view! { <Find action value=search_value/> })}
                <NavList groups=nav pinned label="Main"/>
                <div class="side-foot">
                    <PersonMenu menu/>
                </div>
            </aside>
            <div class="main">{children()}</div>
            <BottomBar groups=nav pinned foot=sheet_foot/>
        </div>
        <ToastRegion flash/>
        <LineNote/>
    }
}

/// Says so when the page no longer hears of what happens.
#[component]
fn LineNote() -> impl IntoView {
    let state = use_connection().state();
    let words = move || state.get().words();
    view! {
        <p class="line-note" role="status" hidden=move || words().is_none()>
            {move || words().unwrap_or_default()}
        </p>
    }
}

#[component]
fn Find(action: &'static str, value: String) -> impl IntoView {
    view! {
        <form class="find" role="search" method="get" action=action>
            // Somebody who is looked for may stand at any stage.
            <input type="hidden" name="status" value="all"/>
            <Icon glyph=Glyph::Search/>
            <input
                type="search"
                name="q"
                value=value
                aria-label="Find a lead by name, e-mail or phone"
                placeholder="Find a lead"
                maxlength="100"
            />
        </form>
    }
}

#[component]
fn PersonMenu(menu: Account) -> impl IntoView {
    let node = NodeRef::<html::Details>::new();
    close_when_left(node);
    let person = menu.person.clone();
    view! {
        <details class="me-menu" node_ref=node>
            <summary class="me">
                <Avatar name=person.name.clone()/>
                <span class="who">
                    <b>{person.name}</b>
                    <span class="muted">{person.role}</span>
                </span>
                <Icon glyph=Glyph::Up small=true/>
            </summary>
            <div class="menu">
                <PersonLines menu/>
            </div>
        </details>
    }
}

/// The lines of the menu; the sheet of phones has the same.
#[component]
fn PersonLines(menu: Account) -> impl IntoView {
    let links = menu
        .links
        .into_iter()
        .map(|(href, label, icon)| view! { <MenuLink href icon>{label}</MenuLink> })
        .collect_view();
    view! {
        <div class="menu-lines">
            {links}
            <ThemeSwitch theme=menu.theme back=menu.back/>
            <form method="post" action=menu.sign_out_action>
                <button class="item" type="submit">
                    <Icon glyph=Glyph::SignOut/>
                    "Sign out"
                </button>
            </form>
        </div>
    }
}

/// The path of the page that is shown; the frame provides it.
#[derive(Clone, Copy, Debug, Default)]
pub struct ShownPath(StoredValue<Option<String>>);

/// One page of the app: breadcrumb, actions with at most one primary, the bell, tabs, and the body.
#[component]
pub fn AppPage(
    /// The way to the page, itself last.
    crumbs: Vec<Crumb>,
    /// The buttons before the bell. A label inside them hides on phones unless the class `keep` is set.
    #[prop(optional)]
    actions: Option<AnyView>,
    /// What stands between breadcrumb and actions, such as previous and next of a list.
    #[prop(optional)]
    beside: Option<AnyView>,
    /// Tabs under the top bar.
    #[prop(optional)]
    tabs: Option<AnyView>,
    /// Where phones go back to.
    #[prop(optional, into)]
    back_href: Option<String>,
    /// The class of `<main>`: `page` unless the page fills the window (`class-board`, `class-list`, `class-lead`).
    #[prop(default = "page")]
    main_class: &'static str,
    /// The body.
    children: Children,
) -> impl IntoView {
    let (connection, shown) = (use_connection(), use_context::<ShownPath>());
    Effect::new(move |_| {
        // The page is awake, and the frame around it: what is told from now on may change what they show.
        connection.note_awake();
        let path = window().location().pathname().unwrap_or_default();
        let before =
            shown.and_then(|ShownPath(shown)| shown.try_update_value(|shown| shown.replace(path.clone())).flatten());
        if before.is_some_and(|before| before != path) {
            // The page before it is there until this one is drawn.
            request_animation_frame(|| take_lost_focus("#main"));
        }
    });
    let back = back_href.map(|href| {
        view! {
            <a class="icon-btn only-phone" href=href aria-label="Back">
                <Icon glyph=Glyph::Left/>
            </a>
        }
    });
    view! {
        <header class="top">
            {back}
            <Breadcrumb items=crumbs/>
            {beside}
            <div class="acts">
                {actions}
                <Bell/>
            </div>
        </header>
        {tabs.map(|tabs| view! { <div class="top-tabs">{tabs}</div> })}
        <main id="main" class=main_class tabindex="-1">
            {children()}
        </main>
    }
}
