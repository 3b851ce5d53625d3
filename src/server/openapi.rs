//! The REST API as a whole: the routes of all contexts, their description (OpenAPI 3.1) and the page that shows it.

use axum::{
    Router,
    http::{Method, header::CONTENT_SECURITY_POLICY},
    middleware::map_response,
    response::Response,
};
use utoipa::{
    Modify, OpenApi,
    openapi::{
        ContentBuilder, ObjectBuilder, Ref, Required, ResponseBuilder,
        path::{Parameter, ParameterBuilder, ParameterIn},
        schema::{SchemaType, Type},
        security::{Http, HttpAuthScheme, SecurityScheme},
    },
};
use utoipa_axum::router::OpenApiRouter;
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::{
    crm::{
        accounts::server::rest as accounts, chat::server::rest as chat, files::server::rest as files,
        leads::server::rest as leads, notifications::server::rest as notifications, tickets::server::rest as tickets,
        trips::server::rest as trips,
    },
    server::{
        answer::ErrorEnvelope,
        middleware::{idempotency::takes_key, security_headers::DOCS},
        state::App,
    },
};

/// The frame of the description; the contexts fill in their routes.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Trek-Tribe CRM",
        description = "JSON with camelCase names. Refusals have the envelope `ErrorEnvelope`; its `error` is the word to go by. \
                       Sign in with `POST /api/auth/login` and send `Authorization: Bearer <accessToken>`. Unsafe requests \
                       take an `Idempotency-Key` where it is listed among their parameters: the same key answers the same for \
                       24 hours. Where passwords or tokens are sent or given there is none, because answers are kept."
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
    let routes = OpenApiRouter::with_openapi(Frame::openapi())
        .merge(accounts::routes())
        .merge(chat::routes())
        .merge(files::routes())
        .merge(leads::routes())
        .merge(notifications::routes())
        .merge(tickets::routes())
        .merge(trips::routes());
    let (routes, mut api) = routes.split_for_parts();
    describe_keys(&mut api);
    describe_refusals(&mut api);
    (routes, api)
}

/// Gives every operation the envelope of refusals: for the statuses that it names, and for all others.
fn describe_refusals(api: &mut utoipa::openapi::OpenApi) {
    let refusal = || {
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("ErrorEnvelope"))).build();
        ResponseBuilder::new().description("A refusal.").content("application/json", content).build()
    };
    for item in api.paths.paths.values_mut() {
        let operations = [&mut item.get, &mut item.post, &mut item.put, &mut item.delete];
        for operation in operations.into_iter().flatten() {
            let responses = &mut operation.responses.responses;
            for (_, response) in responses.iter_mut().filter(|(status, _)| status.starts_with('4')) {
                *response = refusal().into();
            }
            responses.insert("default".to_owned(), refusal().into());
        }
    }
}

/// Lists the header `Idempotency-Key` with the requests that go by it.
fn describe_keys(api: &mut utoipa::openapi::OpenApi) {
    for (path, item) in &mut api.paths.paths {
        let operations =
            [(Method::POST, &mut item.post), (Method::PUT, &mut item.put), (Method::DELETE, &mut item.delete)];
        for (_, operation) in operations.into_iter().filter(|(method, _)| takes_key(method, path)) {
            if let Some(operation) = operation {
                operation.parameters.get_or_insert_default().push(key_header().into());
            }
        }
    }
}

fn key_header() -> Parameter {
    let text =
        ObjectBuilder::new().schema_type(SchemaType::Type(Type::String)).min_length(Some(1)).max_length(Some(64));
    ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some("1 to 64 printable characters; the same key and body are carried out once."))
        .schema(Some(text))
        .build()
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
