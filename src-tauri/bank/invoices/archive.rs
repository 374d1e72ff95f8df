//! The one kind of archive that invoices come in: `.isdocx`, a zip with the invoice and its pictures.

use miniz_oxide::inflate::decompress_to_vec_with_limit;

/// Most files of an archive that are looked at.
const MOST_FILES: usize = 100;
/// Largest file inside, and most of all together, in bytes: many entries may point to the same packed bytes.
const LARGEST: usize = 20_000_000;
const LARGEST_TOGETHER: usize = 40_000_000;

/// Whether a file is a zip.
pub(super) fn is_one(file: &[u8]) -> bool {
    file.starts_with(b"PK\x03\x04")
}

/// The files inside whose names end so, with their names, as far as they can be unpacked. Encrypted ones and those packed in another way
/// than by deflate are left out.
pub(super) fn files(zip: &[u8], endings: &[&str]) -> Vec<(String, Vec<u8>)> {
    let mut left = LARGEST_TOGETHER;
    directory(zip)
        .into_iter()
        .filter(|entry| endings.iter().any(|end| entry.name.to_lowercase().ends_with(end)))
        .filter_map(|entry| {
            let data = entry.data(zip, left.min(LARGEST))?;
            left -= data.len();
            Some((entry.name, data))
        })
        .collect()
}

struct Entry {
    name: String,
    method: usize,
    packed: usize,
    at: usize,
}

impl Entry {
    /// Its content, of at most so many bytes.
    fn data(&self, zip: &[u8], most: usize) -> Option<Vec<u8>> {
        let header = zip.get(self.at..)?.strip_prefix(b"PK\x03\x04")?;
        let from = self.at.checked_add(30)?.checked_add(number(header, 22, 2)?)?.checked_add(number(header, 24, 2)?)?;
        let packed = zip.get(from..from.checked_add(self.packed)?)?;
        match self.method {
            0 => (packed.len() <= most).then(|| packed.to_vec()),
            8 => decompress_to_vec_with_limit(packed, most).ok(),
            _ => None,
        }
    }
}

/// The entries of the directory at the archive's end.
fn directory(zip: &[u8]) -> Vec<Entry> {
    let Some(end) = zip.windows(4).rposition(|window| window == b"PK\x05\x06") else { return Vec::new() };
    let Some(mut rest) = zip.get(end..).and_then(|end| zip.get(number(end, 16, 4)?..)) else { return Vec::new() };
    let mut entries = Vec::new();
    while entries.len() < MOST_FILES && rest.starts_with(b"PK\x01\x02") {
        let Some((entry, after)) = entry(rest) else { break };
        entries.extend(entry);
        rest = after;
    }
    entries
}

/// An entry, none where it is encrypted, and what comes after it.
fn entry(rest: &[u8]) -> Option<(Option<Entry>, &[u8])> {
    let (flags, method, packed) = (number(rest, 8, 2)?, number(rest, 10, 2)?, number(rest, 20, 4)?);
    let (name, extra, comment) = (number(rest, 28, 2)?, number(rest, 30, 2)?, number(rest, 32, 2)?);
    let at = number(rest, 42, 4)?;
    let text = String::from_utf8_lossy(rest.get(46..46 + name)?).into_owned();
    let entry = Entry { name: text, method, packed, at };
    Some(((flags & 1 == 0).then_some(entry), rest.get(46 + name + extra + comment..)?))
}

/// A number of so many bytes, the lowest first.
fn number(bytes: &[u8], at: usize, count: usize) -> Option<usize> {
    let bytes = bytes.get(at..at + count)?;
    Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use miniz_oxide::deflate::compress_to_vec;

    /// An archive of so many entries, all of which point to the same packed bytes.
    fn one_for_all(count: u16, packed: &[u8]) -> Vec<u8> {
        let sizes = [&u32::try_from(packed.len()).unwrap().to_le_bytes()[..], &[0; 4]].concat();
        let mut zip = [&b"PK\x03\x04"[..], &[20, 0, 0, 0, 8, 0], &[0; 8], &sizes, &[0; 4], packed].concat();
        let directory = u32::try_from(zip.len()).unwrap();
        for _ in 0..count {
            let lengths = [7, 0, 0, 0, 0, 0];
            zip.extend([&b"PK\x01\x02"[..], &[20, 0, 20, 0, 0, 0, 8, 0], &[0; 8], &sizes, &lengths, &[0; 12]].concat());
            zip.extend(b"a.isdoc");
        }
        zip.extend([&b"PK\x05\x06"[..], &[0; 12], &directory.to_le_bytes(), &[0; 2]].concat());
        zip
    }

    #[test]
    fn entries_that_share_their_bytes_do_not_unpack_without_end() {
        let unpacked = |zip: &[u8]| files(zip, &[".isdoc"]).iter().map(|(_, data)| data.len()).collect::<Vec<_>>();
        assert_eq!(unpacked(&one_for_all(2, &compress_to_vec(b"invoice", 6))), [7, 7]);
        let large = compress_to_vec(&vec![b' '; 15_000_000], 6);
        assert_eq!(unpacked(&one_for_all(100, &large)), [15_000_000; 2]);
    }
}
