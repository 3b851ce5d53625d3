//! The REST door of leads and saved views.

use axum::{
    body::Body as Bytes,
    extract::{RawQuery, State},
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use form_urlencoded::Parse;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::service;
use crate::{
    crm::{
        accounts::server::{actor::Actor, caller::Caller},
        leads::{
            bulk::Selection,
            changes::{LeadChanges, NewConversion},
            filter::LeadQuery,
            import::ImportOutcome,
            lead::Lead,
            new_lead::NewLead,
            row::{Arrived, Board, Enquiry, LeadDetail, LeadRow},
            timeline::NewInteraction,
            view::{NewView, SavedView},
        },
    },
    server::{
        answer::{Answer, Created, Data, Envelope, NoContent},
        extract::{Body, PathId, Query, page_request},
        state::App,
        upload::Upload,
    },
    shared::{page::Page, patch::Patch},
};

/// The routes of leads and saved views.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_leads, create_lead))
        .routes(routes!(list_enquiries))
        .routes(routes!(show_board))
        .routes(routes!(import_leads))
        .routes(routes!(export_leads))
        .routes(routes!(require_lead, change_lead))
        .routes(routes!(add_interaction))
        .routes(routes!(convert_lead))
        .routes(routes!(list_views, create_view))
        .routes(routes!(update_view, delete_view))
}

/// Which leads are meant; lists of values are parted by commas.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "only describes the parameters; `LeadQuery` reads them")]
pub struct LeadParameters {
    /// `new`, `contacted`, `interested`, `converted`, `not_interested`, `lost`, or several of them.
    status: Option<String>,
    /// `trip_view`, `inquiry`, `partial_booking`, `chat`, `form`, `import`, `other`, or several of them.
    source: Option<String>,
    /// Of this trip.
    #[param(rename = "tripId")]
    trip_id: Option<String>,
    /// `hot`, `warm`, `cool` or `cold`.
    tier: Option<String>,
    /// Whether the follow-up's time has come.
    due: Option<bool>,
    /// Whether they were left alone for too long.
    stale: Option<bool>,
    /// Beginnings of words in name or e-mail, or of the phone number.
    q: Option<String>,
    /// Admins: of this organizer.
    #[param(rename = "assignedTo")]
    assigned_to: Option<String>,
    /// `createdAt`, `score`, `nextFollowUpAt` or `lastActivityAt`, with `-` for descending; `-score` unless said otherwise.
    sort: Option<String>,
}

/// Which page is meant.
#[derive(Debug, serde::Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageParameters {
    /// 1 to 100; 20 unless said otherwise.
    limit: Option<u32>,
    /// Where the page before ended.
    cursor: Option<String>,
}

/// A list that takes no parameters.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoParameters {}

/// What people who are not signed in are told.
#[derive(Debug, Serialize, ToSchema)]
pub struct Received {
    /// Always `true`.
    received: bool,
}

/// What came of an enquiry, as much of it as the asker may see.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum Arrival {
    /// For people who are not signed in.
    Received(Received),
    /// For travellers.
    Enquiry(Enquiry),
    /// For organizers and admins.
    Lead(Box<LeadDetail>),
}

impl IntoResponse for Arrived {
    fn into_response(self) -> Response {
        let (arrival, is_new) = match self {
            Self::Received => (Arrival::Received(Received { received: true }), true),
            Self::Enquiry { enquiry, is_new } => (Arrival::Enquiry(enquiry), is_new),
            Self::Lead { lead, is_new } => (Arrival::Lead(lead), is_new),
        };
        if is_new { Created(arrival).into_response() } else { Data(arrival).into_response() }
    }
}

/// Enquires about a trip, or records that somebody did. Of one address and trip there is exactly one lead.
#[utoipa::path(post, path = "/api/crm/leads", tag = "leads", security((), ("bearer" = [])), request_body = NewLead, responses(
    (status = 201, description = "New; also for everybody who is not signed in.", body = Envelope<Arrival>),
    (status = 200, description = "It was there.", body = Envelope<Arrival>),
    (status = 402), (status = 404), (status = 422), (status = 429)))]
pub async fn create_lead(
    State(app): State<App>,
    actor: Option<Actor>,
    caller: Caller,
    Body(input): Body<NewLead>,
) -> Answer<Arrived> {
    service::create_lead(&app, actor.as_ref(), &caller, input).await
}

