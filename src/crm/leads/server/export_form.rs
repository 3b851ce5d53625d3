//! The form of the list's bar that exports what is selected: its fields are put into the address of the file. Who may have it,
//! the file's own door asks.

use axum::{extract::RawQuery, response::Redirect};

use crate::{
    crm::leads::{
        address::{EXPORT_PATH, LeadsAddress},
        bulk::IDS,
    },
    shared::query::{read_query, write_query},
};

/// Leads from the form to the file: of all that match the list with `whole`, else of the leads that are ticked.
pub async fn choose_export(RawQuery(query): RawQuery) -> Redirect {
    Redirect::to(&file_href(&query.unwrap_or_default()))
}

fn file_href(form: &str) -> String {
    let fields = read_query(form);
    let value = |wanted: &str| fields.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    let list = LeadsAddress::from_query(value("query").unwrap_or_default());
    if value("whole").is_some() {
        return list.export_href();
    }
    let ticked: Vec<&str> =
        fields.iter().filter(|(name, _)| name.starts_with(IDS)).map(|(_, id)| id.as_str()).collect();
    // Nothing ticked is told by the file's door.
    match write_query([(IDS, ticked.join(",").as_str())]) {
        query if query.is_empty() => format!("{EXPORT_PATH}?{IDS}="),
        query => format!("{EXPORT_PATH}?{query}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticked_leads_or_the_whole_list_are_exported() {
        for (form, href) in [
            ("ids%5B%5D=a&ids%5B%5D=b&query=tier%3Dhot&tag=&follow_up=", "/api/crm/leads/export?ids=a,b"),
            ("ids%5B%5D=a&whole=true&query=status%3Dnew%26sort%3Dscore", "/api/crm/leads/export?status=new"),
            ("query=status%3Dnew", "/api/crm/leads/export?ids="),
        ] {
            assert_eq!(file_href(form), href, "{form}");
        }
    }
}
