//! What stands where nothing is yet: what will appear here, and how to make the first one.

use leptos::prelude::*;

/// A drawing, a title, a sentence and at most one action.
#[component]
pub fn EmptyState(
    /// What is not here yet.
    #[prop(into)]
    title: String,
    /// What will appear here.
    #[prop(into)]
    text: String,
    /// How to make the first one.
    #[prop(optional)]
    action: Option<AnyView>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <svg
                class="ill"
                viewBox="0 0 120 64"
                fill="none"
                stroke="currentColor"
                stroke-width="1.25"
                stroke-linecap="round"
                stroke-linejoin="round"
                aria-hidden="true"
            >
                <path d="M4 58h112" opacity=".5"></path>
                <path d="M14 58 44 18l14 20 10-12 32 32"></path>
                <path d="m44 18-7 18 6 4-4 18" opacity=".5"></path>
                <path d="m62 58 9-14 9 14M71 44l3-4"></path>
                <path d="m94 58 0-4m-5 0h10l-5-12zM22 58v-3m-4 0h8l-4-10z"></path>
            </svg>
            <h2>{title}</h2>
            <p>{text}</p>
            {action.map(|action| view! { <div class="row">{action}</div> })}
        </div>
    }
}
