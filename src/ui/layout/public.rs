//! The frame of the public pages: header, footer, no script.

use leptos::prelude::*;

use super::{
    brand::{Brand, SkipLink},
    theme::{Theme, ThemeSwitch},
};
use crate::ui::components::{Glyph, IconLink};

/// A link of the header or the footer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicLink {
    /// Where it leads.
    pub href: String,
    /// The words.
    pub label: String,
    /// Whether the person is there now.
    pub current: bool,
}

/// What the header offers at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PublicAccount {
    /// Nobody is signed in: sign in, or register.
    Guest {
        /// The sign-in page.
        sign_in: &'static str,
        /// The registration of organizers.
        register: &'static str,
    },
    /// Somebody is: their home.
    SignedIn {
        /// The person's home.
        home: &'static str,
    },
}

/// Header, the page, footer. The page brings its own `<main id="main">` content.
#[component]
pub fn PublicLayout(
    /// The links of the header.
    nav: Vec<PublicLink>,
    /// What the header offers at its end.
    account: PublicAccount,
    /// The links of the footer.
    #[prop(optional)]
    footer: Vec<PublicLink>,
    /// The theme the person chose.
    theme: Theme,
    /// The path the theme switch comes back to.
    #[prop(into)]
    back: Signal<String>,
    /// The year in the footer.
    year: i16,
    /// The page.
    children: Children,
) -> impl IntoView {
    let places = links_of(nav);
    let foot = links_of(footer);
    view! {
        <div class="public public-page">
            <SkipLink/>
            <header class="site">
                <Brand/>
                <nav aria-label="Main">{places}</nav>
                <AccountLinks account/>
            </header>
            <main id="main">{children()}</main>
            <footer class="site-foot">
                <div class="shell row wrap">
                    <span>{format!("© {year} Trek-Tribe")}</span>
                    {foot}
                    <span class="push"></span>
                    <ThemeSwitch theme back/>
                </div>
            </footer>
        </div>
    }
}

#[component]
fn AccountLinks(account: PublicAccount) -> impl IntoView {
    match account {
        PublicAccount::Guest { sign_in, register } => view! {
            <div class="acts">
                <IconLink class="only-phone" glyph=Glyph::Search label="Search trips" href="/trips"/>
                <a class="btn quiet" href=sign_in>
                    "Sign in"
                </a>
                <a class="btn wide" href=register>
                    "For organizers"
                </a>
            </div>
        }
        .into_any(),
        PublicAccount::SignedIn { home } => view! {
            <div class="acts">
                <IconLink class="only-phone" glyph=Glyph::Search label="Search trips" href="/trips"/>
                <a class="btn" href=home>
                    "Open Trek-Tribe"
                </a>
            </div>
        }
        .into_any(),
    }
}

fn links_of(links: Vec<PublicLink>) -> impl IntoView {
    links
        .into_iter()
        .map(|link| {
            view! {
                <a href=link.href aria-current=link.current.then_some("page")>
                    {link.label}
                </a>
            }
        })
        .collect_view()
}
