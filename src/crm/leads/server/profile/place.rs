//! Where a lead stands in the list that somebody came from, and its neighbours there.

use super::service;
use crate::{
    crm::{
        accounts::server::actor::Actor,
        leads::{address::LeadsAddress, filter::LeadQuery, listing::Choice, profile::Place, row::LeadRow},
    },
    server::state::App,
    shared::{
        error::AppError,
        page::{MAX_LIMIT, Page, PageRequest},
    },
};

/// The place of a lead in the page of the list, or in the column of the board, that `from` names. A list that cannot be read, or
/// no longer has the lead, has no place for it; the way back stays.
pub(super) async fn find_place(app: &App, actor: &Actor, lead: &LeadRow, from: &str) -> Result<Place, AppError> {
    let address = LeadsAddress::from_query(from);
    let list_href = address.href();
    let (false, Ok(mut query)) = (from.is_empty(), read(&address)) else {
        return Ok(Place { list_href, ..Place::default() });
    };
    if address.is_board() {
        query.filter.status = vec![lead.status];
        query.page.limit = MAX_LIMIT;
    }
    let page = match service::list_leads(app, actor, &query).await {
        Ok(page) => page,
        Err(AppError::InvalidInput(_) | AppError::MalformedRequest(_)) => {
            return Ok(Place { list_href, ..Place::default() });
        }
        Err(error) => return Err(error),
    };
    let Some(index) = page.items.iter().position(|row| row.id == lead.id) else {
        return Ok(Place { list_href, ..Place::default() });
    };
    let before = (address.page_number() - 1) * u64::from(page.limit);
    let number = before + u64::try_from(index).unwrap_or_default() + 1;
    let more = if page.total_capped { "+" } else { "" };
    Ok(Place {
        number: Some(format!("{number} of {}{more}", page.total)),
        previous: index.checked_sub(1).and_then(|index| page.items.get(index)).map(|row| neighbour(row, &address)),
        next: match page.items.get(index + 1) {
            Some(row) => Some(neighbour(row, &address)),
            None => first_of_next(app, actor, &query, &page, &address).await?,
        },
        list_href,
    })
}

/// What an address asks the service for.
fn read(address: &LeadsAddress) -> Result<LeadQuery, AppError> {
    let place = [("sort", address.sort.clone()), ("cursor", address.cursor.clone())];
    LeadQuery::from_form(address.filter_pairs().into_iter().chain(place))
}

fn neighbour(row: &LeadRow, address: &LeadsAddress) -> Choice {
    Choice { value: address.lead_href(row.id), label: row.name.clone() }
}

/// The first lead of the page that follows.
async fn first_of_next(
    app: &App,
    actor: &Actor,
    query: &LeadQuery,
    page: &Page<LeadRow>,
    address: &LeadsAddress,
) -> Result<Option<Choice>, AppError> {
    let Some(cursor) = &page.next else { return Ok(None) };
    let request = PageRequest { limit: 1, cursor: Some(cursor.clone()) };
    let first = service::list_leads(app, actor, &LeadQuery { page: request, ..query.clone() }).await?;
    Ok(first.items.first().map(|row| neighbour(row, &address.next_page(cursor))))
}
