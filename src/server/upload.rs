//! Files that come with a form (`multipart/form-data`): one as programs send it, several beside the fields of a page.

use std::{collections::BTreeMap, error::Error};

use axum::extract::{
    FromRequest, Multipart, Request,
    multipart::{Field, MultipartError},
};

use crate::{
    crm::files::file::MAX_ATTACHMENTS,
    server::{middleware::limits::reading_failed, state::App},
    shared::error::AppError,
};

/// The largest file, in bytes.
pub const MAX_FILE: usize = 10 * 1024 * 1024;
/// The largest other field, in bytes.
const MAX_FIELD: usize = 1_024;
/// The largest text of a page, in bytes.
const MAX_TEXT: usize = 32 * 1_024;
/// The most texts of a page.
const MAX_TEXTS: usize = 100;

/// The part `file` of a form, and its other fields as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// What the file contains.
    pub file: Vec<u8>,
    /// What it is called on the device that it comes from.
    pub file_name: Option<String>,
    /// The other fields, by name.
    pub fields: BTreeMap<String, String>,
}

impl FromRequest<App> for Upload {
    type Rejection = AppError;

    async fn from_request(request: Request, app: &App) -> Result<Self, AppError> {
        let form = Multipart::from_request(request, app).await.map_err(|_| AppError::UnsupportedMediaType)?;
        Self::read(form).await
    }
}

impl Upload {
    /// Reads a form to its end.
    ///
    /// # Errors
    /// [`AppError::TooLarge`] beyond [`MAX_FILE`], [`AppError::InvalidInput`] when the file is missing or given twice.
    pub async fn read(mut form: Multipart) -> Result<Self, AppError> {
        let (mut file, mut file_name, mut fields) = (None, None, BTreeMap::new());
        while let Some(part) = form.next_field().await.map_err(|error| refuse(&error))? {
            let name = part.name().unwrap_or_default().to_owned();
            if let Some(given) = part.file_name().filter(|given| !given.is_empty()) {
                file_name = Some(given.to_owned());
            }
            let bytes = read_part(part, if name == "file" { MAX_FILE } else { MAX_FIELD }).await?;
            if name != "file" {
                let text = read_text(&name, bytes)?;
                fields.insert(name, text);
            } else if file.replace(bytes).is_some() {
                return Err(AppError::field("file", "Send one file at a time."));
            }
        }
        let file = file.ok_or_else(|| AppError::field("file", "Choose a file first."))?;
        Ok(Self { file, file_name, fields })
    }

    /// Refuses fields beside the file that are not among these.
    ///
    /// # Errors
    /// [`AppError::UnknownField`].
    pub fn refuse_other_fields(&self, known: &[&str]) -> Result<(), AppError> {
        match self.fields.keys().find(|name| !known.contains(&name.as_str())) {
            Some(unknown) => Err(AppError::UnknownField(unknown.clone())),
            None => Ok(()),
        }
    }

    /// Whether a field says yes; one that is missing or empty says no.
    ///
    /// # Errors
    /// [`AppError::InvalidInput`] for what is neither.
    pub fn read_switch(&self, name: &str) -> Result<bool, AppError> {
        match self.fields.get(name).map(String::as_str) {
            None | Some("false" | "") => Ok(false),
            Some("true" | "on") => Ok(true),
            Some(_) => Err(AppError::field(name, "This is `true` or `false`.")),
        }
    }
}

/// A file as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentFile {
    /// What it is called on the device that it comes from.
    pub name: Option<String>,
    /// What it contains.
    pub bytes: Vec<u8>,
}

/// The form of a page: its texts in their order, and the files that were chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormWithFiles {
    /// Names and texts. A name can come more than once.
    pub texts: Vec<(String, String)>,
    /// The files.
    pub files: Vec<SentFile>,
}

impl FormWithFiles {
    /// Reads a form to its end, or as far as it is taken: not beyond [`MAX_FILE`] for a file, not beyond a page's text for a text, not
    /// beyond [`MAX_ATTACHMENTS`] files. What was read until then is there. A field for files where none was chosen comes as one without
    /// a name and without bytes: it is left out.
    pub async fn read(form: Multipart) -> (Self, Result<(), AppError>) {
        let mut read = Self::default();
        let outcome = read.take(form).await;
        (read, outcome)
    }

