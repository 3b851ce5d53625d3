//! What a page shows when its main data could not be loaded, with the right status: somebody who is not signed in goes to
//! the sign-in page and comes back; everybody else reads why.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::{components::Redirect, hooks::use_location};

use crate::{
    crm::accounts::{server_fns::who_am_i, user::Role},
    shared::error::AppError,
    ui::{
        components::{Notice, NoticeKind},
        pages::problem::ProblemPage,
    },
};

/// How a page tells its HTTP status. Only the server provides it as a context; in the browser there is none to tell.
#[derive(Clone)]
pub struct PageStatus(Arc<dyn Fn(u16) + Send + Sync>);

impl PageStatus {
    /// A status that is told to `tell`.
    pub fn new(tell: impl Fn(u16) + Send + Sync + 'static) -> Self {
        Self(Arc::new(tell))
    }
}

/// Gives the page that is being rendered a status. Does nothing in the browser.
pub fn tell_status(status: u16) {
    if let Some(PageStatus(tell)) = use_context() {
        tell(status);
    }
}

/// Shows what was loaded by `view`, or why it could not be. Use it on the page's blocking resource, once a page:
/// `Suspend::new(async move { guard(lead.await, |lead| view! { … }) })`.
///
/// The view is made when it is drawn. A boundary that waits goes over what is below it more than once, and would make all of it each time:
/// on the server the page below the frame would be loaded twice, and the browser could be told of another answer than the one it shows.
pub fn guard<T: Send + 'static, V: IntoView + 'static>(
    loaded: Result<T, AppError>,
    view: impl FnOnce(T) -> V + Send + 'static,
) -> Unsuspend<AnyView> {
    Unsuspend::new(move || match loaded {
        Ok(loaded) => view(loaded).into_any(),
        Err(AppError::Unauthenticated) => view! { <SignInFirst/> }.into_any(),
        Err(error) => view! { <ProblemPage error/> }.into_any(),
    })
}

/// Like [`guard`], for the body of a page whose head and `<main>` stand around it already.
pub fn guard_body<T: Send + 'static, V: IntoView + 'static>(
    loaded: Result<T, AppError>,
    view: impl FnOnce(T) -> V + Send + 'static,
) -> Unsuspend<AnyView> {
    guard_part(loaded, view, |error| view! { <Notice kind=NoticeKind::Error>{error.message()}</Notice> }.into_any())
}

/// The same, where what is wrong has a look of its own.
pub fn guard_part<T: Send + 'static, V: IntoView + 'static>(
    loaded: Result<T, AppError>,
    view: impl FnOnce(T) -> V + Send + 'static,
    problem: impl FnOnce(AppError) -> AnyView + Send + 'static,
) -> Unsuspend<AnyView> {
    Unsuspend::new(move || match loaded {
        Ok(loaded) => view(loaded).into_any(),
        Err(AppError::Unauthenticated) => view! { <SignInFirst/> }.into_any(),
        Err(error) => {
            tell_status(error.status());
            problem(error)
        }
    })
}

/// For a page that loads nothing but shows a form: it is shown only to whom the server would listen.
///
/// # Errors
/// [`AppError::Forbidden`] for others, [`AppError::Unauthenticated`] for who is not signed in.
pub async fn require_role(allowed: &'static [Role]) -> Result<(), AppError> {
    match who_am_i().await? {
        Some(viewer) if allowed.contains(&viewer.role) => Ok(()),
        Some(_) => Err(AppError::Forbidden),
        None => Err(AppError::Unauthenticated),
    }
}

#[component]
fn SignInFirst() -> impl IntoView {
    let location = use_location();
    let (path, search) = (location.pathname.get_untracked(), location.search.get_untracked());
    let here = if search.is_empty() { path } else { format!("{path}?{}", search.trim_start_matches('?')) };
    view! { <Redirect path=sign_in_path(&here)/> }
}

/// The sign-in page that leads back to a path afterwards.
pub fn sign_in_path(next: &str) -> String {
    let mut path = String::from("/sign-in?next=");
    for byte in next.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            path.push(char::from(byte));
        } else {
            path.push_str(&format!("%{byte:02X}"));
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::sign_in_path;

    #[test]
    fn the_way_back_is_one_parameter() {
        assert_eq!(sign_in_path("/leads?status=new&q=a b"), "/sign-in?next=/leads%3Fstatus%3Dnew%26q%3Da%20b");
    }
}
