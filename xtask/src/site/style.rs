//! Style sheets: each entry in `style/` is bundled with what it imports (cascade layers kept), minified and named by its content.
//! An entry is a `.css` file directly in `style/` whose name does not start with `_` and is not `tokens.css`; all others are
//! imported by one.

use super::{
    Order, SiteFile, compress, list_files,
    stamp::{Input, Part, short_hash},
};
use crate::project::Project;
use anyhow::{Result, anyhow};
use lightningcss::{
    bundler::{Bundler, FileProvider},
    printer::PrinterOptions,
    stylesheet::{MinifyOptions, ParserFlags, ParserOptions},
    targets::{Browsers, Targets},
};
use std::{collections::BTreeMap, path::Path};

type Sheets = BTreeMap<String, String>;

/// Builds the entry sheets; what is made is the URL path of each by its name.
pub(crate) fn build(project: &Project, order: &Order, old: Option<Part<Sheets>>) -> Result<(Part<Sheets>, String)> {
    let folder = project.root.join("style");
    let sources = list_files(&folder)?;
    let mut input = Input::new(order.quality);
    for source in &sources {
        input.add(&source.to_string_lossy(), &std::fs::read(folder.join(source))?);
    }
    let input = input.finish();
    if let Some(part) = old.filter(|part| part.is_current(&input, &order.site)) {
        return Ok((part, "unchanged".into()));
    }
    let mut sheets = Sheets::new();
    let mut files = Vec::new();
    for entry in sources.iter().filter_map(|source| entry_name(source)) {
        let css = bundle(&folder.join(format!("{entry}.css")))?;
        let path = format!("pkg/{entry}.{}.css", short_hash(css.as_bytes()));
        sheets.insert(entry.to_owned(), format!("/{path}"));
        files.push(SiteFile { path, bytes: css.into_bytes() });
    }
    let outcome = format!("{} bundled from {}", sheets.len(), sources.len());
    let paths = compress::write_files(&order.site, &files, order.quality)?;
    Ok((Part::new(input, paths, sheets), outcome))
}

fn entry_name(source: &Path) -> Option<&str> {
    let name = source.to_str()?.strip_suffix(".css")?;
    let is_entry = !name.contains('/') && !name.starts_with('_') && name != "tokens";
    is_entry.then_some(name)
}

/// One sheet with its imports inlined, minified for the browsers we serve.
fn bundle(entry: &Path) -> Result<String> {
    let files = FileProvider::new();
    let options = ParserOptions { flags: ParserFlags::CUSTOM_MEDIA, ..ParserOptions::default() };
    let mut sheet = Bundler::new(&files, None, options).bundle(entry).map_err(|error| anyhow!("{error}"))?;
    let targets = served_browsers();
    sheet.minify(MinifyOptions { targets, ..MinifyOptions::default() }).map_err(|error| anyhow!("{error}"))?;
    let printed = sheet
        .to_css(PrinterOptions { minify: true, targets, ..PrinterOptions::default() })
        .map_err(|error| anyhow!("{error}"))?;
    Ok(printed.code)
}

/// The first versions with nesting and `light-dark()`, so that both stay as they were written.
fn served_browsers() -> Targets {
    let version = |major: u32, minor: u32| Some((major << 16) | (minor << 8));
    Targets::from(Browsers {
        android: version(123, 0),
        chrome: version(123, 0),
        edge: version(123, 0),
        firefox: version(121, 0),
        ios_saf: version(17, 5),
        safari: version(17, 5),
        ..Browsers::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sheets_at_the_top_that_nobody_imports_are_entries() {
        assert_eq!(entry_name(Path::new("main.css")), Some("main"));
        assert_eq!(entry_name(Path::new("tokens.css")), None);
        assert_eq!(entry_name(Path::new("_reset.css")), None);
        assert_eq!(entry_name(Path::new("components/button.css")), None);
        assert_eq!(entry_name(Path::new("notes.md")), None);
    }

    #[test]
    fn a_bundle_keeps_layers_nesting_and_colour_schemes() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, css: &str| std::fs::write(folder.path().join(name), css).unwrap();
        write(
            "main.css",
            "@layer reset, parts;\n@import \"_part.css\" layer(parts);\n@custom-media --wide (width >= 48rem);",
        );
        write("_part.css", ".card { color: light-dark(#123456, #abcdef); & > a { color: inherit } }");
        let css = bundle(&folder.path().join("main.css")).unwrap();
        assert!(css.contains("@layer parts{"), "{css}");
        assert!(css.contains("light-dark("), "{css}");
        assert!(css.contains("&>a") || css.contains(">a{"), "{css}");
        assert!(!css.contains("@import") && !css.contains("@custom-media"), "{css}");
    }

    #[test]
    fn a_broken_sheet_is_refused_with_its_place() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("main.css"), "@import \"missing.css\";").unwrap();
        assert!(bundle(&folder.path().join("main.css")).is_err());
    }
}
