//! What a public page shows in place of what could not be loaded, inside the frame of the public pages.

use leptos::prelude::*;

use crate::{
    shared::error::AppError,
    ui::{components::LinkButton, guard::tell_status, title::Title},
};

/// Shows what was loaded by `view`, or why it could not be, with the right status.
pub(super) fn guard<T, V: IntoView + 'static>(loaded: Result<T, AppError>, view: impl FnOnce(T) -> V) -> AnyView {
    match loaded {
        Ok(loaded) => view(loaded).into_any(),
        Err(error) => view! { <Problem error/> }.into_any(),
    }
}

#[component]
fn Problem(error: AppError) -> impl IntoView {
    tell_status(error.status());
    let heading = match error {
        AppError::NotFound => "There is nothing here",
        AppError::InvalidInput(_) | AppError::MalformedRequest(_) => "This search cannot be done",
        _ => "This page could not be shown",
    };
    let words = match error {
        AppError::NotFound => "This trip is not offered any more, or the address is wrong.".to_owned(),
        error => error.message(),
    };
    view! {
        <Title text=heading/>
        <div class="shell trips">
            <div>
                <h1>{heading}</h1>
                <p class="intro">{words}</p>
            </div>
            <p>
                <LinkButton href="/trips">"See all trips"</LinkButton>
            </p>
        </div>
    }
}
