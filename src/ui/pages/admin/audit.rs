//! Who changed what, from what, to what.

use leptos::prelude::*;
use leptos_router::{components::Form, hooks::use_query_map};

use crate::{
    crm::accounts::{
        server_fns::list_audit,
        views::{AuditView, ChangeInWords},
    },
    shared::{
        audit::{AuditActor, AuditEntity, AuditFilter},
        page::Page,
    },
    ui::{
        components::{
            Button, ColumnHead, ColumnWidth, Crumb, EmptyState, Field, FieldKind, FilterChip, FilterChips, LinkButton,
            Pager, Select, SelectOption, Table, Time,
        },
        guard::guard_body,
        layout::AppPage,
        list_address::ListAddress,
        load::load,
        title::Title,
    },
};

/// The filters, as the address names them.
const FILTERS: [&str; 5] = ["entity", "actor", "id", "from", "to"];

/// The trail, the newest first.
#[component]
pub(super) fn AuditPage() -> impl IntoView {
    let query = use_query_map();
    let address = Memo::new(move |_| query.with(|query| ListAddress::read("/admin/audit", &FILTERS, query)));
    let loaded = load(move || address.get(), |address| list_audit(filter_of(&address), address.page_request()));
    view! {
        <Title text="Audit"/>
        <AppPage crumbs=vec![Crumb::here("Audit")]>
            <div class="page-head">
                <div>
                    <h1>"Who changed what"</h1>
                    <p>"Every change with what stood there before, the newest first."</p>
                </div>
            </div>
            {move || view! { <Filters address=address.get()/> }}
            <Transition>
                {move || Suspend::new(async move {
                    guard_body(loaded.await, move |page| view! { <Trail page address=address.get_untracked()/> })
                })}
            </Transition>
        </AppPage>
    }
}

fn filter_of(address: &ListAddress) -> AuditFilter {
    let text = |name| address.get(name).to_owned();
    AuditFilter { actor: text("actor"), entity: text("entity"), id: text("id"), from: text("from"), to: text("to") }
}

#[component]
fn Filters(address: ListAddress) -> impl IntoView {
    let options =
        AuditEntity::ALL.into_iter().map(|entity| SelectOption::new(entity.as_str(), entity.label())).collect();
    let (entity, from, to) =
        (address.get("entity").to_owned(), address.get("from").to_owned(), address.get("to").to_owned());
    let kept = ["actor", "id"]
        .into_iter()
        .filter(|name| !address.get(name).is_empty())
        .map(|name| view! { <input type="hidden" name=name value=address.get(name).to_owned()/> })
        .collect_view();
    let chips = chips_of(&address);
    view! {
        <Form method="get" action="/admin/audit" attr:class="filterbar">
            {kept}
            <Select label="Of" name="entity" options value=entity blank="Everything"/>
            <Field label="From" name="from" kind=FieldKind::Date value=from/>
            <Field label="To" name="to" kind=FieldKind::Date value=to/>
            <Button>"Show"</Button>
        </Form>
        {(!chips.is_empty()).then(|| view! { <FilterChips label="Filters that are on" items=chips/> })}
    }
}

/// The filters that have no field: who it was, and of which thing.
fn chips_of(address: &ListAddress) -> Vec<FilterChip> {
    let chip = |name: &str, label: &str| FilterChip {
        label: label.to_owned(),
        count: None,
        href: address.with(name, "").href(),
        active: true,
    };
    let on = |name: &&(&str, &str)| !address.get(name.0).is_empty();
    [("actor", "By one person"), ("id", "Of one thing")]
        .iter()
        .filter(on)
        .map(|(name, label)| chip(name, label))
        .collect()
}

#[component]
fn Trail(page: Page<AuditView>, address: ListAddress) -> impl IntoView {
    if page.items.is_empty() {
        let is_filtered = FILTERS.iter().any(|name| !address.get(name).is_empty());
        let title = if is_filtered { "No change fits" } else { "Nothing has been changed yet" };
        let all = is_filtered.then(|| view! { <LinkButton href="/admin/audit">"Show all changes"</LinkButton> });
        return view! {
            <div class="panel">
                <EmptyState title text="Every change that people make appears here." action=all.into_any()/>
            </div>
        }
        .into_any();
    }
    let (range, previous, next) = address.around(&page);
    let rows = page.items.into_iter().map(|view| view! { <TrailLine view address=address.clone()/> }).collect_view();
    view! {
        <div class="panel">
            <Table label="Changes" class="stacks trail">
                <thead>
                    <tr>
                        <ColumnHead label="When" width=ColumnWidth::State/>
                        <ColumnHead label="Who" width=ColumnWidth::Time/>
                        <ColumnHead label="What" width=ColumnWidth::Name/>
                        <ColumnHead label="From and to"/>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Table>
        </div>
        <Pager range previous next label="Pages of changes"/>
    }
    .into_any()
}

#[component]
fn TrailLine(view: AuditView, address: ListAddress) -> impl IntoView {
    let AuditView { at, actor, action, entity, entity_id, changes } = view;
    let thing = address.with("entity", entity.as_str()).with("id", &entity_id).href();
    let changes = changes.into_iter().map(|change| view! { <Change change/> }).collect_view();
    view! {
        <tr>
            <td>
                <Time at=at.at.to_string() text=at.text exact=at.exact/>
            </td>
            <td class="full">
                <Who actor address/>
            </td>
            <td class="full">
                <span class="strong sentence">{action}</span>
                " "
                <a class="link over" href=thing>
                    {entity.as_str()}
                </a>
            </td>
            <td class="full changes">{changes}</td>
        </tr>
    }
}

#[component]
fn Who(actor: Option<AuditActor>, address: ListAddress) -> impl IntoView {
    match actor {
        Some(AuditActor { id, name }) => {
            let href = address.with("actor", &id).href();
            let name = name.unwrap_or_else(|| "somebody whose account is gone".to_owned());
            view! {
                <a class="link" href=href>
                    {name}
                </a>
            }
            .into_any()
        }
        None => view! { <span class="muted">"the system"</span> }.into_any(),
    }
}

#[component]
fn Change(change: ChangeInWords) -> impl IntoView {
    let ChangeInWords { field, from, to } = change;
    view! {
        <p>
            <span class="muted">{field} ": "</span>
            <del>{from}</del>
            <span aria-hidden="true">" → "</span>
            <ins>{to}</ins>
        </p>
    }
}
