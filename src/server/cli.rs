//! The commands of the program and what the terminal is told.

use std::process::ExitCode;

use crate::{
    crm::{accounts::server::service as accounts, leads::server::service as leads},
    server::{
        config::Config,
        openapi, seed,
        site::Site,
        start::{self, Failure},
        state::App,
        telemetry,
        terminal::{complain, read_password, say},
    },
    shared::error::AppError,
};

const USAGE: &str = "\
usage: trek-tribe [command]

  serve [--demo]
            serve the pages and the API (also without a command); --demo, which is not for production, fills an empty
            database first
  seed [--scale <number>]
            fill an empty database with demo data; the number multiplies the leads; not in production
  clear     remove everything from the database; not in production
  recount   count all leads one by one and put kept totals right that differ; no server may run meanwhile
  admin create --email <address> --name <name>
            make an admin; the password is read from the standard input and not shown
  openapi   print the description of the API
  help      print this

Settings are environment variables; the README lists them.";

/// What the program is asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Command {
    Serve { demo: bool },
    Seed { scale: u64 },
    Clear,
    Recount,
    CreateAdmin { email: String, name: String },
    OpenApi,
    Help,
}

impl Command {
    fn read(words: &[&str]) -> Option<Self> {
        match words {
            [] | ["serve"] => Some(Self::Serve { demo: false }),
            ["serve", "--demo"] => Some(Self::Serve { demo: true }),
            ["seed"] => Some(Self::Seed { scale: 1 }),
            ["seed", "--scale", scale] => {
                scale.parse().ok().filter(|scale| *scale > 0).map(|scale| Self::Seed { scale })
            }
            ["clear"] => Some(Self::Clear),
            ["recount"] => Some(Self::Recount),
            ["admin", "create", "--email", email, "--name", name]
            | ["admin", "create", "--name", name, "--email", email] => {
                Some(Self::CreateAdmin { email: (*email).to_owned(), name: (*name).to_owned() })
            }
            ["openapi"] => Some(Self::OpenApi),
            ["help" | "--help" | "-h"] => Some(Self::Help),
            _ => None,
        }
    }
}

/// Runs the command of the command line: 0 when it went well, 1 when it failed, 2 when it was asked or set up wrongly.
pub fn run() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let Some(command) = Command::read(&words.iter().map(String::as_str).collect::<Vec<_>>()) else {
        complain(USAGE);
        return ExitCode::from(2);
    };
    match command {
        Command::Help => exit_code(say(USAGE).map_err(Failure::from)),
        Command::OpenApi => exit_code(print_openapi()),
        Command::Serve { demo } => with_config(async move |config| start::serve(config, demo).await),
        Command::Seed { scale } => with_config(async move |config| {
            seed::refuse_in_production(&config)?;
            with_app(config, async |app| seed::seed(app, scale).await).await?;
            Ok(say(seed::LOGINS)?)
        }),
        Command::Clear => with_config(async move |config| {
            seed::refuse_in_production(&config)?;
            with_app(config, seed::clear).await
        }),
        Command::Recount => with_config(async move |config| {
            let wrong = with_app(config, leads::recount_leads).await?;
            let told =
                if wrong == 0 { "All totals are right.".to_owned() } else { format!("{wrong} totals were put right.") };
            Ok(say(&told)?)
        }),
        Command::CreateAdmin { email, name } => {
            with_config(async move |config| create_admin(config, &name, &email).await)
        }
    }
}

fn with_config<F>(work: impl FnOnce(Config) -> F) -> ExitCode
where
    F: Future<Output = Result<(), Failure>>,
{
    let config = match Config::from_env() {
        Ok(config) => config,
        Err(problems) => {
            complain(&problems.to_string());
            return ExitCode::from(2);
        }
    };
    let outcome = telemetry::start(&config).and_then(|()| {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(work(config))
    });
    exit_code(outcome)
}

fn exit_code(outcome: Result<(), Failure>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            complain(&failure.to_string());
            ExitCode::FAILURE
        }
    }
}

fn print_openapi() -> Result<(), Failure> {
    let (_, api) = openapi::rest();
    Ok(say(&api.to_pretty_json()?)?)
}

async fn create_admin(config: Config, name: &str, email: &str) -> Result<(), Failure> {
    let password = read_password()?;
    let admin = with_app(config, async |app| accounts::create_admin(app, name, email, &password).await).await?;
    Ok(say(&format!("{} is an admin now.", admin.email))?)
}

/// Does something with the application that needs no server, until it is done or the process is told to end.
async fn with_app<T>(config: Config, work: impl AsyncFnOnce(&App) -> Result<T, AppError>) -> Result<T, Failure> {
    let stop = start::stop_on_signals()?;
    let done = start::run_with(config, Site::default(), &stop, async |app| {
        let outcome = stop.run_until_cancelled(work(app)).await;
        outcome.transpose().map_err(|refusal| words_of(&refusal).into())
    })
    .await?;
    done.flatten().ok_or_else(|| "It was stopped before it was done.".into())
}

/// What is wrong, field by field: a terminal has no form to show it in.
fn words_of(refusal: &AppError) -> String {
    let fields = refusal.fields();
    if fields.is_empty() {
        return refusal.message();
    }
    fields.into_values().flatten().collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serving_is_what_is_done_without_a_command() {
        assert_eq!(Command::read(&[]), Some(Command::Serve { demo: false }));
        assert_eq!(Command::read(&["serve"]), Some(Command::Serve { demo: false }));
    }

    #[test]
    fn an_unknown_word_is_refused() {
        for words in [&["sevre"][..], &["serve", "--dmeo"], &["openapi", "now"], &["admin", "create"]] {
            assert_eq!(Command::read(words), None, "{words:?}");
        }
    }
}
