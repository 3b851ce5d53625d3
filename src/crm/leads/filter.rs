//! Which leads a list, a board, an export or a saved view shows, and in what order: typed, read from the parameters of an
//! address and written back to them.

use serde::{Deserialize, Serialize};

use crate::{
    crm::{
        accounts::user::UserId,
        leads::{lead::LeadSource, score::Tier, status::LeadStatus},
        trips::trip::TripId,
    },
    shared::{
        checks::Checks,
        error::AppError,
        lifecycle::Lifecycle,
        page::{DEFAULT_LIMIT, PageRequest},
        sort::{Sort, SortKey},
    },
};

/// Which leads are meant; every condition that is given must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct LeadFilter {
    /// In one of these statuses; empty: in any.
    pub status: Vec<LeadStatus>,
    /// From one of these sources; empty: from any.
    pub source: Vec<LeadSource>,
    /// Of this trip.
    pub trip_id: Option<TripId>,
    /// Of this tier.
    pub tier: Option<Tier>,
    /// Whether the follow-up's time has come.
    pub due: Option<bool>,
    /// Whether they were left alone for too long.
    pub stale: Option<bool>,
    /// Beginnings of words in name or e-mail, or of the phone number.
    pub q: Option<String>,
    /// Of this organizer; admins only.
    pub assigned_to: Option<UserId>,
}

/// What a list is ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LeadSortKey {
    /// When they came.
    CreatedAt,
    /// How promising they are.
    Score,
    /// When to get back to them; leads without a follow-up come last, in descending order first.
    NextFollowUpAt,
    /// When something last went either way.
    LastActivityAt,
}

/// An order of the list.
pub type LeadSort = Sort<LeadSortKey>;

/// What a list is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LeadQuery {
    /// Which leads.
    pub filter: LeadFilter,
    /// In what order.
    pub sort: LeadSort,
    /// Which page.
    pub page: PageRequest,
}

impl SortKey for LeadSortKey {
    const ALL: &'static [Self] = &[Self::CreatedAt, Self::Score, Self::NextFollowUpAt, Self::LastActivityAt];

    fn as_str(self) -> &'static str {
        match self {
            Self::CreatedAt => "createdAt",
            Self::Score => "score",
            Self::NextFollowUpAt => "nextFollowUpAt",
            Self::LastActivityAt => "lastActivityAt",
        }
    }
}

impl Default for LeadSort {
    /// The most promising first.
    fn default() -> Self {
        Self { key: LeadSortKey::Score, descending: true }
    }
}

impl LeadFilter {
    /// Whether nothing is asked for but organizer, trip and status: then counts come from the totals that are kept.
    pub fn is_kept_in_totals(&self) -> bool {
        let Self { status, trip_id, assigned_to, .. } = self.clone();
        *self == Self { status, trip_id, assigned_to, ..Self::default() }
    }

    /// The parameters that say the same.
    pub fn to_pairs(&self) -> Vec<(&'static str, String)> {
        let list = |names: Vec<&str>| Some(names.join(",")).filter(|names| !names.is_empty());
        [
            ("status", list(self.status.iter().map(|status| status.as_str()).collect())),
            ("source", list(self.source.iter().map(|source| source.as_str()).collect())),
            ("tripId", self.trip_id.map(|id| id.to_string())),
            ("tier", self.tier.map(|tier| tier.as_str().to_owned())),
            ("due", self.due.map(|due| due.to_string())),
            ("stale", self.stale.map(|stale| stale.to_string())),
            ("q", self.q.clone()),
            ("assignedTo", self.assigned_to.map(|id| id.to_string())),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }
}

impl LeadQuery {
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

    /// Like [`LeadQuery::from_pairs`], for an address that a form has made: parameters without a value are left out.
    ///
    /// # Errors
    /// As there.
    pub fn from_form<K: AsRef<str>, V: AsRef<str>>(pairs: impl IntoIterator<Item = (K, V)>) -> Result<Self, AppError> {
        Self::from_pairs(pairs.into_iter().filter(|(_, value)| !value.as_ref().trim().is_empty()))
    }

