//! `robots.txt` → whether an address may be asked for (RFC 9309).

/// By what name a host can speak to us alone.
const NAME: &str = "vereda";

/// What a host wants robots to leave alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Robots {
    /// A pattern of paths, and whether it is allowed.
    rules: Vec<(String, bool)>,
}

impl Robots {
    /// Reads the rules that are for us, or else those for everybody.
    pub(super) fn parse(text: &str) -> Self {
        let (mut ours, mut everybody) = (None, Vec::new());
        let (mut is_ours, mut is_everybody, mut is_naming) = (false, false, false);
        for line in text.lines() {
            let Some((key, value)) = line.split('#').next().unwrap_or_default().split_once(':') else { continue };
            let value = value.trim();
            match key.trim().to_ascii_lowercase().as_str() {
                "user-agent" => {
                    if !is_naming {
                        (is_ours, is_everybody) = (false, false);
                    }
                    is_naming = true;
                    is_ours |= value.eq_ignore_ascii_case(NAME);
                    is_everybody |= value == "*";
                    if is_ours {
                        ours.get_or_insert_with(Vec::new);
                    }
                }
                rule @ ("allow" | "disallow") => {
                    is_naming = false;
                    let rule = (value.to_owned(), rule == "allow");
                    if !value.is_empty() && is_ours {
                        ours.get_or_insert_with(Vec::new).push(rule.clone());
                    }
                    if !value.is_empty() && is_everybody {
                        everybody.push(rule);
                    }
                }
                _ => {}
            }
        }
        Self { rules: ours.unwrap_or(everybody) }
    }

    /// The longest rule that matches decides; of two of the same length, the one that allows.
    pub(super) fn allows(&self, path: &str) -> bool {
        let matching = self.rules.iter().filter(|(pattern, _)| matches(pattern, path));
        matching
            .max_by_key(|(pattern, is_allowed)| (pattern.len(), *is_allowed))
            .is_none_or(|(_, is_allowed)| *is_allowed)
    }
}

/// `*` stands for anything, `$` at the end for the end; else a beginning is enough.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, is_whole) = pattern.strip_suffix('$').map_or((pattern, false), |pattern| (pattern, true));
    let mut parts = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut has_star = false;
    let parts: Vec<&str> = parts.collect();
    for (index, part) in parts.iter().enumerate() {
        has_star = true;
        let is_last = index + 1 == parts.len();
        if is_last && is_whole {
            return rest.ends_with(part);
        }
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    has_star || !is_whole || rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rule_decides() {
        let robots = Robots::parse("User-agent: *\nDisallow: /a\nAllow: /a/b # sim\nDisallow:\nDisallow: /*.pdf$\n");
        for (path, is_allowed) in
            [("/", true), ("/a/c", false), ("/a/b/c", true), ("/x.pdf", false), ("/x.pdf?y", true), ("/A", true)]
        {
            assert_eq!(robots.allows(path), is_allowed, "{path}");
        }
    }

    #[test]
    fn rules_for_us_stand_in_place_of_those_for_everybody() {
        let text = "user-agent: *\ndisallow: /\n\nUser-Agent: outro\nUser-Agent: Vereda\nDisallow: /x\n";
        assert!(Robots::parse(text).allows("/a") && !Robots::parse(text).allows("/x"));
        assert!(!Robots::parse(&text.replace("Vereda", "mais")).allows("/a"));
        assert!(Robots::parse("<html>").allows("/"));
    }
}
