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
        let (mut file, mut fields) = (None, BTreeMap::new());
        while let Some(mut part) = form.next_field().await.map_err(|error| refuse(&error))? {
            let name = part.name().unwrap_or_default().to_owned();
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
        let file = file.ok_or_else(|| AppError::field("file", "Choose a file."))?;
        Ok(Self { file, fields })
    }
}

fn refuse(error: &MultipartError) -> AppError {
    reading_failed(error as &(dyn Error + 'static))
}
