//! Parts of queries that are made of typed filters.

use mongodb::bson::{Document, doc};

/// Asks for one of these values of a field; for any when there are none.
pub fn insert_any_of<'a>(query: &mut Document, field: &str, names: impl Iterator<Item = &'a str>) {
    match names.collect::<Vec<_>>().as_slice() {
        [] => None,
        [name] => query.insert(field, *name),
        names => query.insert(field, doc! { "$in": names }),
    };
}
