//! Importing a file of leads: it is checked first and nothing is written; the report says what would come of each line.

use leptos::prelude::*;

use crate::{
    crm::{
        accounts::user::Role,
        leads::{
            address::LEADS_PATH,
            import_view::{BadLine, HEADER, IMPORT_PATH, ImportView, KeptFile},
        },
    },
    shared::error::AppError,
    ui::{
        components::{
            Button, ButtonKind, ColumnHead, ColumnWidth, CopyButton, Crumb, Glyph, Icon, LinkButton, Notice,
            NoticeKind, Panel, Table,
        },
        guard::{guard_body, require_role, tell_status},
        layout::AppPage,
        lazy::lazy_pages,
        load::load,
        title::Title,
    },
};

lazy_pages! {
    pub(super) import_page:
    ImportRoute => ImportPage,
}

/// The page at `/leads/import`. What became of a file is a context of the server; the browser finds it in the page.
#[component]
pub(super) fn ImportPage() -> impl IntoView {
    let outcome = SharedValue::new(use_context::<ImportView>).into_inner();
    let allowed = load(|| (), |()| require_role(&[Role::Organizer, Role::Admin]));
    view! {
        <Title text="Import leads"/>
        <AppPage crumbs=vec![Crumb::link("Leads", LEADS_PATH), Crumb::here("Import")] back_href=LEADS_PATH>
            <div class="page-head">
                <div>
                    <h1>"Import leads"</h1>
                    <p>"A CSV file of people and the trips they are interested in. Whoever is there already is updated, not doubled."</p>
                </div>
            </div>
            <Suspense>
                {move || {
                    let outcome = outcome.clone();
                    Suspend::new(async move { guard_body(allowed.await, move |()| view! { <Import outcome/> }) })
                }}
            </Suspense>
        </AppPage>
    }
}

#[component]
fn Import(outcome: Option<ImportView>) -> impl IntoView {
    let again = outcome.as_ref().is_some_and(|outcome| outcome.good() > 0);
    view! {
        {outcome.map(|outcome| view! { <Outcome outcome/> })}
        {if again { view! { <AnotherFile/> }.into_any() } else { view! { <FirstFile/> }.into_any() }}
        <Template/>
    }
}

#[component]
fn FirstFile() -> impl IntoView {
    view! {
        <Panel title="Choose a file" id="import-file">
            <FileForm/>
        </Panel>
    }
}

/// Where a file is on its way in, another one is only a thought.
#[component]
fn AnotherFile() -> impl IntoView {
    view! {
        <details class="panel another">
            <summary>
                <Icon glyph=Glyph::Right small=true/>
                "Choose another file"
            </summary>
            <div class="body">
                <FileForm/>
            </div>
        </details>
    }
}

#[component]
fn FileForm() -> impl IntoView {
    view! {
        <form class="form medium" method="post" action=IMPORT_PATH enctype="multipart/form-data">
            <input type="hidden" name="dryRun" value="true"/>
            <div class="field">
                <label for="f-file">"CSV file"</label>
                <input class="input file" id="f-file" type="file" name="file" accept=".csv,text/csv" required=true aria-describedby="f-file-hint"/>
                <p class="hint" id="f-file-hint">"At most 10 MB and 5,000 lines. The file is checked first; nothing is written yet."</p>
            </div>
            <div class="acts">
                <Button icon=Glyph::Check>"Check the file"</Button>
            </div>
        </form>
    }
}

#[component]
fn Template() -> impl IntoView {
    const COLUMNS: [(&str, &str); 8] = [
        ("name", "Required. At most 100 characters."),
        ("email", "Required. With the trip it tells who is there already."),
        ("phone", "With its country code, or ten digits of an Indian mobile number."),
        ("trip", "Required. The trip's title, or the last part of its address."),
        ("source", "inquiry, form, chat, partial_booking, trip_view, import or other; import unless given."),
        ("message", "What they said."),
        ("party_size", "How many people."),
        ("notes", "What you keep in mind about them."),
    ];
    let rows = COLUMNS.map(|(name, what)| view! { <dt><code>{name}</code></dt> <dd>{what}</dd> }).collect_view();
    let copy = view! { <CopyButton text=HEADER label="Copy the first line"/> };
    view! {
        <Panel title="What the file looks like" id="import-template" actions=copy.into_any()>
            <p>"The first line names the columns, in any order:"</p>
            <pre class="code" tabindex="0"><code>{HEADER}</code></pre>
            <dl class="terms">{rows}</dl>
        </Panel>
    }
}

