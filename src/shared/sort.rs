//! Orders of lists, as an address names them: a key, with `-` in front when the largest comes first.

use std::fmt::{self, Display};

use serde::{Deserialize, Serialize};

/// What a list can be ordered by.
pub trait SortKey: Copy + 'static {
    /// Every key.
    const ALL: &'static [Self];

    /// The name on the wire.
    fn as_str(self) -> &'static str;
}

/// An order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sort<K> {
    /// By what.
    pub key: K,
    /// Whether the largest comes first.
    pub descending: bool,
}

impl<K: SortKey> Sort<K> {
    /// The order of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        let (key, descending) = name.strip_prefix('-').map_or((name, false), |key| (key, true));
        K::ALL.iter().find(|known| known.as_str() == key).map(|&key| Self { key, descending })
    }
}

impl<K: SortKey> Display for Sort<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.descending { "-" } else { "" }, self.key.as_str())
    }
}
