//! A typed filter as a query. Every value that a client chose stands where MongoDB reads values, never operators.

use mongodb::bson::{Bson, Document, doc};

use crate::{
    crm::{accounts::user::UserId, leads::filter::LeadFilter},
    server::mongo::{filter::insert_any_of, search},
    shared::{lifecycle::Lifecycle, time::Time},
};

/// So many digits of a phone number are worth searching for.
const PHONE_DIGITS: usize = 4;

/// Where a search looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum SearchIn {
    /// In names and contact details.
    Everything,
    /// In the contact details of leads that arrived with access, and in all names: what is masked cannot be guessed letter by letter.
    WhatIsShown,
}

/// Among which leads a filter chooses, and at what time.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Among {
    /// Those of this organizer; `None`: all.
    pub(in super::super) organizer: Option<UserId>,
    /// Where a search looks.
    pub(in super::super) search_in: SearchIn,
    /// Now, for what is due or stale.
    pub(in super::super) now: Time,
}

/// The query of a filter.
pub(super) fn document(filter: &LeadFilter, among: &Among) -> Document {
    let mut query = Document::new();
    if let Some(organizer) = among.organizer {
        query.insert("assignedTo", organizer);
    }
    insert_any_of(&mut query, "status", filter.status.iter().map(|status| status.as_str()));
    insert_any_of(&mut query, "source", filter.source.iter().map(|source| source.as_str()));
    if let Some(trip) = filter.trip_id {
        query.insert("tripId", trip);
    }
    if let Some((least, above)) = filter.tier.map(|tier| tier.range()) {
        query.insert("score", doc! { "$gte": least, "$lt": above });
    }
    let now = among.now;
    match filter.due {
        Some(true) => query.insert("followUpKey", doc! { "$lte": now }),
        Some(false) => query.insert("followUpKey", doc! { "$gt": now }),
        None => None,
    };
    match filter.stale {
        Some(true) => query.insert("staleKey", doc! { "$lte": now }),
        Some(false) => query.insert("staleKey", doc! { "$gt": now }),
        None => None,
    };
    let mut all: Vec<Bson> = Vec::new();
    if let Some(q) = &filter.q {
        all.extend(words(q, among.search_in));
    }
    if !all.is_empty() {
        query.insert("$and", all);
    }
    query
}

/// The index by which the leads of a filter are counted, so that a count up to a limit reads about as many keys: the one of the
/// narrowest condition. `None`: the database chooses.
pub(super) fn counting_index(filter: &LeadFilter, among: &Among) -> Option<Document> {
    let keys: &[&str] = if filter.q.is_some() && among.search_in == SearchIn::Everything {
        &["words"]
    } else if filter.q.is_some() {
        return None;
    } else if filter.due == Some(true) && !filter.status.is_empty() {
        &["status", "followUpKey", "_id", "estimatedValue.amount", "staleKey", "score"]
    } else if filter.stale == Some(true) {
        &["staleKey", "status", "score"]
    } else if filter.trip_id.is_none() && filter.tier.is_some() && !filter.status.is_empty() {
        &["status", "score", "_id", "estimatedValue.amount"]
    } else {
        return None;
    };
    let organizer = among.organizer.map(|_| "assignedTo");
    Some(organizer.into_iter().chain(keys.iter().copied()).map(|key| (key.to_owned(), Bson::Int32(1))).collect())
}

/// All words of a search, or the digits of a phone number that is typed with spaces.
fn words(q: &str, search_in: SearchIn) -> Vec<Bson> {
    let digits: String = q.chars().filter(char::is_ascii_digit).collect();
    let is_phone = digits.len() >= PHONE_DIGITS
        && q.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | ' ' | '(' | ')'));
    let q = if is_phone { &digits } else { q };
    match search_in {
        SearchIn::Everything => search::conditions("words", q),
        SearchIn::WhatIsShown => {
            let (shown, names) = (search::conditions("words", q), search::conditions("nameWords", q));
            if shown.is_empty() {
                return shown;
            }
            let in_full = shown.into_iter().chain([doc! { "arrivedWithAccess": true }.into()]).collect::<Vec<_>>();
            vec![doc! { "$or": [{ "$and": in_full }, { "$and": names }] }.into()]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(q: &str, search_in: SearchIn) -> Document {
        let filter = LeadFilter { q: Some(q.into()), ..LeadFilter::default() };
        document(&filter, &Among { organizer: None, search_in, now: Time::from_millis(0) })
    }

    #[test]
    fn a_phone_number_is_searched_by_its_digits() {
        assert_eq!(
            query("+91 98765 00", SearchIn::Everything),
            doc! { "$and": [{ "words": { "$regex": "^919876500" } }] }
        );
    }

    #[test]
    fn masked_contact_details_are_not_searched() {
        let expected = doc! { "$and": [{ "$or": [
            { "$and": [{ "words": { "$regex": "^asha" } }, { "arrivedWithAccess": true }] },
            { "$and": [{ "nameWords": { "$regex": "^asha" } }] },
        ] }] };
        assert_eq!(query("Asha", SearchIn::WhatIsShown), expected);
    }

    #[test]
    fn an_operator_in_a_search_is_a_word() {
        let found = query("{\"$ne\":1}", SearchIn::Everything);
        assert_eq!(found, doc! { "$and": [{ "words": { "$regex": "^\\{\\\"\\$ne\\\"\\:1\\}" } }] });
    }
}
