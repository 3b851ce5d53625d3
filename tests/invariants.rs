//! The invariants of ARCHITECTURE.md and the rules of style that no lint knows, looked for in the text of the sources.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{fs, path::PathBuf};

/// A source file: its path below the package and its lines.
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// The lines of code with their numbers; comments left out.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
            .map(|(at, line)| (at + 1, line))
    }

    /// Where the code has one of the words.
    fn find(&self, words: &[&str]) -> Vec<String> {
        let hits = self.code().filter(|(_, line)| words.iter().any(|word| line.contains(word)));
        hits.map(|(at, line)| format!("{}:{at}: {}", self.path, line.trim())).collect()
    }

    /// What the code names by whole paths: each branch of a `use`, written out, and every other line as it is.
    fn paths(&self) -> Vec<String> {
        let code: String = self.code().map(|(_, line)| format!("{line}\n")).collect();
        let mut paths = Vec::new();
        let mut rest = code.as_str();
        while let Some((before, after)) = rest.split_once("use ") {
            paths.extend(before.lines().map(str::to_owned));
            let (tree, after) = after.split_once(';').unwrap_or((after, ""));
            branches("", &tree.split_whitespace().collect::<String>(), &mut paths);
            rest = after;
        }
        paths.extend(rest.lines().map(str::to_owned));
        paths.into_iter().map(|path| format!("{}: {}", self.path, path.trim())).collect()
    }

    /// The context of a file below `src/crm`.
    fn context(&self) -> Option<&str> {
        self.path.strip_prefix("src/crm/")?.split_once('/').map(|(context, _)| context)
    }

    /// Whether it is one of a context's pure files, of those of `live`, or below `shared`.
    fn is_pure(&self) -> bool {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        let in_context =
            self.context().is_some() && !self.path.contains("/server/") && !self.path.contains("/server_fns/");
        let of_live = ["events.rs", "frame.rs", "topic.rs"].map(|name| format!("src/live/{name}")).contains(&self.path);
        self.path.starts_with("src/shared/") || of_live || in_context && !matches!(name, "mod.rs" | "server_fns.rs")
    }
}

/// Writes out a tree of `use`: `crm::{leads, trips::server}` is `crm::leads` and `crm::trips::server`.
fn branches(stem: &str, tree: &str, found: &mut Vec<String>) {
    let (mut depth, mut start) = (0_u32, 0);
    let ends = tree.char_indices().filter_map(|(at, c)| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        (c == ',' && depth == 0).then_some(at)
    });
    for end in ends.chain([tree.len()]).collect::<Vec<_>>() {
        let part = &tree[start..end];
        match part.split_once('{') {
            Some((own, inner)) => branches(&format!("{stem}{own}"), inner.trim_end_matches('}'), found),
            None if part.is_empty() => {}
            None => found.push(format!("{stem}{part}")),
        }
        start = end + 1;
    }
}

fn sources() -> Vec<Source> {
    let mut open = vec![PathBuf::from("src")];
    let mut found = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            found.push(Source { path: path.to_str().unwrap().to_owned(), text });
        }
    }
    assert!(found.len() > 50, "the sources were not found");
    found
}

/// Fails with every place where a file that `applies` has one of the words.
#[track_caller]
fn refuse(applies: impl Fn(&Source) -> bool, words: &[&str]) {
    let places: Vec<String> =
        sources().iter().filter(|source| applies(source)).flat_map(|source| source.find(words)).collect();
    assert!(places.is_empty(), "{}", places.join("\n"));
}

/// Fails with every path that a file names and must not.
#[track_caller]
fn refuse_paths(is_wrong: impl Fn(&Source, &str) -> bool) {
    let mut places = Vec::new();
    for source in sources() {
        places.extend(source.paths().into_iter().filter(|path| is_wrong(&source, path)));
    }
    assert!(places.is_empty(), "{}", places.join("\n"));
}

#[test]
fn a_tree_of_use_is_written_out() {
    let text = "use a::b;\nuse crate::{\n    crm::{leads, trips::{server::{repository, service}, trip}},\n    shared,\n};\nf(x);";
    let source = Source { path: "f".into(), text: text.into() };
    let paths: Vec<String> = source.paths().into_iter().filter(|path| path != "f: ").collect();
    let expected = [
        "a::b",
        "crate::crm::leads",
        "crate::crm::trips::server::repository",
        "crate::crm::trips::server::service",
        "crate::crm::trips::trip",
        "crate::shared",
        "f(x);",
    ];
    assert_eq!(paths, expected.map(|path| format!("f: {path}")));
}

