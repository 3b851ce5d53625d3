//! What tables share: the scrolling frame, sortable heads and the box that selects a row.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// A table in a frame that scrolls sideways by itself. The children are `<thead>` and `<tbody>`.
#[component]
pub fn Table(
    /// What the table shows, for screen readers.
    #[prop(into)]
    label: String,
    /// Further classes of the table (`compact`).
    #[prop(optional, into)]
    class: String,
    /// `<thead>`, `<tbody>` and, where there is a sum, `<tfoot>`.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="scroll-x" tabindex="0" role="region" aria-label=label>
            <table class=super::button::join_classes("table", &class)>{children()}</table>
        </div>
    }
}

/// How wide a column wants to be; the others share what is left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColumnWidth {
    /// Whatever is left.
    #[default]
    Auto,
    /// 40 px, for boxes.
    Check,
    /// 112 px.
    Narrow,
    /// 124 px, for money.
    Money,
    /// 148 px, for states.
    State,
    /// 160 px, for short names and for pills.
    Medium,
    /// 184 px, for times.
    Time,
    /// 220 px, for names.
    Name,
}

impl ColumnWidth {
    const fn class(self) -> &'static str {
        match self {
            Self::Auto => "",
            Self::Check => "w-40",
            Self::Narrow => "w-110",
            Self::Money => "w-124",
            Self::State => "w-148",
            Self::Medium => "w-160",
            Self::Time => "w-184",
            Self::Name => "w-220",
        }
    }
}

/// The way a column is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortDirection {
    /// Least first.
    Ascending,
    /// Greatest first.
    Descending,
}

/// The head of a column. With `href` it is a link that sorts by it.
#[component]
pub fn ColumnHead(
    /// The words.
    #[prop(into)]
    label: String,
    /// The address of the list sorted by this column.
    #[prop(optional, into)]
    href: Option<String>,
    /// Set where the list is sorted by this column now.
    #[prop(optional_no_strip)]
    sorted: Option<SortDirection>,
    /// How wide it wants to be.
    #[prop(optional)]
    width: ColumnWidth,
    /// Figures, aligned at the end.
    #[prop(optional)]
    numeric: bool,
    /// Only for screen readers, such as "Actions".
    #[prop(optional)]
    hidden: bool,
) -> impl IntoView {
    let (aria, glyph) = match sorted {
        Some(SortDirection::Ascending) => (Some("ascending"), Some(Glyph::ArrowUp)),
        Some(SortDirection::Descending) => (Some("descending"), Some(Glyph::ArrowDown)),
        None => (None, None),
    };
    let numeric = if numeric { "n" } else { "" };
    let class = format!("{} {numeric}", width.class()).trim().to_owned();
    let words = match href {
        Some(href) => view! {
            <a class="sortable" href=href>
                {label}
                {glyph.map(|glyph| view! { <Icon glyph/> })}
            </a>
        }
        .into_any(),
        None if hidden => view! { <span class="sr">{label}</span> }.into_any(),
        None => label.into_any(),
    };
    view! { <th scope="col" class=(!class.is_empty()).then_some(class) aria-sort=aria>{words}</th> }
}

/// The box that selects a row for the actions on many.
#[component]
pub fn RowCheck(
    /// What is sent for the row: its id.
    #[prop(into)]
    value: String,
    /// Whom or what it selects ("Select Meera Joshi").
    #[prop(into)]
    label: String,
    /// The name all rows are sent under.
    #[prop(default = "ids".to_owned(), into)]
    name: String,
    /// The form it belongs to, where it stands outside of it.
    #[prop(optional, into)]
    form: Option<String>,
    /// Ticked at first.
    #[prop(optional)]
    checked: bool,
) -> impl IntoView {
    view! {
        <input class="check over" type="checkbox" name=name value=value form=form checked=checked aria-label=label/>
    }
}