    async fn take(&mut self, mut form: Multipart) -> Result<(), AppError> {
        while let Some(part) = form.next_field().await.map_err(|error| refuse(&error))? {
            let field = part.name().unwrap_or_default().to_owned();
            let Some(name) = part.file_name().map(str::to_owned) else {
                let text = read_text(&field, read_part(part, MAX_TEXT).await?)?;
                if self.texts.len() == MAX_TEXTS {
                    return Err(AppError::TooLarge);
                }
                self.texts.push((field, text));
                continue;
            };
            let bytes = read_part(part, MAX_FILE).await?;
            if name.is_empty() && bytes.is_empty() {
                continue;
            }
            if self.files.len() == MAX_ATTACHMENTS {
                return Err(AppError::field(&field, format!("Attach at most {MAX_ATTACHMENTS} files.")));
            }
            self.files.push(SentFile { name: Some(name).filter(|name| !name.is_empty()), bytes });
        }
        Ok(())
    }
}

async fn read_part(mut part: Field<'_>, limit: usize) -> Result<Vec<u8>, AppError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(|error| refuse(&error))? {
        if bytes.len() + chunk.len() > limit {
            return Err(AppError::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn read_text(field: &str, bytes: Vec<u8>) -> Result<String, AppError> {
    String::from_utf8(bytes).map_err(|_| AppError::field(field, "This is not text in UTF-8."))
}

fn refuse(error: &MultipartError) -> AppError {
    reading_failed(error as &(dyn Error + 'static))
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    /// Reads a form of parts, each of which says how it is called and what it has.
    async fn read(parts: &[(&str, &[u8])]) -> (FormWithFiles, Result<(), AppError>) {
        let mut body = Vec::new();
        for (head, content) in parts {
            body.extend(format!("--line\r\ncontent-disposition: form-data; {head}\r\n\r\n").into_bytes());
            body.extend(*content);
            body.extend(b"\r\n");
        }
        body.extend(b"--line--\r\n");
        let request = Request::builder().header("content-type", "multipart/form-data; boundary=line");
        let form = Multipart::from_request(request.body(Body::from(body)).unwrap(), &()).await.unwrap();
        FormWithFiles::read(form).await
    }

    #[tokio::test]
    async fn texts_and_chosen_files_are_told_apart() {
        let (form, outcome) = read(&[
            ("name=\"subject\"", b"Lost a glove"),
            ("name=\"attachments\"", b"65f1c0ffee00112233445566"),
            ("name=\"attachments\"; filename=\"glove.png\"", b"\x89PNG"),
            ("name=\"attachments\"; filename=\"\"", b""),
            ("name=\"attachments\"", b"65f1c0ffee00112233445567"),
        ])
        .await;
        assert_eq!(outcome, Ok(()));
        let names: Vec<&str> = form.texts.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["subject", "attachments", "attachments"]);
        assert_eq!(form.files, [SentFile { name: Some("glove.png".into()), bytes: b"\x89PNG".to_vec() }]);
    }

    #[tokio::test]
    async fn a_form_has_an_end() {
        let file = ("name=\"attachments\"; filename=\"a.pdf\"", &b"%PDF-"[..]);
        let (form, outcome) = read(&[file; MAX_ATTACHMENTS]).await;
        assert_eq!((form.files.len(), outcome), (MAX_ATTACHMENTS, Ok(())));
        let too_many = read(&[file; MAX_ATTACHMENTS + 1]).await.1.unwrap_err();
        assert_eq!(too_many.field_messages("attachments"), ["Attach at most 5 files."]);
        let large = vec![b'a'; MAX_FILE + 1];
        let large_file = ("name=\"attachments\"; filename=\"a.pdf\"", &large[..]);
        assert_eq!(read(&[large_file]).await.1, Err(AppError::TooLarge));
        let (form, outcome) = read(&[("name=\"text\"", b"a"), ("name=\"text\"", &large[..MAX_TEXT + 1])]).await;
        assert_eq!((form.texts.len(), outcome), (1, Err(AppError::TooLarge)), "what came before is there");
        assert_eq!(read(&[("name=\"text\"", &b"a"[..]); MAX_TEXTS + 1]).await.1, Err(AppError::TooLarge));
        assert!(read(&[("name=\"text\"", b"\xff")]).await.1.unwrap_err().field_messages("text").len() == 1);
    }
}
