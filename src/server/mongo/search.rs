//! Finding rows by the beginnings of their words. A document keeps its words, lower-cased, in an indexed array; a query
//! asks for words that begin so. What people type is escaped, so it can never become an operator.

use std::cmp::Reverse;

use mongodb::bson::{Bson, doc};

/// How many words of a query count.
const MAX_WORDS: usize = 6;

/// The lower-cased words of some texts, each once, for the field that is searched.
pub fn words<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut words: Vec<String> = texts.into_iter().flat_map(split).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Conditions on `field`, one for each word of the query; all must hold. The longest word comes first: the database reads the index
/// for the first condition and looks into each document for the others.
pub fn conditions(field: &str, query: &str) -> Vec<Bson> {
    let mut words: Vec<String> = split(query).take(MAX_WORDS).collect();
    words.sort_by_key(|word| Reverse(word.chars().count()));
    words.iter().map(|word| Bson::Document(doc! { field: { "$regex": format!("^{}", escape(word)) } })).collect()
}

fn split(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')'))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

fn escape(word: &str) -> String {
    word.chars().flat_map(|c| (!c.is_alphanumeric()).then_some('\\').into_iter().chain([c])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_is_escaped() {
        assert_eq!(escape("a.*b$"), "a\\.\\*b\\$");
    }

    #[test]
    fn the_longest_word_is_looked_up_first() {
        let conditions = conditions("words", "a Asha r");
        let words: Vec<&str> = conditions
            .iter()
            .filter_map(|condition| condition.as_document()?.get_document("words").ok()?.get_str("$regex").ok())
            .collect();
        assert_eq!(words, ["^asha", "^a", "^r"]);
    }

    #[test]
    fn words_are_lower_cased_and_kept_once() {
        assert_eq!(words(["Asha Rao", "asha.rao@example.in"]), ["asha", "asha.rao@example.in", "rao"]);
    }
}
