//! A typed filter as a query. Every value that a client chose stands where MongoDB reads values, never operators.

use mongodb::bson::{Bson, Document, doc};

use crate::{
    crm::{
        accounts::user::UserId,
        tickets::{
            filter::{Assignee, TicketFilter},
            ticket::TicketNumber,
        },
    },
    server::mongo::{filter::insert_any_of, search},
    shared::{lifecycle::Lifecycle, time::Time},
};

/// Among which tickets a filter chooses, for whom, and at what time.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Among {
    /// Those of this requester; `None`: all.
    pub(in super::super) requester: Option<UserId>,
    /// Who `me` is.
    pub(in super::super) asker: UserId,
    /// Now, for what is late.
    pub(in super::super) now: Time,
}

/// The query of a filter.
pub(super) fn document(filter: &TicketFilter, among: &Among) -> Document {
    let mut query = Document::new();
    if let Some(requester) = among.requester {
        query.insert("requester", requester);
    }
    insert_any_of(&mut query, "status", filter.status.iter().map(|status| status.as_str()));
    insert_any_of(&mut query, "category", filter.category.iter().map(|category| category.as_str()));
    insert_any_of(&mut query, "priority", filter.priority.iter().map(|priority| priority.as_str()));
    match filter.assignee {
        Some(Assignee::Me) => query.insert("assignee", among.asker),
        Some(Assignee::None) => query.insert("assignee", Bson::Null),
        Some(Assignee::Admin(admin)) => query.insert("assignee", admin),
        None => None,
    };
    match filter.late {
        Some(true) => query.insert("dueKey", doc! { "$lte": among.now }),
        Some(false) => query.insert("dueKey", doc! { "$gt": among.now }),
        None => None,
    };
    match filter.q.as_deref().map(|q| (q, TicketNumber::read(q))) {
        Some((_, Some(number))) => query.insert("number", i64::from(number.place())),
        Some((q, None)) => query.insert("$and", all_of(search::conditions("words", q))),
        None => None,
    };
    query
}

/// A search of signs alone (`;`) names no word and finds nothing.
fn all_of(conditions: Vec<Bson>) -> Vec<Bson> {
    if conditions.is_empty() { vec![doc! { "words": Bson::Null }.into()] } else { conditions }
}

/// The index by which a search finds; `None` where nothing is searched for.
pub(super) fn search_index(filter: &TicketFilter, among: &Among) -> Option<Document> {
    let q = filter.q.as_deref()?;
    Some(match (TicketNumber::read(q), among.requester) {
        (Some(_), _) => doc! { "number": 1 },
        (None, Some(_)) => doc! { "requester": 1, "words": 1 },
        (None, None) => doc! { "words": 1 },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shared::id::Id;

    fn query(q: &str) -> Document {
        let among = Among { requester: None, asker: Id::from_bytes([1; 12]), now: Time::from_millis(0) };
        document(&TicketFilter { q: Some(q.into()), ..TicketFilter::default() }, &among)
    }

    #[test]
    fn a_number_is_looked_up_and_words_are_searched_for() {
        assert_eq!(query("tkt-42"), doc! { "number": 42_i64 });
        assert_eq!(query("42 people").get_array("$and").unwrap().len(), 2);
    }

    #[test]
    fn a_search_of_signs_alone_finds_nothing() {
        assert_eq!(query(" ; "), doc! { "$and": [{ "words": Bson::Null }] });
    }
}
