//! Buttons and fields.

use leptos::prelude::*;

use super::{Row, Section};
use crate::ui::components::{
    Button, ButtonKind, ButtonSize, ButtonType, Checkbox, CopyButton, Field, FieldKind, FilterChip, FilterChips, Glyph,
    IconButton, LinkButton, RadioChoice, RadioGroup, RadioSegments, Segment, Segmented, Select, SelectOption, TextArea,
};

/// What people press and fill in.
#[component]
pub(super) fn Controls() -> impl IntoView {
    view! {
        <Section
            id="buttons"
            title="Buttons"
            rule="One primary on a screen. The label is a verb and its object. Busy keeps the width; disabled says why in its title."
        >
            <Kinds/>
            <Sizes/>
            <Choices/>
        </Section>
        <Section
            id="fields"
            title="Fields"
            rule="Label above, hint below, the error takes the hint’s place and says what to do. 44 px and 16 px text on touch."
        >
            <Fields/>
        </Section>
    }
}

#[component]
fn Kinds() -> impl IntoView {
    view! {
        <Row caption="Kinds">
            <Button kind=ButtonKind::Primary button_type=ButtonType::Button>"Send to review"</Button>
            <Button button_type=ButtonType::Button>"Add note"</Button>
            <Button kind=ButtonKind::Quiet button_type=ButtonType::Button>"Cancel"</Button>
            <Button kind=ButtonKind::Danger icon=Glyph::Trash button_type=ButtonType::Button>"Remove photo"</Button>
            <Button kind=ButtonKind::DangerSolid button_type=ButtonType::Button>"Reject for good"</Button>
            <LinkButton href="#buttons" icon_after=Glyph::Right>"All due"</LinkButton>
        </Row>
    }
}

#[component]
fn Sizes() -> impl IntoView {
    view! {
        <Row caption="Sizes, icons, states">
            <Button size=ButtonSize::Small icon=Glyph::Phone button_type=ButtonType::Button>"Call"</Button>
            <Button size=ButtonSize::Large button_type=ButtonType::Button>"Send enquiry"</Button>
            <IconButton glyph=Glyph::More label="More actions"/>
            <CopyButton text="+91 98765 00000" label="Copy the number"/>
            <Button kind=ButtonKind::Primary busy=true button_type=ButtonType::Button>"Sending…"</Button>
            <Button disabled=true title="Two required items are open" button_type=ButtonType::Button>"Verify"</Button>
        </Row>
    }
}

#[component]
fn Choices() -> impl IntoView {
    let layouts = [("List", Glyph::List, true), ("Board", Glyph::Board, false)]
        .map(|(label, icon, current)| Segment {
            label: label.into(),
            href: "#buttons".into(),
            icon: Some(icon),
            current,
        })
        .to_vec();
    let filters = [("Due", 9, true), ("Hot", 14, false), ("Stale", 5, false)]
        .map(|(label, count, active)| FilterChip {
            label: label.into(),
            count: Some(count),
            href: "#buttons".into(),
            active,
        })
        .to_vec();
    let ranges = vec![RadioChoice::new("7", "7 days"), RadioChoice::new("30", "30 days")];
    view! {
        <Row caption="Segments and chips">
            <Segmented label="Layout" items=layouts/>
            <RadioSegments label="Range" name="range" choices=ranges value="30"/>
            <FilterChips items=filters/>
        </Row>
    }
}

#[component]
fn Fields() -> impl IntoView {
    let reasons =
        vec![SelectOption::new("price", "Price"), SelectOption::new("chose_other", "Chose another organizer")];
    let who = vec![RadioChoice::new("me", "Me"), RadioChoice::new("next", "Next free admin").with_hint("By turns")];
    let too_many = vec!["Only 4 seats are left on 19 December. Choose 4 or fewer, or another departure.".to_owned()];
    view! {
        <form class="fieldgrid" action="#fields">
            <Field
                label="Follow up on"
                name="followUp"
                kind=FieldKind::DateTimeLocal
                value="2026-11-24T12:30"
                hint="India time (IST)"
            />
            <Field label="Party size" name="partySize" kind=FieldKind::Number value="14" errors=too_many/>
            <Select label="Lost reason" name="lostReason" options=reasons value="chose_other" blank="Choose a reason"/>
            <Field label="Value" name="value" value="₹37,800" disabled=true hint="Party size × price"/>
            <Field label="Search" name="q" kind=FieldKind::Search icon=Glyph::Search placeholder="Name or e-mail"/>
            <Field label="Phone" name="phone" kind=FieldKind::Phone aside="optional" placeholder="+91 98765 43210"/>
            <TextArea
                class="wide2"
                label="Reason for the organizer"
                name="reason"
                aside="required"
                placeholder="What must change before this trip can go live?"
            />
            <Checkbox label="Email me when I am away" name="email" checked=true/>
            <RadioGroup label="Assign to" name="assign" choices=who value="me"/>
        </form>
    }
}
