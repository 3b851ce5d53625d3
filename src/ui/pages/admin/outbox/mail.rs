//! One mail: how far it is, and what it says.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::MailPill;
use crate::{
    crm::accounts::{
        server_fns::{ResendMail, load_mail},
        views::MailView,
    },
    shared::{
        mail::{MailState, OutboxMail},
        time::Moment,
    },
    ui::{
        components::{Button, ButtonKind, Crumb, Glyph, Notice, NoticeKind, Panel, Time},
        form::{FormState, PostForm, use_form},
        guard::guard,
        layout::AppPage,
        load::load,
        title::Title,
    },
};

/// One mail.
#[component]
pub(in crate::ui::pages::admin) fn MailPage() -> impl IntoView {
    let form = use_form::<ResendMail>();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).unwrap_or_default());
    let loaded = load(move || (id.get(), form.successes().get()), |(id, _)| load_mail(id));
    view! {
        <Transition>
            {move || Suspend::new(async move { guard(loaded.await, move |view| view! { <Mail view form/> }) })}
        </Transition>
    }
}

#[component]
fn Mail(view: MailView, form: FormState) -> impl IntoView {
    let MailView { mail, written, sent } = view;
    let OutboxMail { id, subject, text, state, problem, .. } = mail.clone();
    let message = form.message();
    let resend = (state != MailState::Queued).then(|| {
        view! {
            <PostForm form>
                <input type="hidden" name="id" value=id.to_string()/>
                <Button kind=ButtonKind::Secondary icon=Glyph::Send busy=form.pending() class="keep">
                    "Send again"
                </Button>
            </PostForm>
        }
        .into_any()
    });
    view! {
        <Title text=subject.clone()/>
        <AppPage
            crumbs=vec![Crumb::link("Mails", "/admin/outbox"), Crumb::here(subject.clone())]
            actions=resend.into_any()
            back_href="/admin/outbox"
        >
            <div class="page-head">
                <h1>{subject}</h1>
            </div>
            {move || message.get().map(|text| view! { <Notice kind=NoticeKind::Error>{text}</Notice> })}
            {problem.map(|problem| view! { <Notice kind=NoticeKind::Warning title="The last try did not work.">{problem}</Notice> })}
            <div class="grid-2-1">
                <MailText text/>
                <MailFacts mail written sent/>
            </div>
        </AppPage>
    }
}

#[component]
fn MailFacts(mail: OutboxMail, written: Moment, sent: Option<Moment>) -> impl IntoView {
    let sent = sent.map(|at| {
        view! {
            <div>
                <dt>"Sent"</dt>
                <dd>
                    <Time at=at.at.to_string() text=at.text exact=at.exact/>
                </dd>
            </div>
        }
    });
    view! {
        <Panel title="How far it is" id="mail-state">
            <dl class="facts">
                <div>
                    <dt>"State"</dt>
                    <dd>
                        <MailPill state=mail.state problem=None/>
                    </dd>
                </div>
                <div>
                    <dt>"To"</dt>
                    <dd class="trunc">{mail.to}</dd>
                </div>
                <div>
                    <dt>"About"</dt>
                    <dd>{mail.kind.label()}</dd>
                </div>
                <div>
                    <dt>"Tries"</dt>
                    <dd>{mail.tries}</dd>
                </div>
                <div>
                    <dt>"Written"</dt>
                    <dd>
                        <Time at=written.at.to_string() text=written.text exact=written.exact/>
                    </dd>
                </div>
                {sent}
            </dl>
        </Panel>
    }
}

/// The text of a mail; where it is hidden, why.
#[component]
pub(super) fn MailText(text: Option<String>) -> impl IntoView {
    let body = match text {
        Some(text) => {
            let lines = text.lines().map(|line| view! { <MailTextLine line=line.to_owned()/> }).collect_view();
            view! { <div class="mail-text">{lines}</div> }.into_any()
        }
        None => view! {
            <p class="muted">"This mail carries a key to somebody's account, so only its recipient can read it."</p>
        }
        .into_any(),
    };
    view! {
        <Panel title="What it says" id="mail-text">
            {body}
        </Panel>
    }
}

#[component]
fn MailTextLine(line: String) -> impl IntoView {
    if line.is_empty() {
        return view! { <br/> }.into_any();
    }
    match own_path(&line).map(ToOwned::to_owned) {
        // Without the router: these pages are public, and may end the session that looks.
        Some(path) => view! {
            <p>
                <a class="link" href=path rel="external">
                    {line}
                </a>
            </p>
        }
        .into_any(),
        None => view! { <p>{line}</p> }.into_any(),
    }
}

/// The path of a line that is nothing but an address. The link stays on this site, whatever host the line names.
fn own_path(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("https://").or_else(|| line.strip_prefix("http://"))?;
    let path = &rest[rest.find('/')?..];
    (!path.contains(char::is_whitespace) && !path.starts_with("//")).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn only_a_whole_address_becomes_a_link_and_it_stays_on_this_site() {
        assert_eq!(own_path("http://127.0.0.1:3000/reset-password?token=ab"), Some("/reset-password?token=ab"));
        assert_eq!(own_path("https://evil.example//evil.example"), None);
        assert_eq!(own_path("See https://trek.example/sign-in"), None);
        assert_eq!(own_path("javascript:alert(1)//"), None);
    }
}
