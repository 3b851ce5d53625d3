//! The frames around pages: public, sign-in, and the signed-in app. What stands in them is passed in.

mod app;
mod auth;
mod nav;
mod public;
mod theme;

pub use app::{AppLayout, AppPage, Person};
pub use auth::AuthLayout;
pub use nav::{NavGroup, NavItem, PinnedView};
pub use public::{PublicAccount, PublicLayout, PublicLink};
pub use theme::{Theme, ThemeSwitch};
