//! Somebody who sends requests, and what they are answered.

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    http::{
        HeaderMap, Method, Request, Response,
        header::{AUTHORIZATION, CONTENT_TYPE},
    },
};
use serde_json::Value;
use tower::ServiceExt;

/// A person with a program that speaks to the API.
#[derive(Clone)]
pub struct Client {
    router: Router,
    /// Their address; empty when nobody is signed in.
    pub email: String,
    /// Their access token.
    pub token: Option<String>,
    /// Their id; empty when nobody is signed in.
    pub user_id: String,
}

impl Client {
    pub fn anonymous(router: Router) -> Self {
        Self { router, email: String::new(), token: None, user_id: String::new() }
    }

    pub fn signed_in(router: Router, email: String, token: String, user_id: String) -> Self {
        Self { router, email, token: Some(token), user_id }
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(self.request(Method::GET, path).body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.send_json(Method::POST, path, &body, &[]).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Reply {
        self.send_json(Method::PUT, path, &body, &[]).await
    }

    pub async fn delete(&self, path: &str) -> Reply {
        self.send(self.request(Method::DELETE, path).body(Body::empty()).unwrap()).await
    }

    /// Sends a JSON body with more headers.
    pub async fn send_json(&self, method: Method, path: &str, body: &Value, headers: &[(&str, &str)]) -> Reply {
        let mut request = self.request(method, path).header(CONTENT_TYPE, "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    /// A request with the person's token, to be completed.
    pub fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let request = Request::builder().method(method).uri(path).header("host", "127.0.0.1:3000");
        match &self.token {
            Some(token) => request.header(AUTHORIZATION, format!("Bearer {token}")),
            None => request,
        }
    }

    pub async fn send(&self, request: Request<Body>) -> Reply {
        Reply::read(self.router.clone().oneshot(request).await.unwrap()).await
    }
}

/// An answer, read to its end.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
    /// The bytes, where they are no text.
    pub bytes: Bytes,
    /// The body, `null` when it is not JSON.
    pub body: Value,
}

impl Reply {
    pub async fn read(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        Self { status: parts.status.as_u16(), headers: parts.headers, text, bytes, body }
    }

    /// The same reply if it has that status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// The same reply if it is that refusal.
    #[track_caller]
    pub fn refused(self, status: u16, error: &str) -> Self {
        assert_eq!((self.status, self.error()), (status, error), "{}", self.text);
        self
    }

    /// What went well.
    pub fn data(&self) -> &Value {
        &self.body["data"]
    }

    /// The code of what went wrong.
    pub fn error(&self) -> &str {
        self.body["error"].as_str().unwrap_or_default()
    }
}
