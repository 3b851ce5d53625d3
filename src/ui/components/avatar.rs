//! A person's initials in a circle. The tone is made from the name, so that it is the same everywhere.

use leptos::prelude::*;

/// How large a circle is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AvatarSize {
    /// 24 px, in rows.
    #[default]
    Small,
    /// 32 px.
    Medium,
    /// 40 px, in heads of pages.
    Large,
}

/// The initials of a person. The name stands beside it, so screen readers skip it.
#[component]
pub fn Avatar(
    /// The whole name.
    #[prop(into)]
    name: String,
    /// How large it is.
    #[prop(optional)]
    size: AvatarSize,
    /// Whether the person is here now: a dot says so.
    #[prop(optional, into)]
    online: Signal<bool>,
) -> impl IntoView {
    let size = match size {
        AvatarSize::Small => "",
        AvatarSize::Medium => " md",
        AvatarSize::Large => " lg",
    };
    let class = format!("avatar {}{size}", tone_class(&name));
    view! {
        <span class=class aria-hidden="true">
            {initials_of(&name)}
            {move || online.get().then(|| view! { <span class="on"></span> })}
        </span>
    }
}

/// The first letters of the first and the last word, upper-case; one letter for a single word.
fn initials_of(name: &str) -> String {
    let mut words = name.split_whitespace().filter(|word| word.starts_with(char::is_alphanumeric));
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

/// FNV-1a of the name, so that the tone does not depend on the build or the order of a map.
fn tone_class(name: &str) -> &'static str {
    const TONES: [&str; 5] = ["a0", "a1", "a2", "a3", "a4"];
    let hash = name.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    TONES[(hash % 5) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_of_the_first_and_the_last_word() {
        assert_eq!(initials_of("Ananya Singh Rawat"), "AR");
        assert_eq!(initials_of("  tenzin "), "T");
        assert_eq!(initials_of("रोहन कुलकर्णी"), "रक");
        assert_eq!(initials_of("Peak & Pine"), "PP");
        assert_eq!(initials_of(""), "");
    }

    #[test]
    fn a_name_always_has_the_same_tone() {
        assert_eq!(tone_class("Meera Joshi"), tone_class("Meera Joshi"));
        let tones: std::collections::HashSet<_> =
            ["Meera Joshi", "Rohan Kulkarni", "Priya Nair", "Zoya Khan", "Tenzin Dolma", "Arjun Reddy"]
                .map(tone_class)
                .into();
        assert!(tones.len() > 1, "different names should not all share a tone");
    }
}
