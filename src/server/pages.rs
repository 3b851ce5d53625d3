//! The pages as routes, and what the server tells each of them: the application, the document, the flash, the policy.

use std::sync::LazyLock;

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{StatusCode, header::CONTENT_SECURITY_POLICY, request::Parts},
    middleware::from_fn_with_state,
    response::{IntoResponse, Response},
    routing::{any, post},
};
use leptos::{
    WasmSplitManifest,
    nonce::use_nonce,
    prelude::{ArcStoredValue, provide_context, use_context},
    server_fn::axum::{get_server_fn_service, server_fn_paths},
};
use leptos_axum::{
    AxumRouteListing, LeptosRoutes, ResponseOptions, generate_route_list_with_exclusions,
    handle_server_fns_with_context, render_app_async_with_context,
};

use crate::{
    crm::leads::{import_view::IMPORT_PATH, server::import_form::import_form},
    server::{
        cookies,
        middleware::{form_post, page_view, security_headers::page_policy},
        state::App,
    },
    shared::error::AppError,
    ui::{
        app::{self, DESIGN_PATH, Document, is_public},
        form::Flash,
        guard::PageStatus,
    },
};

/// The addresses of the pages. Made once for the process: while leptos makes such a list, no resource of any thread loads,
/// and a page that was just then being rendered would wait for ever.
static PAGES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| {
    // leptos would mount every server function beside the pages, past the layer that answers forms.
    let functions = server_fn_paths().map(|(path, _)| path.to_owned()).collect();
    generate_route_list_with_exclusions(app::App, Some(functions))
});

/// Every page of `ui::app`, each wrapped in `middleware::page_view`.
pub(super) fn pages(app: &App) -> Router<App> {
    let context = {
        let app = app.clone();
        move || provide_page(&app)
    };
    Router::new()
        .leptos_routes_with_context(app, PAGES.clone(), context, app::shell)
        .route(IMPORT_PATH, post(show_import))
        .route_layer(from_fn_with_state(app.clone(), page_view::view_page))
}

/// The import page after its form was sent: a file needs no server function, and its report no place of its own.
async fn show_import(State(app): State<App>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let page = Request::from_parts(parts.clone(), Body::empty());
    let outcome = import_form(&app, Request::from_parts(parts, body)).await;
    let context = move || {
        provide_page(&app);
        if let Some(outcome) = outcome.clone() {
            provide_context(outcome);
        }
    };
    render_app_async_with_context(context, app::shell)(page).await
}

/// The door of the pages' server functions.
pub(super) fn server_functions(app: &App) -> Router<App> {
    Router::new()
        .route("/api/fn/{*name}", any(call_server_function))
        .route_layer(from_fn_with_state(app.clone(), form_post::answer_forms))
}

async fn call_server_function(State(app): State<App>, request: Request) -> Response {
    if get_server_fn_service(request.uri().path(), request.method().clone()).is_none() {
        return AppError::NotFound.into_response();
    }
    handle_server_fns_with_context(move || provide_context(app.clone()), request).await.into_response()
}

fn provide_page(app: &App) {
    provide_context(app.clone());
    let (Some(asked), Some(options)) = (use_context::<Parts>(), use_context::<ResponseOptions>()) else { return };
    let public = is_public(asked.uri.path());
    let nonce = if public { None } else { use_nonce() };
    options.insert_header(CONTENT_SECURITY_POLICY, page_policy(nonce.as_deref()));
    provide_context(document(app, &asked, public));
    provide_context(asked.extensions.get::<Flash>().cloned().unwrap_or_default());
    provide_context(PageStatus::new(move |status| {
        if let Ok(status) = StatusCode::from_u16(status) {
            options.set_status(status);
        }
    }));
    if let Some(split) = app.site.split.clone().filter(|_| !public) {
        provide_context(WasmSplitManifest(ArcStoredValue::new((app.site.root.clone(), split.prefetch, split.js))));
    }
}

fn document(app: &App, asked: &Parts, public: bool) -> Document {
    let site = &app.site;
    let has_all_parts = !public || asked.uri.path() == DESIGN_PATH;
    let css = if has_all_parts { site.main_css() } else { site.public_css() };
    let has_script = !public && !site.js.is_empty();
    Document {
        theme: cookies::theme(&app.config, &asked.headers),
        css: css.to_owned(),
        script: has_script.then(|| (site.js.clone(), site.wasm.clone())),
        shows_design: !app.config.is_production(),
    }
}
