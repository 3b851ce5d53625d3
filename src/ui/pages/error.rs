//! What a person reads when something cannot be shown: inside a page, or as a page of its own.

use leptos::prelude::*;

use crate::{
    shared::error::AppError,
    ui::{
        app::Document,
        components::LinkButton,
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
        AppError::Unavailable | AppError::PartlyDone(_) | AppError::Busy => "Not just now",
        AppError::Internal => "Something went wrong",
        AppError::InvalidInput(_) | AppError::MalformedRequest(_) => "This address does not fit",
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
    let heading = heading(&error);
    let message = error.message();
    // The sentence begins with the heading where it may stand alone.
    let sentence = message.strip_prefix(heading).map_or(message.as_str(), |rest| rest.trim_start_matches(['.', ' ']));
    let again = may_pass(&error).then(|| view! { <LinkButton href="">"Try again"</LinkButton> });
    view! {
        <div class="problem">
            <h1>{heading}</h1>
            <p>{sentence.to_owned()}</p>
            <p class="row wrap">
                {again}
                <LinkButton href="/">"Go to the front page"</LinkButton>
            </p>
            {request_id.map(|id| view! { <p class="muted small">"Request " <code>{id}</code></p> })}
        </div>
    }
}

/// Whether the same may work a little later.
const fn may_pass(error: &AppError) -> bool {
    matches!(error, AppError::Internal | AppError::Unavailable | AppError::Busy | AppError::TooManyRequests { .. })
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
