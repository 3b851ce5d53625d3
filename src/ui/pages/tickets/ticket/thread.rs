//! The thread: what was asked, answered and done, by day, the oldest first. It opens at its end.

use leptos::{html, prelude::*};

use crate::{
    crm::tickets::screens::profile::{EntryKind, FileLink, ThreadDay, ThreadEntry},
    ui::{
        components::{Glyph, Icon, Time, Tone},
        pages::tickets::marks::status_look,
    },
};

/// Who is so near to the end of the thread reads its end, in pixels.
const NEAR_END: i32 = 400;

/// Everything that happened.
#[component]
pub(super) fn Thread(days: Vec<ThreadDay>) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        let Some(thread) = node.get() else { return };
        // Who reads further up is left there when something new comes.
        let below = thread.scroll_height() - thread.scroll_top() - thread.client_height();
        if thread.scroll_top() == 0 || below < NEAR_END {
            // Once it stands in the page, and has a height.
            request_animation_frame(move || thread.set_scroll_top(thread.scroll_height()));
        }
    });
    let days = days.into_iter().map(|day| view! { <Day day/> }).collect_view();
    view! {
        <div class="tl thread" tabindex="0" role="region" aria-label="Thread" node_ref=node>
            <h2 class="sr">"Thread"</h2>
            {days}
        </div>
    }
}

#[component]
fn Day(day: ThreadDay) -> impl IntoView {
    let entries = day.entries.into_iter().map(|entry| view! { <Entry entry/> }).collect_view();
    view! {
        <h3 class="day">{day.label}</h3>
        <ol class="events">{entries}</ol>
    }
}

#[component]
fn Entry(entry: ThreadEntry) -> impl IntoView {
    let ThreadEntry { kind, who, deed, text, files, moment } = entry;
    let (glyph, tone, class) = look_of(kind);
    view! {
        <li class=class>
            <span class=format!("ei {}", tone.class())>
                <Icon glyph/>
            </span>
            <div class="eb">
                <p class="eh">
                    <span>
                        <b>{who}</b>
                        " "
                        {deed}
                    </span>
                    <Time class="push" at=moment.at.to_string() text=moment.text exact=moment.exact/>
                </p>
                {text.map(|text| view! { <div class="et"><Paragraphs text/></div> })}
                {(!files.is_empty()).then(|| view! { <Files files/> })}
            </div>
        </li>
    }
}

const fn look_of(kind: EntryKind) -> (Glyph, Tone, &'static str) {
    match kind {
        EntryKind::Ours => (Glyph::Chat, Tone::Green, "ev msg out"),
        EntryKind::Theirs => (Glyph::Chat, Tone::Info, "ev msg in"),
        EntryKind::Note => (Glyph::Note, Tone::Amber, "ev msg note-c"),
        EntryKind::Moved(status) => {
            let (glyph, tone) = status_look(status);
            (glyph, tone, "ev")
        }
        EntryKind::Changed => (Glyph::Edit, Tone::Grey, "ev"),
        EntryKind::Rated => (Glyph::Star, Tone::Amber, "ev"),
    }
}

/// What was sent along.
#[component]
fn Files(files: Vec<FileLink>) -> impl IntoView {
    let links = files
        .into_iter()
        .map(|file| {
            view! {
                <li>
                    // A file is no page: the router must leave this link to the browser.
                    <a class="tag" href=file.href rel="external">
                        <Icon glyph=Glyph::Attach small=true/>
                        {file.name}
                        <span class="muted">{file.size}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="files" aria-label="Attachments">{links}</ul> }
}

/// A text with its paragraphs; what stands in lines of its own within one stays so.
#[component]
fn Paragraphs(text: String) -> impl IntoView {
    let text = text.replace('\r', "");
    let paragraphs = text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
    paragraphs.map(|paragraph| view! { <p class="lines">{paragraph.to_owned()}</p> }).collect_view()
}
