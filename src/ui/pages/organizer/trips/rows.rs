//! Rows of a form that come and go: with script at once, without it by a press that brings the form back changed.

use leptos::prelude::*;

use crate::{
    crm::trips::form::Press,
    shared::error::AppError,
    ui::{
        components::{Button, ButtonKind, ButtonSize, Glyph, Notice},
        form::FormState,
    },
};

/// A row with a key that stays while others come and go. The key is its number in the names of its fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row<T> {
    /// The number.
    pub key: usize,
    /// What stood in it at first.
    pub value: T,
}

/// Rows that come and go.
pub(super) struct Rows<T: Send + Sync + 'static>(RwSignal<Vec<Row<T>>>);

impl<T: Send + Sync + 'static> Clone for Rows<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Rows<T> {}

impl<T: Clone + Send + Sync + 'static> Rows<T> {
    /// These rows at first.
    pub(super) fn new(values: Vec<T>) -> Self {
        Self(RwSignal::new(values.into_iter().enumerate().map(|(key, value)| Row { key, value }).collect()))
    }

    /// The rows now.
    pub(super) fn list(self) -> Vec<Row<T>> {
        self.0.get()
    }

    /// Adds a row at the end.
    pub(super) fn add(self, value: T) {
        self.0.update(|rows| {
            let key = rows.iter().map(|row| row.key + 1).max().unwrap_or(0);
            rows.push(Row { key, value });
        });
    }

    /// Takes a row away.
    pub(super) fn remove(self, key: usize) {
        self.0.update(|rows| rows.retain(|row| row.key != key));
    }

    /// Which row from the start this is, as refusals name it.
    pub(super) fn position(self, key: usize) -> usize {
        self.0.with(|rows| rows.iter().position(|row| row.key == key).unwrap_or(key))
    }

    /// What is wrong with a field of a row: `messages(form, "itinerary", 2, "title")`.
    pub(super) fn messages(
        self,
        form: FormState,
        rows: &'static str,
        key: usize,
        field: &'static str,
    ) -> Signal<Vec<String>> {
        let error = form.error();
        Signal::derive(move || {
            let name = format!("{rows}.{}.{field}", self.position(key));
            error.with(|error| error.as_ref().map(|error| error.field_messages(&name)).unwrap_or_default())
        })
    }
}

/// A button that changes rows: `act` with script, `press` without.
#[component]
pub(super) fn RowButton(
    /// What it does without a script.
    press: Press,
    /// What it does with one.
    act: Callback<()>,
    /// The symbol.
    icon: Glyph,
    /// The full sentence for screen readers, where the words are not enough.
    #[prop(optional, into)]
    label: Option<String>,
    /// The words.
    children: Children,
) -> impl IntoView {
    let on_click = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        act.run(());
    };
    view! {
        <Button
            kind=ButtonKind::Quiet
            size=ButtonSize::Small
            icon
            name="form[press]"
            value=press.value()
            label=label.unwrap_or_default()
            attr:formnovalidate=true
            on:click=on_click
        >
            {children()}
        </Button>
    }
}

/// What is said of a list of rows as a whole. It takes the focus, so that the page opens there.
#[component]
pub(super) fn RowsNote(
    /// How the form stands.
    form: FormState,
    /// The field that stands for the list.
    field: &'static str,
    /// Whether rows of this list were just changed without a script.
    is_changed: bool,
) -> impl IntoView {
    let error = form.error();
    move || {
        let messages = error.with(|error| match error {
            Some(AppError::InvalidInput(fields)) => fields.get(field).cloned().unwrap_or_default(),
            _ => Vec::new(),
        });
        let changed = is_changed.then(|| "The rows are changed. Nothing is saved yet.".to_owned());
        let text = messages.into_iter().chain(changed).collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then(|| {
            view! {
                <div tabindex="-1" autofocus=is_changed>
                    <Notice>{text}</Notice>
                </div>
            }
        })
    }
}
