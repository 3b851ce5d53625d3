//! An S3 server in this process, whose objects are files in a folder: for development, tests and one small machine.

use std::{
    fs::{self, File, TryLockError},
    io,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    time::Duration,
};

use axum::{Router, body::Body, extract::Request, response::Response};
use s3s::{
    auth::SimpleAuth,
    service::{S3Service, S3ServiceBuilder},
};
use s3s_fs::FileSystem;
use tokio::{net::TcpListener, task::JoinHandle, time::timeout};
use tokio_util::sync::CancellationToken;

use crate::{
    server::{
        config::{S3Settings, Secret},
        keys::Key,
        listen::listen,
    },
    shared::error::AppError,
};

/// Who uses it. The key is derived, so that processes of one secret have the same.
const ACCESS_KEY: &str = "trek-tribe";
const REGION: &str = "us-east-1";
/// How long its last requests may take; the application, which makes them, has ended before.
const STOP_WITHIN: Duration = Duration::from_secs(1);

/// A running server.
#[derive(Debug)]
pub struct S3Server {
    address: SocketAddr,
    folder: PathBuf,
    secret_key: Secret,
    stop: CancellationToken,
    serving: JoinHandle<()>,
    /// Two servers on one folder would take each other's half-written files away.
    _lock: File,
}

impl S3Server {
    /// Serves the folder on a free port of loopback, until it is stopped or dropped.
    ///
    /// # Errors
    /// When the folder cannot be used, or another process serves it.
    pub async fn start(folder: PathBuf, secret: &Secret) -> io::Result<Self> {
        fs::create_dir_all(&folder)?;
        let lock = lock(&folder)?;
        let secret_key = secret_key(secret);
        let files = FileSystem::new(&folder).map_err(|error| io::Error::other(format!("{error:?}")))?;
        let mut builder = S3ServiceBuilder::new(files);
        builder.set_auth(SimpleAuth::from_single(ACCESS_KEY, secret_key.reveal().to_owned()));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let (address, stop) = (listener.local_addr()?, CancellationToken::new());
        let serving = tokio::spawn(listen(listener, router(builder.build()), stop.clone()));
        Ok(Self { address, folder, secret_key, stop, serving, _lock: lock })
    }

    /// The settings of a bucket, which is made if it is not there.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn bucket(&self, name: &str) -> io::Result<S3Settings> {
        fs::create_dir_all(self.folder.join(name))?;
        Ok(S3Settings {
            endpoint: Some(format!("http://{}", self.address)),
            region: REGION.to_owned(),
            bucket: name.to_owned(),
            access_key_id: ACCESS_KEY.to_owned(),
            secret_access_key: self.secret_key.clone(),
        })
    }

    /// Ends it.
    pub async fn stop(mut self) {
        self.stop.cancel();
        if timeout(STOP_WITHIN, &mut self.serving).await.is_err() {
            tracing::warn!("requests to the file storage were cut off");
        }
    }
}

impl Drop for S3Server {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

fn lock(folder: &std::path::Path) -> io::Result<File> {
    let path = folder.join(".lock");
    let file = File::create(&path)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::Error(error)) => Err(error),
        Err(TryLockError::WouldBlock) => {
            let problem = format!(
                "The files in {} are in use by another process. Stop it, or let both use one S3 server (S3_BUCKET).",
                folder.display()
            );
            Err(io::Error::new(io::ErrorKind::ResourceBusy, problem))
        }
    }
}

fn secret_key(secret: &Secret) -> Secret {
    let key = Key::derive(secret, "embedded S3 server");
    Secret::new(key.bytes().iter().map(|byte| format!("{byte:02x}")).collect::<String>())
}

fn router(service: S3Service) -> Router {
    Router::new().fallback(move |request: Request| answer(service.clone(), request))
}

async fn answer(service: S3Service, request: Request) -> Result<Response, AppError> {
    match service.call(request.map(s3s::Body::http_body_unsync)).await {
        Ok(response) => Ok(response.map(Body::new)),
        Err(error) => {
            tracing::error!(?error, "the embedded S3 server failed");
            Err(AppError::Internal)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::storage::Bucket;

    /// A folder of its own; removed when it is dropped.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let folder = std::env::temp_dir().join(format!("trek-tribe-s3-{name}-{}", std::process::id()));
            drop(fs::remove_dir_all(&folder));
            Self(folder)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            drop(fs::remove_dir_all(&self.0));
        }
    }

    fn secret() -> Secret {
        Secret::new("a secret of the tests, long enough to pass")
    }

    async fn read(bucket: &Bucket, key: &str) -> Result<Vec<u8>, AppError> {
        let stream = bucket.get(key).await?.into_stream();
        Ok(axum::body::to_bytes(Body::from_stream(stream), usize::MAX).await.unwrap().to_vec())
    }

    #[tokio::test]
    async fn what_is_kept_is_there_after_a_restart_and_gone_once_removed() {
        let folder = Folder::new("restart");
        let server = S3Server::start(folder.0.clone(), &secret()).await.unwrap();
        let bucket = Bucket::open(&server.bucket("files").unwrap());
        bucket.ping().await.unwrap();
        bucket.put("a-key_of/two", "application/pdf", b"%PDF-".to_vec()).await.unwrap();
        server.stop().await;
        assert_eq!(bucket.get("a-key_of/two").await.unwrap_err(), AppError::Unavailable);
        let server = S3Server::start(folder.0.clone(), &secret()).await.unwrap();
        let bucket = Bucket::open(&server.bucket("files").unwrap());
        assert_eq!(read(&bucket, "a-key_of/two").await.unwrap(), b"%PDF-");
        bucket.remove("a-key_of/two").await.unwrap();
        bucket.remove("a-key_of/two").await.unwrap();
        assert_eq!(bucket.get("a-key_of/two").await.unwrap_err(), AppError::Unavailable);
        server.stop().await;
    }

    #[tokio::test]
    async fn nobody_reads_without_the_right_key() {
        let folder = Folder::new("key");
        let server = S3Server::start(folder.0.clone(), &secret()).await.unwrap();
        let right = server.bucket("files").unwrap();
        Bucket::open(&right).put("key", "image/png", vec![1]).await.unwrap();
        let wrong = S3Settings { secret_access_key: Secret::new("another one"), ..right.clone() };
        assert_eq!(Bucket::open(&wrong).get("key").await.unwrap_err(), AppError::Unavailable);
        let unsigned = reqwest::get(format!("{}/files/key", right.endpoint.unwrap())).await.unwrap();
        assert_eq!(unsigned.status(), 403);
    }

    #[tokio::test]
    async fn a_folder_is_served_once() {
        let folder = Folder::new("once");
        let _first = S3Server::start(folder.0.clone(), &secret()).await.unwrap();
        let second = S3Server::start(folder.0.clone(), &secret()).await.unwrap_err();
        assert!(second.to_string().contains("in use by another process"), "{second}");
    }
}
