//! The root: the HTML document around every page, and which page belongs to which address.

use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::{MetaTags, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{ParentRoute, Router, Routes},
    path,
};

use crate::ui::{
    form::provide_flash,
    pages::{
        account::{AccountRoutes, EntranceRoutes},
        admin::AdminRoutes,
        chat::ChatRoutes,
        design::DesignRoutes,
        frame::FramePage,
        not_found::NotFoundPage,
        organizer::{lead::LeadRoutes, leads::LeadListRoutes, today::TodayRoutes, trips::MyTripsRoutes},
        public::PublicRoutes,
        tickets::TicketRoutes,
        user::home::HomeRoutes,
    },
};

/// What the document needs to know of the request and of the built files; the server provides it as a context.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// `light` or `dark` when the person chose one.
    pub theme: Option<String>,
    /// The style sheet.
    pub css: String,
    /// The script and the WASM file; `None` on public pages, which work without.
    pub script: Option<(String, String)>,
    /// Whether the page of the components is shown.
    pub shows_design: bool,
}

/// Where the page of the components is.
pub const DESIGN_PATH: &str = "/design";

/// Whether the page at a path is public: it works without script and is sent without.
pub fn is_public(path: &str) -> bool {
    const PAGES: [&str; 8] =
        ["/", "/trips", "/sign-in", "/register", "/forgot-password", "/reset-password", "/verify-email", DESIGN_PATH];
    PAGES.contains(&path) || path.starts_with("/trips/")
}

/// The HTML document.
pub fn shell() -> impl IntoView {
    let Document { theme, css, script, .. } = use_context().unwrap_or_default();
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=theme>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <link rel="stylesheet" href=css/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                {script.map(|(js, wasm)| hydration(&js, &wasm))}
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

fn hydration(js: &str, wasm: &str) -> impl IntoView + use<> {
    let start =
        format!("import start, {{ hydrate }} from {js:?}; await start({{ module_or_path: {wasm:?} }}); hydrate();");
    view! {
        <link rel="modulepreload" href=js.to_owned()/>
        <link rel="preload" href=wasm.to_owned() r#as="fetch" r#type="application/wasm" crossorigin=""/>
        <script type="module" nonce=use_nonce()>{start}</script>
    }
}

/// All pages by address, as the server renders them.
#[component]
pub fn App() -> impl IntoView {
    view! {
        <Root>
            <Routes fallback=|| view! { <NotFoundPage/> }>
                <PublicRoutes/>
                <EntranceRoutes/>
                <DesignRoutes/>
                <LiveRoutes/>
            </Routes>
        </Root>
    }
}

/// The pages that wake in the browser: those for who is signed in. Public ones work without script; the way to them leads
/// through the server.
#[component]
pub fn LiveApp() -> impl IntoView {
    view! {
        <Root>
            <Routes fallback=ask_server>
                <LiveRoutes/>
            </Routes>
        </Root>
    }
}

/// What all pages stand in.
#[component]
fn Root(children: Children) -> impl IntoView {
    provide_meta_context();
    provide_flash();
    view! {
        <Router>{children()}</Router>
    }
}

#[component(transparent)]
fn LiveRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("") view=FramePage ssr=SsrMode::Async>
            <TodayRoutes/>
            <HomeRoutes/>
            <LeadListRoutes/>
            <LeadRoutes/>
            <MyTripsRoutes/>
            <ChatRoutes/>
            <TicketRoutes/>
            <AccountRoutes/>
            <AdminRoutes/>
        </ParentRoute>
    }
    .into_inner()
}

/// Asks the server for the page whose address a link has led to. It comes without script, so it is asked for once.
fn ask_server() {
    Effect::new(move |_| {
        if let Err(error) = window().location().reload() {
            leptos::logging::error!("the page cannot be asked for: {error:?}");
        }
    });
}
