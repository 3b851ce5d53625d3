//! Sign in, register, forgot and reset: one form beside the landscape, which is dawn or night as the theme is.

use leptos::prelude::*;

use super::{
    brand::{Brand, SkipLink},
    theme::{Theme, ThemeSwitch},
};

/// The frame of one form. The children are an `h1`, a sentence, and the form with the classes `stack form`.
#[component]
pub fn AuthLayout(
    /// The theme the person chose.
    theme: Theme,
    /// The path the theme switch comes back to.
    #[prop(into)]
    back: Signal<String>,
    /// The form.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="auth">
            <SkipLink/>
            <div class="auth-main">
                <header>
                    <Brand/>
                </header>
                <main id="main" class="auth-box">
                    {children()}
                </main>
                <footer class="auth-foot muted">
                    <a href="/trips">"See the trips"</a>
                    <span class="push"></span>
                    <ThemeSwitch theme back/>
                </footer>
            </div>
            <aside class="auth-art" aria-label="About Trek-Tribe">
                <img src="/landscapes/signin.svg" alt="" width="1080" height="1280"/>
                <p class="words">"Every enquiry in one place, and the one to answer next on top."</p>
            </aside>
        </div>
    }
}
