//! The columns of the leads' list: which there are, which are shown, and how an address names them.

use serde::{Deserialize, Serialize};

/// A column of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum LeadColumn {
    /// Who is interested; always shown.
    Name,
    /// Where it stands.
    Stage,
    /// How promising it is.
    Score,
    /// The trip and its departure.
    Trip,
    /// Whose lead it is: of which organizer.
    Organizer,
    /// What it may bring.
    Value,
    /// When to write again.
    FollowUp,
    /// When something last happened.
    LastActivity,
    /// How they came.
    Source,
    /// How many people.
    Party,
    /// The words somebody put on it.
    Tags,
    /// E-mail address and phone number.
    Contact,
    /// When it came.
    Created,
}

impl LeadColumn {
    /// Every column, in the order of the table.
    const ALL: [Self; 13] = [
        Self::Name,
        Self::Stage,
        Self::Score,
        Self::Trip,
        Self::Organizer,
        Self::Party,
        Self::Value,
        Self::FollowUp,
        Self::LastActivity,
        Self::Source,
        Self::Tags,
        Self::Contact,
        Self::Created,
    ];

    /// The columns that are shown unless somebody chose others.
    const USUAL: [Self; 8] = [
        Self::Name,
        Self::Stage,
        Self::Score,
        Self::Trip,
        Self::Organizer,
        Self::Value,
        Self::FollowUp,
        Self::LastActivity,
    ];

    /// The columns that a viewer can choose from, in the order of the table; whose a lead is only admins are shown.
    pub fn offered(for_admin: bool) -> Vec<Self> {
        Self::ALL.into_iter().filter(|column| for_admin || *column != Self::Organizer).collect()
    }

    /// The name in addresses and saved views.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Stage => "stage",
            Self::Score => "score",
            Self::Trip => "trip",
            Self::Organizer => "organizer",
            Self::Value => "value",
            Self::FollowUp => "followUp",
            Self::LastActivity => "lastActivity",
            Self::Source => "source",
            Self::Party => "party",
            Self::Tags => "tags",
            Self::Contact => "contact",
            Self::Created => "created",
        }
    }

    /// The words of the column's head.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::Stage => "Stage",
            Self::Score => "Score",
            Self::Trip => "Trip and departure",
            Self::Organizer => "Organizer",
            Self::Value => "Value",
            Self::FollowUp => "Follow-up",
            Self::LastActivity => "Last activity",
            Self::Source => "Source",
            Self::Party => "Party",
            Self::Tags => "Tags",
            Self::Contact => "Contact",
            Self::Created => "Created",
        }
    }

    /// The word that a list is sorted by this column with, where it can be.
    pub const fn sort_key(self) -> Option<&'static str> {
        match self {
            Self::Score => Some("score"),
            Self::FollowUp => Some("nextFollowUpAt"),
            Self::LastActivity => Some("lastActivityAt"),
            Self::Created => Some("createdAt"),
            _ => None,
        }
    }

    /// The columns that an address names, in the order of the table; the usual ones where it names none.
    pub fn read_many(names: &str, for_admin: bool) -> Vec<Self> {
        let named: Vec<&str> = names.split(',').map(str::trim).collect();
        let offered = Self::offered(for_admin);
        let chosen = |column: &&Self| **column == Self::Name || named.contains(&column.as_str());
        let chosen: Vec<Self> = offered.iter().filter(chosen).copied().collect();
        if chosen.len() > 1 {
            chosen
        } else {
            offered.into_iter().filter(|column| Self::USUAL.contains(column)).collect()
        }
    }

    /// Columns as an address names them; nothing for the usual ones.
    pub fn write_many(columns: &[Self], for_admin: bool) -> String {
        if columns == Self::read_many("", for_admin) {
            return String::new();
        }
        columns.iter().map(|column| column.as_str()).collect::<Vec<_>>().join(",")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_without_columns_means_the_usual_ones() {
        for for_admin in [false, true] {
            let usual = LeadColumn::read_many("", for_admin);
            assert_eq!(usual.contains(&LeadColumn::Organizer), for_admin);
            assert_eq!(LeadColumn::write_many(&usual, for_admin), "");
        }
    }

    #[test]
    fn columns_stand_in_the_order_of_the_table_and_the_name_is_always_there() {
        let chosen = LeadColumn::read_many("tags,stage,nonsense", false);
        assert_eq!(chosen, [LeadColumn::Name, LeadColumn::Stage, LeadColumn::Tags]);
        assert_eq!(LeadColumn::write_many(&chosen, false), "name,stage,tags");
    }

    #[test]
    fn whose_a_lead_is_only_admins_are_shown() {
        assert_eq!(LeadColumn::read_many("organizer,stage", false), [LeadColumn::Name, LeadColumn::Stage]);
        assert!(LeadColumn::read_many("organizer,stage", true).contains(&LeadColumn::Organizer));
    }
}
