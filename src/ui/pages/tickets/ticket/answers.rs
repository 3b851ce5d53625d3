//! Canned answers in the composer. With script `/` and the beginning of a word find them; a list and a button fill one in on
//! phones and, by asking for the page anew, without script.

use leptos::{ev::KeyboardEvent, html, prelude::*, web_sys};

use crate::{
    crm::tickets::{
        screens::{TICKETS_PATH, profile::ReadyAnswer},
        ticket::TicketId,
    },
    ui::components::{Button, ButtonKind, ButtonSize},
};

/// The form of those without script; it stands outside of the composer.
const FORM: &str = "answer-form";
/// The list of what was found.
pub(super) const LIST: &str = "answers-found";
/// So many are shown.
const SHOWN: usize = 6;

/// Finds answers while somebody writes.
#[derive(Clone, Copy)]
pub(super) struct Finder {
    answers: StoredValue<Vec<ReadyAnswer>>,
    text: NodeRef<html::Textarea>,
    found: RwSignal<Vec<ReadyAnswer>>,
    chosen: RwSignal<usize>,
}

impl Finder {
    /// A finder for the field that is written in.
    pub(super) fn new(answers: Vec<ReadyAnswer>, text: NodeRef<html::Textarea>) -> Self {
        let (found, chosen) = (RwSignal::new(Vec::new()), RwSignal::new(0));
        Self { answers: StoredValue::new(answers), text, found, chosen }
    }

    /// Whether something was found.
    pub(super) fn is_open(self) -> bool {
        self.found.with(|found| !found.is_empty())
    }

    /// The id of the answer that Enter takes.
    pub(super) fn chosen_id(self) -> Option<String> {
        self.is_open().then(|| option_id(self.chosen.get()))
    }

    /// Looks for what stands behind the `/` at the caret.
    pub(super) fn look(self) {
        let word = self.caret().and_then(|(text, caret)| wanted(&text, caret).map(str::to_lowercase));
        let found = word.map(|word| {
            self.answers.with_value(|answers| {
                let fits = |answer: &&ReadyAnswer| answer.title.to_lowercase().contains(&word);
                answers.iter().filter(fits).take(SHOWN).cloned().collect::<Vec<_>>()
            })
        });
        self.found.set(found.unwrap_or_default());
        self.chosen.set(0);
    }

