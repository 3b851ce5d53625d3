//! What list and board have in common above themselves: the way there, export and add, and the saved views.

use leptos::{prelude::*, server_fn::ServerFn};

use super::views::ViewMenu;
use crate::{
    crm::leads::{
        address::{ALL, LEADS_PATH, LeadsAddress, OPEN},
        listing::LeadsHead,
        server_fns::{board::MoveLead, list::ChangeLeads, views::DeleteView},
    },
    ui::{
        components::{
            ButtonKind, ButtonSize, Crumb, Glyph, Icon, LinkButton, Menu, MenuLink, Notice, NoticeKind, Tab, Tabs,
        },
        form::Flash,
        layout::AppPage,
    },
};

/// The page around list and board.
#[component]
pub(super) fn LeadsTop(
    head: LeadsHead,
    address: LeadsAddress,
    changes: RwSignal<u32>,
    main_class: &'static str,
    children: Children,
) -> impl IntoView {
    let crumbs = vec![Crumb::link("Leads", LEADS_PATH), Crumb::here(name_of(&head, &address))];
    let tabs = tabs_of(&head, &address);
    let current = head.views.iter().find(|view| view.id == address.view).cloned();
    let actions = view! { <TopActions export=address.export_href() has_access=head.has_access/> };
    let no_access = (!head.has_access).then(|| view! { <NoAccess/> });
    view! {
        <AppPage crumbs main_class actions=actions.into_any()>
            <h1 class="sr">"Leads"</h1>
            <div class="viewbar menu-row">
                <Tabs label="Saved views" items=tabs/>
                <ViewMenu address current changes/>
            </div>
            {no_access}
            <Refusal/>
            {children()}
        </AppPage>
    }
}

#[component]
fn TopActions(export: String, has_access: bool) -> impl IntoView {
    let in_bar = has_access.then(|| view! { <ExportLink class="btn sm quiet wide" href=export.clone()/> });
    let in_menu = has_access.then(|| view! { <ExportLink class="item" href=export/> });
    view! {
        <LinkButton href="/leads/import" size=ButtonSize::Small kind=ButtonKind::Quiet icon=Glyph::Inbox class="wide">"Import"</LinkButton>
        {in_bar}
        <div class="only-phone">
            <Menu label="More" icon_only=true>
                <MenuLink href="/leads/import" icon=Glyph::Inbox>"Import"</MenuLink>
                {in_menu}
            </Menu>
        </div>
        <LinkButton href="/leads/new" size=ButtonSize::Small kind=ButtonKind::Primary icon=Glyph::Plus>"Add lead"</LinkButton>
    }
}

#[component]
fn ExportLink(class: &'static str, href: String) -> impl IntoView {
    view! {
        // A file is no page: the router must leave this link to the browser.
        <a class=class href=href download="leads.csv" rel="external">
            <Icon glyph=Glyph::Download/>
            <span class="lbl">"Export"</span>
        </a>
    }
}

#[component]
fn NoAccess() -> impl IntoView {
    view! {
        <div class="list-note">
            <Notice kind=NoticeKind::Warning title="Your CRM access has run out.">
                "Leads keep arriving and nothing is lost. With access you see how to reach people, and can work on their leads."
            </Notice>
        </div>
    }
}

/// Why a form of the page was refused that was sent without script; with one a toast says it.
#[component]
fn Refusal() -> impl IntoView {
    const FORMS: [&str; 3] = [ChangeLeads::PATH, MoveLead::PATH, DeleteView::PATH];
    let error =
        use_context::<Flash>().filter(|flash| FORMS.contains(&flash.path.as_str())).and_then(|flash| flash.error);
    error.map(|error| {
        view! {
            <div class="list-note">
                <Notice kind=NoticeKind::Error>{error.message()}</Notice>
            </div>
        }
    })
}

fn name_of(head: &LeadsHead, address: &LeadsAddress) -> String {
    if let Some(view) = head.views.iter().find(|view| view.id == address.view) {
        return view.name.clone();
    }
    match address.status.as_str() {
        _ if address.is_filtered() => "Filtered".to_owned(),
        ALL => "All".to_owned(),
        _ => "All open".to_owned(),
    }
}

fn tabs_of(head: &LeadsHead, address: &LeadsAddress) -> Vec<Tab> {
    let plain = address.view.is_empty() && !address.is_filtered();
    let layout = address.layout.clone();
    let standing = |label: &str, status: &str, count, current| {
        let target = LeadsAddress { status: status.to_owned(), layout: layout.clone(), ..LeadsAddress::default() };
        Tab { label: label.to_owned(), href: target.href(), count, current: plain && current }
    };
    let saved = head.views.iter().map(|view| Tab {
        label: view.name.clone(),
        href: view.href.clone(),
        count: view.count,
        current: view.id == address.view,
    });
    let is_all = address.status == ALL;
    // Under a filter the figure is that of the filter.
    let all_open = head.counts.open.filter(|_| !address.is_filtered());
    let open = standing("All open", "", all_open, !is_all && matches!(address.status.as_str(), "" | OPEN));
    [open, standing("All", ALL, None, is_all)].into_iter().chain(saved).collect()
}
