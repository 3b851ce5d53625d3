//! One's own account: coming in (public pages that need no script), and, signed in, the profile and the sessions.

mod entrance;
mod fields;
mod forgot;
mod profile;
mod register;
mod reset;
mod sessions;
mod sign_in;
mod verify;

use leptos::prelude::*;
use leptos_router::{
    Lazy, SsrMode,
    components::{Outlet, ParentRoute, Route},
    path,
};

use self::{
    entrance::EntranceFrame, forgot::ForgotPage, profile::ProfilePage, register::RegisterPage, reset::ResetPage,
    sessions::SessionsPage, sign_in::SignInPage, verify::VerifyPage,
};
use crate::ui::{
    lazy::lazy_pages,
    pages::notifications::{NotificationsRoute, PreferencesRoute},
};

/// The pages through which people come in.
#[component(transparent)]
pub fn EntranceRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("") view=EntranceFrame ssr=SsrMode::Async>
            <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async/>
            <Route path=path!("/register") view=RegisterPage ssr=SsrMode::Async/>
            <Route path=path!("/forgot-password") view=ForgotPage ssr=SsrMode::Async/>
            <Route path=path!("/reset-password") view=ResetPage ssr=SsrMode::Async/>
            <Route path=path!("/verify-email") view=VerifyPage ssr=SsrMode::Async/>
        </ParentRoute>
    }
    .into_inner()
}

lazy_pages! {
    account_pages:
    ProfileRoute => ProfilePage,
    SessionsRoute => SessionsPage,
}

/// The pages of one's own account and of what one is told, below the frame.
#[component(transparent)]
pub fn AccountRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("") view=Outlet ssr=SsrMode::Async>
            <Route path=path!("/profile") view={Lazy::<ProfileRoute>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/sessions") view={Lazy::<SessionsRoute>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/notifications") view={Lazy::<NotificationsRoute>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/account/notifications") view={Lazy::<PreferencesRoute>::new()} ssr=SsrMode::Async/>
        </ParentRoute>
    }
    .into_inner()
}
