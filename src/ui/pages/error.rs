//! What a person reads when something cannot be shown: inside a page, or as a page of its own.

use leptos::prelude::*;

use crate::{
    shared::error::AppError,
    ui::{
        app::Document,
        layout::{AuthLayout, Theme},
    },
};

/// The heading for an error.
pub const fn heading(error: &AppError) -> &'static str {
    match error {
        AppError::NotFound => "There is nothing here",
        AppError::Unauthenticated => "Sign in first",
        AppError::Forbidden | AppError::CrmAccessRequired | AppError::TripSlotRequired => "This is not open to you",
        AppError::TooManyRequests { .. } => "Too many tries",
        AppError::Unavailable | AppError::Busy => "Not just now",
        AppError::Internal => "Something went wrong",
        _ => "This did not work",
    }
}

/// The heading, the sentence and a way on.
#[component]
pub fn ErrorWords(
    /// What went wrong.
    error: AppError,
    /// The id under which the log has it.
    #[prop(optional)]
    request_id: Option<String>,
) -> impl IntoView {
    view! {
        <h1>{heading(&error)}</h1>
        <p>{error.message()}</p>
        <p>
            <a href="/">"Go to the trips"</a>
        </p>
        {request_id.map(|id| view! { <p class="muted">"Request " <code>{id}</code></p> })}
    }
}

/// A whole document for an error that no page has: an address that leads nowhere, a refused form, a failure.
pub fn error_document(error: AppError, document: Document, request_id: String) -> impl IntoView {
    let Document { theme, css, .. } = document;
    let chosen = Theme::from_value(theme.as_deref().unwrap_or_default());
    view! {
        <html lang="en" data-theme=theme>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <title inner_html=format!("{} · Trek-Tribe", heading(&error))></title>
                <link rel="stylesheet" href=css/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
            </head>
            <body>
                <AuthLayout theme=chosen back="/">
                    <ErrorWords error request_id/>
                </AuthLayout>
            </body>
        </html>
    }
}
