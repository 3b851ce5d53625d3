//! What was said, by day. A time stands below what was said in one go.

use leptos::prelude::*;

use super::list::ReadMark;
use crate::{
    crm::{
        chat::screens::{Bubble, TalkDay, belong_together},
        tickets::screens::profile::FileLink,
    },
    ui::components::{Glyph, Icon, Time},
};

/// What was said on a day.
#[component]
pub(super) fn Day(
    day: TalkDay,
    /// The first message that was not read.
    first_unread: Option<u32>,
    /// How far the other side has read.
    other_read: Signal<u32>,
    /// Whether it began above, and is headed there.
    began_above: Option<RwSignal<bool>>,
) -> impl IntoView {
    let bubbles = view_bubbles(day.bubbles, first_unread, other_read);
    view! {
        <h3 class="sep" hidden=move || began_above.is_some_and(|began| began.get())>
            <span>{day.label}</span>
        </h3>
        // Read aloud is what is said now.
        <ol aria-live="off">{bubbles}</ol>
    }
}

/// Messages that follow each other on a day.
pub(super) fn view_bubbles(bubbles: Vec<Bubble>, first_unread: Option<u32>, other_read: Signal<u32>) -> Vec<AnyView> {
    let ends: Vec<bool> = bubbles
        .iter()
        .enumerate()
        .map(|(at, bubble)| !bubbles.get(at + 1).is_some_and(|next| belong_together(bubble, next)))
        .collect();
    let bubbles = bubbles.into_iter().zip(ends);
    bubbles
        .map(|(bubble, ends_group)| {
            let is_first_unread = first_unread == Some(bubble.seq);
            view! { <Said bubble ends_group is_first_unread other_read/> }.into_any()
        })
        .collect()
}

#[component]
fn Said(bubble: Bubble, ends_group: bool, is_first_unread: bool, other_read: Signal<u32>) -> impl IntoView {
    let Bubble { seq, ours, who, body, files, moment, .. } = bubble;
    let mark = is_first_unread.then(|| {
        view! {
            <li class="sep fresh">
                <span>"New messages"</span>
            </li>
        }
    });
    let time = ends_group.then(|| {
        let read = ours.then(|| {
            let is_read = Signal::derive(move || other_read.get() >= seq);
            view! {
                " "
                <ReadMark is_read/>
                {move || if is_read.get() { " Read" } else { " Sent" }}
            }
        });
        view! {
            <span class="bt">
                {who.map(|who| format!("{who}, "))}
                <Time at=moment.at.to_string() text=moment.text exact=moment.exact/>
                {read}
            </span>
        }
    });
    view! {
        {mark}
        <li class=if ours { "b me" } else { "b" } id=format!("m{seq}")>
            <Words ours body files/>
            {time}
        </li>
    }
}

/// What a message says and carries.
#[component]
pub(super) fn Words(ours: bool, body: String, files: Vec<FileLink>) -> impl IntoView {
    let by = if ours { "You: " } else { "" };
    let files = files
        .into_iter()
        .map(|file| {
            view! {
                // A file is no page: the router must leave this link to the browser.
                <a class="file" href=file.href rel="external">
                    <Icon glyph=Glyph::File/>
                    <span>
                        <b>{file.name}</b>
                        <span>{file.size}</span>
                    </span>
                    <Icon glyph=Glyph::Download/>
                </a>
            }
        })
        .collect_view();
    let words = (!body.is_empty()).then(|| view! { <p>{body}</p> });
    view! {
        <div class="bub">
            <span class="sr">{by}</span>
            {words}
            {files}
        </div>
    }
}
