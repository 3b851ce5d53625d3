//! A visitor without a browser: fetches pages as they travel, follows the first link, signs in through the form.

use super::{
    packed_size,
    pages::{Login, Page, Place, SIGN_IN},
};
use anyhow::{Context as _, Result, bail, ensure};
use std::collections::BTreeMap;
use ureq::{Agent, Body, http::Response};

/// A page as it travelled and as it reads.
pub(super) struct Fetched {
    pub(super) travelled: usize,
    pub(super) text: String,
}

/// A person's cookies on one server.
pub(super) struct Visitor {
    agent: Agent,
    origin: String,
    cookies: BTreeMap<String, String>,
}

impl Visitor {
    pub(super) fn new(address: &str) -> Self {
        let agent = Agent::config_builder().max_redirects(0).http_status_as_error(false).build().into();
        Self { agent, origin: format!("http://{address}"), cookies: BTreeMap::new() }
    }

    /// Fetches a page of the table.
    pub(super) fn fetch(&mut self, page: &Page) -> Result<Fetched> {
        match page.place {
            Place::Path(path) => self.get(path),
            Place::FirstLink { on, prefix } => {
                let list = self.get(on)?;
                let path = find_link(&list.text, prefix).with_context(|| format!("{on} has no link to {prefix}…"))?;
                self.get(&path)
            }
        }
    }

    /// Signs in as a person does, by the page's own form.
    pub(super) fn sign_in(&mut self, login: &Login) -> Result<()> {
        let page = self.get(SIGN_IN)?;
        let form =
            Form::around(&page.text, "name=\"password\"").with_context(|| format!("{SIGN_IN} has no sign-in form"))?;
        let mut fields = form.hidden;
        fields.push(("email".into(), login.email.into()));
        fields.push(("password".into(), login.password.into()));
        let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let answer = self
            .agent
            .post(format!("{}{}", self.origin, form.action))
            .header("Origin", &self.origin)
            .header("Accept", "text/html")
            .header("Cookie", self.cookie_header())
            .send_form(pairs)?;
        self.keep_cookies(&answer);
        ensure!(answer.status().is_redirection(), "the form answered {} instead of leading on", answer.status());
        Ok(())
    }

    fn get(&mut self, path: &str) -> Result<Fetched> {
        let mut answer = self
            .agent
            .get(format!("{}{path}", self.origin))
            .header("Accept", "text/html")
            .header("Accept-Encoding", "br")
            .header("Cookie", self.cookie_header())
            .call()?;
        if answer.status() != 200 {
            bail!("{path} answered {}", answer.status());
        }
        self.keep_cookies(&answer);
        let is_packed = answer.headers().get("content-encoding").is_some_and(|encoding| encoding == "br");
        let bytes = answer.body_mut().read_to_vec()?;
        if !is_packed {
            let travelled = packed_size(&bytes)?;
            return Ok(Fetched { travelled, text: String::from_utf8(bytes)? });
        }
        let mut text = Vec::new();
        brotli::BrotliDecompress(&mut bytes.as_slice(), &mut text)?;
        Ok(Fetched { travelled: bytes.len(), text: String::from_utf8(text)? })
    }

    fn cookie_header(&self) -> String {
        let pairs: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("; ")
    }

    fn keep_cookies(&mut self, answer: &Response<Body>) {
        let lines = answer.headers().get_all("set-cookie").iter().filter_map(|line| line.to_str().ok());
        for (name, value) in lines.filter_map(|line| line.split(';').next()?.split_once('=')) {
            self.cookies.insert(name.trim().to_owned(), value.trim().to_owned());
        }
    }
}

/// What is needed to send a form.
struct Form {
    action: String,
    hidden: Vec<(String, String)>,
}

impl Form {
    /// The form that contains the mark.
    fn around(html: &str, mark: &str) -> Option<Self> {
        let at = html.find(mark)?;
        let start = html[..at].rfind("<form")?;
        let end = at + html[at..].find("</form>")?;
        let tags = html[start..end].split('<').filter_map(|tag| tag.split('>').next());
        let hidden = tags
            .clone()
            .filter(|tag| tag.starts_with("input") && tag.contains("type=\"hidden\""))
            .filter_map(|tag| Some((attribute(tag, "name")?, attribute(tag, "value").unwrap_or_default())))
            .collect();
        let action = tags.clone().find(|tag| tag.starts_with("form")).and_then(|tag| attribute(tag, "action"))?;
        Some(Self { action, hidden })
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()?;
    Some(value.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
}

/// The first link whose path starts with the prefix and goes on.
fn find_link(html: &str, prefix: &str) -> Option<String> {
    html.split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .find(|path| path.strip_prefix(prefix).is_some_and(|rest| !rest.is_empty()))
        .map(|path| path.replace("&amp;", "&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sign_in_form_is_found_with_its_hidden_fields() {
        let html = r#"<form action="/search"><input name="q"></form>
            <form method="post" action="/api/fn/sign_in?a=1&amp;b=2"><input type="hidden" name="next" value="/leads">
            <input name="email"><input type="password" name="password"></form>"#;
        let form = Form::around(html, "name=\"password\"").unwrap();
        assert_eq!(form.action, "/api/fn/sign_in?a=1&b=2");
        assert_eq!(form.hidden, [("next".to_owned(), "/leads".to_owned())]);
    }

    #[test]
    fn the_first_link_below_a_prefix_is_not_the_prefix_itself() {
        let html = r#"<a href="/trips/">all</a><a href="/trips/42?a&amp;b">one</a>"#;
        assert_eq!(find_link(html, "/trips/").unwrap(), "/trips/42?a&b");
        assert!(find_link(html, "/leads/").is_none());
    }
}
