//! The leads as a list and as a board, adding one, and importing many. Filter, order, columns and layout are in the
//! address, so that links, saved views and the way back all keep them.

mod board;
mod bulk;
mod filters;
mod import;
mod line;
mod list;
mod new;
mod table;
mod top;
mod views;

use leptos::prelude::*;
use leptos_router::{
    Lazy, LazyRoute, SsrMode,
    components::{Outlet, ParentRoute, Route},
    hooks::use_query_map,
    path,
};

use crate::{crm::leads::address::LeadsAddress, ui::title::Title};

/// `/leads`, `/leads/new` and `/leads/import`; stand before the route of a single lead.
#[component(transparent)]
pub fn LeadListRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("/leads") view=Outlet ssr=SsrMode::Async>
            <Route path=path!("") view={Lazy::<LeadsRoute>::new()} ssr=SsrMode::Async/>
            <Route path=path!("new") view={Lazy::<new::NewLeadRoute>::new()} ssr=SsrMode::Async/>
            <Route path=path!("import") view={Lazy::<import::ImportRoute>::new()} ssr=SsrMode::Async/>
        </ParentRoute>
    }
    .into_inner()
}

/// Two pages at one address: list and board come each with their own code.
#[derive(Debug)]
struct LeadsRoute;

impl LazyRoute for LeadsRoute {
    fn data() -> Self {
        Self
    }

    async fn view(_route: Self) -> AnyView {
        view! { <LeadsPage/> }.into_any()
    }

    // A page can wake only where its code is there at once.
    async fn preload() {
        #[cfg(target_arch = "wasm32")]
        if asks_for_board() {
            __preload_open_board().await;
        } else {
            __preload_open_list().await;
        }
    }
}

#[cfg(target_arch = "wasm32")]
fn asks_for_board() -> bool {
    let search = window().location().search().unwrap_or_default();
    leptos::web_sys::UrlSearchParams::new_with_str(&search)
        .is_ok_and(|query| LeadsAddress::read(|name| query.get(name)).is_board())
}

#[leptos::lazy(leads_list)]
fn open_list(address: Memo<LeadsAddress>) -> AnyView {
    view! { <list::ListPage address/> }.into_any()
}

#[leptos::lazy(leads_board)]
fn open_board(address: Memo<LeadsAddress>) -> AnyView {
    view! { <board::BoardPage address/> }.into_any()
}

/// The list or the board, as the address says.
#[component]
pub fn LeadsPage() -> impl IntoView {
    let query = use_query_map();
    let address = Memo::new(move |_| query.with(|query| LeadsAddress::read(|name| query.get(name))));
    let is_board = Memo::new(move |_| address.with(LeadsAddress::is_board));
    view! {
        <Title text="Leads"/>
        {move || {
            let is_board = is_board.get();
            Suspend::new(async move { if is_board { open_board(address).await } else { open_list(address).await } })
        }}
    }
}
