//! What is shown where nothing is.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::ui::guard::tell_status;

/// The page for an address that leads nowhere, or to something that the viewer may not see.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    tell_status(404);
    view! {
        <Title text="Not found"/>
        <main class="auth">
            <h1>"There is nothing here"</h1>
            <p>"It may have been removed, or the address is wrong."</p>
            <p><a href="/">"Go to the trips"</a></p>
        </main>
    }
}
