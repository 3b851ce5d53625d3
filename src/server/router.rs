//! Which request goes where: pages, server functions, REST, files, and the layers around all of them.

use axum::{
    Router,
    body::Body,
    extract::State,
    http::Request,
    middleware::from_fn,
    response::{IntoResponse, Response},
    routing::any,
};
use leptos::{config::LeptosOptions, prelude::provide_context};
use leptos_axum::{LeptosRoutes, generate_route_list};
use utoipa_axum::router::OpenApiRouter;

use crate::{
    crm::{
        accounts::server::{actor::share_actor, rest as accounts, session_store::session_layer},
        leads::server::rest as leads,
        trips::server::rest as trips,
    },
    server::{middleware, state::App},
    ui::app::{self, Document},
};

/// What leptos wants to know. It finds no file by itself: [`Document`] names the script and the style sheet.
pub fn leptos_options() -> LeptosOptions {
    LeptosOptions::builder().output_name("trek-tribe").build()
}

/// The whole application as a service.
pub fn build(app: App) -> Router {
    let pages = generate_route_list(app::App);
    let context = {
        let app = app.clone();
        move || provide_context(app.clone())
    };
    let (rest, _) = OpenApiRouter::new().merge(accounts::routes()).merge(leads::routes()).merge(trips::routes()).split_for_parts();
    let sessions = session_layer(&app);
    rest.route("/api/fn/{*name}", any(call_server_function))
        .leptos_routes_with_context(&app, pages, context, app::shell)
        .layer(from_fn(share_actor))
        .layer(sessions)
        .with_state(app)
}

async fn call_server_function(State(app): State<App>, request: Request<Body>) -> Response {
    leptos_axum::handle_server_fns_with_context(move || provide_context(app.clone()), request).await.into_response()
}
