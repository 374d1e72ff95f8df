//! Zip archives from outside: few files, and no more unpacked than is said, however an archive lies about its sizes.

use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Most files of an archive that are looked at.
const MOST_FILES: usize = 100;
/// Largest file inside, and most of all together, in bytes: many entries may point to the same packed bytes.
const LARGEST: usize = 20_000_000;
const LARGEST_TOGETHER: usize = 40_000_000;

/// Whether a file is a zip.
pub(crate) fn is_one(file: &[u8]) -> bool {
    file.starts_with(b"PK\x03\x04")
}

/// The files inside whose names end so, with their names, as far as they can be unpacked. Encrypted ones, those packed in another way
/// than by deflate, and those that are too large are left out.
pub(crate) fn files(zip: &[u8], endings: &[&str]) -> Vec<(String, Vec<u8>)> {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(zip)) else { return Vec::new() };
    let (mut left, mut files) = (LARGEST_TOGETHER, Vec::new());
    for index in 0..archive.len().min(MOST_FILES) {
        let Ok(entry) = archive.by_index(index) else { continue };
        let Ok(name) = entry.name().map(|name| name.into_owned()) else { continue };
        if !endings.iter().any(|end| name.to_lowercase().ends_with(end)) {
            continue;
        }
        if let Some(data) = unpacked(entry, left.min(LARGEST)) {
            left -= data.len();
            files.push((name, data));
        }
    }
    files
}

/// Whether all of an archive can be unpacked within these bounds.
pub(crate) fn is_bounded(zip: &[u8]) -> bool {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(zip)) else { return false };
    let (count, mut left) = (archive.len(), LARGEST_TOGETHER);
    let fits = |index| {
        let data = archive.by_index(index).ok().and_then(|entry| unpacked(entry, left.min(LARGEST)));
        left -= data.as_ref().map_or(0, Vec::len);
        data.is_some()
    };
    count <= MOST_FILES && (0..count).all(fits)
}

/// The content of a file inside, of at most so many bytes.
fn unpacked(entry: impl Read, most: usize) -> Option<Vec<u8>> {
    let mut data = Vec::new();
    entry.take(most as u64 + 1).read_to_end(&mut data).ok()?;
    (data.len() <= most).then_some(data)
}

#[cfg(test)]
mod tests {
    use super::*;
    use miniz_oxide::deflate::compress_to_vec;
    use std::io::Write;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    fn archive(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, data) in files {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(data).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    /// An archive of so many entries, all of which point to the same packed bytes.
    fn one_for_all(count: u16, data: &[u8]) -> Vec<u8> {
        let packed = compress_to_vec(data, 6);
        let number = |number: usize| u32::try_from(number).unwrap().to_le_bytes();
        let about = [crc32fast::hash(data).to_le_bytes(), number(packed.len()), number(data.len())].concat();
        let lengths = [9, 0, 0, 0];
        let mut zip =
            [&b"PK\x03\x04"[..], &[20, 0, 0, 0, 8, 0, 0, 0, 0, 0], &about, &lengths, b"000.isdoc", &packed].concat();
        let directory = zip.len();
        for entry in 0..count {
            let name = format!("{entry:03}.isdoc");
            let entry = [&b"PK\x01\x02"[..], &[20, 0, 20, 0, 0, 0, 8, 0, 0, 0, 0, 0], &about, &lengths, &[0; 14]];
            zip.extend([&entry.concat()[..], name.as_bytes()].concat());
        }
        let (counts, size) = ([count.to_le_bytes(); 2].concat(), number(zip.len() - directory));
        zip.extend([&b"PK\x05\x06"[..], &[0; 4], &counts, &size, &number(directory), &[0; 2]].concat());
        zip
    }

    fn unpacked_of(zip: &[u8]) -> usize {
        files(zip, &[".isdoc"]).iter().map(|(_, data)| data.len()).sum()
    }

    #[test]
    fn files_are_found_by_their_endings() {
        let zip = archive(&[("a.isdoc", b"one".to_vec()), ("b.png", b"x".to_vec()), ("C.ISDOC", b"two".to_vec())]);
        let names: Vec<String> = files(&zip, &[".isdoc"]).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["a.isdoc", "C.ISDOC"]);
        assert!(is_one(&zip) && is_bounded(&zip) && !is_bounded(&zip[..zip.len() / 2]));
    }

    #[test]
    fn what_is_unpacked_is_bounded_whatever_an_archive_says() {
        let files = ["a.isdoc", "b.isdoc", "c.isdoc", "d.isdoc"].map(|name| (name, vec![b' '; 15_000_000]));
        let many = archive(&files);
        assert_eq!((unpacked_of(&many), is_bounded(&many)), (30_000_000, false));
        let one = archive(&[("a.isdoc", vec![b' '; LARGEST + 1])]);
        assert_eq!((unpacked_of(&one), is_bounded(&one)), (0, false));
    }

    #[test]
    fn entries_that_share_their_bytes_do_not_unpack_without_end() {
        let zip = one_for_all(100, &vec![b' '; 15_000_000]);
        assert!(unpacked_of(&zip) <= LARGEST_TOGETHER);
        assert!(!is_bounded(&one_for_all(101, b"invoice")), "too many");
        assert_eq!(unpacked_of(&one_for_all(1, b"invoice")), 7);
    }
}
