//! What stands above list and board: saved views and quick filters with their counts, trips to choose from.

use super::read;
use crate::{
    crm::{
        accounts::{
            server::{actor::Actor, directory},
            user::Role,
        },
        leads::{
            address::{LeadsAddress, OPEN},
            columns::LeadColumn,
            listing::{Choice, LeadsHead, QuickCounts, ViewTab},
            score::Tier,
            server::service,
            view::{SavedView, ViewEntity, ViewLayout},
        },
        subscriptions::server::service::has_crm_access,
        trips::server::service as trips,
    },
    server::state::App,
    shared::error::AppError,
};

/// So many views have a count; more tabs do not fit anyway.
const COUNTED_VIEWS: usize = 6;

/// The head of the list at an address.
pub(super) async fn load_head(app: &App, actor: &Actor, address: &LeadsAddress) -> Result<LeadsHead, AppError> {
    let labels = trips::list_own_labels(app, actor).await?;
    let trips = labels.into_iter().map(|label| Choice { value: label.id.to_string(), label: label.title }).collect();
    Ok(LeadsHead {
        views: load_views(app, actor, |_| true).await?,
        counts: count_quickly(app, actor, address).await?,
        trips,
        organizers: list_organizers(app, actor).await?,
        for_admin: actor.role() == Role::Admin,
        has_access: has_crm_access(app, actor.user(), actor.role()).await?,
    })
}

/// The organizers that an admin can choose among.
async fn list_organizers(app: &App, actor: &Actor) -> Result<Vec<Choice>, AppError> {
    if actor.role() != Role::Admin {
        return Ok(Vec::new());
    }
    let organizers = directory::list_organizers(app).await?.into_iter();
    Ok(organizers.map(|person| Choice { value: person.id.to_string(), label: person.name }).collect())
}

/// The views of leads that somebody pinned to their sidebar.
///
/// # Errors
/// Those of [`service::list_views`].
pub async fn list_pinned_views(app: &App, actor: &Actor) -> Result<Vec<ViewTab>, AppError> {
    load_views(app, actor, |view| view.pinned).await
}

/// The saved views of leads as tabs, in their order.
async fn load_views(app: &App, actor: &Actor, wanted: impl Fn(&SavedView) -> bool) -> Result<Vec<ViewTab>, AppError> {
    let views = service::list_views(app, actor).await?.into_iter();
    let views = views.filter(|view| view.entity == ViewEntity::Leads && wanted(view));
    let mut tabs = Vec::new();
    for (index, view) in views.enumerate() {
        let address = address_of(&view, actor);
        let count = if index < COUNTED_VIEWS { count(app, actor, &address).await? } else { None };
        tabs.push(ViewTab {
            id: view.id.to_string(),
            href: address.href(),
            name: view.name,
            count,
            pinned: view.pinned,
        });
    }
    Ok(tabs)
}

/// The list or board that a view shows.
pub(super) fn address_of(view: &SavedView, actor: &Actor) -> LeadsAddress {
    let for_admin = actor.role() == Role::Admin;
    LeadsAddress {
        columns: LeadColumn::write_many(&LeadColumn::read_many(&view.columns.join(","), for_admin), for_admin),
        layout: if view.layout == ViewLayout::Board { "board".to_owned() } else { String::new() },
        view: view.id.to_string(),
        ..LeadsAddress::from_pairs(view.to_pairs())
    }
}

/// How many leads each quick filter would show, on top of what is filtered already; a search is not counted four times more.
async fn count_quickly(app: &App, actor: &Actor, address: &LeadsAddress) -> Result<QuickCounts, AppError> {
    if !address.q.is_empty() {
        return Ok(QuickCounts::default());
    }
    let with = |change: &dyn Fn(&mut LeadsAddress)| address.with(|to| change(to));
    Ok(QuickCounts {
        open: count(app, actor, &with(&|to| to.status = OPEN.to_owned())).await?,
        due: count(app, actor, &with(&|to| to.due = "true".to_owned())).await?,
        stale: count(app, actor, &with(&|to| to.stale = "true".to_owned())).await?,
        hot: count(app, actor, &with(&|to| to.tier = Tier::Hot.as_str().to_owned())).await?,
    })
}

/// How many leads the list at an address has; none beyond what is counted.
async fn count(app: &App, actor: &Actor, address: &LeadsAddress) -> Result<Option<u32>, AppError> {
    let count = service::count_leads(app, actor, &read(address)?.filter).await?;
    Ok(count.and_then(|count| u32::try_from(count).ok()))
}
