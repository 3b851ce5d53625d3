//! What the pages of the list and the board are given: the service's answers in the words, the zone and the order of a page; and
//! what their forms send, as the service's input. No rule is here.

mod forms;
mod head;
mod lines;

pub use forms::{
    BulkForm, LeadForm, ViewForm, add_lead, change_many, delete_view, load_trip_choices, move_card, save_view,
};
pub use head::list_pinned_views;

use self::{head::load_head, lines::lines_of};
use super::service;
use crate::{
    crm::{
        accounts::server::actor::Actor,
        leads::{
            address::{ALL, LeadsAddress, OPEN},
            filter::{LeadFilter, LeadQuery},
            listing::{BoardColumn, LeadsBoard, LeadsPage, MoreLines},
            row::Column,
            status::LeadStatus,
        },
    },
    server::state::App,
    shared::{error::AppError, page::Page},
};

/// A page of the list.
///
/// # Errors
/// Those of [`service::list_leads`].
pub async fn load_list(app: &App, actor: &Actor, address: &LeadsAddress) -> Result<LeadsPage, AppError> {
    let query = read(address)?;
    let Page { items, limit, next, total, total_capped } = service::list_leads(app, actor, &query).await?;
    // What is not counted to its end has no sum either, unless both are kept.
    let has_sum = !total_capped || query.filter.is_kept_in_totals();
    let sum = if has_sum { Some(service::sum_leads(app, actor, &query.filter).await?) } else { None };
    Ok(LeadsPage {
        head: load_head(app, actor, address).await?,
        lines: lines_of(app, actor, items).await?,
        total: sum.map_or(total, |sum| sum.count),
        total_capped: total_capped && sum.is_none(),
        limit,
        next,
        value: sum.filter(|sum| sum.count > 0).map(|sum| sum.value.to_string()),
    })
}

/// The board. Its columns are the statuses, so that "open" and "all" mean the same here.
///
/// # Errors
/// Those of [`service::show_board`].
pub async fn load_board(app: &App, actor: &Actor, address: &LeadsAddress) -> Result<LeadsBoard, AppError> {
    let query = read(address)?;
    let status = if matches!(address.status.as_str(), "" | OPEN | ALL) { Vec::new() } else { query.filter.status };
    let filter = LeadFilter { status, ..query.filter };
    let board = service::show_board(app, actor, &filter, query.sort).await?;
    let mut columns = Vec::with_capacity(board.columns.len());
    for Column { status, count, count_capped, value, cards, next } in board.columns {
        let lines = lines_of(app, actor, cards).await?;
        columns.push(BoardColumn { status, count, capped: count_capped, paise: value.amount, lines, next });
    }
    Ok(LeadsBoard { head: load_head(app, actor, address).await?, columns })
}

/// The cards of a column that follow `cursor`.
///
/// # Errors
/// Those of [`service::list_leads`].
pub async fn load_column(
    app: &App,
    actor: &Actor,
    address: &LeadsAddress,
    status: LeadStatus,
    cursor: String,
) -> Result<MoreLines, AppError> {
    let mut query = read(address)?;
    query.filter.status = vec![status];
    query.page.cursor = Some(cursor);
    let page = service::list_leads(app, actor, &query).await?;
    Ok(MoreLines { lines: lines_of(app, actor, page.items).await?, next: page.next })
}

/// What an address asks the service for.
fn read(address: &LeadsAddress) -> Result<LeadQuery, AppError> {
    let place = [("sort", address.sort.clone()), ("cursor", address.cursor.clone())];
    LeadQuery::from_form(address.filter_pairs().into_iter().chain(place))
}
