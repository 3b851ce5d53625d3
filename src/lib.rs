//! Trek-Tribe CRM: one isomorphic Leptos codebase. Built with `ssr` it is the server, with `hydrate` the WASM that wakes its pages.

pub mod crm;
pub mod live;
#[cfg(feature = "ssr")]
pub mod server;
pub mod shared;
pub mod ui;
#[cfg(feature = "hydrate")]
mod wake;

#[cfg(all(feature = "ssr", feature = "hydrate"))]
compile_error!("build the server with `ssr` or the browser's part with `hydrate`, never both at once");

/// Wakes the page that the server has sent; the script of the document calls it.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub async fn hydrate() {
    console_error_panic_hook::set_once();
    wake::wake().await;
}
