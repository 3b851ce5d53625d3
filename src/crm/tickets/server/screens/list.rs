//! A page of the list: what its address asks for, and the answer as lines and links.

use leptos_router::params::ParamsMap;

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
            screens::{CountedLink, LIST_FILTERS, LinkMenu, TICKETS_PATH, TicketLine, TicketTab, TicketsPage},
            status::TicketStatus,
            ticket::{TicketCategory, TicketPriority},
        },
    },
    server::{state::App, zone::Zone},
    shared::{
        error::AppError,
        lifecycle::Lifecycle,
        query::{read_query, write_query},
    },
    ui::list_address::ListAddress,
};

/// The orders that admins choose from; the first is the usual one of most tabs.
const ORDERS: [(&str, &str); 4] = [
    ("dueAt", "Due first"),
    ("-updatedAt", "Latest activity first"),
    ("-createdAt", "Newest first"),
    ("createdAt", "Oldest first"),
];

/// The page of the list that the query of an address names.
///
/// # Errors
/// Those of [`service::list_tickets`].
pub async fn load_list(app: &App, actor: &Actor, query: &str) -> Result<TicketsPage, AppError> {
    let for_admin = actor.role() == Role::Admin;
    let address = address_of(query);
    let (tab, asked) = read(&address, for_admin)?;
    let (list, counts, admins) = futures_util::try_join!(
        service::list_tickets(app, actor, &asked),
        load_counts(app, actor, for_admin),
        list_admins(app, for_admin),
    )?;
    let (range, previous, next) = address.around(&list);
    let zone = Zone::new(actor.time_zone(), app.clock.now());
    let links = Links { address: &address, tab, for_admin };
    Ok(TicketsPage {
        for_admin,
        tab,
        tabs: links.tabs(&counts),
        categories: links.categories(&counts),
        menus: links.menus(&admins),
        orders: for_admin.then(|| links.orders(&asked)),
        q: address.get("q").to_owned(),
        kept: links.kept(),
        is_filtered: links.is_filtered(),
        from: links.from(),
        lines: list.items.into_iter().map(|row| line_of(&zone, actor, row)).collect(),
        range,
        previous,
        next,
    })
}

/// How many tickets there are under the tabs, and for admins of each kind.
enum Counts {
    Queue(QueueCounts),
    Own(OwnCounts),
}

/// The admins whose tickets can be asked for.
async fn list_admins(app: &App, for_admin: bool) -> Result<Vec<directory::Person>, AppError> {
    if for_admin { directory::list_admins(app).await } else { Ok(Vec::new()) }
}

async fn load_counts(app: &App, actor: &Actor, for_admin: bool) -> Result<Counts, AppError> {
    Ok(if for_admin {
        Counts::Queue(service::count_tickets(app, actor).await?)
    } else {
        Counts::Own(service::count_own_tickets(app, actor).await?)
    })
}

fn address_of(query: &str) -> ListAddress {
    let parameters: ParamsMap = read_query(query).into_iter().collect();
    ListAddress::read(TICKETS_PATH, &LIST_FILTERS, &parameters)
}

/// The links of the list at an address.
struct Links<'a> {
    address: &'a ListAddress,
    tab: TicketTab,
    for_admin: bool,
}

