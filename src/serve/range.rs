//! Parts of a file: `Range` (RFC 9110, section 14), for players that seek.

use std::ops::Range;

/// Which bytes were asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All, also where the header asks for several parts or makes no sense.
    Whole,
    /// These.
    Bytes(Range<u64>),
    /// None that are there.
    Nothing,
}

/// Reads a `Range` header for a file of `length` bytes.
pub(super) fn part_of(header: Option<&str>, length: u64) -> Part {
    let of_bytes =
        header.and_then(|header| header.split_once('=')).filter(|(unit, _)| unit.eq_ignore_ascii_case("bytes"));
    let ends = of_bytes.and_then(|(_, spec)| spec.trim().split_once('-'));
    match ends {
        Some(("", last)) => {
            last.parse().map_or(Part::Whole, |count: u64| bytes(length.saturating_sub(count), length, length))
        }
        Some((first, "")) => first.parse().map_or(Part::Whole, |first| bytes(first, length, length)),
        Some((first, last)) => match (first.parse::<u64>(), last.parse::<u64>()) {
            (Ok(first), Ok(last)) if first <= last => bytes(first, last.saturating_add(1), length),
            _ => Part::Whole,
        },
        None => Part::Whole,
    }
}

fn bytes(start: u64, end: u64, length: u64) -> Part {
    if start < length { Part::Bytes(start..end.min(length)) } else { Part::Nothing }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_form_of_one_range() {
        assert_eq!(part_of(Some("bytes=0-4"), 10), Part::Bytes(0..5));
        assert_eq!(part_of(Some("bytes=4-"), 10), Part::Bytes(4..10));
        assert_eq!(part_of(Some("bytes=-3"), 10), Part::Bytes(7..10));
        assert_eq!(part_of(Some("bytes=-30"), 10), Part::Bytes(0..10));
        assert_eq!(part_of(Some("bytes=5-99"), 10), Part::Bytes(5..10));
    }

    #[test]
    fn knows_ranges_outside_the_file() {
        assert_eq!(part_of(Some("bytes=10-"), 10), Part::Nothing);
        assert_eq!(part_of(Some("bytes=-0"), 10), Part::Nothing);
        assert_eq!(part_of(Some("bytes=0-"), 0), Part::Nothing);
        assert_eq!(part_of(Some("bytes=0-18446744073709551615"), 10), Part::Bytes(0..10));
    }

    #[test]
    fn gives_the_whole_file_for_what_it_does_not_read() {
        for header in ["bytes=0-1,3-4", "bytes=4-2", "lines=1-2", "bytes=a-b", "bytes=", "bytes=1"] {
            assert_eq!(part_of(Some(header), 10), Part::Whole, "{header}");
        }
        assert_eq!(part_of(None, 10), Part::Whole);
    }
}
