//! Saved views: a filter, an order and a layout under a name of one's own.

use std::{collections::BTreeMap, fmt};

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{self, MapAccess, Visitor},
};

use crate::{
    crm::{leads::filter::LeadQuery, tickets::filter::TicketQuery},
    shared::{checks::Checks, error::AppError, id::Id, time::Time},
};

/// Saved views of one person.
pub const MAX_VIEWS: u64 = 50;
/// The longest name, in characters.
pub const MAX_NAME: usize = 60;
const MAX_COLUMNS: usize = 20;
const MAX_COLUMN: usize = 40;
const MAX_PARAMETERS: usize = 20;

/// The id of a [`SavedView`].
pub type ViewId = Id<SavedView>;

/// What a view lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum ViewEntity {
    /// Leads.
    Leads,
    /// Tickets.
    Tickets,
}

/// How a view shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum ViewLayout {
    /// As rows.
    #[default]
    List,
    /// As columns by status.
    Board,
}

/// The parameters of a list, by name: `{"status": "new,contacted", "due": true}`. Values are kept as text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ViewFilter(pub BTreeMap<String, String>);

/// A view as it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct NewView {
    /// Its name.
    pub name: String,
    /// What it lists.
    pub entity: ViewEntity,
    /// How.
    #[serde(default)]
    pub layout: ViewLayout,
    /// Which ones.
    #[serde(default)]
    #[cfg_attr(feature = "ssr", schema(value_type = BTreeMap<String, String>))]
    pub filter: ViewFilter,
    /// In what order.
    #[serde(default)]
    pub sort: Option<String>,
    /// Which columns, in order; none: the usual ones.
    #[serde(default)]
    pub columns: Vec<String>,
    /// Whether it stands in the sidebar.
    #[serde(default)]
    pub pinned: bool,
}

/// A view that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct SavedView {
    /// The id.
    pub id: ViewId,
    /// Its name.
    pub name: String,
    /// What it lists.
    pub entity: ViewEntity,
    /// How.
    pub layout: ViewLayout,
    /// Which ones.
    #[cfg_attr(feature = "ssr", schema(value_type = BTreeMap<String, String>))]
    pub filter: ViewFilter,
    /// In what order.
    pub sort: Option<String>,
    /// Which columns.
    pub columns: Vec<String>,
    /// Whether it stands in the sidebar.
    pub pinned: bool,
    /// When it was last written.
    pub updated_at: Time,
}

impl NewView {
    /// The view of that id.
    ///
    /// # Errors
    /// [`AppError::InvalidInput`] with everything that is wrong; what is wrong with the filter is under `filter`.
    pub fn check(self, id: ViewId, now: Time) -> Result<SavedView, AppError> {
        let mut checks = Checks::new();
        let name = checks.text("name", "The name", &self.name, MAX_NAME);
        checks.require(
            "columns",
            self.columns.len() <= MAX_COLUMNS,
            format!("A view has at most {MAX_COLUMNS} columns."),
        );
        for column in &self.columns {
            checks.text("columns", "A column's name", column, MAX_COLUMN);
        }
        self.check_query(&mut checks);
        let fits = self.filter.0.len() <= MAX_PARAMETERS
            && self.filter.0.iter().all(|(name, value)| name.len() <= 40 && value.len() <= 400);
        checks.require("filter", fits, "This filter is too long.");
        checks.require("sort", self.sort.as_ref().is_none_or(|sort| sort.len() <= 40), "There is no such order.");
        checks.finish()?;
        let Self { entity, layout, filter, sort, columns, pinned, .. } = self;
        Ok(SavedView { id, name, entity, layout, filter, sort, columns, pinned, updated_at: now })
    }

    fn check_query(&self, checks: &mut Checks) {
        for place in ["limit", "cursor", "sort"] {
            checks.require(
                "filter",
                !self.filter.0.contains_key(place),
                format!("“{place}” does not belong into a filter."),
            );
        }
        let problems = |error: AppError| error.fields().into_values().flatten().collect::<Vec<_>>();
        if let Err(error) = self.entity.check_parameters(self.filter.to_pairs()) {
            problems(error).into_iter().for_each(|problem| checks.refuse("filter", problem));
        }
        if let Err(error) = self.entity.check_parameters(self.sort.iter().map(|sort| ("sort", sort.as_str()))) {
            problems(error).into_iter().for_each(|problem| checks.refuse("sort", problem));
        }
    }
}

impl ViewEntity {
    /// Whether the list of it takes these parameters.
    fn check_parameters<'a>(self, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<(), AppError> {
        match self {
            Self::Leads => LeadQuery::from_pairs(pairs).map(drop),
            Self::Tickets => TicketQuery::from_pairs(pairs).map(drop),
        }
    }
}

impl ViewFilter {
    fn to_pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl SavedView {
    /// The parameters of the list that it shows.
    pub fn to_pairs(&self) -> Vec<(&str, &str)> {
        self.filter.to_pairs().chain(self.sort.as_deref().map(|sort| ("sort", sort))).collect()
    }
}

impl<'de> Deserialize<'de> for ViewFilter {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(FilterVisitor)
    }
}

struct FilterVisitor;

impl<'de> Visitor<'de> for FilterVisitor {
    type Value = ViewFilter;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the parameters of a list by name, with texts, truth values or lists of texts")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ViewFilter, A::Error> {
        let mut parameters = BTreeMap::new();
        while let Some((name, value)) = map.next_entry::<String, Value>()? {
            if name.starts_with('$') || name.contains('.') {
                return Err(de::Error::custom("There is no such parameter."));
            }
            parameters.extend(value.into_text().map(|text| (name, text)));
        }
        Ok(ViewFilter(parameters))
    }
}

/// A value of a parameter as JSON has it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Value {
    Text(String),
    Truth(bool),
    List(Vec<String>),
    Nothing(()),
}

impl Value {
    fn into_text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text),
            Self::Truth(truth) => Some(truth.to_string()),
            Self::List(texts) => Some(texts.join(",")),
            Self::Nothing(()) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str) -> Result<SavedView, AppError> {
        let view: NewView = serde_json::from_str(json).unwrap();
        view.check(Id::from_bytes([0; 12]), Time::from_millis(0))
    }

    #[test]
    fn a_view_leads_to_its_list() {
        let view = check(
            r#"{"name":" Hot ","entity":"leads","filter":{"tier":"hot","due":true,"status":["new","contacted"]},"sort":"-score"}"#,
        );
        let view = view.unwrap();
        assert_eq!(view.name, "Hot");
        assert_eq!(
            view.to_pairs(),
            [("due", "true"), ("status", "new,contacted"), ("tier", "hot"), ("sort", "-score")]
        );
    }

    #[test]
    fn a_filter_of_leads_must_be_one() {
        for filter in [r#"{"tier":"boiling"}"#, r#"{"colour":"red"}"#, r#"{"limit":"5"}"#] {
            let fields = check(&format!(r#"{{"name":"A","entity":"leads","filter":{filter}}}"#)).unwrap_err().fields();
            assert_eq!(fields.into_keys().collect::<Vec<_>>(), ["filter"], "{filter}");
        }
    }

    #[test]
    fn an_operator_is_no_parameter() {
        for filter in [r#"{"$where":"1"}"#, r#"{"tier":{"$ne":null}}"#] {
            let json = format!(r#"{{"name":"A","entity":"leads","filter":{filter}}}"#);
            assert!(serde_json::from_str::<NewView>(&json).is_err(), "{filter}");
        }
    }
}
