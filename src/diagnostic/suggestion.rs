//! "Did you mean" suggestions: the nearest existing name by edit distance.

/// The largest normalized edit distance of a suggestion.
const LONGEST_DISTANCE: f64 = 0.4;

/// Finds the candidate nearest to `name`, within [`LONGEST_DISTANCE`].
pub(crate) fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= LONGEST_DISTANCE)
        .min_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, candidate)| candidate)
}

/// Edit distance from 0 (equal) to 1, ignoring case. A name that is a prefix of the other is at most [`LONGEST_DISTANCE`] away.
fn distance(name: &str, candidate: &str) -> f64 {
    let (one, other) = (name.to_lowercase(), candidate.to_lowercase());
    let edits = 1.0 - strsim::normalized_damerau_levenshtein(&one, &other);
    let is_prefix = one.len() >= 3 && (other.starts_with(&one) || (other.len() >= 3 && one.starts_with(&other)));
    if is_prefix { edits.min(LONGEST_DISTANCE) } else { edits }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_nearest_name() {
        let names = ["title", "description", "reviewed", "review_every"];
        assert_eq!(nearest("titel", names), Some("title"));
        assert_eq!(nearest("review", names), Some("reviewed"));
        assert_eq!(nearest("xyz", names), None);
    }
}
