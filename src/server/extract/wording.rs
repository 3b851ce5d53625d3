//! What serde finds wrong with a value, in words that a person can act on.

use crate::shared::error::AppError;

/// What serde does not say of a list that stands where one of some words belongs.
pub(super) const NO_WORD: &str = "invalid type: sequence, expected a string";

/// The refusal of what serde says about the value at `path`.
pub(super) fn name_field(path: &str, problem: &str) -> AppError {
    let quoted = || problem.split('`').nth(1).unwrap_or("?").to_owned();
    let joined = |name: String| match path {
        "." | "" | "?" => name,
        path if path.ends_with(&name) => path.to_owned(),
        path => format!("{path}.{name}"),
    };
    if problem.starts_with("unknown field") {
        return AppError::UnknownField(joined(quoted()));
    }
    if problem.starts_with("missing field") {
        return AppError::field(&joined(quoted()), "This is missing.");
    }
    if problem.starts_with("duplicate field") {
        return AppError::field(&joined(quoted()), "This is given twice. Leave one of them out.");
    }
    // The key of an operator names no field of ours.
    let field = path.split(".$").next().unwrap_or(path);
    AppError::field(if field == "." { "body" } else { field }, say(problem))
}

/// The sentence for a problem; one that is a sentence already, of a type of ours, stays.
fn say(problem: &str) -> String {
    let problem = problem.split(" at line ").next().unwrap_or(problem);
    let is_serdes = ["invalid type", "invalid value", "invalid length", "unknown variant"]
        .iter()
        .any(|start| problem.starts_with(start));
    match problem.split_once(", expected ").filter(|_| is_serdes) {
        Some((_, expected)) => format!("This must be {}.", name_kind(expected)),
        None if problem.ends_with('.') => problem.to_owned(),
        None => say_unread(problem),
    }
}

/// What was expected, as people call it.
fn name_kind(expected: &str) -> String {
    let kind = match expected {
        "a string" | "a borrowed string" | "a character" => "a text",
        "a boolean" => "`true` or `false`",
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number that is not negative",
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number",
        "f32" | "f64" => "a number",
        "a sequence" => "a list",
        "a map" | "unit" | "option" => OBJECT,
        kind if kind.starts_with("struct ") || kind.starts_with("enum ") || kind.starts_with("tuple ") => OBJECT,
        choices => return choices.strip_prefix("one of ").map_or(choices.to_owned(), |list| format!("one of {list}")),
    };
    kind.to_owned()
}

const OBJECT: &str = "an object with the fields that are described at /api/docs";

/// The sentence for a text that could not be read as what it has to be.
fn say_unread(problem: &str) -> String {
    let kind = match problem {
        "provided string was not `true` or `false`" => "`true` or `false`",
        "number too large to fit in target type" | "number too small to fit in target type" => {
            "a number that is not so large"
        }
        "invalid digit found in string" | "cannot parse integer from empty string" => {
            "a whole number that is not negative"
        }
        _ => return "This cannot be read. Look at /api/docs for what it has to be.".to_owned(),
    };
    format!("This must be {kind}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_said_in_words_that_help() {
        for (problem, sentence) in [
            ("invalid type: map, expected a string at line 1 column 9", "This must be a text."),
            ("invalid type: map, expected u32", "This must be a whole number that is not negative."),
            ("invalid value: integer `-1`, expected u32", "This must be a whole number that is not negative."),
            ("invalid type: string \"\", expected a boolean", "This must be `true` or `false`."),
            ("invalid type: map, expected a sequence", "This must be a list."),
            ("unknown variant `$gt`, expected `INR`", "This must be `INR`."),
            ("unknown variant `$gt`, expected one of `hot`, `warm`", "This must be one of `hot`, `warm`."),
            ("unknown variant `a`, expected `list` or `board`", "This must be `list` or `board`."),
            (
                "invalid type: string \"\", expected struct Anything with 3 elements",
                "This must be an object with the fields that are described at /api/docs.",
            ),
            ("invalid digit found in string", "This must be a whole number that is not negative."),
            ("Enter a name.", "Enter a name."),
        ] {
            assert_eq!(say(problem), sentence);
        }
    }
}
