//! A browser without script: it keeps cookies, follows redirects and posts forms.

use std::collections::BTreeMap;

use axum::{
    Router,
    body::Body,
    http::{
        Method, Request,
        header::{ACCEPT, CONTENT_TYPE, COOKIE, LOCATION, ORIGIN, REFERER, SET_COOKIE},
    },
};
use scraper::{Html, Selector};
use tower::ServiceExt;

use super::{Reply, files};

const PAGE: &str = "text/html,application/xhtml+xml";
const FIELDS: &str = "application/x-www-form-urlencoded";
const ORIGIN_HERE: &str = "http://127.0.0.1:3000";

/// Somebody at a browser whose script is switched off.
pub struct Browser {
    router: Router,
    cookies: BTreeMap<String, String>,
    /// Where they are: path and query.
    pub at: String,
}

impl Browser {
    pub fn new(router: Router) -> Self {
        Self { router, cookies: BTreeMap::new(), at: "/".into() }
    }

    /// Opens an address and goes wherever it leads.
    pub async fn open(&mut self, path: &str) -> Page {
        let reply = self.send(Method::GET, path, Body::empty()).await;
        self.follow(path, reply).await
    }

    /// Opens an address and stays, wherever it leads.
    pub async fn peek(&mut self, path: &str) -> Reply {
        self.send(Method::GET, path, Body::empty()).await
    }

    /// Posts a form of the page one is at to a server function, and goes wherever it leads.
    pub async fn submit(&mut self, function: &str, fields: &[(&str, &str)]) -> Page {
        let path = format!("/api/fn/{function}");
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(fields);
        let reply = self.send(Method::POST, &path, Body::from(form.finish())).await;
        self.follow(&path, reply).await
    }

    /// Posts a form with files of the page one is at, and goes wherever it leads.
    pub async fn submit_with_files(&mut self, function: &str, parts: &[(&str, &[u8])]) -> Page {
        let path = format!("/api/fn/{function}");
        let kind = "multipart/form-data; boundary=line";
        let reply = self.ask(Method::POST, &path, Body::from(files::form(parts)), (PAGE, kind)).await;
        self.follow(&path, reply).await
    }

    /// Calls a server function as our own script does, and stays.
    pub async fn call(&mut self, function: &str, fields: &[(&str, &str)]) -> Reply {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(fields);
        let kinds = ("application/json", FIELDS);
        self.ask(Method::POST, &format!("/api/fn/{function}"), Body::from(form.finish()), kinds).await
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// Puts a cookie back that one had before.
    pub fn put_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.into(), value.into());
    }

    async fn follow(&mut self, path: &str, mut reply: Reply) -> Page {
        let mut here = path.to_owned();
        for _ in 0..5 {
            let Some(target) = reply.headers.get(LOCATION).map(|target| target.to_str().unwrap().to_owned()) else {
                break;
            };
            assert!(reply.status == 303, "{target}");
            reply = self.send(Method::GET, &target, Body::empty()).await;
            here = target;
        }
        self.at = here;
        Page { reply }
    }

    async fn send(&mut self, method: Method, path: &str, body: Body) -> Reply {
        self.ask(method, path, body, (PAGE, FIELDS)).await
    }

    async fn ask(&mut self, method: Method, path: &str, body: Body, (accept, kind): (&str, &str)) -> Reply {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "127.0.0.1:3000")
            .header(ORIGIN, ORIGIN_HERE)
            .header(REFERER, format!("{ORIGIN_HERE}{}", self.at))
            .header(ACCEPT, accept)
            .header(CONTENT_TYPE, kind)
            .header(COOKIE, cookies.join("; "))
            .body(body)
            .unwrap();
        let reply = Reply::read(self.router.clone().oneshot(request).await.unwrap()).await;
        for cookie in reply.headers.get_all(SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            if value.is_empty() || cookie.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.into(), value.into());
            }
        }
        reply
    }
}

/// A page that was opened.
pub struct Page {
    /// The answer.
    pub reply: Reply,
}

impl Page {
    /// The same page if it has that status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.reply.status, status, "{}", self.reply.text);
        self
    }

    /// Its text without tags, with single spaces.
    pub fn text(&self) -> String {
        let html = Html::parse_document(&self.reply.text);
        let body = html.select(&selector("body")).next().unwrap();
        let words: Vec<&str> = body.text().flat_map(str::split_whitespace).collect();
        words.join(" ")
    }

    /// An attribute of the first element that fits.
    pub fn attribute(&self, css: &str, name: &str) -> Option<String> {
        let html = Html::parse_document(&self.reply.text);
        html.select(&selector(css)).next()?.value().attr(name).map(ToOwned::to_owned)
    }

    /// How many elements fit.
    pub fn count(&self, css: &str) -> usize {
        Html::parse_document(&self.reply.text).select(&selector(css)).count()
    }

    /// Fails where a parser has to repair the page: nested forms, links and buttons are dropped or split, blocks end their paragraph.
    #[track_caller]
    pub fn assert_valid(&self, name: &str) {
        let markup = self.reply.text.split("<script").next().unwrap_or_default();
        for tag in ["a", "button", "form", "h1", "h2", "p", "section", "select", "table", "tbody", "td", "tr", "ul"] {
            let written = markup.matches(&format!("<{tag}>")).count() + markup.matches(&format!("<{tag} ")).count();
            let html = Html::parse_document(markup);
            let read = html.select(&selector(tag)).count();
            assert_eq!(written, read, "<{tag}> of {name}");
        }
        assert_eq!(self.count("h1"), 1, "one h1 in {name}");
        assert_eq!(self.count("main"), 1, "one main in {name}");
        assert_eq!(self.count("[style]"), 0, "no style attribute in {name}");
    }
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap()
}

/// The words of each element that a selector finds in a page.
pub fn texts(page: &Reply, selector: &str) -> Vec<String> {
    let (document, selector) = (Html::parse_document(&page.text), Selector::parse(selector).unwrap());
    let words = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    document.select(&selector).map(|element| words(element.text().collect())).collect()
}

/// An attribute of each element that a selector finds in a page.
pub fn attribute(page: &Reply, selector: &str, name: &str) -> Vec<String> {
    let (document, selector) = (Html::parse_document(&page.text), Selector::parse(selector).unwrap());
    document.select(&selector).filter_map(|element| element.attr(name).map(ToOwned::to_owned)).collect()
}
