//! What is shown at an address that leads nowhere.

use leptos::prelude::*;

use super::error::{ErrorWords, heading};
use crate::{
    shared::error::AppError,
    ui::{guard::tell_status, title::Title},
};

/// The page for an address that no page has.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    tell_status(404);
    view! {
        <Title text=heading(&AppError::NotFound)/>
        <main id="main" class="page">
            <ErrorWords error=AppError::NotFound/>
        </main>
    }
}
