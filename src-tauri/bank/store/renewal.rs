//! Where the renewal of the sign-in stands: generations only, the tokens are in the keychain.

use super::{Store, from_ms, to_ms};
use crate::failure::{FailureKind, Result};
use chrono::{DateTime, Utc};
use rusqlite::OptionalExtension;

/// What the book knows of the renewals, over restarts and processes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Renewal {
    /// The lowest generation that may be sent: those below are spent, or Everifin has refused them.
    pub(crate) lowest: u64,
    /// The generation that Everifin is being asked to renew, and since when; stays when its answer was not heard.
    pub(crate) asked: Option<(u64, DateTime<Utc>)>,
}

impl Store {
    /// Where the renewal stands; nothing known before the first.
    pub(crate) fn renewal(&self) -> Result<Renewal> {
        self.read(|book| {
            let row = book
                .prepare_cached("SELECT lowest, asked, asked_at FROM renewal")?
                .query_row([], |row| {
                    let asked: Option<u64> = row.get::<_, Option<i64>>(1)?.map(i64::unsigned_abs);
                    let asked_at: Option<i64> = row.get(2)?;
                    Ok(Renewal {
                        lowest: row.get::<_, i64>(0)?.unsigned_abs(),
                        asked: asked.zip(asked_at.map(from_ms)),
                    })
                })
                .optional()?;
            Ok(row.unwrap_or_default())
        })
    }

    /// Keeps where the renewal stands: on the disk when this returns.
    pub(crate) fn save_renewal(&self, renewal: Renewal) -> Result<()> {
        let number = |generation| i64::try_from(generation).map_err(|_| FailureKind::StoreFailed);
        self.write(|book| {
            let (asked, at) = renewal.asked.unzip();
            book.prepare_cached("INSERT OR REPLACE INTO renewal VALUES (1, ?, ?, ?)")?.execute((
                number(renewal.lowest)?,
                asked.map(number).transpose()?,
                at.map(to_ms),
            ))?;
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::key;
    use super::*;

    #[test]
    fn what_is_known_of_the_renewal_outlives_the_process() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("book.db");
        let at = "2026-11-22T12:00:00.123Z".parse().unwrap();
        for renewal in [Renewal { lowest: 7, asked: Some((7, at)) }, Renewal { lowest: 8, asked: None }] {
            Store::open(&path, &key()).unwrap().save_renewal(renewal).unwrap();
            assert_eq!(Store::open(&path, &key()).unwrap().renewal(), Ok(renewal));
        }
        let beyond = Renewal { lowest: u64::MAX, asked: None };
        assert!(Store::open(&path, &key()).unwrap().save_renewal(beyond).is_err());
    }

    #[test]
    fn a_new_book_knows_of_none() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("book.db"), &key()).unwrap();
        assert_eq!(store.renewal(), Ok(Renewal::default()));
    }
}
