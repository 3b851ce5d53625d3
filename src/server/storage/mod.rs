//! The bucket of an S3 server, where the bytes of files are: the same client for one that is configured and for the embedded one.

use std::{error::Error, iter::successors, time::Duration};

use aws_sdk_s3::{
    Client, Config,
    config::{
        Credentials, Region, RequestChecksumCalculation, ResponseChecksumValidation, SharedHttpClient,
        retry::RetryConfig, timeout::TimeoutConfig,
    },
    error::SdkError,
    primitives::ByteStream,
};
use aws_smithy_http_client::{
    Builder,
    tls::{Provider, rustls_provider::CryptoMode},
};
use axum::body::Bytes;
use futures_util::Stream;
use tokio::{io::AsyncRead, time::timeout};
use tokio_util::io::ReaderStream;

use crate::{server::config::S3Settings, shared::error::AppError};

/// How long to wait for a connection. An answer of `503` has to come within five seconds, and a connection is tried twice.
const CONNECT_WITHIN: Duration = Duration::from_millis(1_500);
/// How long something small may take.
const WITHIN: Duration = Duration::from_secs(4);
/// How much longer for each MiB that is sent.
const MORE_FOR_MIB: Duration = Duration::from_secs(1);
/// How often something is tried when the server fails or the connection breaks.
const TRIES: u32 = 2;

/// A handle to the bucket; cheap to clone.
#[derive(Debug, Clone)]
pub struct Bucket {
    client: Client,
    name: String,
}

/// The bytes of an object, as they come.
#[derive(Debug)]
pub struct Object(ByteStream);

impl Object {
    /// The bytes.
    pub fn into_stream(self) -> impl Stream<Item = std::io::Result<Bytes>> + Send + 'static {
        ReaderStream::new(into_reader(self.0))
    }
}

fn into_reader(stream: ByteStream) -> impl AsyncRead + Send + 'static {
    stream.into_async_read()
}

impl Bucket {
    /// The bucket of these settings. Nobody is asked yet.
    pub fn open(settings: &S3Settings) -> Self {
        let S3Settings { endpoint, region, bucket, access_key_id, secret_access_key } = settings;
        let credentials = Credentials::new(access_key_id, secret_access_key.reveal(), None, None, "settings");
        let config = Config::builder()
            .http_client(http_client(endpoint.as_deref()))
            .region(Region::new(region.clone()))
            .credentials_provider(credentials)
            .timeout_config(TimeoutConfig::builder().connect_timeout(CONNECT_WITHIN).build())
            .retry_config(RetryConfig::standard().with_max_attempts(TRIES))
            // What S3 added of late is not known by all who speak its protocol.
            .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
            .response_checksum_validation(ResponseChecksumValidation::WhenRequired)
            // Names of buckets as parts of the host are known for certain by S3 itself alone.
            .force_path_style(endpoint.is_some());
        let config = match endpoint {
            Some(endpoint) => config.endpoint_url(endpoint),
            None => config,
        };
        Self { client: Client::from_conf(config.build()), name: bucket.clone() }
    }

    /// Keeps an object.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when the server is away; whether the object is there is then unknown.
    pub async fn put(&self, key: &str, media_type: &str, bytes: Vec<u8>) -> Result<(), AppError> {
        let within = WITHIN + MORE_FOR_MIB * u32::try_from(bytes.len() >> 20).unwrap_or_default();
        let put = self.client.put_object().bucket(&self.name).key(key).content_type(media_type);
        ask(within, put.body(bytes.into()).send()).await.map(drop)
    }

    /// An object.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when the server is away, or has no such object.
    pub async fn get(&self, key: &str) -> Result<Object, AppError> {
        let object = ask(WITHIN, self.client.get_object().bucket(&self.name).key(key).send()).await?;
        Ok(Object(object.body))
    }

    /// Removes an object; one that is not there is removed already.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when the server is away.
    pub async fn remove(&self, key: &str) -> Result<(), AppError> {
        ask(WITHIN, self.client.delete_object().bucket(&self.name).key(key).send()).await.map(drop)
    }

    /// Asks for a sign of life, and whether the bucket is there.
    ///
    /// # Errors
    /// [`AppError::Unavailable`].
    pub async fn ping(&self) -> Result<(), AppError> {
        ask(WITHIN, self.client.head_bucket().bucket(&self.name).send()).await.map(drop)
    }
}

/// Waits for an answer, but not for long. What goes wrong is logged here.
async fn ask<T, E>(within: Duration, answer: impl Future<Output = Result<T, SdkError<E>>>) -> Result<T, AppError>
where
    E: Error + 'static,
{
    match timeout(within, answer).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(error)) => {
            tracing::warn!(error = causes_of(&error), "the file storage failed");
            Err(AppError::Unavailable)
        }
        Err(_) => {
            tracing::warn!("the file storage did not answer in time");
            Err(AppError::Unavailable)
        }
    }
}

/// What the client itself says of an error ends before its cause.
fn causes_of(error: &(dyn Error + 'static)) -> String {
    successors(Some(error), |error| (*error).source()).map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// On loopback nothing is encrypted, and the system's certificates are not even read.
fn http_client(endpoint: Option<&str>) -> SharedHttpClient {
    if endpoint.is_some_and(|endpoint| endpoint.starts_with("http://")) {
        Builder::new().build_http()
    } else {
        Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https()
    }
}
