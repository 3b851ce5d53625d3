//! Going on through the pages of the list and back: the address remembers the cursors of the pages before.

use super::LeadsAddress;

/// How many cursors the way back through a list remembers.
const TRAIL: usize = 8;

impl LeadsAddress {
    /// The page after this one, which starts at `cursor`.
    #[must_use]
    pub fn next_page(&self, cursor: &str) -> Self {
        let mut trail: Vec<&str> = if self.page_number() == 1 { Vec::new() } else { self.trail.split('.').collect() };
        trail.push(&self.cursor);
        let kept = trail.len().saturating_sub(TRAIL);
        Self {
            trail: trail[kept..].join("."),
            cursor: cursor.to_owned(),
            page: (self.page_number() + 1).to_string(),
            ..self.clone()
        }
    }

    /// The page before this one; the first page once the way back is forgotten.
    pub fn previous_page(&self) -> Option<Self> {
        let page = self.page_number();
        if page == 1 {
            return None;
        }
        let (trail, cursor) = self.trail.rsplit_once('.').unwrap_or(("", &self.trail));
        if cursor.is_empty() || page == 2 {
            return Some(self.with(|_| {}));
        }
        Some(Self { trail: trail.to_owned(), cursor: cursor.to_owned(), page: (page - 1).to_string(), ..self.clone() })
    }

    /// The number of this page, from 1.
    pub fn page_number(&self) -> u64 {
        if self.cursor.is_empty() { 1 } else { self.page.parse().unwrap_or(1).max(2) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hot() -> LeadsAddress {
        LeadsAddress { tier: "hot".into(), ..LeadsAddress::default() }
    }

    #[test]
    fn going_back_leads_through_the_same_pages() {
        let first = hot();
        let third = first.next_page("one").next_page("two");
        assert_eq!((third.cursor.as_str(), third.page_number()), ("two", 3));
        let second = third.previous_page().unwrap();
        assert_eq!((second.cursor.as_str(), second.page_number()), ("one", 2));
        assert_eq!(second.previous_page(), Some(first.clone()));
        assert_eq!(first.previous_page(), None);
    }

    #[test]
    fn a_changed_filter_starts_at_the_first_page() {
        let later = hot().next_page("one");
        assert_eq!(later.with(|address| address.tier.clear()), LeadsAddress::default());
    }
}