/// One's own enquiries, the newest first.
#[utoipa::path(get, path = "/api/crm/leads/mine", tag = "leads", security(("bearer" = [])), params(PageParameters),
    responses((status = 200, body = Envelope<Vec<Enquiry>>), (status = 403)))]
pub async fn list_enquiries(
    State(app): State<App>,
    actor: Actor,
    Query(page): Query<PageParameters>,
) -> Answer<Page<Enquiry>> {
    service::list_enquiries(&app, &actor, &page_request(page.limit, page.cursor)?).await
}

/// The leads that one works.
#[utoipa::path(get, path = "/api/crm/leads", tag = "leads", security(("bearer" = [])), params(LeadParameters, PageParameters),
    responses((status = 200, body = Envelope<Vec<LeadRow>>), (status = 403), (status = 422)))]
pub async fn list_leads(State(app): State<App>, actor: Actor, RawQuery(query): RawQuery) -> Answer<Page<LeadRow>> {
    service::list_leads(&app, &actor, &LeadQuery::from_pairs(pairs(query.as_ref()))?).await
}

/// The pipeline: a column for each status with its first cards; more of a column by the list, with `status` and `cursor`.
#[utoipa::path(get, path = "/api/crm/leads/board", tag = "leads", security(("bearer" = [])), params(LeadParameters),
    responses((status = 200, body = Envelope<Board>), (status = 403), (status = 422)))]
pub async fn show_board(State(app): State<App>, actor: Actor, RawQuery(query): RawQuery) -> Answer<Data<Board>> {
    let (filter, sort) = LeadQuery::without_page(pairs(query.as_ref()))?;
    service::show_board(&app, &actor, &filter, sort).await.map(Data)
}

/// A file of leads.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "only describes the form; `Upload` reads it")]
pub struct ImportForm {
    /// CSV with the columns `name, email, phone, trip, source, message, party_size, notes` in any order; at most 10 MB and 5,000 lines.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// `true`: tell what would happen and change nothing.
    #[schema(rename = "dryRun")]
    dry_run: Option<bool>,
}

/// Imports leads from a CSV file: good lines arrive, broken ones are reported.
#[utoipa::path(post, path = "/api/crm/leads/import", tag = "leads", security(("bearer" = [])), request_body(content = ImportForm, content_type = "multipart/form-data"),
    responses((status = 200, body = Envelope<ImportOutcome>), (status = 402), (status = 413), (status = 422)))]
pub async fn import_leads(State(app): State<App>, actor: Actor, upload: Upload) -> Answer<Data<ImportOutcome>> {
    upload.refuse_other_fields(&["dryRun"])?;
    let dry_run = upload.read_switch("dryRun")?;
    service::import_leads(&app, &actor, &upload.file, dry_run).await.map(Data)
}

/// The leads that match, or those of `ids`, the newest first, as a CSV file.
#[utoipa::path(get, path = "/api/crm/leads/export", tag = "leads", security(("bearer" = [])), params(LeadParameters,
    ("ids" = Option<String>, Query, description = "These leads, parted by commas, 1,000 at most; in place of a filter.")),
    responses((status = 200, body = String, content_type = "text/csv"), (status = 402), (status = 422)))]
pub async fn export_leads(
    State(app): State<App>,
    actor: Actor,
    RawQuery(query): RawQuery,
) -> Answer<impl IntoResponse> {
    let file = service::export_leads(&app, &actor, &Selection::from_pairs(pairs(query.as_ref()))?).await?;
    let headers =
        [(CONTENT_TYPE, "text/csv; charset=utf-8"), (CONTENT_DISPOSITION, "attachment; filename=\"leads.csv\"")];
    Ok((headers, Bytes::from_stream(file)))
}

/// A lead with its interactions, its history, and where it can go from here.
#[utoipa::path(get, path = "/api/crm/leads/{id}", tag = "leads", security(("bearer" = [])), params(("id" = String, Path, description = "The lead's id.")),
    responses((status = 200, body = Envelope<LeadDetail>), (status = 404)))]
pub async fn require_lead(State(app): State<App>, actor: Actor, PathId(id): PathId<Lead>) -> Answer<Data<LeadDetail>> {
    service::require_lead(&app, &actor, id).await.map(Data)
}

