//! The settings of the bucket where files are kept. Without a bucket there are none: then the embedded server keeps them.

use axum::http::Uri;

use super::{Secret, values::Values};

/// Which bucket, where it is, and as whom it is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct S3Settings {
    /// `S3_ENDPOINT`; `None`: that of AWS for the region.
    pub endpoint: Option<String>,
    /// `S3_REGION`.
    pub region: String,
    /// `S3_BUCKET`.
    pub bucket: String,
    /// `AWS_ACCESS_KEY_ID`.
    pub access_key_id: String,
    /// `AWS_SECRET_ACCESS_KEY`.
    pub secret_access_key: Secret,
}

const REGION: &str = "us-east-1";

/// Reads the settings of the bucket.
pub(super) fn read(values: &mut Values, production: bool) -> Option<S3Settings> {
    let endpoint = endpoint(values, production);
    let region = values.get("S3_REGION").unwrap_or_else(|| REGION.to_owned());
    if !is_plain(&region) {
        values.refuse(format!("S3_REGION is `{region}`; it must look like eu-central-1."));
    }
    let Some(bucket) = values.get("S3_BUCKET") else {
        if endpoint.is_some() {
            values.refuse("S3_BUCKET is not set; the server at S3_ENDPOINT keeps files in a bucket.");
        }
        return None;
    };
    if !is_bucket(&bucket) {
        values.refuse(format!("S3_BUCKET is `{bucket}`; it has 3 to 63 small letters, digits, dots and hyphens."));
    }
    let access_key_id = key(values, "AWS_ACCESS_KEY_ID");
    let secret_access_key = Secret::new(key(values, "AWS_SECRET_ACCESS_KEY"));
    Some(S3Settings { endpoint, region, bucket, access_key_id, secret_access_key })
}

fn endpoint(values: &mut Values, production: bool) -> Option<String> {
    let text = values.get("S3_ENDPOINT")?;
    let uri: Option<Uri> = text.parse().ok();
    let is_server = |uri: &Uri| {
        let is_plain = uri.query().is_none() && uri.authority().is_some_and(|host| !host.as_str().contains('@'));
        is_plain && matches!(uri.scheme_str(), Some("http" | "https"))
    };
    if !uri.as_ref().is_some_and(is_server) {
        // It may hold a password.
        values.refuse("S3_ENDPOINT cannot be read; it must look like https://s3.example.com.");
    } else if production && !text.starts_with("https://") {
        values.refuse("S3_ENDPOINT does without encryption; production wants https://….");
    }
    Some(text)
}

fn key(values: &mut Values, name: &str) -> String {
    let key = values.get(name).unwrap_or_default();
    if key.is_empty() {
        values.refuse(format!("{name} is not set; S3_BUCKET needs it."));
    } else if !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        values.refuse(format!("{name} is none; a key has no spaces and no letters outside of ASCII."));
    }
    key
}

fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

fn is_bucket(name: &str) -> bool {
    let labels = || name.split('.');
    (3..=63).contains(&name.len())
        && labels().all(|label| is_plain(label) && !label.starts_with('-') && !label.ends_with('-'))
}
