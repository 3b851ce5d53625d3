//! What the address of the leads' list and board says: filter, order, columns, layout, and where in the list one is.
//! Everything is kept as it was written; the server reads it strictly.

mod paging;

use serde::{Deserialize, Serialize};

use crate::{
    crm::leads::{lead::LeadId, status::LeadStatus},
    shared::{
        lifecycle::Lifecycle,
        query::{read_query, write_query},
    },
};

/// The path of list and board.
pub const LEADS_PATH: &str = "/leads";

/// `status=` of the leads in which there is work to do, which is also what is shown unless asked otherwise.
pub const OPEN: &str = "open";
/// `status=` of all leads.
pub const ALL: &str = "all";

/// Filter, order and look of the list, as the address has them; empty is the default.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct LeadsAddress {
    /// Words of a name, an e-mail address or a phone number.
    pub q: String,
    /// A status, `open` or `all`.
    pub status: String,
    /// A source.
    pub source: String,
    /// The id of a trip.
    pub trip_id: String,
    /// A tier.
    pub tier: String,
    /// `true` for the leads whose follow-up has come.
    pub due: String,
    /// `true` for the leads that were left alone.
    pub stale: String,
    /// The id of an organizer; admins only.
    pub assigned_to: String,
    /// A column, `-` before it for the greatest first.
    pub sort: String,
    /// The columns that are shown, joined by commas.
    pub columns: String,
    /// `compact` for low rows.
    pub density: String,
    /// `board`, or the list.
    pub layout: String,
    /// The id of the saved view one came from.
    pub view: String,
    /// Where the page begins.
    pub cursor: String,
    /// The cursors of the pages before, joined by dots; an empty part is the first page.
    pub trail: String,
    /// The number of this page, from 1.
    pub page: String,
}

impl LeadsAddress {
    /// Reads the parameters of an address; what is not known is left out.
    pub fn read(mut value_of: impl FnMut(&str) -> Option<String>) -> Self {
        let mut address = Self::default();
        for (name, field) in address.fields_mut() {
            *field = value_of(name).map(|value| value.trim().to_owned()).unwrap_or_default();
        }
        address
    }

    /// The address: path and query. Defaults are left out.
    pub fn href(&self) -> String {
        match self.query() {
            query if query.is_empty() => LEADS_PATH.to_owned(),
            query => format!("{LEADS_PATH}?{query}"),
        }
    }

    /// The query alone.
    pub fn query(&self) -> String {
        write_query(self.fields())
    }

    /// The address of the page of a lead in this list, which knows the way back and the neighbours.
    pub fn lead_href(&self, id: LeadId) -> String {
        // An empty `from` would be no list at all.
        let query = Some(self.query()).filter(|query| !query.is_empty()).unwrap_or_else(|| format!("status={OPEN}"));
        format!("{LEADS_PATH}/{id}?{}", write_query([("from", query.as_str())]))
    }

    /// The address of the CSV file of the leads that match.
    pub fn export_href(&self) -> String {
        let pairs = self.filter_pairs();
        match write_query(pairs.iter().map(|(name, value)| (*name, value.as_str()))) {
            query if query.is_empty() => EXPORT_PATH.to_owned(),
            query => format!("{EXPORT_PATH}?{query}"),
        }
    }

    /// The parameters of the API that say which leads are meant.
    pub fn filter_pairs(&self) -> Vec<(&'static str, String)> {
        let status = match self.status.as_str() {
            "" | OPEN => open_statuses(),
            ALL => String::new(),
            status => status.to_owned(),
        };
        let others = self.fields().into_iter().filter(|(name, _)| FILTERS.contains(name) && *name != "status");
        let others = others.map(|(name, value)| (name, value.to_owned()));
        [("status", status)].into_iter().chain(others).filter(|(_, value)| !value.is_empty()).collect()
    }

