//! A skeleton in the content's own size, for a first visit only. It stands still.

use leptos::prelude::*;

/// Rows of a list that is on its way.
#[component]
pub fn Skeleton(
    /// What is on its way ("Loading leads").
    #[prop(into)]
    label: String,
    /// How many rows.
    #[prop(default = 8)]
    rows: u8,
) -> impl IntoView {
    const NAME_WIDTHS: [&str; 3] = ["skel w-140", "skel", "skel w-180"];
    let lines = NAME_WIDTHS
        .iter()
        .cycle()
        .take(usize::from(rows))
        .map(|name| {
            view! {
                <div class="row">
                    <span class="skel w-16"></span>
                    <span class=*name></span>
                    <span class="skel w-84 push"></span>
                    <span class="skel w-56"></span>
                </div>
            }
        })
        .collect_view();
    view! {
        <div class="panel skels" aria-busy="true">
            <span class="sr">{label}</span>
            {lines}
        </div>
    }
}
