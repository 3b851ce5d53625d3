//! The row of figures, each beside the range before, with a line for those that are known by day.

use leptos::prelude::*;

use crate::{
    crm::analytics::{
        range::Window,
        today::{Figure, Figures},
    },
    ui::components::{Glyph, Icon, Segment, Segmented},
};

/// The figures of a range, and links to the other ranges.
#[component]
pub(crate) fn FigureRow(figures: Figures) -> impl IntoView {
    let windows = Window::ALL
        .into_iter()
        .map(|window| Segment {
            label: format!("{} days", window.days()),
            href: format!("/today?days={}", window.days()),
            icon: None,
            current: window == figures.window,
        })
        .collect();
    let cells = figures.cells.into_iter().map(|figure| view! { <Cell figure/> }).collect_view();
    view! {
        <section class="stack" aria-labelledby="figures">
            <div class="page-head sec">
                <h2 id="figures">{figures.title}</h2>
                <p>{figures.ranges}</p>
                <div class="acts">
                    <Segmented label="Range of the figures" items=windows/>
                </div>
            </div>
            <dl class="figures">{cells}</dl>
        </section>
    }
}

#[component]
fn Cell(figure: Figure) -> impl IntoView {
    let parts = figure
        .value
        .into_iter()
        .map(|(number, unit)| {
            let unit = (!unit.is_empty()).then(|| view! { " " <small>{unit}</small> " " });
            view! { {number} {unit} }
        })
        .collect_view();
    let change = figure.change.map(|change| {
        let (glyph, word) = if change.is_up { (Glyph::ArrowUp, "up by ") } else { (Glyph::ArrowDown, "down by ") };
        let class = if change.is_good { "good" } else { "bad" };
        view! {
            <b class=class>
                <Icon glyph/>
                <span class="sr">{word}</span>
                {change.by}
            </b>
        }
    });
    view! {
        <div>
            <dt>{figure.label}</dt>
            <dd class="v">{parts}</dd>
            <dd class="c">{change} " " {figure.note}</dd>
            {spark(&figure.by_day)}
        </div>
    }
}

/// A line over the days; none where every day is alike or no days are known.
fn spark(values: &[u64]) -> Option<impl IntoView + use<>> {
    let line = draw_line(values)?;
    Some(view! {
        <dd aria-hidden="true">
            <svg class="spark" viewBox="0 0 100 24" preserveAspectRatio="none">
                <path class="area" d=format!("M0 24L{line}L100 24z")></path>
                <path d=format!("M{line}")></path>
            </svg>
        </dd>
    })
}

/// Points from left to right, the greatest value at the top; the baseline is zero.
fn draw_line(values: &[u64]) -> Option<String> {
    let greatest = values.iter().copied().max().filter(|greatest| *greatest > 0)?;
    let last = values.len().checked_sub(1).filter(|last| *last > 0)?;
    let points = values.iter().enumerate().map(|(index, value)| {
        // Hundredths, in whole numbers, so that server and browser write the same digits.
        let x = index * 10_000 / last;
        let y = 2_200_u128 - u128::from(*value) * 2_000 / u128::from(greatest);
        format!("{}.{:02} {}.{:02}", x / 100, x % 100, y / 100, y % 100)
    });
    Some(points.collect::<Vec<_>>().join("L"))
}

#[cfg(test)]
mod tests {
    use super::draw_line;

    #[test]
    fn a_line_goes_from_edge_to_edge_and_starts_at_zero() {
        assert_eq!(draw_line(&[0, 5, 10]).as_deref(), Some("0.00 22.00L50.00 12.00L100.00 2.00"));
        assert_eq!(draw_line(&[0, 0]), None);
        assert_eq!(draw_line(&[7]), None);
        assert_eq!(draw_line(&[]), None);
    }
}
