//! The browser bundle: cargo compiles the library for WASM, lazy routes are split off, wasm-bindgen writes the JavaScript
//! around it. The files name each other by relative paths, so the whole bundle lies in one folder named by its content
//! (`pkg/<hash>/`), and no file has to be rewritten for its neighbours' hashes.

use super::{
    Order, Quality, SiteFile, compress, list_files,
    manifest::{Bundle, Split},
    stamp::{Input, Part},
    wasm,
};
use crate::{process, project::Project};
use anyhow::{Context as _, Result, anyhow};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    process::Command,
};
use wasm_split_cli_support::SplitWasm;

const NAME: &str = "trek-tribe";
const LOADER: &str = "__wasm_split.js";
const TARGET: &str = "wasm32-unknown-unknown";

/// Compiles and packs the bundle.
pub(crate) fn build(project: &Project, order: &Order, old: Option<Part<Bundle>>) -> Result<(Part<Bundle>, String)> {
    let module = std::fs::read(compile(project, order)?)?;
    let mut input = Input::new(order.quality);
    input.add(if order.splits() { "split" } else { "whole" }, &module);
    let input = input.finish();
    if let Some(part) = old.filter(|part| part.is_current(&input, &order.site)) {
        return Ok((part, "unchanged".into()));
    }
    let desk = tempfile::tempdir()?;
    let prefetch = if order.splits() { split(&module, desk.path())? } else { None };
    let core = if prefetch.is_some() { std::fs::read(core_path(desk.path()))? } else { module };
    bind(core, order, prefetch.is_some(), desk.path())?;
    let (bundle, files) = collect(order, desk.path(), prefetch)?;
    let outcome = format!("{} files in {}", files.len(), bundle.root);
    let paths = compress::write_files(&order.site, &files, order.quality)?;
    Ok((Part::new(input, paths, bundle), outcome))
}

/// Lets cargo compile the library and returns the path of the raw module.
fn compile(project: &Project, order: &Order) -> Result<PathBuf> {
    let (profile, folder) = match order.quality {
        Quality::Dev => ("dev", "debug"),
        Quality::Release => ("wasm-release", "wasm-release"),
    };
    let mut cargo = Command::new("cargo");
    cargo.current_dir(&project.root).args(["rustc", "--package", NAME, "--lib", "--crate-type", "cdylib"]);
    cargo.args(["--target", TARGET, "--no-default-features", "--features", "hydrate", "--profile", profile]);
    if order.splits() {
        // Splitting moves functions between modules and needs to know every reference. Only the last link is told,
        // so that the dependencies are the same as in a whole build.
        cargo.args(["--", "-Clink-arg=--emit-relocs"]);
    }
    process::run(&mut cargo)?;
    Ok(project.target.join(TARGET).join(folder).join("trek_tribe.wasm"))
}

/// Code that several pages share is worth a file of its own from so many bytes on, as they are.
const WORTH_A_FILE: usize = 4_500;

/// Splits groups of lazy pages off, a chunk each. The little that two of them share goes to the core: a page is a few files, not
/// dozens. `None` when the module has no lazy pages: then it is used as it is.
fn split(module: &[u8], desk: &Path) -> Result<Option<BTreeMap<String, Vec<String>>>> {
    let mut made = cut(module, desk)?;
    let mut little = Vec::new();
    for path in made.split_modules.iter().filter(|path| is_shared(path)) {
        if wasm::pack(&std::fs::read(path)?)?.len() < WORTH_A_FILE {
            little.push(path);
        }
    }
    let shared = functions_of(little.into_iter())?;
    if !shared.is_empty() {
        std::fs::remove_dir_all(desk.join(NAME))?;
        made = cut(&wasm::root_functions(module, &shared)?, desk)?;
    }
    if made.split_modules.is_empty() {
        std::fs::remove_dir_all(desk.join(NAME))?;
        return Ok(None);
    }
    let moved = move_shared_data(&made, desk)?;
    let is_moved =
        |file: &String| Path::new(file).file_stem().is_some_and(|stem| moved.iter().any(|name| stem == name.as_str()));
    for files in made.prefetch_map.values_mut() {
        files.retain(|file| !is_moved(file));
    }
    Ok(Some(made.prefetch_map.into_iter().collect()))
}

/// Moves what pages share and is data alone to the core. Says which chunks that were.
fn move_shared_data(made: &SplitWasm, desk: &Path) -> Result<Vec<String>> {
    let (core, loader) = (core_path(desk), desk.join(NAME).join(LOADER));
    let mut script = std::fs::read_to_string(&loader)?;
    let (mut data, mut moved) = (Vec::new(), Vec::new());
    for path in made.split_modules.iter().filter(|path| is_shared(path)) {
        let chunk = std::fs::read(path)?;
        if !wasm::is_data_alone(&chunk) {
            continue;
        }
        data.push(chunk);
        std::fs::remove_file(path)?;
        let name = path.file_stem().and_then(|name| name.to_str()).context("a chunk without a name")?;
        script = without_chunk(&script, name).with_context(|| format!("the loader of {name} looks different"))?;
        moved.push(name.to_owned());
    }
    std::fs::write(&loader, script)?;
    let rooted = std::fs::read(&core)?;
    std::fs::write(&core, wasm::add_data(&wasm::unroot_functions(&rooted)?, &data)?)?;
    Ok(moved)
}

