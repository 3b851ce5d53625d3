//! Canned answers: what admins write once and send often. Each is changed in its place; a new one is added on top.

use leptos::{html, prelude::*};

use crate::{
    crm::tickets::{
        answer::MAX_TITLE,
        message::MAX_TEXT,
        screens::{
            TICKETS_PATH,
            forms::{AnswerLine, AnswersPage as Answers},
        },
        server_fns::answers::{DeleteAnswer, SaveAnswer, load_answers},
    },
    ui::{
        components::{
            Button, ButtonKind, ButtonSize, ButtonType, Crumb, EmptyState, Field, Glyph, Icon, IconButton, Notice,
            NoticeKind, Panel, TextArea, Time,
        },
        form::{FormState, PostForm, use_form},
        guard::guard_body,
        layout::AppPage,
        load::load,
        title::Title,
    },
};

/// The canned answers by their titles.
#[component]
pub(super) fn AnswersPage() -> impl IntoView {
    let changes = RwSignal::new(0_u32);
    let delete = use_form::<DeleteAnswer>();
    delete.when_done(move || changes.update(|count| *count += 1));
    let loaded = load(move || changes.get(), |_| load_answers());
    let refusal = delete.message();
    view! {
        <Title text="Answers"/>
        <AppPage crumbs=vec![Crumb::link("Tickets", TICKETS_PATH), Crumb::here("Answers")] back_href=TICKETS_PATH>
            <div class="page-head">
                <div>
                    <h1>"Canned answers"</h1>
                    <p>"Written once, sent often: in a reply, type / and a part of the title."</p>
                </div>
            </div>
            {move || refusal.get().map(|text| view! { <Notice kind=NoticeKind::Error>{text}</Notice> })}
            <Transition>
                {move || Suspend::new(async move {
                    guard_body(loaded.await, move |page| view! { <Lines page changes delete/> })
                })}
            </Transition>
        </AppPage>
    }
}

#[component]
fn Lines(page: Answers, changes: RwSignal<u32>, delete: FormState) -> impl IntoView {
    let Answers { answers, variables } = page;
    let gaps: Vec<String> = variables.iter().map(|gap| format!("{} {}", gap.value, gap.label)).collect();
    let hint = format!("Filled in by itself: {}.", gaps.join(", "));
    let lines = if answers.is_empty() {
        view! { <EmptyState title="No answers yet" text="What you add above appears here, and in the composer of every ticket."/> }
            .into_any()
    } else {
        let line = |answer| view! { <Line answer hint=hint.clone() changes delete/> };
        let lines = answers.into_iter().map(line).collect_view();
        view! { <ul class="answer-list">{lines}</ul> }.into_any()
    };
    view! {
        <div class="panel answer-list">
            <Editor answer=AnswerLine::default() hint changes>
                <span class="row strong">
                    <Icon glyph=Glyph::Plus/>
                    "Add an answer"
                </span>
            </Editor>
        </div>
        <Panel title="Answers" id="answers" flush=true>
            {lines}
        </Panel>
    }
}

#[component]
fn Line(answer: AnswerLine, hint: String, changes: RwSignal<u32>, delete: FormState) -> impl IntoView {
    let AnswerLine { id, title, text, written, .. } = answer.clone();
    let label = format!("Delete {title}");
    let written =
        written.map(|at| view! { <Time class="muted push" at=at.at.to_string() text=at.text exact=at.exact/> });
    view! {
        <li>
            <Editor answer hint changes>
                <b class="strong trunc">{title}</b>
                <span class="muted trunc wide">{text}</span>
                {written}
            </Editor>
            <PostForm form=delete>
                <input type="hidden" name="id" value=id/>
                <IconButton glyph=Glyph::Trash label button_type=ButtonType::Submit/>
            </PostForm>
        </li>
    }
}

/// A line, and behind it the form that changes the answer, or adds one. Without script a refusal opens it again.
#[component]
fn Editor(
    answer: AnswerLine,
    hint: String,
    changes: RwSignal<u32>,
    /// What the line says.
    children: Children,
) -> impl IntoView {
    let form = use_form::<SaveAnswer>();
    let node = NodeRef::<html::Details>::new();
    form.when_done(move || {
        if let Some(details) = node.get_untracked() {
            details.set_open(false);
        }
        changes.update(|count| *count += 1);
    });
    let is_refused = form.typed().is_some_and(|typed| typed.get("id").is_none_or(|id| *id == answer.id));
    let refusal = form.refusal();
    view! {
        <details open=is_refused node_ref=node>
            <summary>{children()}</summary>
            <PostForm form attr:class="form">
                {move || refusal.get().map(|text| view! { <Notice kind=NoticeKind::Error>{text}</Notice> })}
                <Fields answer hint form is_refused/>
            </PostForm>
        </details>
    }
}

#[component]
fn Fields(
    answer: AnswerLine,
    hint: String,
    form: FormState,
    /// Whether it was this answer that was refused without script, and not another one.
    is_refused: bool,
) -> impl IntoView {
    let AnswerLine { id, version, title, text, .. } = answer;
    let shown = |field: &str, present: String| if is_refused { form.value(field, present) } else { present };
    let is_other = !is_refused && form.typed().is_some();
    let errors = |field| if is_other { Signal::default() } else { form.messages(field) };
    let key = if id.is_empty() { "new".to_owned() } else { id.clone() };
    let limit = |most: usize| u32::try_from(most).unwrap_or(u32::MAX);
    let verb = if id.is_empty() { "Add the answer" } else { "Save" };
    view! {
        <input type="hidden" name="id" value=id/>
        <input type="hidden" name="version" value=version.to_string()/>
        <Field
            label="Title"
            name="title"
            id=format!("title-{key}")
            value=shown("title", title)
            errors=errors("title")
            max_length=limit(MAX_TITLE)
            required=true
        />
        <TextArea
            label="Text"
            name="text"
            id=format!("text-{key}")
            value=shown("text", text)
            errors=errors("text")
            hint
            rows=5
            max_length=limit(MAX_TEXT)
            required=true
        />
        <div class="acts">
            <Button kind=ButtonKind::Primary size=ButtonSize::Small busy=form.pending()>
                {verb}
            </Button>
        </div>
    }
}