    /// The keys that go through what was found; all others belong to the field.
    pub(super) fn take_key(self, event: &KeyboardEvent) {
        let count = self.found.with_untracked(Vec::len);
        if count == 0 {
            return;
        }
        let here = self.chosen.get_untracked();
        match event.key().as_str() {
            "ArrowDown" => self.chosen.set((here + 1) % count),
            "ArrowUp" => self.chosen.set((here + count - 1) % count),
            "Enter" | "Tab" => self.fill_in_found(here),
            "Escape" => self.found.set(Vec::new()),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    }

    fn fill_in_found(self, index: usize) {
        if let Some(answer) = self.found.with_untracked(|found| found.get(index).cloned()) {
            self.fill_in(&answer.text);
        }
    }

    /// Puts a text in place of the `/` and its word, or where the caret is.
    fn fill_in(self, answer: &str) {
        let (Some(field), Some((text, caret))) = (self.text.get_untracked(), self.caret()) else { return };
        let (filled, caret) = fill(&text, caret, answer);
        field.set_value(&filled);
        self.found.set(Vec::new());
        let place = u32::try_from(filled[..caret].encode_utf16().count()).unwrap_or(u32::MAX);
        // A field that does not take the focus is filled in all the same.
        drop(field.focus());
        drop(field.set_selection_range(place, place));
    }

    /// What stands in the field, and after how many bytes the caret.
    fn caret(self) -> Option<(String, usize)> {
        let field = self.text.get_untracked()?;
        let (text, units) = (field.value(), field.selection_start().ok().flatten()?);
        let caret = byte_of(&text, usize::try_from(units).ok()?);
        Some((text, caret))
    }
}

fn option_id(index: usize) -> String {
    format!("{LIST}-{index}")
}

/// The byte at which so many UTF-16 units, by which browsers count, have passed.
fn byte_of(text: &str, units: usize) -> usize {
    let mut passed = 0;
    for (byte, character) in text.char_indices() {
        if passed >= units {
            return byte;
        }
        passed += character.len_utf16();
    }
    text.len()
}

/// The word behind a `/` that begins before the caret; a `/` within a word is one of the text.
fn wanted(text: &str, caret: usize) -> Option<&str> {
    text.get(..caret)?.rsplit(char::is_whitespace).next()?.strip_prefix('/')
}

/// The text with an answer in it, and the byte after which the caret stands then.
fn fill(text: &str, caret: usize, answer: &str) -> (String, usize) {
    let start = wanted(text, caret).map_or(caret, |word| caret - word.len() - 1);
    let before = format!("{}{answer}", &text[..start]);
    (format!("{before}{}", &text[caret..]), before.len())
}

/// What was found, above the composer's foot.
#[component]
pub(super) fn AnswerSearch(finder: Finder) -> impl IntoView {
    let line = move |(index, answer): (usize, ReadyAnswer)| {
        view! {
            <li
                role="option"
                id=option_id(index)
                aria-selected=move || (finder.chosen.get() == index).to_string()
                // Before the field loses the focus.
                on:pointerdown=move |event| {
                    event.prevent_default();
                    finder.fill_in_found(index);
                }
            >
                <b>{answer.title}</b>
                <span class="muted trunc">{answer.text}</span>
            </li>
        }
    };
    let list = move || {
        let found = finder.found.get();
        (!found.is_empty()).then(|| {
            view! {
                <ul class="slash" id=LIST role="listbox" aria-label="Canned answers">
                    {found.into_iter().enumerate().map(line).collect_view()}
                </ul>
            }
        })
    };
    let words = move || match finder.found.with(Vec::len) {
        0 => String::new(),
        1 => "One answer found. Enter fills it in.".to_owned(),
        count => format!("{count} answers found. The arrow keys choose, Enter fills in."),
    };
    view! {
        {list}
        <p class="sr" role="status">
            {words}
        </p>
    }
}

/// All answers in a list. With script a choice acts at once, else its button does.
#[component]
pub(super) fn AnswerPicker(answers: Vec<ReadyAnswer>, id: TicketId, finder: Finder) -> impl IntoView {
    let is_awake = RwSignal::new(false);
    Effect::new(move |_| is_awake.set(true));
    if answers.is_empty() {
        return ().into_any();
    }
    let lines = answers
        .iter()
        .map(|answer| view! { <option value=answer.id.clone()>{answer.title.clone()}</option> })
        .collect_view();
    let choose = move |event: web_sys::Event| {
        let chosen = event_target_value(&event);
        let text = answers.iter().find(|answer| answer.id == chosen).map(|answer| answer.text.clone());
        if let Some(text) = text {
            finder.fill_in(&text);
            event_target::<web_sys::HtmlSelectElement>(&event).set_value("");
        }
    };
    view! {
        <select class="qf pick" name="answer" form=FORM aria-label="Fill in a canned answer" on:change=choose>
            <option value="">"/ Canned answers"</option>
            {lines}
        </select>
        <span hidden=move || is_awake.get()>
            <Button size=ButtonSize::Small kind=ButtonKind::Quiet attr:form=FORM attr:formaction=format!("{TICKETS_PATH}/{id}") attr:formmethod="get">
                "Fill in"
            </Button>
        </span>
    }
    .into_any()
}

/// The form of the list of answers, for who has no script.
#[component]
pub(super) fn AnswerForm(id: TicketId) -> impl IntoView {
    view! { <form id=FORM method="get" action=format!("{TICKETS_PATH}/{id}")></form> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slash_that_begins_a_word_looks_for_an_answer() {
        assert_eq!(wanted("/ref", 4), Some("ref"));
        assert_eq!(wanted("Hello\n/ref and", 10), Some("ref"));
        assert_eq!(wanted("and/or", 6), None);
        assert_eq!(wanted("/ref x", 6), None);
    }

    #[test]
    fn an_answer_takes_the_place_of_its_word() {
        assert_eq!(fill("Hello /ref!", 10, "It is paid."), ("Hello It is paid.!".into(), 17));
        assert_eq!(fill("Hello ", 6, "It is paid."), ("Hello It is paid.".into(), 17));
    }

    #[test]
    fn the_caret_is_found_behind_letters_of_any_length() {
        let text = "नमस्ते 🙏 /a";
        assert_eq!(wanted(text, byte_of(text, text.encode_utf16().count())), Some("a"));
        assert_eq!(byte_of("🙏a", 2), 4);
    }
}
