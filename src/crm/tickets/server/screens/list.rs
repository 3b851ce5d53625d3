//! A page of the list: what its address asks for, and the answer as lines.

use super::{service, wording::badge_of};
use crate::{
    crm::{
        accounts::{
            server::{actor::Actor, directory},
            user::Role,
        },
        leads::listing::Choice,
        tickets::{
            filter::TicketQuery,
            row::{OwnCounts, QueueCounts, TicketRow},
            screens::{TabCount, TicketLine, TicketTab, TicketsPage},
            status::TicketStatus,
        },
    },
    server::{state::App, zone::Zone},
    shared::{error::AppError, lifecycle::Lifecycle, page::Page, query::read_query},
};

/// The page of the list that the query of an address names.
///
/// # Errors
/// Those of [`service::list_tickets`].
pub async fn load_list(app: &App, actor: &Actor, query: &str) -> Result<TicketsPage, AppError> {
    let for_admin = actor.role() == Role::Admin;
    let (tab, asked) = read(query, for_admin)?;
    let list = service::list_tickets(app, actor, &asked).await?;
    let zone = Zone::new(actor.time_zone(), app.clock.now());
    let list: Page<TicketLine> = list.map(|row| line_of(&zone, actor, row));
    if !for_admin {
        let counts = service::count_own_tickets(app, actor).await?;
        let tabs = TicketTab::offered(false)
            .iter()
            .map(|tab| TabCount { tab: *tab, count: (*tab == TicketTab::Open).then_some(counts.open) });
        let tabs = tabs.collect();
        return Ok(TicketsPage { for_admin, tabs, categories: Vec::new(), admins: Vec::new(), list });
    }
    let (counts, admins) = futures_util::try_join!(service::count_tickets(app, actor), directory::list_admins(app))?;
    // A number stands where a press leads to just as many tickets.
    let is_whole = tab == TicketTab::Open && asked.filter.priority.is_empty() && asked.filter.q.is_none();
    let counts_categories = is_whole && asked.filter.assignee.is_none();
    Ok(TicketsPage {
        for_admin,
        tabs: TicketTab::offered(true)
            .iter()
            .map(|tab| TabCount { tab: *tab, count: count_of(*tab, &counts) })
            .collect(),
        categories: if counts_categories {
            counts.by_category.iter().map(|(_, count)| *count).collect()
        } else {
            Vec::new()
        },
        admins: admins.into_iter().map(|admin| Choice { value: admin.id.to_string(), label: admin.name }).collect(),
        list,
    })
}

/// How the viewer's own tickets stand, in a sentence; nothing while none is open.
///
/// # Errors
/// When the database is away.
pub async fn describe_own(app: &App, actor: &Actor) -> Result<Option<String>, AppError> {
    let OwnCounts { open, waiting } = service::count_own_tickets(app, actor).await?;
    Ok(match (open, waiting) {
        (0, _) => None,
        (1, 0) => Some("Your ticket is being worked on.".to_owned()),
        (1, _) => Some("Your ticket waits for your answer.".to_owned()),
        (open, 0) => Some(format!("Your {open} tickets are being worked on.")),
        (open, 1) => Some(format!("One of your {open} open tickets waits for your answer.")),
        (open, waiting) => Some(format!("{waiting} of your {open} open tickets wait for your answer.")),
    })
}

/// The tab, and what is asked of the service.
fn read(query: &str, for_admin: bool) -> Result<(TicketTab, TicketQuery), AppError> {
    let pairs = read_query(query);
    let value =
        |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str()).unwrap_or_default();
    let tab = TicketTab::read(value("view"), for_admin);
    let (own, usual_order) = asks_for(tab);
    let order = if for_admin { usual_order } else { "-updatedAt" };
    let sort = Some(value("sort")).filter(|sort| !sort.is_empty()).unwrap_or(order);
    let given = ["q", "category", "priority", "assignee", "cursor"].map(|name| (name, value(name)));
    let given = given.into_iter().filter(|(name, _)| own.iter().all(|(tab, _)| tab != name));
    let own_pairs = own.iter().map(|(name, value)| (*name, value.as_str()));
    Ok((tab, TicketQuery::from_form(own_pairs.chain(given).chain([("sort", sort)]))?))
}

