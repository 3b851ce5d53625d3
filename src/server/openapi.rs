//! The REST API as a whole: the routes of all contexts, their description (OpenAPI 3.1) and the page that shows it.

use axum::{Router, http::header::CONTENT_SECURITY_POLICY, middleware::map_response, response::Response};
use utoipa::{
    Modify, OpenApi,
    openapi::security::{Http, HttpAuthScheme, SecurityScheme},
};
use utoipa_axum::router::OpenApiRouter;
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::{
    crm::{accounts::server::rest as accounts, leads::server::rest as leads, trips::server::rest as trips},
    server::{answer::ErrorEnvelope, middleware::security_headers::DOCS, state::App},
};

/// The frame of the description; the contexts fill in their routes.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Trek-Tribe CRM",
        description = "JSON with camelCase names. Refusals have the envelope `ErrorEnvelope`; its `error` is the word to go by. \
                       Sign in with `POST /api/auth/login` and send `Authorization: Bearer <accessToken>`. Unsafe requests \
                       take an `Idempotency-Key`: the same key answers the same for 24 hours."
    ),
    components(schemas(ErrorEnvelope)),
    modifiers(&BearerToken)
)]
struct Frame;

struct BearerToken;

impl Modify for BearerToken {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let components = api.components.get_or_insert_default();
        components.add_security_scheme("bearer", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
    }
}

/// The routes of all contexts with their description. A context adds its `rest::routes()` here.
pub fn rest() -> (Router<App>, utoipa::openapi::OpenApi) {
    OpenApiRouter::with_openapi(Frame::openapi())
        .merge(accounts::routes())
        .merge(leads::routes())
        .merge(trips::routes())
        .split_for_parts()
}

/// `/api/openapi.json`, and `/api/docs` to read it without any other host.
pub(super) fn docs(api: utoipa::openapi::OpenApi) -> Router<App> {
    // The default asks a foreign host to validate the description.
    let config = Config::default().validator_url("none");
    let page = SwaggerUi::new("/api/docs").url("/api/openapi.json", api).config(config);
    Router::new().merge(page).layer(map_response(async |mut response: Response| {
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, DOCS);
        response
    }))
}
