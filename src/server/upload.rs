//! A file that comes with a form (`multipart/form-data`).

use std::{collections::BTreeMap, error::Error};

use axum::extract::{FromRequest, Multipart, Request, multipart::MultipartError};

use crate::{
    server::{middleware::limits::reading_failed, state::App},
    shared::error::AppError,
};

/// The largest file, in bytes.
pub const MAX_FILE: usize = 10 * 1024 * 1024;
/// The largest other field, in bytes.
const MAX_FIELD: usize = 1_024;

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
        while let Some(mut part) = form.next_field().await.map_err(|error| refuse(&error))? {
            let name = part.name().unwrap_or_default().to_owned();
            if let Some(given) = part.file_name().filter(|given| !given.is_empty()) {
                file_name = Some(given.to_owned());
            }
            let limit = if name == "file" { MAX_FILE } else { MAX_FIELD };
            let mut bytes = Vec::new();
            while let Some(chunk) = part.chunk().await.map_err(|error| refuse(&error))? {
                if bytes.len() + chunk.len() > limit {
                    return Err(AppError::TooLarge);
                }
                bytes.extend_from_slice(&chunk);
            }
            if name != "file" {
                let text =
                    String::from_utf8(bytes).map_err(|_| AppError::field(&name, "This is not text in UTF-8."))?;
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

fn refuse(error: &MultipartError) -> AppError {
    reading_failed(error as &(dyn Error + 'static))
}
