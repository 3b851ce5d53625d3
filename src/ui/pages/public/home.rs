//! The front page.

use leptos::prelude::*;
use leptos_meta::Title;

/// What somebody sees who comes for the first time.
#[component]
pub fn HomePage() -> impl IntoView {
    view! {
        <Title text="Adventure trips in India"/>
        <main>
            <h1>"Adventure trips in India"</h1>
        </main>
    }
}
