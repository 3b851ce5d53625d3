//! What a page shows in place of what could not be loaded.

use leptos::prelude::*;
use leptos_meta::Title;

use super::not_found::NotFoundPage;
use crate::{
    shared::error::AppError,
    ui::{
        components::{Notice, NoticeKind},
        guard::tell_status,
    },
};

/// The refusal as a page: nothing there, not allowed, or a failure with what to do.
#[component]
pub fn ProblemPage(
    /// Why it could not be loaded.
    error: AppError,
) -> impl IntoView {
    tell_status(error.status());
    match error {
        AppError::NotFound => view! { <NotFoundPage/> }.into_any(),
        error => view! {
            <Title text="This page could not be shown"/>
            <main id="main" class="page">
                <h1>"This page could not be shown"</h1>
                <Notice kind=NoticeKind::Error>{error.message()}</Notice>
                <p>
                    <a href="">"Try again"</a>
                </p>
            </main>
        }
        .into_any(),
    }
}
