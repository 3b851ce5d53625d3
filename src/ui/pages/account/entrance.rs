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
        guard::guard_part,
        layout::AuthLayout,
        load::load,
        pages::{error::ErrorWords, frame::chosen_theme},
        title::Title,
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

/// Sends whoever is signed in already on to where they wanted to go; shows the page to everybody else, with its title and the
/// way to the other page of this kind.
#[component]
pub(super) fn Guests(
    /// The title.
    title: &'static str,
    /// Who belongs to the other page.
    question: &'static str,
    /// Its address and name.
    other: (&'static str, &'static str),
    /// The form.
    children: ChildrenFn,
) -> impl IntoView {
    let way_on = load(next_path, |next| load_entrance(Some(next)));
    let children = StoredValue::new(children);
    let page = move || {
        view! {
            <h1>{title}</h1>
            <p class="muted">
                {question} " "
                <a class="link" href=keep_next(other.0)>
                    {other.1}
                </a>
            </p>
            {children.with_value(|children| children())}
        }
    };
    view! {
        <Title text=title/>
        <Suspense>
            {move || Suspend::new(async move {
                guard_part(
                    way_on.await,
                    move |way_on| match way_on {
                        None => page().into_any(),
                        Some(path) => view! { <Redirect path/> }.into_any(),
                    },
                    |error| view! { <ErrorWords error/> }.into_any(),
                )
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
fn keep_next(path: &str) -> String {
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
