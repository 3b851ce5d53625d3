//! The way back in a list of keyset pages. A cursor only leads on, so the address carries those of the pages before.

/// The cursors of the pages before this one, the first page left out, and that of this one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trail {
    before: Vec<String>,
    here: Option<String>,
}

impl Trail {
    /// Reads the parameters `trail` (joined by dots) and `cursor` of an address.
    pub fn read(trail: Option<String>, cursor: Option<String>) -> Self {
        let here = cursor.filter(|cursor| !cursor.is_empty());
        let before = trail.unwrap_or_default();
        let before = before.split('.').filter(|cursor| here.is_some() && !cursor.is_empty());
        Self { before: before.map(str::to_owned).collect(), here }
    }

    /// The address of the page before; none on the first one. `list` is the list's address without these parameters.
    pub fn previous(&self, list: &str) -> Option<String> {
        self.here.as_ref()?;
        Some(match self.before.split_last() {
            None => list.to_owned(),
            Some((cursor, before)) => address(list, before, cursor),
        })
    }

    /// The address of the page after, whose cursor is `next`.
    pub fn next(&self, list: &str, next: &str) -> String {
        let before: Vec<_> = self.before.iter().chain(&self.here).cloned().collect();
        address(list, &before, next)
    }

    /// Which items this page shows of how many: `13–24 of 30`.
    pub fn range(&self, shown: usize, limit: u32, total: u64, total_capped: bool) -> String {
        let pages = self.before.len() + usize::from(self.here.is_some());
        let first = pages * limit as usize + 1;
        let more = if total_capped { "+" } else { "" };
        format!("{first}–{} of {total}{more}", first + shown.saturating_sub(1))
    }
}

fn address(list: &str, before: &[String], cursor: &str) -> String {
    let sign = if list.contains('?') { '&' } else { '?' };
    let trail = if before.is_empty() { String::new() } else { format!("&trail={}", before.join(".")) };
    format!("{list}{sign}cursor={cursor}{trail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(trail: &str, cursor: &str) -> Trail {
        Trail::read(Some(trail.to_owned()), Some(cursor.to_owned()))
    }

    #[test]
    fn the_first_page_has_none_before() {
        let first = Trail::read(None, None);
        assert_eq!(first.previous("/trips"), None);
        assert_eq!(first.next("/trips", "b"), "/trips?cursor=b");
        assert_eq!(first.range(12, 12, 30, false), "1–12 of 30");
    }

    #[test]
    fn every_page_leads_back_to_the_one_before() {
        let second = read("", "b");
        assert_eq!(second.previous("/trips?q=a"), Some("/trips?q=a".into()));
        assert_eq!(second.next("/trips?q=a", "c"), "/trips?q=a&cursor=c&trail=b");
        let third = read("b", "c");
        assert_eq!(third.previous("/trips"), Some("/trips?cursor=b".into()));
        assert_eq!(third.range(6, 12, 30, false), "25–30 of 30");
        assert_eq!(read("b.c", "d").previous("/trips"), Some("/trips?cursor=c&trail=b".into()));
    }
}