#[test]
fn pages_see_no_server_path() {
    refuse_paths(|source, path| {
        source.path.starts_with("src/ui/") && (path.contains("crate::server") || path.contains("::server::"))
    });
}

#[test]
fn pure_files_import_no_framework_and_no_io() {
    refuse(
        Source::is_pure,
        &["leptos::", "leptos_", "axum::", "mongodb::", "bson::", "tokio::", "std::fs", "std::net"],
    );
}

#[test]
fn only_repositories_and_the_database_folder_name_mongodb() {
    let may = |path: &str| {
        path.contains("/server/") && (path.ends_with("/repository.rs") || path.contains("/repository/"))
            || path.starts_with("src/server/mongo/")
            // It brings up the database itself, before there is a repository.
            || path.starts_with("src/server/embedded/mongod/")
    };
    refuse(|source| !may(&source.path), &["mongodb::", "bson::", "use mongodb", "use bson"]);
}

#[test]
fn doors_ask_a_service_and_never_a_repository() {
    let is_door = |source: &Source| {
        source.path.ends_with("/server_fns.rs")
            || source.path.contains("/server_fns/")
            || source.path.ends_with("/server/rest.rs")
    };
    refuse(is_door, &["repository", ".db.", "app.db"]);
    for source in sources().into_iter().filter(is_door) {
        for (name, lines) in bodies(&source.text) {
            assert!(
                lines <= 8,
                "{}: the body of {name} has {lines} lines; a rule in it belongs to the service",
                source.path
            );
        }
    }
}

/// The public functions of a file at the outermost level, with the lines of their bodies.
fn bodies(text: &str) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    let mut current: Option<(String, Option<usize>)> = None;
    for (at, line) in text.lines().enumerate() {
        if let Some(rest) = line.strip_prefix("pub async fn ") {
            let name = rest.split(['(', '<']).next().unwrap_or_default().to_owned();
            current = Some((name, line.ends_with('{').then_some(at)));
        } else if let Some((name, start)) = &mut current {
            match start {
                None if line.ends_with('{') => *start = Some(at),
                Some(start) if line == "}" => {
                    found.push((name.clone(), at - *start - 1));
                    current = None;
                }
                _ => {}
            }
        }
    }
    found
}

#[test]
fn a_context_leaves_the_repositories_of_others_alone() {
    refuse_paths(|source, path| {
        let owner = path.split("crm::").nth(1).and_then(|rest| rest.split("::").next());
        path.contains("::repository") && owner.is_some_and(|owner| source.context() != Some(owner))
    });
}

#[test]
fn the_road_of_events_knows_nothing_of_the_business() {
    refuse_paths(|source, path| source.path.starts_with("src/live/") && path.contains("crate::crm"));
}

#[test]
fn every_module_says_what_lives_in_it() {
    let silent: Vec<String> =
        sources().into_iter().filter(|source| !source.text.starts_with("//! ")).map(|source| source.path).collect();
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}

#[test]
fn exceptions_from_lints_are_expected_ones() {
    refuse(|_| true, &["#[allow", "#![allow"]);
}

#[test]
fn nothing_is_left_for_later() {
    let places: Vec<String> = sources()
        .iter()
        .flat_map(|source| {
            let lines = source.text.lines().enumerate();
            let left = lines.filter(|(_, line)| ["TODO", "FIXME", "XXX"].iter().any(|word| line.contains(word)));
            left.map(|(at, line)| format!("{}:{}: {}", source.path, at + 1, line.trim())).collect::<Vec<_>>()
        })
        .collect();
    assert!(places.is_empty(), "{}", places.join("\n"));
}

#[test]
fn the_gate_of_the_server_stands_above_server_folders_only() {
    let mut places = Vec::new();
    for source in sources().iter().filter(|source| !matches!(source.path.as_str(), "src/lib.rs" | "src/main.rs")) {
        let lines: Vec<&str> = source.text.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let is_gate = line.contains("cfg(") && (line.contains("\"ssr\"") || line.contains("\"hydrate\""));
            let stands_right = source.path.ends_with("/mod.rs")
                && line.trim() == "#[cfg(feature = \"ssr\")]"
                && lines.get(at + 1).is_some_and(|next| matches!(next.trim(), "pub mod server;" | "mod server;"));
            if is_gate && !stands_right {
                places.push(format!("{}:{}: {}", source.path, at + 1, line.trim()));
            }
        }
    }
    assert!(places.is_empty(), "{}", places.join("\n"));
}
