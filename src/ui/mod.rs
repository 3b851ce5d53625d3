//! What people see: the parts, the frames around pages, and the pages.

pub mod components;
pub mod layout;
pub mod pages;
