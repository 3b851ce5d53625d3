//! Table, pager and panel.

use leptos::prelude::*;

use super::Section;
use crate::ui::components::{
    Badge, BadgeKind, ButtonKind, ButtonSize, ColumnHead, ColumnWidth, Glyph, LinkButton, Money, Pager, Panel, Pill,
    RowCheck, SortDirection, Table, Tone,
};

const LEADS: [(&str, &str, Tone, Glyph, &str); 3] = [
    ("Tenzin Dolma", "Interested", Tone::Amber, Glyph::LeadInterested, "₹1,65,000"),
    ("Meera Joshi", "Contacted", Tone::Violet, Glyph::LeadContacted, "₹82,500"),
    ("Rohan Kulkarni", "Contacted", Tone::Violet, Glyph::LeadContacted, "₹37,800"),
];

/// What shows many things.
#[component]
pub(super) fn Lists() -> impl IntoView {
    view! {
        <Section
            id="table"
            title="Table"
            rule="36 px rows, at most seven columns, money right-aligned, the whole row is one link, hairlines only between rows."
        >
            <div class="panel">
                <ExampleTable/>
            </div>
        </Section>
        <Section
            id="pager"
            title="Pager"
            rule="Say the range and the whole. Previous and Next are links; a disabled one stays in place."
        >
            <Pager range="1–25 of 46" next=Some("#pager".to_owned()) previous=None label="Pages, example"/>
        </Section>
        <Section id="panel" title="Panel" rule="A hairline, never a shadow. The head says what it is, the action is quiet.">
            <ExamplePanel/>
        </Section>
    }
}

#[component]
fn ExampleTable() -> impl IntoView {
    let rows = LEADS
        .into_iter()
        .map(|(name, stage, tone, icon, value)| {
            view! {
                <tr>
                    <td><RowCheck value=name label=format!("Select {name}") checked=name == "Meera Joshi"/></td>
                    <td><a class="cover" href="#table">{name}</a></td>
                    <td><Pill tone icon bare=true>{stage}</Pill></td>
                    <td class="n strong"><Money text=value/></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Table label="Example table">
            <thead>
                <tr>
                    <ColumnHead label="Select" width=ColumnWidth::Check hidden=true/>
                    <ColumnHead label="Name" width=ColumnWidth::Name/>
                    <ColumnHead label="Stage"/>
                    <ColumnHead label="Value" href="#table" numeric=true sorted=Some(SortDirection::Descending)/>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
            <tfoot>
                <tr>
                    <td></td>
                    <td>"3 leads"</td>
                    <td></td>
                    <td class="n"><Money text="₹2,85,300"/></td>
                </tr>
            </tfoot>
        </Table>
    }
}

#[component]
fn ExamplePanel() -> impl IntoView {
    let all_due = view! {
        <LinkButton href="#panel" kind=ButtonKind::Quiet size=ButtonSize::Small icon_after=Glyph::Right>
            "All due"
        </LinkButton>
    };
    view! {
        <Panel
            id="panel-example"
            title="Answer now"
            note="one late, six today"
            actions=all_due.into_any()
            footer=view! { <span class="muted">"1 more: Vikram Shetty, Brahmatal"</span> }.into_any()
        >
            <p>
                <Badge count=1 kind=BadgeKind::Late label="late"/>
                " The body of a panel: a list, a table or a chart."
            </p>
        </Panel>
    }
}
