//! Public files: `public/` as it is, under fixed names, with compressed companions.

use super::{
    Order, SiteFile, compress, list_files,
    stamp::{Input, Part},
};
use crate::project::Project;
use anyhow::{Result, bail};

/// Copies the public files.
pub(crate) fn build(project: &Project, order: &Order, old: Option<Part<()>>) -> Result<(Part<()>, String)> {
    let folder = project.root.join("public");
    let mut input = Input::new(order.quality);
    let mut files = Vec::new();
    for source in list_files(&folder)? {
        let Some(path) = source.to_str() else {
            bail!("public/{} has no name that a URL can carry", source.display());
        };
        if path == "manifest.json" || path.starts_with("pkg/") {
            bail!("public/{path} stands where the build writes its own file");
        }
        let bytes = std::fs::read(folder.join(&source))?;
        input.add(path, &bytes);
        files.push(SiteFile { path: path.to_owned(), bytes });
    }
    let input = input.finish();
    if let Some(part) = old.filter(|part| part.is_current(&input, &order.site)) {
        return Ok((part, "unchanged".into()));
    }
    let outcome = format!("{} copied", files.len());
    let paths = compress::write_files(&order.site, &files, order.quality)?;
    Ok((Part::new(input, paths, ()), outcome))
}
