//! Truncation of long changed lines to the words that differ and some context.

/// Characters of a line that is shown whole.
const LONGEST: usize = 160;

/// Characters of context on each side.
const AROUND: usize = 40;

/// Removes what two texts share from each long line. Texts with different numbers of lines stay whole.
pub(super) fn truncate_common(old: &str, new: &str) -> (String, String) {
    if old.lines().count() != new.lines().count() {
        return (old.to_owned(), new.to_owned());
    }
    let lines: Vec<(String, String)> = old.lines().zip(new.lines()).map(|(old, new)| truncate_pair(old, new)).collect();
    let join = |lines: Vec<&str>| lines.join("\n");
    (
        join(lines.iter().map(|(old, _)| old.as_str()).collect()),
        join(lines.iter().map(|(_, new)| new.as_str()).collect()),
    )
}

fn truncate_pair(old: &str, new: &str) -> (String, String) {
    if old.chars().count().max(new.chars().count()) <= LONGEST {
        return (old.to_owned(), new.to_owned());
    }
    let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let before = old.iter().zip(&new).take_while(|(one, other)| one == other).count();
    let rest = old.len().min(new.len()) - before;
    let after = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(one, other)| one == other).count();
    (truncate_line(&old, before, after), truncate_line(&new, before, after))
}

/// The part that differs with its context, extended to whole words.
fn truncate_line(line: &[char], before: usize, after: usize) -> String {
    let is_space = |c: &char| c.is_whitespace();
    let start = before.saturating_sub(AROUND);
    let start = line[..start].iter().rposition(is_space).map_or(0, |space| space + 1);
    let end = (line.len() - after + AROUND).min(line.len());
    let end = line[end..].iter().position(is_space).map_or(line.len(), |space| end + space);
    let text: String = line[start..end].iter().collect();
    let (head, tail) = (if start > 0 { "… " } else { "" }, if end < line.len() { " …" } else { "" });
    format!("{head}{text}{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn truncates_long_lines_to_what_differs() {
        let line = |word: &str| format!("{}o ramal é {word} e {}", "palavra ".repeat(20), "ação ".repeat(20));
        let (old, new) = truncate_common(&line("10"), &line("20"));
        assert!(old.starts_with("… palavra") && old.ends_with("ação …"), "{old}");
        assert!(old.contains("o ramal é 10 e") && new.contains("o ramal é 20 e"), "{new}");
        assert!(old.chars().count() < LONGEST);
    }

    #[test]
    fn keeps_short_and_unmatched_lines() {
        let long = "a ".repeat(200);
        for (old, new) in [("um", "dois"), (long.as_str(), "um\ndois"), ("", "")] {
            assert_eq!(truncate_common(old, new), (old.to_owned(), new.to_owned()));
        }
        let (old, new) = truncate_common(&format!("{long}fim"), &long);
        assert_eq!((old.ends_with("fim"), new.starts_with("… a")), (true, true));
    }
}
