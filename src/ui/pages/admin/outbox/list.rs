//! The list of mails, the newest first, and what is done by itself and did not work.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::MailPill;
use crate::{
    crm::accounts::{
        server_fns::{SendTestMail, list_outbox},
        views::{MailView, OutboxView},
    },
    shared::{mail::MailState, page::Page},
    ui::{
        components::{
            Button, ButtonKind, ColumnHead, ColumnWidth, Crumb, EmptyState, FilterChip, FilterChips, Glyph, LinkButton,
            Notice, NoticeKind, Pager, Table, Time,
        },
        form::{FormState, PostForm, use_form},
        guard::guard_body,
        layout::AppPage,
        list_address::ListAddress,
        load::load,
        title::Title,
    },
};

/// The list of mails, the newest first.
#[component]
pub(in crate::ui::pages::admin) fn OutboxPage() -> impl IntoView {
    let form = use_form::<SendTestMail>();
    let refusal = form.message();
    let query = use_query_map();
    let address = Memo::new(move |_| query.with(|query| ListAddress::read("/admin/outbox", &["state"], query)));
    let loaded = load(
        move || (address.get(), form.successes().get()),
        |(address, _)| list_outbox(address.get("state").to_owned(), address.page_request()),
    );
    view! {
        <Title text="Mails"/>
        <AppPage crumbs=vec![Crumb::here("Mails")] actions=actions(form)>
            <div class="page-head">
                <div>
                    <h1>"Mails"</h1>
                    <p>"What Trek-Tribe wrote to people, and what still waits to be sent."</p>
                </div>
            </div>
            {move || refusal.get().map(|text| view! { <Notice kind=NoticeKind::Error>{text}</Notice> })}
            {move || view! { <FilterChips label="States" items=state_chips(&address.get())/> }}
            <Transition>
                {move || Suspend::new(async move {
                    guard_body(loaded.await, move |view| view! { <Outbox view address=address.get_untracked()/> })
                })}
            </Transition>
        </AppPage>
    }
}

fn actions(form: FormState) -> AnyView {
    view! {
        <LinkButton href="/admin/outbox/templates" kind=ButtonKind::Quiet icon=Glyph::Mail>
            "Templates"
        </LinkButton>
        <PostForm form>
            <Button kind=ButtonKind::Secondary icon=Glyph::Send busy=form.pending()>
                "Send me a test mail"
            </Button>
        </PostForm>
    }
    .into_any()
}

#[component]
fn Outbox(view: OutboxView, address: ListAddress) -> impl IntoView {
    let OutboxView { mails, problems } = view;
    let problems = problems
        .into_iter()
        .map(|problem| {
            view! {
                <Notice kind=NoticeKind::Warning title="The last try did not work.">
                    {problem}
                </Notice>
            }
        })
        .collect_view();
    view! {
        {problems}
        <Mails page=mails address/>
    }
}

fn state_chips(address: &ListAddress) -> Vec<FilterChip> {
    let chip = |state: MailState| {
        let active = address.get("state") == state.as_str();
        let href = address.with("state", if active { "" } else { state.as_str() }).href();
        FilterChip { label: state.label().to_owned(), count: None, href, active }
    };
    MailState::ALL.into_iter().map(chip).collect()
}

#[component]
fn Mails(page: Page<MailView>, address: ListAddress) -> impl IntoView {
    if page.items.is_empty() {
        let text = if address.is_filtered() {
            "No mail is in this state."
        } else {
            "Whatever Trek-Tribe writes to people appears here."
        };
        return view! { <div class="panel"><EmptyState title="No mails" text/></div> }.into_any();
    }
    let (range, previous, next) = address.around(&page);
    let rows = page.items.into_iter().map(|view| view! { <MailLine view/> }).collect_view();
    view! {
        <div class="panel">
            <Table label="Mails" class="stacks">
                <thead>
                    <tr>
                        <ColumnHead label="Subject"/>
                        <ColumnHead label="To"/>
                        <ColumnHead label="State" width=ColumnWidth::Narrow/>
                        <ColumnHead label="Tries" numeric=true/>
                        <ColumnHead label="Written" width=ColumnWidth::State/>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Table>
        </div>
        <Pager range previous next label="Pages of mails"/>
    }
    .into_any()
}

#[component]
fn MailLine(view: MailView) -> impl IntoView {
    let MailView { mail, written, .. } = view;
    view! {
        <tr>
            <td class="full">
                <a class="cover" href=format!("/admin/outbox/{}", mail.id)>
                    {mail.subject}
                </a>
            </td>
            <td class="full">{mail.to}</td>
            <td>
                <MailPill state=mail.state problem=mail.problem/>
            </td>
            <td class="n" data-label="Tries">
                {mail.tries}
            </td>
            <td data-label="Written">
                <Time at=written.at.to_string() text=written.text exact=written.exact/>
            </td>
        </tr>
    }
}
