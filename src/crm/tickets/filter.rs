//! Which tickets a list or a saved view shows, and in what order: typed, read from the parameters of an address and written back
//! to them.

use std::fmt::{self, Display};

use serde::{Deserialize, Serialize};

use crate::{
    crm::{
        accounts::user::UserId,
        tickets::{
            status::TicketStatus,
            ticket::{TicketCategory, TicketPriority},
        },
    },
    shared::{
        checks::Checks,
        error::AppError,
        lifecycle::Lifecycle,
        page::{DEFAULT_LIMIT, PageRequest},
        sort::{Sort, SortKey},
    },
};

/// Which tickets are meant; every condition that is given must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TicketFilter {
    /// In one of these statuses; empty: in any.
    pub status: Vec<TicketStatus>,
    /// Of one of these kinds; empty: of any.
    pub category: Vec<TicketCategory>,
    /// Of one of these priorities; empty: of any.
    pub priority: Vec<TicketPriority>,
    /// Who works on them.
    pub assignee: Option<Assignee>,
    /// Whether the time of their service level is over.
    pub late: Option<bool>,
    /// The number, or beginnings of words of the subject or of the requester's name.
    pub q: Option<String>,
}

/// Who works on a ticket, as a list asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Assignee {
    /// Who asks.
    Me,
    /// Nobody yet.
    None,
    /// That admin.
    Admin(UserId),
}

/// What a list is ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TicketSortKey {
    /// When they were opened.
    CreatedAt,
    /// When somebody last said or changed something.
    UpdatedAt,
    /// What is due next; tickets of which nothing is due come last, in descending order first.
    DueAt,
}

/// An order of the list.
pub type TicketSort = Sort<TicketSortKey>;

/// What a list is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TicketQuery {
    /// Which tickets.
    pub filter: TicketFilter,
    /// In what order.
    pub sort: TicketSort,
    /// Which page.
    pub page: PageRequest,
}

impl Assignee {
    /// What a parameter asks for: `me`, `none` or an id.
    pub fn read(text: &str) -> Option<Self> {
        match text {
            "me" => Some(Self::Me),
            "none" => Some(Self::None),
            id => id.parse().ok().map(Self::Admin),
        }
    }
}

impl Display for Assignee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Me => f.write_str("me"),
            Self::None => f.write_str("none"),
            Self::Admin(id) => id.fmt(f),
        }
    }
}

impl SortKey for TicketSortKey {
    const ALL: &'static [Self] = &[Self::CreatedAt, Self::UpdatedAt, Self::DueAt];

    fn as_str(self) -> &'static str {
        match self {
            Self::CreatedAt => "createdAt",
            Self::UpdatedAt => "updatedAt",
            Self::DueAt => "dueAt",
        }
    }
}

impl Default for TicketSort {
    /// What somebody last said something in comes first.
    fn default() -> Self {
        Self { key: TicketSortKey::UpdatedAt, descending: true }
    }
}

impl TicketFilter {
    /// The parameters that say the same.
    pub fn to_pairs(&self) -> Vec<(&'static str, String)> {
        let list = |names: Vec<&str>| Some(names.join(",")).filter(|names| !names.is_empty());
        [
            ("status", list(self.status.iter().map(|status| status.as_str()).collect())),
            ("category", list(self.category.iter().map(|category| category.as_str()).collect())),
            ("priority", list(self.priority.iter().map(|priority| priority.as_str()).collect())),
            ("assignee", self.assignee.map(|assignee| assignee.to_string())),
            ("late", self.late.map(|late| late.to_string())),
            ("q", self.q.clone()),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }
}

impl TicketQuery {
    /// What these parameters ask for. Lists of values are parted by commas, or the parameter is repeated.
    ///
    /// # Errors
    /// [`AppError::UnknownField`] for a parameter that is not one, [`AppError::InvalidInput`] for values that do not fit.
    pub fn from_pairs<K: AsRef<str>, V: AsRef<str>>(pairs: impl IntoIterator<Item = (K, V)>) -> Result<Self, AppError> {
        let (mut query, mut checks) = (Self::default(), Checks::new());
        for (name, value) in pairs {
            query.read(&mut checks, name.as_ref(), value.as_ref())?;
        }
        checks.finish()?;
        Ok(query)
    }

