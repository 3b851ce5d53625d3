//! Finding rows by the beginnings of their words. A document keeps its words, lower-cased, in an indexed array; a query
//! asks for words that begin so. What people type is escaped, so it can never become an operator.

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

/// Conditions on `field`, one for each word of the query; all must hold.
pub fn conditions(field: &str, query: &str) -> Vec<Bson> {
    split(query)
        .take(MAX_WORDS)
        .map(|word| Bson::Document(doc! { field: { "$regex": format!("^{}", escape(&word)) } }))
        .collect()
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
    fn words_are_lower_cased_and_kept_once() {
        assert_eq!(words(["Asha Rao", "asha.rao@example.in"]), ["asha", "asha.rao@example.in", "rao"]);
    }
}
