//! What a sandbox remembers over a restart, and the file it is kept in.

use crate::{idp::sessions::UserSession, payments::book::PaymentBook};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
};

/// Everything that outlives the process. Refresh tokens are not in it: they are signed, and only the identifiers of the
/// current and the last used one are kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// Seed of the world; the file's one wins over the builder's, so that a world never changes under its owner.
    pub(crate) seed: u64,
    /// The moment of the first start; the world reaches back 36 months from here.
    pub(crate) epoch: DateTime<Utc>,
    /// The latest moment at which something was written to the world; no later event carries an earlier timestamp.
    pub(crate) touched: DateTime<Utc>,
    /// How often the sandbox was started on this file: part of the random seed, so that no token is ever made twice.
    pub(crate) starts: u64,
    /// The main client's secret.
    pub(crate) client_secret: String,
    /// Key that signs tokens, hexadecimal.
    pub(crate) signing_key: String,
    /// Browser sessions of the owner with the clients signed in through each.
    pub(crate) sessions: Vec<UserSession>,
    /// Scopes the owner has granted, by client id.
    pub(crate) granted: BTreeMap<String, BTreeSet<String>>,
    /// End of each bank's consent where it differs from the world's own, by bank id.
    pub(crate) consents: BTreeMap<String, DateTime<Utc>>,
    /// When each bank's consent was renewed, oldest first, by bank id.
    #[serde(default)]
    pub(crate) renewals: BTreeMap<String, Vec<DateTime<Utc>>>,
    /// Payments, single and bulk.
    pub(crate) payments: PaymentBook,
}

/// Reads a state file. A file that is not there gives `None`; one that cannot be understood is put aside as
/// `<name>.broken`, because a demo that never starts again would be worse than one that starts afresh.
pub(crate) fn load(path: &Path) -> io::Result<Option<Kept>> {
    let text = match fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    match serde_json::from_slice(&text) {
        Ok(kept) => Ok(Some(kept)),
        Err(error) => {
            tracing::warn!(%error, "the sandbox's state file is not readable and was put aside");
            fs::rename(path, beside(path, "broken"))?;
            Ok(None)
        }
    }
}

/// Writes the state file whole or not at all, readable by its owner only.
pub(crate) fn save(path: &Path, kept: &Kept) -> io::Result<()> {
    use io::Write;
    let part = beside(path, "part");
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(&part)?;
    file.write_all(&serde_json::to_vec_pretty(kept)?)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&part, path)
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    PathBuf::from(name)
}