    /// Like [`TicketQuery::from_pairs`], for an address that a form has made: parameters without a value are left out.
    ///
    /// # Errors
    /// As there.
    pub fn from_form<K: AsRef<str>, V: AsRef<str>>(pairs: impl IntoIterator<Item = (K, V)>) -> Result<Self, AppError> {
        Self::from_pairs(pairs.into_iter().filter(|(_, value)| !value.as_ref().trim().is_empty()))
    }

    /// The parameters that say the same; what is the default is left out.
    pub fn to_pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = self.filter.to_pairs();
        if self.sort != TicketSort::default() {
            pairs.push(("sort", self.sort.to_string()));
        }
        if self.page.limit != DEFAULT_LIMIT {
            pairs.push(("limit", self.page.limit.to_string()));
        }
        pairs.extend(self.page.cursor.clone().map(|cursor| ("cursor", cursor)));
        pairs
    }

    fn read(&mut self, checks: &mut Checks, name: &str, value: &str) -> Result<(), AppError> {
        let filter = &mut self.filter;
        match name {
            "status" => checks.any_of(name, value, &mut filter.status, TicketStatus::from_name),
            "category" => checks.any_of(name, value, &mut filter.category, TicketCategory::from_name),
            "priority" => checks.any_of(name, value, &mut filter.priority, TicketPriority::from_name),
            "assignee" => filter.assignee = checks.one_of(name, Assignee::read(value)),
            "late" => filter.late = checks.one_of(name, value.parse().ok()),
            "q" => filter.q = checks.search(name, value),
            "sort" => self.sort = checks.one_of(name, TicketSort::from_name(value)).unwrap_or_default(),
            _ if self.page.take_parameter(checks, name, value) => {}
            unknown => return Err(AppError::UnknownField(unknown.to_owned())),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::{
        option,
        prelude::*,
        sample::{select, subsequence},
    };

    use super::*;
    use crate::shared::id::Id;

    fn assignees() -> impl Strategy<Value = Assignee> {
        let admins = any::<[u8; 12]>().prop_map(|bytes| Assignee::Admin(Id::from_bytes(bytes)));
        prop_oneof![Just(Assignee::Me), Just(Assignee::None), admins]
    }

    fn queries() -> impl Strategy<Value = TicketQuery> {
        let filters = (
            subsequence(TicketStatus::ALL.to_vec(), 0..=6),
            subsequence(TicketCategory::ALL.to_vec(), 0..=7),
            subsequence(TicketPriority::ALL.to_vec(), 0..=4),
            option::of(assignees()),
            option::of(any::<bool>()),
            option::of("[a-z&=%+,]{1,20}"),
        );
        (filters, select(TicketSortKey::ALL), any::<bool>(), 1_u32..=100, option::of("[A-Za-z0-9_-]{1,40}")).prop_map(
            |((status, category, priority, assignee, late, q), key, descending, limit, cursor)| TicketQuery {
                filter: TicketFilter { status, category, priority, assignee, late, q },
                sort: TicketSort { key, descending },
                page: PageRequest { limit, cursor },
            },
        )
    }

    proptest! {
        #[test]
        fn a_query_written_and_read_is_the_same(query in queries()) {
            prop_assert_eq!(TicketQuery::from_pairs(query.to_pairs()), Ok(query));
        }
    }

    #[test]
    fn an_unknown_parameter_is_refused() {
        assert_eq!(TicketQuery::from_pairs([("page", "2")]), Err(AppError::UnknownField("page".into())));
    }

    #[test]
    fn values_that_do_not_fit_are_named() {
        for (name, value) in [
            ("status", "open"),
            ("category", "$ne"),
            ("priority", "HIGH"),
            ("assignee", "kavya"),
            ("late", "1"),
            ("sort", "subject"),
            ("limit", "0"),
            ("limit", "101"),
        ] {
            let fields = TicketQuery::from_pairs([(name, value)]).unwrap_err().fields();
            assert_eq!(fields.keys().collect::<Vec<_>>(), [name], "{name}={value}");
        }
    }

    #[test]
    fn a_form_leaves_parameters_empty() {
        assert_eq!(TicketQuery::from_form([("status", ""), ("q", " ")]), Ok(TicketQuery::default()));
    }
}
