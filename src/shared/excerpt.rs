//! Texts of people where one line of them is shown.

/// A text in one line of at most so many characters.
pub fn excerpt(text: &str, longest: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= longest {
        return line;
    }
    let kept: String = line.chars().take(longest.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::excerpt;

    #[test]
    fn a_long_message_is_cut_to_one_line() {
        let text = excerpt(&"word ".repeat(100), 120);
        assert!(text.chars().count() <= 120 && text.ends_with('…'));
        assert_eq!(excerpt("Is it\n safe?", 120), "Is it safe?");
    }
}
