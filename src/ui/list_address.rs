//! What the address of a list says: its filters, and where in the list one is. Going back leads over the cursors of the pages
//! before, which the address remembers.

use std::fmt::Write;

use leptos_router::params::ParamsMap;

use crate::shared::page::{Page, PageRequest};

/// How many cursors the way back remembers.
const TRAIL: usize = 8;

/// The address of a page of a list; an empty filter is any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListAddress {
    path: &'static str,
    filters: Vec<(&'static str, String)>,
    cursor: String,
    /// The cursors of the pages before, joined by dots; an empty part is the first page.
    trail: String,
    page: u64,
}

impl ListAddress {
    /// Reads the filters of these names, and the place in the list.
    pub fn read(path: &'static str, names: &[&'static str], query: &ParamsMap) -> Self {
        let value = |name: &str| query.get(name).map(|value| value.trim().to_owned()).unwrap_or_default();
        let filters = names.iter().map(|name| (*name, value(name))).collect();
        let cursor = value("cursor");
        let page = if cursor.is_empty() { 1 } else { value("page").parse().unwrap_or(2).max(2) };
        Self { path, filters, cursor, trail: value("trail"), page }
    }

    /// The value of a filter; empty when it is off.
    pub fn get(&self, name: &str) -> &str {
        self.filters.iter().find(|(filter, _)| *filter == name).map_or("", |(_, value)| value)
    }

    /// Whether any filter is on.
    pub fn is_filtered(&self) -> bool {
        self.filters.iter().any(|(_, value)| !value.is_empty())
    }

    /// The page of the list that is asked for.
    pub fn page_request(&self) -> PageRequest {
        PageRequest { cursor: Some(self.cursor.clone()).filter(|cursor| !cursor.is_empty()), ..PageRequest::default() }
    }

    /// The first page of the list with one filter changed; an empty value switches it off.
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut changed = self.first_page();
        for (filter, current) in &mut changed.filters {
            if *filter == name {
                value.clone_into(current);
            }
        }
        changed
    }

    /// The address: path and query. Defaults are left out.
    pub fn href(&self) -> String {
        let page = if self.page > 1 { self.page.to_string() } else { String::new() };
        let place = [("cursor", &self.cursor), ("trail", &self.trail), ("page", &page)];
        let filters = self.filters.iter().map(|(name, value)| (*name, value));
        let pairs: Vec<String> = filters
            .chain(place)
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", escape(value)))
            .collect();
        if pairs.is_empty() { self.path.to_owned() } else { format!("{}?{}", self.path, pairs.join("&")) }
    }

    /// For the pager of a page: `21–40 of 46`, the address before, the address after.
    pub fn around<T>(&self, page: &Page<T>) -> (String, Option<String>, Option<String>) {
        let next = page.next.as_deref().map(|cursor| self.next_page(cursor).href());
        (self.range(page), self.previous_page().map(|page| page.href()), next)
    }

    fn range<T>(&self, page: &Page<T>) -> String {
        let total = if page.total_capped { "1,000 or more".to_owned() } else { page.total.to_string() };
        if page.items.is_empty() {
            return "Nothing here".to_owned();
        }
        let first = (self.page - 1) * u64::from(page.limit) + 1;
        format!("{first}–{} of {total}", first + page.items.len() as u64 - 1)
    }

    fn first_page(&self) -> Self {
        Self { cursor: String::new(), trail: String::new(), page: 1, ..self.clone() }
    }

    fn next_page(&self, cursor: &str) -> Self {
        let mut trail: Vec<&str> = if self.page == 1 { Vec::new() } else { self.trail.split('.').collect() };
        trail.push(&self.cursor);
        let kept = trail.len().saturating_sub(TRAIL);
        Self { trail: trail[kept..].join("."), cursor: cursor.to_owned(), page: self.page + 1, ..self.clone() }
    }

    /// The first page once the way back is forgotten.
    fn previous_page(&self) -> Option<Self> {
        if self.page == 1 {
            return None;
        }
        let (trail, cursor) = self.trail.rsplit_once('.').unwrap_or(("", &self.trail));
        if cursor.is_empty() || self.page == 2 {
            return Some(self.first_page());
        }
        Some(Self { trail: trail.to_owned(), cursor: cursor.to_owned(), page: self.page - 1, ..self.clone() })
    }
}

fn escape(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut escaped, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(escaped, "%{byte:02X}");
        }
        escaped
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(pairs: &[(&'static str, &str)]) -> ListAddress {
        let query = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        ListAddress::read("/admin/people", &["q", "role"], &query)
    }

    #[test]
    fn a_changed_filter_begins_at_the_first_page() {
        let third = address(&[("q", "asha"), ("cursor", "b"), ("trail", ".a"), ("page", "3")]);
        assert_eq!(third.with("role", "admin").href(), "/admin/people?q=asha&role=admin");
        assert_eq!(third.with("q", "").href(), "/admin/people");
    }

    #[test]
    fn the_way_back_is_the_way_that_one_came() {
        let first = address(&[("q", "a&b c")]);
        let third = first.next_page("one").next_page("two");
        assert_eq!(third.href(), "/admin/people?q=a%26b%20c&cursor=two&trail=.one&page=3");
        assert_eq!(third.previous_page().unwrap(), first.next_page("one"));
        assert_eq!(third.previous_page().unwrap().previous_page().unwrap(), first);
        assert!(first.previous_page().is_none());
    }

    #[test]
    fn the_range_counts_on_over_the_pages() {
        let page =
            |items: usize| Page { items: vec![(); items], limit: 20, next: None, total: 46, total_capped: false };
        let first = address(&[]);
        assert_eq!(first.range(&page(20)), "1–20 of 46");
        assert_eq!(first.next_page("a").next_page("b").range(&page(6)), "41–46 of 46");
    }
}