/// The loader without one of its chunks.
fn without_chunk(script: &str, name: &str) -> Option<String> {
    let (before, rest) = script.split_once(&format!("const __{name} = makeLoad("))?;
    let (_, after) = rest.split_once("\n, []);\n")?;
    let uses = [format!("__{name}, "), format!(", __{name}]"), format!("[__{name}]")];
    let after = after.replace(&uses[0], "").replace(&uses[1], "]").replace(&uses[2], "[]");
    Some(format!("{before}{after}"))
}

fn cut(module: &[u8], desk: &Path) -> Result<SplitWasm> {
    let chunks = desk.join(NAME);
    let core = core_path(desk);
    let main_module = format!("./{NAME}.js");
    let link_name = format!("./{LOADER}");
    let mut options = wasm_split_cli_support::Options::new(module);
    options.output_dir = &chunks;
    options.main_out_path = &core;
    options.main_module = &main_module;
    options.link_name = &link_name;
    wasm_split_cli_support::transform(options).map_err(|error| anyhow!("{error:#}"))
}

/// Whether a chunk holds what several pages need.
fn is_shared(chunk: &Path) -> bool {
    chunk.file_name().is_some_and(|name| name.to_string_lossy().starts_with("chunk_"))
}

fn functions_of<'a>(modules: impl Iterator<Item = &'a PathBuf>) -> Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for path in modules {
        let functions = wasm::defined_functions(&std::fs::read(path)?)?;
        names.extend(functions.into_iter().map(|(_, name)| name));
    }
    Ok(names)
}

fn core_path(desk: &Path) -> PathBuf {
    desk.join("core.wasm")
}

/// Writes the JavaScript module and the final WASM.
fn bind(core: Vec<u8>, order: &Order, is_split: bool, desk: &Path) -> Result<()> {
    let is_release = order.quality == Quality::Release;
    let mut bindgen = wasm_bindgen_cli_support::Bindgen::new();
    bindgen.input_bytes(NAME, core).web(true)?.typescript(false).debug(!is_release);
    // Chunks find the core's functions by the linker's names.
    bindgen.keep_lld_exports(is_split).demangle(!is_split);
    bindgen.remove_name_section(is_release).remove_producers_section(is_release);
    bindgen.generate(desk.join(NAME)).context("wasm-bindgen refused the module")
}

/// Reads the finished bundle and names its folder by the content of all of it.
fn collect(
    order: &Order,
    desk: &Path,
    prefetch: Option<BTreeMap<String, Vec<String>>>,
) -> Result<(Bundle, Vec<SiteFile>)> {
    let folder = desk.join(NAME);
    let mut content = Input::new(Quality::Release);
    let mut files = Vec::new();
    for path in list_files(&folder)? {
        let mut bytes = std::fs::read(folder.join(&path))?;
        if order.quality == Quality::Release && path.extension().is_some_and(|ending| ending == "wasm") {
            bytes = wasm::pack(&bytes).with_context(|| format!("{} is no WASM", path.display()))?;
        }
        let path = path.to_str().context("wasm-bindgen wrote a file whose name is no text")?.to_owned();
        content.add(&path, &bytes);
        files.push(SiteFile { path, bytes });
    }
    let root = format!("pkg/{}", &content.finish()[..16]);
    for file in &mut files {
        file.path = format!("{root}/{}", file.path);
    }
    let bundle = Bundle {
        js: format!("/{root}/{NAME}.js"),
        wasm: format!("/{root}/{NAME}_bg.wasm"),
        root: format!("/{root}"),
        split: prefetch.map(|prefetch| Split { js: LOADER.to_owned(), prefetch }),
    };
    Ok((bundle, files))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loader_forgets_a_chunk_and_keeps_the_others() {
        let chunk = |name: &str| {
            format!("/* a, b */\nconst __{name} = makeLoad(() => {{\n    fetch(\"{name}\");\n}}\n, []);\n")
        };
        let script =
            format!("{}{}load([__chunk_1, __chunk_12]); load([__chunk_1]);", chunk("chunk_1"), chunk("chunk_12"));
        let left = without_chunk(&script, "chunk_1").unwrap();
        assert_eq!(left, format!("/* a, b */\n{}load([__chunk_12]); load([]);", chunk("chunk_12")));
        assert!(without_chunk(&left, "chunk_1").is_none());
    }
}
