//! What the window is called.

use leptos::{leptos_dom::helpers::is_browser, prelude::*};

/// Names the window: in the page that the server makes, and in the browser when a page opens there. Until then it is called as before,
/// also while a page wakes.
#[component]
pub fn Title(
    /// What the page is.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let text = format!("{text} · Trek-Tribe");
    if is_browser() {
        Effect::new(move |_| document().set_title(&text));
    } else {
        // leptos_meta puts it into the markup as it is.
        leptos_meta::Title(leptos_meta::TitleProps { formatter: None, text: Some(as_markup(&text).into()) });
    }
}

fn as_markup(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_title_ends_where_the_page_ends_it() {
        assert_eq!(super::as_markup("</title><b>R&B"), "&lt;/title>&lt;b>R&amp;B");
    }
}
