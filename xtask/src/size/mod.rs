//! `xtask size`: what a first visit costs. Every page kind is fetched from a running release server with demo data, with the
//! files it names, and held against the budgets of `pages`. Over budget is a failure.

mod http;
mod pages;
mod server;

use crate::{
    project::Project,
    say,
    site::{self, Manifest, Quality},
};
use anyhow::{Context as _, Result, bail};
use http::Visitor;
use pages::{Budget, PAGES, Page};
use std::{fmt, path::Path};

/// Bytes as they are and as they travel.
#[derive(Clone, Copy, Default)]
struct Weight {
    raw: usize,
    brotli: usize,
}

impl Weight {
    fn plus(self, other: Self) -> Self {
        Self { raw: self.raw + other.raw, brotli: self.brotli + other.brotli }
    }

    /// A file of the site; one that did not shrink travels as it is.
    fn of_file(site: &Path, url: &str) -> Result<Self> {
        let file = site.join(url.trim_start_matches('/'));
        let raw = std::fs::metadata(&file).with_context(|| format!("{url} is not in the site"))?.len();
        let packed = std::fs::metadata(format!("{}.br", file.display())).map_or(raw, |packed| packed.len());
        Ok(Self { raw: usize::try_from(raw)?, brotli: usize::try_from(packed)? })
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = if self.raw == 0 {
            "–".to_owned()
        } else {
            format!("{} / {}", kilobytes(self.raw), kilobytes(self.brotli))
        };
        formatter.pad(&text)
    }
}

/// Prints the tables; an error when something is over its budget.
pub(crate) fn weigh(project: &Project) -> Result<()> {
    let site = site::Order::release(project).site;
    let manifest = Manifest::read(&site)?;
    let mut excesses = weigh_bundle(&site, &manifest)?;
    let server = server::Server::start(project)?;
    let weighed = weigh_pages(&site, &manifest, &server);
    server.stop()?;
    excesses.extend(weighed?);
    if excesses.is_empty() {
        say::line("all within budget");
        return Ok(());
    }
    bail!("over budget:\n  {}", excesses.join("\n  "))
}

/// The scripts: core against its budget, each chunk of a lazy page against its own.
fn weigh_bundle(site: &Path, manifest: &Manifest) -> Result<Vec<String>> {
    let bundle = &manifest.bundle;
    let script = Weight::of_file(site, &bundle.js)?;
    let wasm = Weight::of_file(site, &bundle.wasm)?;
    let mut core = script.plus(wasm);
    say::line(&format!("{:<44} {:>19}", "file (kB raw / brotli)", "size"));
    say::line(&format!("{:<44} {script:>19}", "core JavaScript"));
    say::line(&format!("{:<44} {wasm:>19}", "core WASM"));
    let mut excesses = Vec::new();
    if let Some(split) = &bundle.split {
        let loader = Weight::of_file(site, &format!("{}/{}", bundle.root, split.js))?;
        core = core.plus(loader);
        say::line(&format!("{:<44} {loader:>19}", "loader of chunks"));
        for (page, chunks) in &split.prefetch {
            let mut weight = Weight::default();
            for chunk in chunks {
                weight = weight.plus(Weight::of_file(site, &format!("{}/{chunk}.wasm", bundle.root))?);
            }
            say::line(&format!("{:<44} {weight:>19}", format!("chunk {page}")));
            excesses.extend(excess(&format!("chunk {page}"), weight, pages::CHUNK));
        }
    }
    excesses.extend(excess("core", core, pages::CORE));
    for (name, url) in &manifest.css {
        say::line(&format!("{:<44} {:>19}", format!("{name}.css"), Weight::of_file(site, url)?));
    }
    Ok(excesses)
}

fn weigh_pages(site: &Path, manifest: &Manifest, server: &server::Server) -> Result<Vec<String>> {
    let mut excesses = Vec::new();
    say::line(&format!("\n{:<44} {:>19} {:>19} {:>19}", "page (kB raw / brotli)", "HTML", "CSS", "JS + WASM"));
    for page in PAGES {
        let mut visitor = Visitor::new(server.address());
        if let Some(login) = page.login {
            visitor.sign_in(login).with_context(|| format!("signing in as {}", login.email))?;
        }
        let fetched = visitor.fetch(page).with_context(|| page.name.to_owned())?;
        excesses.extend(weigh_page(site, manifest, page, &fetched)?);
    }
    Ok(excesses)
}

fn weigh_page(site: &Path, manifest: &Manifest, page: &Page, html: &http::Fetched) -> Result<Vec<String>> {
    let html_weight = Weight { raw: html.text.len(), brotli: html.travelled };
    let named = |url: &String| html.text.contains(url.as_str());
    let mut css = Weight::default();
    for url in manifest.css.values().filter(|url| named(url)) {
        css = css.plus(Weight::of_file(site, url)?);
    }
    let mut scripts = Weight::default();
    for url in [&manifest.bundle.js, &manifest.bundle.wasm].into_iter().filter(|url| named(url)) {
        scripts = scripts.plus(Weight::of_file(site, url)?);
    }
    say::line(&format!("{:<44} {html_weight:>19} {css:>19} {scripts:>19}", page.name));
    let over = |what: &str, weight, limit| excess(&format!("{}: {what}", page.name), weight, limit);
    Ok(match page.budget() {
        Budget::Public { total } => {
            let has_script = html.text.contains("<script").then(|| format!("{}: a script on a public page", page.name));
            over("all", html_weight.plus(css).plus(scripts), total).into_iter().chain(has_script).collect()
        }
        Budget::SignedIn { html, css: sheet } => {
            over("HTML", html_weight, html).into_iter().chain(over("CSS", css, sheet)).collect()
        }
    })
}

fn excess(what: &str, weight: Weight, limit: usize) -> Option<String> {
    (weight.brotli > limit)
        .then(|| format!("{what} is {} kB as it travels, {} kB allowed", kilobytes(weight.brotli), kilobytes(limit)))
}

fn kilobytes(bytes: usize) -> String {
    format!("{}.{}", bytes / 1000, bytes % 1000 / 100)
}

/// What the server would send for bytes that it sent uncompressed.
fn packed_size(bytes: &[u8]) -> Result<usize> {
    Ok(site::brotli(bytes, Quality::Dev)?.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_over_its_limit_is_reported() {
        let weight = Weight { raw: 500_000, brotli: 60_001 };
        assert!(excess("core", weight, 60_001).is_none());
        assert_eq!(excess("core", weight, 60_000).unwrap(), "core is 60.0 kB as it travels, 60.0 kB allowed");
    }
}
