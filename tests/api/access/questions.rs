//! How the database answered the questions of the application, as it wrote them down itself.

use std::collections::BTreeSet;

use futures_util::TryStreamExt;
use mongodb::{
    Database,
    bson::{Document, doc},
};

/// Has the database write down how it answers each question of the application.
pub async fn watch(database: &Database) {
    let profile = doc! { "create": "system.profile", "capped": true, "size": 64 * 1024 * 1024 };
    database.run_command(profile).await.unwrap();
    database.run_command(doc! { "profile": 2 }).await.unwrap();
}

/// What the application asked since then that no index served: whole collections, or sorted in memory.
pub async fn unserved(database: &Database) -> BTreeSet<String> {
    let slow = doc! {
        "$or": [{ "planSummary": { "$regex": "COLLSCAN" } }, { "hasSortStage": true }],
        "appName": "trek-tribe",
    };
    let asked = database.collection("system.profile").find(slow).await.unwrap();
    let asked: Vec<Document> = asked.try_collect().await.unwrap();
    asked.iter().filter(|asked| !means_everything(asked) && !sorts_few(asked)).map(describe).collect()
}

/// Whether all of a collection is meant, so that there is nothing to choose by: a count that ends at its cap, or one of the
/// collections that grow with trips and not with leads.
fn means_everything(asked: &Document) -> bool {
    let command = asked.get_document("command").unwrap();
    let stages: Vec<&Document> =
        command.get_array("pipeline").into_iter().flatten().filter_map(|stage| stage.as_document()).collect();
    let filter =
        stages.first().and_then(|first| first.get_document("$match").ok()).or(command.get_document("filter").ok());
    let is_capped = stages.get(1).is_some_and(|second| second.contains_key("$limit"));
    let namespace = asked.get_str("ns").unwrap();
    let is_small = namespace.ends_with(".trips") || namespace.ends_with(".leadTotals");
    filter.is_none_or(Document::is_empty)
        && (is_capped || is_small)
        && !asked.get_bool("hasSortStage").unwrap_or_default()
}

/// With a handful of leads or tickets any index is as good for the database; `leads_list.rs` and `tickets_list.rs` look at how it
/// sorts many.
fn sorts_few(asked: &Document) -> bool {
    let plan = asked.get_str("planSummary").unwrap_or_default();
    let namespace = asked.get_str("ns").unwrap();
    (namespace.ends_with(".leads") || namespace.ends_with(".tickets")) && plan.starts_with("IXSCAN")
}

fn describe(asked: &Document) -> String {
    let command = asked.get_document("command").unwrap();
    let parts = ["filter", "query", "q", "pipeline", "sort"].into_iter().filter_map(|part| command.get(part));
    let parts: Vec<String> = parts.map(ToString::to_string).collect();
    let plan = asked.get_str("planSummary").unwrap_or_default();
    format!("{} {plan}: {}", asked.get_str("ns").unwrap(), parts.join(" "))
}
