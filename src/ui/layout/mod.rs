//! The frames around pages: public, sign-in, and the signed-in app. What stands in them is passed in.

pub mod app;
pub mod auth;
pub mod bell;
mod brand;
pub mod nav;
pub mod public;
pub mod theme;

pub use app::{AppLayout, AppPage, Person, ShownPath};
pub use auth::AuthLayout;
pub use bell::Unread;
pub use nav::{NavGroup, NavItem, PinnedView};
pub use public::{PublicAccount, PublicLayout, PublicLink};
pub use theme::{Theme, ThemeSwitch};