/// Changes a lead; `null` clears what may be empty.
#[utoipa::path(put, path = "/api/crm/leads/{id}", tag = "leads", security(("bearer" = [])), params(("id" = String, Path, description = "The lead's id.")), request_body = LeadChanges,
    responses((status = 200, body = Envelope<LeadDetail>), (status = 402), (status = 404), (status = 409), (status = 422)))]
pub async fn change_lead(
    State(app): State<App>,
    actor: Actor,
    PathId(id): PathId<Lead>,
    Body(changes): Body<LeadChanges>,
) -> Answer<Data<LeadDetail>> {
    service::change_lead(&app, &actor, id, changes, None).await.map(Data)
}

/// Logs what went either way, or a note; a new lead whom somebody called or wrote to is contacted by that.
#[utoipa::path(post, path = "/api/crm/leads/{id}/interactions", tag = "leads", security(("bearer" = [])), params(("id" = String, Path, description = "The lead's id.")), request_body = NewInteraction,
    responses((status = 201, body = Envelope<LeadDetail>), (status = 402), (status = 404), (status = 422)))]
pub async fn add_interaction(
    State(app): State<App>,
    actor: Actor,
    PathId(id): PathId<Lead>,
    Body(input): Body<NewInteraction>,
) -> Answer<Created<LeadDetail>> {
    service::add_interaction(&app, &actor, id, input, Patch::Keep).await.map(Created)
}

/// Converts a lead and books its seats, both or neither.
#[utoipa::path(post, path = "/api/crm/leads/{id}/convert", tag = "leads", security(("bearer" = [])), params(("id" = String, Path, description = "The lead's id.")), request_body = NewConversion,
    responses((status = 200, body = Envelope<LeadDetail>), (status = 402), (status = 404), (status = 409), (status = 422)))]
pub async fn convert_lead(
    State(app): State<App>,
    actor: Actor,
    PathId(id): PathId<Lead>,
    Body(input): Body<NewConversion>,
) -> Answer<Data<LeadDetail>> {
    service::convert_lead(&app, &actor, id, input).await.map(Data)
}

/// One's own saved views, the pinned ones first.
#[utoipa::path(get, path = "/api/crm/views", tag = "views", security(("bearer" = [])), responses((status = 200, body = Envelope<Vec<SavedView>>), (status = 403), (status = 422)))]
pub async fn list_views(
    State(app): State<App>,
    actor: Actor,
    Query(NoParameters {}): Query<NoParameters>,
) -> Answer<Data<Vec<SavedView>>> {
    service::list_views(&app, &actor).await.map(Data)
}

/// Keeps a view.
#[utoipa::path(post, path = "/api/crm/views", tag = "views", security(("bearer" = [])), request_body = NewView,
    responses((status = 201, body = Envelope<SavedView>), (status = 409), (status = 422)))]
pub async fn create_view(
    State(app): State<App>,
    actor: Actor,
    Body(input): Body<NewView>,
) -> Answer<Created<SavedView>> {
    service::create_view(&app, &actor, input).await.map(Created)
}

/// Writes a view anew; the last write wins.
#[utoipa::path(put, path = "/api/crm/views/{id}", tag = "views", security(("bearer" = [])), params(("id" = String, Path, description = "The view's id.")), request_body = NewView,
    responses((status = 200, body = Envelope<SavedView>), (status = 404), (status = 422)))]
pub async fn update_view(
    State(app): State<App>,
    actor: Actor,
    PathId(id): PathId<SavedView>,
    Body(input): Body<NewView>,
) -> Answer<Data<SavedView>> {
    service::update_view(&app, &actor, id, input).await.map(Data)
}

/// Removes a view.
#[utoipa::path(delete, path = "/api/crm/views/{id}", tag = "views", security(("bearer" = [])), params(("id" = String, Path, description = "The view's id.")),
    responses((status = 204), (status = 404)))]
pub async fn delete_view(State(app): State<App>, actor: Actor, PathId(id): PathId<SavedView>) -> Answer<NoContent> {
    service::delete_view(&app, &actor, id).await.map(|()| NoContent)
}

fn pairs(query: Option<&String>) -> Parse<'_> {
    form_urlencoded::parse(query.map(String::as_bytes).unwrap_or_default())
}
