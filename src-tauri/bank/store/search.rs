//! Finding rows by words. An index of trigrams narrows; the folded text decides, so that a search finds what a look through all
//! rows would find, and takes no longer in a book of ten years.

use super::fold::words;
use super::pages::Condition;
use rusqlite::Transaction;

/// The most trigrams that the index is asked for: more narrow no further.
const MOST: usize = 32;

/// A search, taken apart.
pub(super) struct Words {
    all: Vec<String>,
    /// What the index is asked for; none where no word has three letters.
    index: Option<String>,
}

/// How the rows of a search are come by. What goes by the index and what goes by the notes have no row in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Along the rows themselves.
    Rows,
    /// Along those that are pending: few, in an index of their own.
    Pending,
    /// By the index: every word stands in the row.
    Index,
    /// From the notes: some word stands only there.
    Notes,
}

impl Words {
    /// The words of a search as typed.
    pub(super) fn of(text: &str) -> Self {
        let all = words(text);
        let mut trigrams: Vec<String> = Vec::new();
        for word in &all {
            let letters: Vec<char> = word.chars().collect();
            trigrams.extend(letters.windows(3).map(|three| three.iter().collect::<String>().replace('"', "\"\"")));
        }
        trigrams.sort();
        trigrams.dedup();
        trigrams.truncate(MOST);
        let quoted: Vec<String> = trigrams.into_iter().map(|three| format!("\"{three}\"")).collect();
        Self { all, index: (!quoted.is_empty()).then(|| quoted.join(" AND ")) }
    }

    /// Whether nothing is searched.
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Whether there are words, and none is long enough for the index.
    pub(super) fn are_short(&self) -> bool {
        self.index.is_none() && !self.is_empty()
    }

    /// The ways that together lead to every row: the index, and beside it the notes, which are few. Where no word is long enough
    /// for the index, along the rows.
    pub(super) fn ways(&self) -> &'static [Way] {
        if self.index.is_some() { &[Way::Index, Way::Notes] } else { &[Way::Rows] }
    }

    /// What a row must hold to be found in this way.
    pub(super) fn narrow(&self, condition: &mut Condition, way: Way) {
        let each = |sql: &str, between: &str| vec![sql; self.all.len()].join(between);
        let all = || self.all.iter().map(|word| word.clone().into());
        let in_row = each("instr(entry.folded, ?)", " AND ");
        let either: Vec<_> = all().zip(all()).flat_map(|(row, note)| [row, note]).collect();
        let in_either = each("(instr(entry.folded, ?) OR instr(overlay.folded, ?))", " AND ");
        match way {
            Way::Rows | Way::Pending if self.is_empty() => {}
            Way::Rows | Way::Pending => condition.and(&in_either, either),
            Way::Index => {
                condition.and("search MATCH ?", self.index.clone().map(Into::into));
                condition.and(&in_row, all());
            }
            Way::Notes => {
                condition.and(&format!("({})", each("instr(noted.folded, ?)", " OR ")), all());
                condition.and(&in_either, either);
                condition.and(&format!("NOT ({in_row})"), all());
            }
        }
    }
}

/// What brings the index up to date; in the order of keys, as it takes them without writing in between.
pub(crate) const INDEXING: [&str; 3] = [
    "DELETE FROM search WHERE rowid IN (SELECT key FROM unindexed)",
    "INSERT INTO search (rowid, text) SELECT key, folded FROM entry WHERE key IN (SELECT key FROM unindexed) ORDER BY key",
    "DELETE FROM unindexed",
];

/// Brings the index up to date with what a transaction has written.
pub(super) fn index(book: &Transaction<'_>) -> rusqlite::Result<()> {
    if !book.prepare_cached("SELECT 1 FROM unindexed")?.exists([])? {
        return Ok(());
    }
    for sql in INDEXING {
        book.prepare_cached(sql)?.execute([])?;
    }
    Ok(())
}

impl Way {
    /// The tables that lead to the rows, in the order in which they are looked into.
    pub(super) fn tables(self) -> &'static str {
        match self {
            Self::Rows => "entry",
            Self::Pending => "entry INDEXED BY entry_pending",
            Self::Notes => "overlay AS noted CROSS JOIN entry ON entry.id = noted.entry",
            Self::Index => "search CROSS JOIN entry ON entry.key = search.rowid",
        }
    }

    /// The key of a row where it is compared and sorted by. What gives many rows must give them in order; the few that are pending or
    /// noted are sorted, because going along all rows for them would be slower.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Rows => "entry.key",
            Self::Index => "search.rowid",
            Self::Pending | Self::Notes => "+entry.key",
        }
    }
}

#[cfg(test)]
mod tests;
