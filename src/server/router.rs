//! Which request goes where: pages, server functions, REST, files, and the layers around all of them.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::{from_fn, from_fn_with_state, map_request},
    routing::{get, post},
};
use leptos::config::LeptosOptions;
use tower_http::{
    CompressionLevel,
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer,
        predicate::{DefaultPredicate, NotForContentType, Predicate, SizeAbove},
    },
};

use crate::{
    crm::{
        accounts::server::{
            actor::share_actor,
            preview::{PREVIEW_PATH, show_preview},
            session_store::session_layer,
        },
        leads::{address::EXPORT_FORM_PATH, server::export_form::choose_export},
        sockets::server::service::authenticate,
    },
    live::server::socket_io,
    server::{
        files, health,
        middleware::{client_address, errors, idempotency, limits, origin, rates, request_id, security_headers},
        openapi, pages,
        state::App,
        theme,
    },
};

/// Smaller answers do not get shorter by being compressed.
const WORTH_COMPRESSING: u16 = 1_024;
/// Of brotli's 11 levels, the last one that takes well under a millisecond for a page.
const LEVEL: CompressionLevel = CompressionLevel::Precise(4);

/// What leptos wants to know. It finds no file by itself: `ui::app::Document` names the script and the style sheet.
pub fn leptos_options() -> LeptosOptions {
    LeptosOptions::builder().output_name("trek-tribe").build()
}

/// The whole application as a service.
pub fn build(app: App) -> Router {
    let (rest, api) = openapi::rest();
    let routes = Router::new()
        .merge(rest)
        .merge(openapi::docs(api))
        .merge(pages::server_functions(&app))
        .merge(pages::pages(&app))
        .route("/theme", post(theme::choose_theme))
        .route(EXPORT_FORM_PATH, get(choose_export))
        .route(PREVIEW_PATH, get(show_preview))
        .route("/healthz", get(health::show_health))
        .route("/readyz", get(health::show_readiness))
        .fallback(files::serve_file);
    with_layers(routes, &app).with_state(app)
}

/// Documents are compressed in themselves.
const NO_DOCUMENT: NotForContentType = NotForContentType::const_new("application/pdf");

/// The layers, the innermost first: a request passes them from the last to the first.
fn with_layers(routes: Router<App>, app: &App) -> Router<App> {
    let compression = CompressionLayer::new()
        .quality(LEVEL)
        .compress_when(DefaultPredicate::new().and(SizeAbove::new(WORTH_COMPRESSING)).and(NO_DOCUMENT));
    routes
        .layer(socket_io::layer(app, authenticate))
        .layer(from_fn_with_state(app.clone(), idempotency::carry_out_once))
        .layer(from_fn(share_actor))
        .layer(session_layer(app))
        .layer(from_fn_with_state(app.clone(), origin::check_origin))
        .layer(from_fn_with_state(app.clone(), rates::refuse_too_many))
        .layer(from_fn(limits::enforce_limits))
        // The limits are ours; axum's own would refuse files.
        .layer(DefaultBodyLimit::disable())
        .layer(CatchPanicLayer::custom(errors::answer_panic))
        .layer(from_fn_with_state(app.clone(), errors::word_errors))
        .layer(compression)
        .layer(from_fn_with_state(app.clone(), security_headers::add_headers))
        .layer(from_fn_with_state(app.clone(), client_address::note_client))
        .layer(from_fn_with_state(app.clone(), request_id::give_id))
        // First: what the others keep of a head would keep all of it.
        .layer(map_request(socket_io::own_head))
}
