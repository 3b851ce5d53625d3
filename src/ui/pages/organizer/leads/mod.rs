//! The leads as a list and as a board, adding one, and importing many. Filter, order, columns and layout are in the
//! address, so that links, saved views and the way back all keep them.

mod board;
mod bulk;
mod filters;
mod import;
mod keys;
mod line;
mod list;
mod new;
mod table;
mod top;
mod views;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    Lazy, SsrMode,
    components::{Outlet, ParentRoute, Route},
    hooks::use_query_map,
    path,
};

use crate::{crm::leads::address::LeadsAddress, ui::lazy::lazy_pages};

lazy_pages! {
    leads_pages:
    LeadsRoute => LeadsPage,
}

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

/// The list or the board, as the address says.
#[component]
pub fn LeadsPage() -> impl IntoView {
    let query = use_query_map();
    let address = Memo::new(move |_| query.with(|query| LeadsAddress::read(|name| query.get(name))));
    let is_board = Memo::new(move |_| address.with(LeadsAddress::is_board));
    view! {
        <Title text="Leads"/>
        {move || {
            if is_board.get() {
                view! { <board::BoardPage address/> }.into_any()
            } else {
                view! { <list::ListPage address/> }.into_any()
            }
        }}
    }
}
