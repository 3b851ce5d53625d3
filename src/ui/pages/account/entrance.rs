//! What the pages share through which people come in: the frame, the way on, and the notices above a form.

use leptos::prelude::*;
use leptos_router::{
    components::{Outlet, Redirect},
    hooks::{use_location, use_query_map},
};

use crate::{
    crm::accounts::server_fns::load_entrance,
    ui::{
        components::{Notice, NoticeKind},
        form::Flash,
        layout::AuthLayout,
        load::load,
        pages::{frame::chosen_theme, problem::ProblemPage},
    },
};

/// The form beside the landscape; the page stands in the outlet.
#[component]
pub(super) fn EntranceFrame() -> impl IntoView {
    let location = use_location();
    let back = Signal::derive(move || {
        let (path, query) = (location.pathname.get(), location.search.get());
        if query.is_empty() { path } else { format!("{path}?{}", query.trim_start_matches('?')) }
    });
    view! {
        <AuthLayout theme=chosen_theme() back>
            <Outlet/>
        </AuthLayout>
    }
}

/// Sends whoever is signed in already on to where they wanted to go; shows the page to everybody else.
#[component]
pub(super) fn Guests(
    /// The page.
    children: ChildrenFn,
) -> impl IntoView {
    let way_on = load(next_path, |next| load_entrance(Some(next)));
    let children = StoredValue::new(children);
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match way_on.await {
                    Ok(None) => children.with_value(|children| children()).into_any(),
                    Ok(Some(path)) => view! { <Redirect path/> }.into_any(),
                    Err(error) => view! { <ProblemPage error/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

/// The path that was asked for before signing in was; empty when nothing was. The server checks it when it is used.
pub(super) fn next_path() -> String {
    query_value("next")
}

/// A parameter of the address; empty when it is not there.
pub(super) fn query_value(name: &str) -> String {
    use_query_map().with(|query| query.get(name)).unwrap_or_default()
}

/// A link to another page of this kind that keeps the way on.
pub(super) fn keep_next(path: &str) -> String {
    match next_path() {
        next if next.is_empty() => path.to_owned(),
        next => format!("{path}?next={}", leptos_router::location::Url::escape(&next)),
    }
}

/// What was done before this page was opened ("You are signed out."); nothing when nothing was.
#[component]
pub(super) fn Done() -> impl IntoView {
    let notice = use_context::<Flash>().and_then(|flash| flash.notice);
    notice.map(|text| view! { <Notice kind=NoticeKind::Success>{text}</Notice> })
}

/// Why a form was refused where no field is to blame.
#[component]
pub(super) fn Refusal(
    /// The sentence.
    text: Signal<Option<String>>,
) -> impl IntoView {
    move || text.get().map(|text| view! { <Notice kind=NoticeKind::Error>{text}</Notice> })
}
