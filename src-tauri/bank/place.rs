//! Where a book lies on this computer, for every program of Saldo's that opens it: the window, and `saldo-cli` beside it.

use crate::failure::{FailureKind, Result};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// The name that the system knows Saldo by, and that of its folder in the user's profile.
pub const IDENTIFIER: &str = "app.saldo.desktop";

/// The name of the own book's items in the keychain. Those of development builds are others.
pub const SERVICE: &str = if cfg!(debug_assertions) { "app.saldo.desktop.dev" } else { IDENTIFIER };

/// A folder that holds all data of one owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    folder: PathBuf,
    is_usual: bool,
}

impl Home {
    /// The folder in this user's profile, which the window uses; none where the system names no such place.
    pub fn usual() -> Option<Self> {
        Some(Self { folder: dirs::data_dir()?.join(IDENTIFIER), is_usual: true })
    }

    /// Another folder, made for this user's eyes only where it is not there. The usual one, however it is written, is the usual one.
    ///
    /// Fails with `FolderRefused` where it cannot be made or is no folder.
    pub fn at(folder: &Path) -> Result<Self> {
        if !folder.exists() {
            make_private(folder).map_err(|_| FailureKind::FolderRefused)?;
        }
        let folder = folder.canonicalize().map_err(|_| FailureKind::FolderRefused)?;
        if !folder.is_dir() {
            return Err(FailureKind::FolderRefused.into());
        }
        let usual = Self::usual().and_then(|usual| usual.folder.canonicalize().ok());
        Ok(Self { is_usual: usual.as_ref() == Some(&folder), folder })
    }

    /// The folder itself.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folder of the owner's own book.
    pub fn own(&self) -> PathBuf {
        self.folder.join("own")
    }

    /// Whether a book has ever been begun here.
    pub fn has_book(&self) -> bool {
        crate::desk::file_of(&self.own()).exists()
    }

    /// The file that stands in for the keychain, where there is one.
    pub fn sealed_vault(&self) -> PathBuf {
        self.folder.join("vault.sealed")
    }

    /// The name of this home's items in the keychain: no two homes share one.
    pub fn service(&self) -> String {
        if self.is_usual {
            return SERVICE.to_owned();
        }
        let digest = Sha256::digest(self.folder.as_os_str().as_encoded_bytes());
        let mark: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        format!("{SERVICE}.at.{mark}")
    }
}

/// Fails with `OtherSaldo` while anybody, in this process or in another, has the book in `folder` open.
pub fn used_by_nobody(folder: &Path) -> Result<()> {
    if folder.exists() { crate::store::lock_of(&crate::desk::file_of(folder)).seize().map(drop) } else { Ok(()) }
}

/// Makes a folder that only its owner may look into.
pub fn make_private(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).map_err(|_| FailureKind::StoreFailed)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let private = std::fs::Permissions::from_mode(0o700);
        std::fs::set_permissions(folder, private).map_err(|_| FailureKind::StoreFailed)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_folder_has_its_own_items_however_it_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let (one, two) = (folder.path().join("one"), folder.path().join("two"));
        let (home, other) = (Home::at(&one).unwrap(), Home::at(&two).unwrap());
        assert_ne!(home.service(), other.service());
        assert_ne!(home.service(), SERVICE);
        assert_eq!(Home::at(&two.join("../one/.")).unwrap(), home);
        assert!(!home.has_book());
        std::fs::write(folder.path().join("file"), "").unwrap();
        assert_eq!(Home::at(&folder.path().join("file")).unwrap_err().kind, FailureKind::FolderRefused);
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_is_made_is_for_this_user_only() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let home = Home::at(&folder.path().join("deep/home")).unwrap();
        assert_eq!(std::fs::metadata(home.folder()).unwrap().permissions().mode() & 0o777, 0o700);
    }
}
