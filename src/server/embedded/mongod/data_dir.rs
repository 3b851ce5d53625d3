//! The data folder: its lock, the kept port, and the log that `mongod` writes there.

use std::{
    fs::{self, DirBuilder, File, TryLockError},
    io::{self, Read as _, Write as _},
    os::unix::fs::DirBuilderExt as _,
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicU32, Ordering},
};

use rustix::process::Pid;

use super::{MongodError, Storage, log};

const LOG_LIMIT: u64 = 10 * 1024 * 1024;
const ROOMY: u64 = 1024 * 1024 * 1024;

/// The locked data folder. The lock belongs to this process and is given back by the system when it ends in any way, so
/// there are no stale locks; the process number in the lock file is only for the message to the next one.
#[derive(Debug)]
pub(super) struct DataDir {
    path: PathBuf,
    is_ephemeral: bool,
    _lock: File,
}

impl DataDir {
    /// Creates the folder where needed and locks it.
    pub(super) fn open(storage: &Storage) -> Result<Self, MongodError> {
        let (path, is_ephemeral) = match storage {
            Storage::Durable(path) => (create_durable(path)?, false),
            Storage::Ephemeral => (create_ephemeral()?, true),
        };
        let path = path.canonicalize().map_err(MongodError::data_unusable(&path))?;
        let lock = lock_dir(&path)?;
        Ok(Self { path, is_ephemeral, _lock: lock })
    }

    /// The absolute path of the folder.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The folder, if it must not outlive the database.
    pub(super) fn ephemeral_path(&self) -> Option<&Path> {
        self.is_ephemeral.then_some(self.path.as_path())
    }

    /// The process number in `mongod`'s own lock file, which is empty after a clean end.
    pub(super) fn mongod_pid(&self) -> Option<Pid> {
        read_pid(&fs::read_to_string(self.path.join("mongod.lock")).ok()?)
    }

    /// The port of the last start.
    pub(super) fn kept_port(&self) -> Option<u16> {
        fs::read_to_string(self.port_file()).ok()?.trim().parse().ok()
    }

    /// Keeps the port for the next start.
    pub(super) fn keep_port(&self, port: u16) -> Result<(), MongodError> {
        fs::write(self.port_file(), format!("{port}\n")).map_err(MongodError::data_unusable(self.port_file()))
    }

    /// Where `mongod` writes its log.
    pub(super) fn log_file(&self) -> PathBuf {
        self.path.join("mongod.log")
    }

    /// The log, opened for what `mongod` says before it opens it itself.
    pub(super) fn open_log(&self) -> Result<File, MongodError> {
        let opened = File::options().append(true).create(true).open(self.log_file());
        opened.map_err(MongodError::data_unusable(self.log_file()))
    }

    /// Whether the log has grown over its limit.
    pub(super) fn is_log_full(&self) -> bool {
        fs::metadata(self.log_file()).is_ok_and(|log| log.len() > LOG_LIMIT)
    }

    /// Sets the log aside, in place of the one before it.
    pub(super) fn rotate_log(&self) -> Result<(), MongodError> {
        match fs::rename(self.log_file(), self.path.join("mongod.log.1")) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(MongodError::data_unusable(self.log_file())(error))
            }
            _ => Ok(()),
        }
    }

    /// What the end of the log tells, for an error message.
    pub(super) fn last_log_lines(&self) -> String {
        log::summarize_file(&self.log_file())
    }

    fn port_file(&self) -> PathBuf {
        self.path.join("port")
    }
}

impl Drop for DataDir {
    /// An ephemeral folder goes with its database.
    fn drop(&mut self) {
        let Some(path) = self.ephemeral_path() else { return };
        if let Err(error) = fs::remove_dir_all(path) {
            tracing::warn!(%error, path = %path.display(), "the folder of an ephemeral database could not be removed");
        }
    }
}

fn create_durable(path: &Path) -> Result<PathBuf, MongodError> {
    builder().recursive(true).create(path).map_err(MongodError::data_unusable(path))?;
    Ok(path.to_owned())
}

/// A folder that did not exist before: in a place that all users write to, only that one is certainly ours.
fn create_ephemeral() -> Result<PathBuf, MongodError> {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let parent = temporary_parent();
    loop {
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let path = parent.join(format!("trek-tribe-mongod-{}-{number}", process::id()));
        match builder().create(&path) {
            Ok(()) => return Ok(path),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(MongodError::data_unusable(path)(error)),
        }
    }
}

/// Memory where there is enough, else the folder for temporary files.
pub(super) fn temporary_parent() -> PathBuf {
    let mounts = fs::read_to_string("/proc/mounts").unwrap_or_default();
    let memory = "/dev/shm";
    if is_roomy_memory(&mounts, memory) { PathBuf::from(memory) } else { std::env::temp_dir() }
}

/// Not for other users of the machine: the database asks for no password, so its files must not be open either.
fn builder() -> DirBuilder {
    let mut builder = DirBuilder::new();
    builder.mode(0o700);
    builder
}

fn lock_dir(dir: &Path) -> Result<File, MongodError> {
    let path = dir.join("server.lock");
    let unusable = |error| MongodError::data_unusable(&path)(error);
    let mut file = File::options().read(true).write(true).create(true).truncate(false).open(&path).map_err(unusable)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut pid = String::new();
            file.read_to_string(&mut pid).map_err(unusable)?;
            return Err(in_use(dir, read_pid(&pid)));
        }
        Err(TryLockError::Error(error)) => return Err(unusable(error)),
    }
    file.set_len(0).and_then(|()| writeln!(file, "{}", process::id())).map_err(unusable)?;
    Ok(file)
}

fn read_pid(text: &str) -> Option<Pid> {
    // Zero and negative numbers mean groups of processes to the system.
    text.trim().parse().ok().filter(|pid| *pid > 0).and_then(Pid::from_raw)
}

/// The error for a folder that another process has.
pub(super) fn in_use(dir: &Path, pid: Option<Pid>) -> MongodError {
    let holder = pid.map_or_else(|| "another process".to_owned(), |pid| format!("process {}", pid.as_raw_nonzero()));
    MongodError::DataInUse { path: dir.to_owned(), holder }
}

/// Whether a file system in memory is mounted there that holds a database. Containers often give it 64 MB only; without
/// a size it may take half of the machine's memory.
pub(super) fn is_roomy_memory(mounts: &str, at: &str) -> bool {
    let Some(line) = mounts.lines().find(|line| line.split(' ').nth(1) == Some(at)) else {
        return false;
    };
    let mut fields = line.split(' ').skip(2);
    let is_memory = fields.next() == Some("tmpfs");
    let options = fields.next().unwrap_or_default();
    let is_writable = options.split(',').any(|option| option == "rw");
    let size = options.split(',').find_map(|option| option.strip_prefix("size="));
    let bytes = size.map_or(Some(u64::MAX), |size| size.strip_suffix('k')?.parse::<u64>().ok()?.checked_mul(1024));
    is_memory && is_writable && bytes.is_some_and(|bytes| bytes >= ROOMY)
}
