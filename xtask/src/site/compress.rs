//! Files and their `.br` and `.gz` companions. A companion that would not be smaller is not written.

use super::{Quality, SiteFile};
use anyhow::{Context as _, Result};
use std::{
    io::Write as _,
    path::Path,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

/// Formats that are compressed already: trying again only costs time.
const COMPRESSED: [&str; 9] = ["avif", "br", "gif", "gz", "jpg", "png", "webp", "woff2", "zip"];

/// Writes files into the site with their companions, and returns the paths of all that was written.
pub(crate) fn write_files(site: &Path, files: &[SiteFile], quality: Quality) -> Result<Vec<String>> {
    let next = AtomicUsize::new(0);
    let written = Mutex::new(Vec::new());
    let work = || -> Result<()> {
        while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            let paths = write_file(site, file, quality).with_context(|| format!("site/{}", file.path))?;
            // A poisoned lock means that another worker panicked; its panic is what gets reported.
            written.lock().unwrap_or_else(std::sync::PoisonError::into_inner).extend(paths);
        }
        Ok(())
    };
    let workers = thread::available_parallelism().map_or(1, usize::from).min(files.len().max(1));
    thread::scope(|scope| {
        let handles: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        handles
            .into_iter()
            .try_for_each(|handle| handle.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })?;
    let mut paths = written.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    paths.sort();
    Ok(paths)
}

fn write_file(site: &Path, file: &SiteFile, quality: Quality) -> Result<Vec<String>> {
    let target = site.join(&file.path);
    if let Some(folder) = target.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(&target, &file.bytes)?;
    let mut paths = vec![file.path.clone()];
    if is_compressed(&file.path) {
        return Ok(paths);
    }
    for (ending, bytes) in [("br", brotli(&file.bytes, quality)?), ("gz", gzip(&file.bytes, quality)?)] {
        if bytes.len() < file.bytes.len() {
            let path = format!("{}.{ending}", file.path);
            std::fs::write(site.join(&path), bytes)?;
            paths.push(path);
        }
    }
    Ok(paths)
}

fn is_compressed(path: &str) -> bool {
    Path::new(path).extension().and_then(|ending| ending.to_str()).is_some_and(|ending| COMPRESSED.contains(&ending))
}

/// Compresses as a server would send it with `Content-Encoding: br`.
pub(crate) fn brotli(bytes: &[u8], quality: Quality) -> Result<Vec<u8>> {
    let level = match quality {
        Quality::Dev => 5,
        Quality::Release => 11,
    };
    let parameters =
        brotli::enc::BrotliEncoderParams { quality: level, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut out, &parameters)?;
    Ok(out)
}

fn gzip(bytes: &[u8], quality: Quality) -> Result<Vec<u8>> {
    let level = match quality {
        Quality::Dev => flate2::Compression::fast(),
        Quality::Release => flate2::Compression::best(),
    };
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), level);
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    fn write(path: &str, bytes: &[u8]) -> (tempfile::TempDir, Vec<String>) {
        let site = tempfile::tempdir().unwrap();
        let files = [SiteFile { path: path.into(), bytes: bytes.to_vec() }];
        let paths = write_files(site.path(), &files, Quality::Release).unwrap();
        (site, paths)
    }

    #[test]
    fn a_text_gets_companions_that_unpack_to_itself() {
        let text = "a { color: green }\n".repeat(100);
        let (site, paths) = write("pkg/a.css", text.as_bytes());
        assert_eq!(paths, ["pkg/a.css", "pkg/a.css.br", "pkg/a.css.gz"]);
        let mut unpacked = Vec::new();
        let packed = std::fs::read(site.path().join("pkg/a.css.br")).unwrap();
        brotli::BrotliDecompress(&mut packed.as_slice(), &mut unpacked).unwrap();
        assert_eq!(unpacked, text.as_bytes());
        let mut unpacked = String::new();
        let packed = std::fs::read(site.path().join("pkg/a.css.gz")).unwrap();
        flate2::read::GzDecoder::new(packed.as_slice()).read_to_string(&mut unpacked).unwrap();
        assert_eq!(unpacked, text);
    }

    #[test]
    fn what_does_not_shrink_stays_alone() {
        assert_eq!(write("tiny.txt", b"x").1, ["tiny.txt"]);
        assert_eq!(write("font.woff2", &[0; 4096]).1, ["font.woff2"]);
    }
}
