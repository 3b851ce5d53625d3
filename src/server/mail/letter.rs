//! What a mail says, once: its text and its HTML come from the same paragraphs. Plain and short; no pictures, nothing that
//! tells whether it was read.

use std::fmt::Write;

use crate::{
    server::mail::Mail,
    shared::{contact::Email, mail::MailKind},
};

/// The contents of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The subject.
    pub subject: String,
    /// Whom it greets.
    pub name: String,
    /// What it says.
    pub paragraphs: Vec<String>,
    /// What there is to do, and where.
    pub link: Option<(&'static str, String)>,
    /// What to know besides: how long the link is good, what to do if it was not them.
    pub note: String,
}

impl Letter {
    /// The mail to somebody.
    pub fn to(&self, to: &Email, kind: MailKind) -> Mail {
        Mail { to: to.clone(), kind, subject: self.subject.clone(), text: self.text(), html: self.html() }
    }

    fn text(&self) -> String {
        let mut text = format!("Hello {},\n\n{}\n\n", self.name, self.paragraphs.join("\n\n"));
        if let Some((words, address)) = &self.link {
            let _ = write!(text, "{words}:\n{address}\n\n");
        }
        let _ = write!(text, "{}\n\nTrek-Tribe\n", self.note);
        text
    }

    fn html(&self) -> String {
        let mut body = format!("<p>Hello {},</p>", escape(&self.name));
        for paragraph in &self.paragraphs {
            let _ = write!(body, "<p>{}</p>", escape(paragraph));
        }
        if let Some((words, address)) = &self.link {
            let address = escape(address);
            let _ = write!(body, "<p><a href=\"{address}\" style=\"{BUTTON}\">{}</a></p>", escape(words));
            let _ =
                write!(body, "<p style=\"{SMALL}\">If the button does not work, open this address:<br>{address}</p>");
        }
        let _ = write!(body, "<p style=\"{SMALL}\">{}</p><p>Trek-Tribe</p>", escape(&self.note));
        let title = escape(&self.subject);
        format!(
            "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title></head>\
             <body style=\"{PAGE}\">{body}</body></html>"
        )
    }
}

const PAGE: &str = "font:16px/1.5 system-ui,sans-serif;color:#1d2521;max-width:34em;margin:2em auto;padding:0 1em";
const BUTTON: &str =
    "display:inline-block;background:#1f5c43;color:#ffffff;text-decoration:none;padding:.6em 1.2em;border-radius:8px";
const SMALL: &str = "font-size:14px;color:#56625b;word-break:break-word";

fn escape(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut escaped, c| {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(c),
        }
        escaped
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_html_say_the_same_and_names_stay_text() {
        let letter = Letter {
            subject: "Set a new password".into(),
            name: "Asha <b>Rao</b>".into(),
            paragraphs: vec!["You asked for this.".into()],
            link: Some(("Set a new password", "https://trek.example/reset-password?token=a&b".into())),
            note: "The link is good for an hour.".into(),
        };
        let mail = letter.to(&"asha@example.in".parse().unwrap(), MailKind::ResetPassword);
        for part in ["You asked for this.", "The link is good for an hour."] {
            assert!(mail.text.contains(part) && mail.html.contains(part), "{part}");
        }
        assert!(mail.text.contains("https://trek.example/reset-password?token=a&b"));
        assert!(mail.html.contains("href=\"https://trek.example/reset-password?token=a&amp;b\""));
        assert!(mail.html.contains("Asha &lt;b&gt;Rao") && !mail.html.contains("<b>"));
    }
}