#[component]
fn Outcome(outcome: ImportView) -> impl IntoView {
    let ImportView { failed, kept, error, .. } = outcome.clone();
    if let Some(error) = error {
        tell_status(error.status());
    }
    let (kind, title, text) = summary_of(&outcome);
    let go_on = (outcome.dry_run && outcome.good() > 0)
        .then(|| view! { <ImportForm kept file=outcome.file.clone() good=outcome.good()/> });
    let to_leads = (!outcome.dry_run && outcome.good() > 0).then(|| {
        view! {
            <p>
                <LinkButton href="/leads?source=import&sort=-createdAt">"Show what came by import, the newest first"</LinkButton>
            </p>
        }
    });
    view! {
        <section class="stack outcome" aria-label="What came of the file">
            <Notice kind title>{text}</Notice>
            {go_on}
            {to_leads}
            {(!failed.is_empty()).then(|| view! { <BadLines failed/> })}
        </section>
    }
}

fn summary_of(outcome: &ImportView) -> (NoticeKind, String, String) {
    if let Some(error) = &outcome.error {
        let is_partly_done = matches!(error, AppError::PartlyDone(_));
        let title = if is_partly_done { "A part of the file was imported." } else { "The file was not imported." };
        return (NoticeKind::Error, title.to_owned(), error.message());
    }
    let bad = match outcome.failed.len() {
        0 => "Every line is good.".to_owned(),
        1 => "1 line is left out; it is below.".to_owned(),
        count => format!("{count} lines are left out; they are below."),
    };
    let (created, updated) = (outcome.created, outcome.updated);
    if outcome.dry_run {
        let kind = if outcome.failed.is_empty() { NoticeKind::Success } else { NoticeKind::Warning };
        return (kind, format!("{} checked.", outcome.file), format!("{created} new, {updated} already there. {bad}"));
    }
    (NoticeKind::Success, format!("{} imported.", outcome.file), format!("{created} added, {updated} updated. {bad}"))
}

/// Sends the checked file again, this time for good.
#[component]
fn ImportForm(kept: KeptFile, file: String, good: u64) -> impl IntoView {
    let words = if good == 1 { "Import 1 lead".to_owned() } else { format!("Import {good} leads") };
    let why_again = match &kept {
        KeptFile::NotText => "It is not all text in UTF-8, so this page cannot keep it.",
        _ => "It is too large to be kept in this page.",
    };
    let file_field = match kept {
        KeptFile::Here(csv) => view! { <textarea name="file" hidden=true aria-hidden="true" tabindex="-1" readonly=true>{format!("\n{csv}")}</textarea> }.into_any(),
        KeptFile::No | KeptFile::TooLarge | KeptFile::NotText => view! {
            <div class="field">
                <label for="f-again">"Choose the same file again"</label>
                <input class="input file" id="f-again" type="file" name="file" accept=".csv,text/csv" required=true/>
                <p class="hint">{why_again}</p>
            </div>
        }
        .into_any(),
    };
    view! {
        <form class="form medium" method="post" action=IMPORT_PATH enctype="multipart/form-data">
            <input type="hidden" name="name" value=file/>
            {file_field}
            <div class="acts">
                <Button kind=ButtonKind::Primary>{words}</Button>
            </div>
        </form>
    }
}

#[component]
fn BadLines(failed: Vec<BadLine>) -> impl IntoView {
    let rows = failed
        .into_iter()
        .map(|bad| {
            view! {
                <tr>
                    <td class="num">{bad.line}</td>
                    <td class="wrap">{bad.problems.join(" ")}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Panel title="Lines that are left out" id="import-failed" flush=true>
            <Table label="Broken lines">
                <thead>
                    <tr>
                        <ColumnHead label="Line" width=ColumnWidth::Narrow sorted=None/>
                        <ColumnHead label="What is wrong" sorted=None/>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Table>
        </Panel>
    }
}