    /// Filter and order of something that has no pages (board, export).
    ///
    /// # Errors
    /// As [`LeadQuery::from_pairs`]; also for the parameters of a page.
    pub fn without_page<K: AsRef<str>, V: AsRef<str>>(
        pairs: impl IntoIterator<Item = (K, V)>,
    ) -> Result<(LeadFilter, LeadSort), AppError> {
        let pairs: Vec<(K, V)> = pairs.into_iter().collect();
        if let Some((name, _)) = pairs.iter().find(|(name, _)| matches!(name.as_ref(), "limit" | "cursor")) {
            return Err(AppError::UnknownField(name.as_ref().to_owned()));
        }
        Self::from_pairs(pairs).map(|query| (query.filter, query.sort))
    }

    /// The parameters that say the same; what is the default is left out.
    pub fn to_pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = self.filter.to_pairs();
        if self.sort != LeadSort::default() {
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
            "status" => checks.any_of(name, value, &mut filter.status, LeadStatus::from_name),
            "source" => checks.any_of(name, value, &mut filter.source, LeadSource::from_name),
            "tripId" => filter.trip_id = checks.one_of(name, value.parse().ok()),
            "tier" => filter.tier = checks.one_of(name, Tier::from_name(value)),
            "due" => filter.due = checks.one_of(name, value.parse().ok()),
            "stale" => filter.stale = checks.one_of(name, value.parse().ok()),
            "q" => filter.q = checks.search(name, value),
            "assignedTo" => filter.assigned_to = checks.one_of(name, value.parse().ok()),
            "sort" => self.sort = checks.one_of(name, LeadSort::from_name(value)).unwrap_or_default(),
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

    fn queries() -> impl Strategy<Value = LeadQuery> {
        let filters = (
            subsequence(LeadStatus::ALL.to_vec(), 0..=6),
            subsequence(LeadSource::ALL.to_vec(), 0..=7),
            option::of(any::<[u8; 12]>().prop_map(Id::from_bytes)),
            option::of(select(Tier::ALL)),
            option::of(any::<bool>()),
            option::of(any::<bool>()),
            option::of("[a-z&=%+,]{1,20}"),
            option::of(any::<[u8; 12]>().prop_map(Id::from_bytes)),
        );
        (filters, select(LeadSortKey::ALL), any::<bool>(), 1_u32..=100, option::of("[A-Za-z0-9_-]{1,40}")).prop_map(
            |((status, source, trip_id, tier, due, stale, q, assigned_to), key, descending, limit, cursor)| LeadQuery {
                filter: LeadFilter { status, source, trip_id, tier, due, stale, q, assigned_to },
                sort: LeadSort { key, descending },
                page: PageRequest { limit, cursor },
            },
        )
    }

    proptest! {
        #[test]
        fn a_query_written_and_read_is_the_same(query in queries()) {
            prop_assert_eq!(LeadQuery::from_pairs(query.to_pairs()), Ok(query));
        }
    }

    #[test]
    fn an_unknown_parameter_is_refused() {
        assert_eq!(LeadQuery::from_pairs([("page", "2")]), Err(AppError::UnknownField("page".into())));
    }

    #[test]
    fn values_that_do_not_fit_are_named() {
        for (name, value) in [
            ("status", "won"),
            ("source", "$ne"),
            ("tripId", "kedarkantha"),
            ("tier", "HOT"),
            ("due", "1"),
            ("sort", "name"),
            ("limit", "0"),
            ("limit", "101"),
        ] {
            let fields = LeadQuery::from_pairs([(name, value)]).unwrap_err().fields();
            assert_eq!(fields.keys().collect::<Vec<_>>(), [name], "{name}={value}");
        }
    }

    #[test]
    fn a_form_leaves_parameters_empty() {
        assert_eq!(LeadQuery::from_form([("status", ""), ("q", " ")]), Ok(LeadQuery::default()));
    }
}
