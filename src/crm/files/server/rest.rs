//! The REST door of files.

use axum::{
    body::Body,
    extract::State,
    http::{
        HeaderValue,
        header::{
            ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
        },
    },
    response::{IntoResponse, Response},
};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::service::{self, Download};
use crate::{
    crm::{
        accounts::server::actor::Actor,
        files::file::{Attachment, StoredFile},
    },
    server::{
        answer::{Answer, Created, Envelope},
        extract::PathId,
        middleware::security_headers::SANDBOX,
        state::App,
        upload::Upload,
    },
};

/// The routes of files.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(store_file)).routes(routes!(read_file))
}

/// A file.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "only describes the form; `Upload` reads it")]
pub struct FileForm {
    /// PDF, PNG, JPEG or WebP, by its content; at most 10 MB and 40 million pixels. Pictures are written anew, without what else they carry.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Keeps a file, to be attached to something within a day.
#[utoipa::path(post, path = "/api/files", tag = "files", security(("bearer" = [])), request_body(content = FileForm, content_type = "multipart/form-data"),
    responses((status = 201, body = Envelope<Attachment>), (status = 413), (status = 422), (status = 429)))]
pub async fn store_file(State(app): State<App>, actor: Actor, upload: Upload) -> Answer<Created<Attachment>> {
    upload.refuse_other_fields(&[])?;
    service::store_file(&app, &actor, upload.file_name.as_deref(), upload.file).await.map(Created)
}

/// The bytes of a file, for who sent it and for whoever may see what it is attached to. Documents come as downloads, never in place.
#[utoipa::path(get, path = "/api/files/{id}", tag = "files", security(("bearer" = [])), params(("id" = String, Path, description = "The file's id.")),
    responses((status = 200, content((Vec<u8> = "application/pdf"), (Vec<u8> = "image/png"), (Vec<u8> = "image/jpeg"), (Vec<u8> = "image/webp"))), (status = 404)))]
pub async fn read_file(State(app): State<App>, actor: Actor, PathId(id): PathId<StoredFile>) -> Answer<Download> {
    service::read_file(&app, &actor, id).await
}

impl IntoResponse for Download {
    fn into_response(self) -> Response {
        let Self { file, object } = self;
        let mut response = Body::from_stream(object.into_stream()).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(file.content_type.media_type()));
        headers.insert(CONTENT_LENGTH, file.size.into());
        headers.insert(CONTENT_DISPOSITION, disposition(&file));
        headers.insert(CONTENT_SECURITY_POLICY, SANDBOX);
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
        headers.insert(ACCEPT_RANGES, HeaderValue::from_static("none"));
        response
    }
}

/// How the file is to be shown, and under which name it is saved (RFC 6266): once in plain letters, once in full.
fn disposition(file: &Attachment) -> HeaderValue {
    let how = if file.content_type.is_picture() { "inline" } else { "attachment" };
    let plain: String = file.name.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
    let value = format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{}", percent_encoded(&file.name));
    HeaderValue::try_from(value).unwrap_or(HeaderValue::from_static("attachment"))
}

fn is_plain(c: char) -> bool {
    (c.is_ascii_graphic() || c == ' ') && !matches!(c, '"' | '\\' | '%')
}

/// As RFC 8187 has it for the values of headers.
fn percent_encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{crm::files::file::FileKind, shared::id::Id};

    #[test]
    fn a_name_is_told_in_plain_letters_and_in_full() {
        let file = |content_type, name: &str| Attachment {
            id: Id::from_bytes([1; 12]),
            name: name.into(),
            size: 1,
            content_type,
        };
        let shown = |file: &Attachment| disposition(file).to_str().unwrap().to_owned();
        assert_eq!(
            shown(&file(FileKind::Pdf, "bill 50%.pdf")),
            "attachment; filename=\"bill 50_.pdf\"; filename*=UTF-8''bill%2050%25.pdf"
        );
        assert_eq!(
            shown(&file(FileKind::Png, "नोट.png")),
            "inline; filename=\"___.png\"; filename*=UTF-8''%E0%A4%A8%E0%A5%8B%E0%A4%9F.png"
        );
    }
}
