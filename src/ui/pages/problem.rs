//! What a signed-in page shows in place of what could not be loaded.

use leptos::prelude::*;

use super::error::{ErrorWords, heading};
use crate::{
    shared::error::AppError,
    ui::{components::Crumb, guard::tell_status, layout::AppPage, title::Title},
};

/// The refusal as a page: nothing there, not allowed, or a failure with what to do.
#[component]
pub fn ProblemPage(
    /// Why it could not be loaded.
    error: AppError,
) -> impl IntoView {
    tell_status(error.status());
    let heading = heading(&error);
    view! {
        <Title text=heading/>
        <AppPage crumbs=vec![Crumb::here(heading)]>
            <ErrorWords error/>
        </AppPage>
    }
}
