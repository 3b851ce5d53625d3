//! The frame around the public pages: who is signed in, the theme, and the way back for its switch.

use leptos::prelude::*;
use leptos_router::{components::Outlet, hooks::use_location};

use crate::{
    crm::{
        accounts::user::Role,
        trips::{screens::PublicSurroundings, server_fns::load_public_surroundings},
    },
    ui::{
        app::Document,
        layout::{PublicAccount, PublicLayout, PublicLink, Theme},
        load::load,
    },
};

/// Header and footer of the public pages; the page stands in the outlet.
#[component]
pub fn PublicFrame() -> impl IntoView {
    let surroundings = load(|| (), |()| load_public_surroundings());
    let location = use_location();
    let theme = Theme::from_value(&use_context::<Document>().and_then(|document| document.theme).unwrap_or_default());
    let back = Signal::derive(move || format!("{}{}", location.pathname.get(), query_of(&location.search.get())));
    let in_trips = move || location.pathname.with(|path| path.starts_with("/trips"));
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let PublicSurroundings { year, role } = surroundings.await.unwrap_or_default();
                let nav = vec![place("/trips", "Trips", in_trips()), place("/#verification", "How verification works", false)];
                let footer = vec![place("/trips", "Trips", false), place("/#organizers", "For organizers", false)];
                Unsuspend::new(move || view! {
                    <PublicLayout nav account=account_of(role) footer theme back year>
                        <Outlet/>
                    </PublicLayout>
                })
            })}
        </Suspense>
    }
}

fn account_of(role: Option<Role>) -> PublicAccount {
    match role {
        Some(Role::User) => PublicAccount::SignedIn { home: "/home" },
        Some(Role::Organizer | Role::Admin) => PublicAccount::SignedIn { home: "/today" },
        None => PublicAccount::Guest { sign_in: "/sign-in", register: "/register" },
    }
}

fn place(href: &str, label: &str, current: bool) -> PublicLink {
    PublicLink { href: href.to_owned(), label: label.to_owned(), current }
}

fn query_of(search: &str) -> String {
    match search.trim_start_matches('?') {
        "" => String::new(),
        query => format!("?{query}"),
    }
}