/// The parameters of the API that a tab stands for, and its usual order.
fn asks_for(tab: TicketTab) -> (Vec<(&'static str, String)>, &'static str) {
    let open = || ("status", names_of(TicketStatus::OPEN));
    match tab {
        TicketTab::Mine => (vec![open(), ("assignee", "me".to_owned())], "dueAt"),
        TicketTab::Unassigned => (vec![open(), ("assignee", "none".to_owned())], "dueAt"),
        TicketTab::Late => (vec![("late", "true".to_owned())], "dueAt"),
        TicketTab::Open => (vec![open()], "dueAt"),
        TicketTab::Resolved => (vec![("status", names_of(&[TicketStatus::Resolved]))], "-updatedAt"),
        TicketTab::All => (Vec::new(), "-updatedAt"),
    }
}

fn names_of(statuses: &[TicketStatus]) -> String {
    statuses.iter().map(|status| status.as_str()).collect::<Vec<_>>().join(",")
}

fn count_of(tab: TicketTab, counts: &QueueCounts) -> Option<u32> {
    match tab {
        TicketTab::Mine => Some(counts.mine),
        TicketTab::Unassigned => Some(counts.unassigned),
        TicketTab::Late => Some(counts.late),
        TicketTab::Open => Some(counts.open),
        TicketTab::Resolved => Some(counts.resolved),
        TicketTab::All => None,
    }
}

fn line_of(zone: &Zone, actor: &Actor, row: TicketRow) -> TicketLine {
    let last_word = last_word(actor, &row);
    let last = if actor.role() == Role::Admin {
        row.updated_at
    } else {
        row.last_reply.as_ref().map_or(row.created_at, |reply| reply.at)
    };
    TicketLine {
        id: row.id,
        badge: badge_of(zone, &row.clock),
        number: row.number,
        subject: row.subject,
        category: row.category.label().to_owned(),
        priority: row.priority,
        status: row.status,
        requester: row.requester.name,
        assignee: row.assignee.map(|admin| if admin.id == actor.user() { "You".to_owned() } else { admin.name }),
        last_word,
        last: zone.past(last),
        version: row.version,
    }
}

/// What was said last, and by whom.
fn last_word(actor: &Actor, row: &TicketRow) -> String {
    match &row.last_reply {
        Some(reply) if reply.by.id == Some(actor.user()) => format!("You: {}", reply.text),
        Some(reply) => format!("{}: {}", reply.by.name, reply.text),
        None if row.clock.answered_at.is_some() => row.resolution.clone().unwrap_or_else(|| "Answered".to_owned()),
        None if row.status.is_open() => "Not answered yet".to_owned(),
        None => "–".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crm::tickets::filter::Assignee;

    #[test]
    fn a_tab_is_a_filter_and_an_order() {
        let (tab, query) = read("view=mine&assignee=none&category=payment", true).unwrap();
        assert_eq!((tab, query.filter.assignee), (TicketTab::Mine, Some(Assignee::Me)));
        assert_eq!((query.filter.status.as_slice(), query.sort.to_string()), (TicketStatus::OPEN, "dueAt".to_owned()));
        let (_, late) = read("view=late&sort=-createdAt", true).unwrap();
        assert_eq!((late.filter.late, late.sort.to_string()), (Some(true), "-createdAt".to_owned()));
    }

    #[test]
    fn who_asks_for_help_sees_what_was_answered_last_first() {
        let (tab, query) = read("", false).unwrap();
        assert_eq!(
            (tab, query.filter.status.len(), query.sort.to_string()),
            (TicketTab::All, 0, "-updatedAt".to_owned())
        );
    }

    #[test]
    fn a_filter_that_there_is_not_is_refused() {
        assert!(read("category=weather", true).unwrap_err().fields().contains_key("category"));
    }
}
