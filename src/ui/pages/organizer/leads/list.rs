//! The list: loads a page of leads and lays it out between what list and board share and the foot.

use leptos::prelude::*;

use super::{
    bulk::{BulkBar, clear_selection, use_bulk_form},
    filters::Filters,
    table::LeadTable,
    top::LeadsTop,
};
use crate::{
    crm::leads::{
        address::{ALL, LeadsAddress},
        listing::LeadsPage,
        server_fns::list::load_leads,
    },
    live::events::ChangedKind,
    ui::{
        components::{ButtonKind, EmptyState, LinkButton, Pager, Skeleton},
        form::FormState,
        guard::guard,
        live::{load_live, use_changes, with_time},
        pages::rows::use_row_keys,
    },
};

/// The page of the list that the address names.
#[component]
pub(super) fn ListPage(address: Memo<LeadsAddress>) -> impl IntoView {
    let (changes, live) = (RwSignal::new(0_u32), with_time(use_changes(&[ChangedKind::Lead])));
    let loaded = load_live(move || (address.get(), changes.get()), live, |(address, _)| load_leads(address));
    let bulk = use_bulk_form(changes);
    use_row_keys();
    // The boxes of the rows are the browser's: other rows in the same places must not find them ticked.
    Effect::new(move |before: Option<()>| {
        address.track();
        changes.track();
        if before.is_some() {
            clear_selection();
        }
    });
    view! {
        <Transition fallback=|| view! { <Skeleton label="Loading leads" rows=12/> }>
            {move || Suspend::new(async move { guard(loaded.await, move |page| view! { <List page address=address.get_untracked() changes bulk/> }) })}
        </Transition>
    }
}

#[component]
fn List(page: LeadsPage, address: LeadsAddress, changes: RwSignal<u32>, bulk: FormState) -> impl IntoView {
    let LeadsPage { head, lines, total, total_capped, limit, next, value } = page;
    let shown = lines.len() as u64;
    let range = range_in_words(&address, limit, shown, &count_in_words(total, total_capped), value.as_deref());
    let previous = address.previous_page().map(|page| page.href());
    let next = next.map(|cursor| address.next_page(&cursor).href());
    let body = if lines.is_empty() {
        view! { <NoLeads address=address.clone()/> }.into_any()
    } else {
        view! { <LeadTable lines head=head.clone() address=address.clone()/> }.into_any()
    };
    let bar = (shown > 0).then(|| view! { <BulkBar address=address.clone() total form=bulk/> });
    view! {
        <LeadsTop head=head.clone() address=address.clone() changes main_class="class-list">
            <Filters head address/>
            {body}
            <div class="list-foot">
                {bar}
                <Pager range previous next label="Pages of leads"/>
            </div>
        </LeadsTop>
    }
}

/// What stands where no lead matches: a way out of the filter, or how to get the first one.
#[component]
fn NoLeads(address: LeadsAddress) -> impl IntoView {
    if address.is_filtered() || address.status == ALL && address.page_number() > 1 {
        let all = view! { <LinkButton href=format!("/leads?status={ALL}")>"Show all leads"</LinkButton> };
        return view! {
            <div class="grid-wrap">
                <EmptyState title="No lead fits this filter" text="Take a filter away, or look at all leads." action=all.into_any()/>
            </div>
        }
        .into_any();
    }
    let add = view! {
        <LinkButton href="/leads/new" kind=ButtonKind::Secondary>"Add a lead"</LinkButton>
        <LinkButton href="/leads/import" kind=ButtonKind::Quiet>"Import a file"</LinkButton>
    };
    view! {
        <div class="grid-wrap">
            <EmptyState
                title="No open leads"
                text="Everybody who asks about one of your trips appears here by itself. You can add people you met elsewhere."
                action=add.into_any()
            />
        </div>
    }
    .into_any()
}

/// How many, with the sign that there are more than were counted.
pub(super) fn count_in_words(total: u64, capped: bool) -> String {
    if capped { "1,000 or more".to_owned() } else { total.to_string() }
}

/// `21–40 of 46, ₹18,42,500`.
fn range_in_words(address: &LeadsAddress, limit: u32, shown: u64, total: &str, value: Option<&str>) -> String {
    if shown == 0 {
        return "0 leads".to_owned();
    }
    let first = (address.page_number() - 1) * u64::from(limit) + 1;
    let value = value.map(|value| format!(", {value}")).unwrap_or_default();
    format!("{first}–{} of {total}{value}", first + shown - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_range_counts_on_over_the_pages() {
        let first = LeadsAddress::default();
        assert_eq!(range_in_words(&first, 20, 20, "46", Some("₹18,42,500")), "1–20 of 46, ₹18,42,500");
        assert_eq!(range_in_words(&first.next_page("a").next_page("b"), 20, 6, "46", None), "41–46 of 46");
    }
}