impl Links<'_> {
    /// Another tab keeps what is looked for, and nothing that is about the tab one leaves. A number stands where a press leads to just
    /// as many tickets.
    fn tabs(&self, counts: &Counts) -> Vec<CountedLink> {
        let others = ["q", "category", "priority"].iter().any(|name| !self.address.get(name).is_empty());
        let link = |tab: &TicketTab| CountedLink {
            label: tab.label().to_owned(),
            href: self.address.with("view", tab.as_str()).with("assignee", "").with("sort", "").href(),
            count: count_of(*tab, counts).filter(|_| !others),
            current: *tab == self.tab,
        };
        TicketTab::offered(self.for_admin).iter().map(link).collect()
    }

    /// A number stands where a press leads to just as many tickets.
    fn categories(&self, counts: &Counts) -> Vec<CountedLink> {
        let others = ["q", "priority", "assignee"].iter().any(|name| !self.address.get(name).is_empty());
        let counted = match counts {
            Counts::Queue(counts) if self.tab == TicketTab::Open && !others => Some(&counts.by_category),
            _ => None,
        };
        let count = |category| counted?.iter().find(|(of, _)| *of == category).map(|(_, count)| *count);
        let link = |category: &TicketCategory| {
            let current = self.address.get("category") == category.as_str();
            let href = self.address.with("category", if current { "" } else { category.as_str() }).href();
            CountedLink { label: category.label().to_owned(), href, count: count(*category), current }
        };
        TicketCategory::ALL.iter().map(link).collect()
    }

    fn menus(&self, admins: &[directory::Person]) -> Vec<LinkMenu> {
        if !self.for_admin {
            return Vec::new();
        }
        let priorities =
            TicketPriority::ALL.iter().rev().map(|priority| (priority.as_str().to_owned(), priority.label()));
        let priority = self.menu("priority", "Priority", "Any priority", priorities);
        // These tabs say whose they are already.
        let says_whose = matches!(self.tab, TicketTab::Mine | TicketTab::Unassigned);
        let admins = admins.iter().map(|admin| (admin.id.to_string(), admin.name.as_str()));
        let assignee = (!says_whose).then(|| self.menu("assignee", "Assignee", "Anybody", admins));
        [priority].into_iter().chain(assignee).collect()
    }

    /// A menu that filters by one parameter of the address.
    fn menu<'b>(
        &self,
        name: &str,
        label: &str,
        any: &str,
        choices: impl Iterator<Item = (String, &'b str)>,
    ) -> LinkMenu {
        let now = self.address.get(name);
        let choices: Vec<(String, &str)> = choices.collect();
        let chosen = choices.iter().find(|(value, _)| value == now).map(|(_, label)| (*label).to_owned());
        let link =
            |value: &str, label: &str| Choice { value: self.address.with(name, value).href(), label: label.to_owned() };
        let active = chosen.is_some();
        let any = active.then(|| link("", any));
        let lines = choices.iter().map(|(value, label)| link(value, label));
        LinkMenu {
            label: chosen.unwrap_or_else(|| label.to_owned()),
            active,
            lines: any.into_iter().chain(lines).collect(),
        }
    }

    fn orders(&self, asked: &TicketQuery) -> LinkMenu {
        let now = asked.sort.to_string();
        let chosen = ORDERS.iter().find(|(key, _)| *key == now).unwrap_or(&ORDERS[0]).1;
        let line = |(key, label): &(&str, &str)| Choice {
            value: self.address.with("sort", key).href(),
            label: (*label).to_owned(),
        };
        LinkMenu { label: chosen.to_owned(), active: false, lines: ORDERS.iter().map(line).collect() }
    }

    /// The parameters beside the search.
    fn kept(&self) -> Vec<Choice> {
        let pairs = LIST_FILTERS.iter().filter(|name| **name != "q").map(|name| (*name, self.address.get(name)));
        let given = pairs.filter(|(_, value)| !value.is_empty());
        given.map(|(name, value)| Choice { value: name.to_owned(), label: value.to_owned() }).collect()
    }

    fn is_filtered(&self) -> bool {
        let others = LIST_FILTERS.iter().filter(|name| !matches!(**name, "view" | "sort"));
        others.into_iter().any(|name| !self.address.get(name).is_empty())
    }

    fn from(&self) -> String {
        let href = self.address.href();
        match href.split_once('?') {
            Some((_, query)) => format!("?{}", write_query([("from", query)])),
            None => String::new(),
        }
    }
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
fn read(address: &ListAddress, for_admin: bool) -> Result<(TicketTab, TicketQuery), AppError> {
    let cursor = address.page_request().cursor.unwrap_or_default();
    let tab = TicketTab::read(address.get("view"), for_admin);
    let (own, usual_order) = asks_for(tab);
    let order = if for_admin { usual_order } else { "-updatedAt" };
    let sort = Some(address.get("sort")).filter(|sort| !sort.is_empty()).unwrap_or(order);
    let given = ["q", "category", "priority", "assignee"].map(|name| (name, address.get(name)));
    let given = given.into_iter().filter(|(name, _)| own.iter().all(|(tab, _)| tab != name));
    let own = own.iter().map(|(name, value)| (*name, value.as_str()));
    Ok((tab, TicketQuery::from_form(own.chain(given).chain([("sort", sort), ("cursor", &cursor)]))?))
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

fn count_of(tab: TicketTab, counts: &Counts) -> Option<u32> {
    match (tab, counts) {
        (TicketTab::Mine, Counts::Queue(counts)) => Some(counts.mine),
        (TicketTab::Unassigned, Counts::Queue(counts)) => Some(counts.unassigned),
        (TicketTab::Late, Counts::Queue(counts)) => Some(counts.late),
        (TicketTab::Open, Counts::Queue(counts)) => Some(counts.open),
        (TicketTab::Open, Counts::Own(counts)) => Some(counts.open),
        (TicketTab::Resolved, Counts::Queue(counts)) => Some(counts.resolved),
        _ => None,
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

    fn read_for(query: &str, for_admin: bool) -> Result<(TicketTab, TicketQuery), AppError> {
        read(&address_of(query), for_admin)
    }

    #[test]
    fn a_tab_is_a_filter_and_an_order() {
        let (tab, query) = read_for("view=mine&assignee=none&category=payment", true).unwrap();
        assert_eq!((tab, query.filter.assignee), (TicketTab::Mine, Some(Assignee::Me)));
        assert_eq!((query.filter.status.as_slice(), query.sort.to_string()), (TicketStatus::OPEN, "dueAt".to_owned()));
        let (_, late) = read_for("view=late&sort=-createdAt", true).unwrap();
        assert_eq!((late.filter.late, late.sort.to_string()), (Some(true), "-createdAt".to_owned()));
    }

    #[test]
    fn who_asks_for_help_sees_what_was_answered_last_first() {
        let (tab, query) = read_for("", false).unwrap();
        let order = query.sort.to_string();
        assert_eq!((tab, query.filter.status.len(), order.as_str()), (TicketTab::All, 0, "-updatedAt"));
    }

    #[test]
    fn a_filter_that_there_is_not_is_refused() {
        assert!(read_for("category=weather", true).unwrap_err().fields().contains_key("category"));
    }

    #[test]
    fn a_chip_switches_its_filter_and_a_tab_keeps_it() {
        let address = address_of("category=payment&assignee=none&sort=createdAt&cursor=a&page=2");
        let links = Links { address: &address, tab: TicketTab::Open, for_admin: true };
        let counts = Counts::Queue(QueueCounts { late: 3, ..QueueCounts::default() });
        let chips = links.categories(&counts);
        assert_eq!(
            (chips[0].href.as_str(), chips[0].current, chips[0].count),
            ("/tickets?category=booking&assignee=none&sort=createdAt", false, None,)
        );
        assert_eq!((chips[1].href.as_str(), chips[1].current), ("/tickets?assignee=none&sort=createdAt", true));
        let late = &links.tabs(&counts)[2];
        assert_eq!((late.href.as_str(), late.count), ("/tickets?view=late&category=payment", None));
        let plain = address_of("view=mine");
        let links = Links { address: &plain, ..links };
        assert_eq!(links.tabs(&counts)[2].count, Some(3));
    }
}