    /// The address of a list that these parameters of the API describe.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut address = Self { status: ALL.to_owned(), ..Self::default() };
        for (name, value) in pairs {
            if let Some((_, field)) = address.fields_mut().into_iter().find(|(known, _)| *known == name) {
                *field = value.to_owned();
            }
        }
        if address.status == open_statuses() {
            address.status.clear();
        }
        address
    }

    /// The address that a query string describes.
    pub fn from_query(query: &str) -> Self {
        let pairs = read_query(query);
        Self::read(|name| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()))
    }

    /// The same list with something changed: it starts at its first page again.
    #[must_use]
    pub fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut changed = self.clone();
        changed.cursor.clear();
        changed.trail.clear();
        changed.page.clear();
        change(&mut changed);
        changed
    }

    /// Whether the board is asked for.
    pub fn is_board(&self) -> bool {
        self.layout == "board"
    }

    /// Whether low rows are asked for.
    pub fn is_compact(&self) -> bool {
        self.density == "compact"
    }

    /// Whether only some of the leads are asked for: something beyond "all open".
    pub fn is_filtered(&self) -> bool {
        let whole = |status: &str| matches!(status, "" | OPEN | ALL);
        self.fields()
            .iter()
            .any(|(name, value)| FILTERS.contains(name) && !value.is_empty() && !(*name == "status" && whole(value)))
    }

    /// Every parameter that has a value, for the hidden fields of a form that changes the others.
    pub fn parameters(&self) -> impl Iterator<Item = (&'static str, String)> {
        self.fields().into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name, value.to_owned()))
    }

    fn fields(&self) -> [(&'static str, &str); 16] {
        [
            ("q", &self.q),
            ("status", &self.status),
            ("source", &self.source),
            ("tripId", &self.trip_id),
            ("tier", &self.tier),
            ("due", &self.due),
            ("stale", &self.stale),
            ("assignedTo", &self.assigned_to),
            ("sort", &self.sort),
            ("columns", &self.columns),
            ("density", &self.density),
            ("layout", &self.layout),
            ("view", &self.view),
            ("cursor", &self.cursor),
            ("trail", &self.trail),
            ("page", &self.page),
        ]
    }

    fn fields_mut(&mut self) -> [(&'static str, &mut String); 16] {
        [
            ("q", &mut self.q),
            ("status", &mut self.status),
            ("source", &mut self.source),
            ("tripId", &mut self.trip_id),
            ("tier", &mut self.tier),
            ("due", &mut self.due),
            ("stale", &mut self.stale),
            ("assignedTo", &mut self.assigned_to),
            ("sort", &mut self.sort),
            ("columns", &mut self.columns),
            ("density", &mut self.density),
            ("layout", &mut self.layout),
            ("view", &mut self.view),
            ("cursor", &mut self.cursor),
            ("trail", &mut self.trail),
            ("page", &mut self.page),
        ]
    }
}

/// Where the CSV file is made.
pub const EXPORT_PATH: &str = "/api/crm/leads/export";
/// Where the bar of the list sends what is to be exported.
pub const EXPORT_FORM_PATH: &str = "/leads/export";

/// The parameters that say which leads.
const FILTERS: [&str; 8] = ["q", "status", "source", "tripId", "tier", "due", "stale", "assignedTo"];

fn open_statuses() -> String {
    LeadStatus::OPEN.iter().map(|status| status.as_str()).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> LeadsAddress {
        let pairs: Vec<(&str, &str)> = query.split('&').filter_map(|pair| pair.split_once('=')).collect();
        LeadsAddress::read(|name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn the_default_list_has_a_plain_address() {
        assert_eq!(LeadsAddress::default().href(), "/leads");
    }

    #[test]
    fn what_is_written_is_read_again() {
        let address = read("status=all&tier=hot&sort=-score&layout=board&columns=name,score");
        assert_eq!(read(&address.query()), address);
        assert!(address.is_board() && address.is_filtered());
    }

    #[test]
    fn signs_in_a_search_stay_what_they_are() {
        let address = LeadsAddress { q: "a&b=c d+é".into(), ..LeadsAddress::default() };
        assert_eq!(address.href(), "/leads?q=a%26b%3Dc%20d%2B%C3%A9");
    }

    #[test]
    fn the_export_keeps_the_filter_and_nothing_else() {
        assert_eq!(read("status=new&sort=score&layout=board").export_href(), "/api/crm/leads/export?status=new");
        assert_eq!(read("status=all").export_href(), "/api/crm/leads/export");
        assert_eq!(read("").export_href(), "/api/crm/leads/export?status=new,contacted,interested");
    }

    #[test]
    fn the_parameters_of_the_api_lead_to_the_same_list() {
        for query in ["", "tier=hot", "status=all&due=true", "status=lost&q=asha"] {
            let address = read(query);
            let pairs = address.filter_pairs();
            assert_eq!(
                LeadsAddress::from_pairs(pairs.iter().map(|(name, value)| (*name, value.as_str()))),
                address,
                "{query}"
            );
        }
    }

    #[test]
    fn a_query_string_is_read_as_it_was_written() {
        let address = LeadsAddress { q: "a&b=c d+é".into(), tier: "hot".into(), ..LeadsAddress::default() };
        assert_eq!(LeadsAddress::from_query(&address.query()), address);
    }
}
