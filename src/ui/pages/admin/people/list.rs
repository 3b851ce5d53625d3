//! The list of people, with search and filters in its address.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::StatePill;
use crate::{
    crm::accounts::{
        server_fns::list_people,
        user::{Role, User, UserState},
        views::PersonView,
    },
    shared::page::Page,
    ui::{
        components::{
            Avatar, ButtonKind, ColumnHead, ColumnWidth, Crumb, EmptyState, FilterChip, FilterChips, Glyph, LinkButton,
            Pager, Table, Time,
        },
        guard::guard_body,
        layout::AppPage,
        list_address::ListAddress,
        load::load,
        pages::search_form::SearchForm,
        title::Title,
    },
};

/// Everybody with an account.
#[component]
pub(crate) fn PeoplePage() -> impl IntoView {
    let query = use_query_map();
    let address =
        Memo::new(move |_| query.with(|query| ListAddress::read("/admin/people", &["q", "role", "state"], query)));
    let loaded = load(
        move || address.get(),
        |address| {
            let text = |name| address.get(name).to_owned();
            list_people(text("q"), text("role"), text("state"), address.page_request())
        },
    );
    let invite = view! {
        <LinkButton href="/admin/people/invite" kind=ButtonKind::Primary icon=Glyph::Plus class="keep">
            "Invite somebody"
        </LinkButton>
    };
    view! {
        <Title text="People"/>
        <AppPage crumbs=vec![Crumb::here("People")] actions=invite.into_any()>
            <div class="page-head">
                <div>
                    <h1>"People"</h1>
                    <p>"Everybody with an account, the newest first."</p>
                </div>
            </div>
            {move || view! { <Filters address=address.get()/> }}
            <Transition>
                {move || Suspend::new(async move {
                    guard_body(loaded.await, move |page| view! { <People page address=address.get_untracked()/> })
                })}
            </Transition>
        </AppPage>
    }
}

#[component]
fn Filters(address: ListAddress) -> impl IntoView {
    let chip = |name: &'static str, value: &str, label: &str| {
        let active = address.get(name) == value;
        let href = address.with(name, if active { "" } else { value }).href();
        FilterChip { label: label.to_owned(), count: None, href, active }
    };
    let roles = Role::ALL.into_iter().map(|role| chip("role", role.as_str(), role.label()));
    let states = UserState::ALL.into_iter().map(|state| chip("state", state.as_str(), state.label()));
    let items = roles.chain(states).collect();
    let kept = ["role", "state"].map(|name| (name.to_owned(), address.get(name).to_owned())).to_vec();
    view! {
        <div class="filterbar">
            <SearchForm
                path="/admin/people"
                label="Find people by name or e-mail"
                placeholder="Find people by name or e-mail"
                value=address.get("q").to_owned()
                kept
            />
            <FilterChips label="Roles and states" items/>
        </div>
    }
}

#[component]
fn People(page: Page<PersonView>, address: ListAddress) -> impl IntoView {
    if page.items.is_empty() {
        let all = view! { <LinkButton href="/admin/people">"Show everybody"</LinkButton> };
        return view! {
            <div class="panel">
                <EmptyState title="Nobody fits" text="Look for the beginning of a name or an address, or take a filter away." action=all.into_any()/>
            </div>
        }
        .into_any();
    }
    let (range, previous, next) = address.around(&page);
    let rows = page.items.into_iter().map(|view| view! { <PersonLine view/> }).collect_view();
    view! {
        <div class="panel">
            <Table label="People" class="stacks">
                <thead>
                    <tr>
                        <ColumnHead label="Name"/>
                        <ColumnHead label="Email"/>
                        <ColumnHead label="Role" width=ColumnWidth::Narrow/>
                        <ColumnHead label="State" width=ColumnWidth::Narrow/>
                        <ColumnHead label="Joined" width=ColumnWidth::State/>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Table>
        </div>
        <Pager range previous next label="Pages of people"/>
    }
    .into_any()
}

#[component]
fn PersonLine(view: PersonView) -> impl IntoView {
    let PersonView { user, joined } = view;
    let User { id, name, email, role, state, .. } = user;
    view! {
        <tr>
            <td class="person">
                <Avatar name=name.clone()/>
                <a class="cover" href=format!("/admin/people/{id}")>
                    {name}
                </a>
            </td>
            <td class="full">{email.to_string()}</td>
            <td>{role.label()}</td>
            <td>
                <StatePill state/>
            </td>
            <td data-label="Joined">
                <Time at=joined.at.to_string() text=joined.text exact=joined.exact/>
            </td>
        </tr>
    }
}
