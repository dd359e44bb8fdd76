//! Differences between two good builds, for the browser.
//!
//! A changed style sheet has a new name, so every page that links it differs. Pages that differ in nothing else get the
//! new style without a reload. Entry point: [`compare`].

use std::collections::BTreeSet;

use rayon::prelude::*;
use serde::Serialize;

use super::preview::Preview;
use crate::output::{Contents, Held};

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct PreviewChanges {
    /// Style sheets with other bytes or another name.
    pub(super) styles: Vec<Restyled>,
    /// Addresses of all other outputs that were added, removed or changed.
    pub(super) routes: Vec<String>,
}

impl PreviewChanges {
    /// All addresses.
    pub(super) fn all(mut self) -> Vec<String> {
        let styles = self.styles.into_iter().map(|restyled| restyled.to);
        self.routes.splice(0..0, styles);
        self.routes
    }
}

/// Addresses of a style sheet before and after; equal if its name is unchanged.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Restyled {
    pub(super) from: String,
    pub(super) to: String,
}

/// A style sheet of the old build and its replacement in the new one.
type Pair<'a> = (&'a str, &'a str);

/// Compares the outputs of two builds.
pub(super) fn compare(old: &Preview, new: &Preview) -> PreviewChanges {
    if old.base != new.base {
        return PreviewChanges {
            styles: Vec::new(),
            routes: new.outputs.iter().map(|(path, _)| new.route(path)).collect(),
        };
    }
    let differing = differing_paths(old, new);
    let pairs = style_pairs(&differing, old, new);
    let is_style = |path: &str| pairs.iter().any(|(from, to)| path == *from || path == *to);
    let others: Vec<&str> = differing.into_iter().filter(|path| !is_style(path)).collect();
    let differs = |path: &&str| !is_only_restyled(old.outputs.find(path), new.outputs.find(path), &pairs);
    let restyled = |(from, to): &Pair<'_>| Restyled { from: old.route(from), to: new.route(to) };
    PreviewChanges {
        styles: pairs.iter().map(restyled).collect(),
        routes: others.into_par_iter().filter(differs).map(|path| new.route(path)).collect(),
    }
}

/// Paths that were added, removed or changed.
fn differing_paths<'a>(old: &'a Preview, new: &'a Preview) -> BTreeSet<&'a str> {
    let prints = |held: Option<(&str, &Held)>| held.map(|(_, held)| held.fingerprint);
    let paths = old.outputs.iter().chain(new.outputs.iter()).map(|(path, _)| path);
    paths.filter(|path| prints(old.outputs.find(path)) != prints(new.outputs.find(path))).collect()
}

/// Pairs removed style sheets with added ones of the same name, without the hash in it.
fn style_pairs<'a>(differing: &BTreeSet<&'a str>, old: &Preview, new: &Preview) -> Vec<Pair<'a>> {
    let is_style = |path: &&&str| ending(path) == "css";
    let styles: Vec<&str> = differing.iter().filter(is_style).copied().collect();
    let successor = |from: &str| {
        if new.outputs.find(from).is_some() {
            return styles.iter().find(|to| **to == from);
        }
        styles.iter().find(|to| old.outputs.find(to).is_none() && stem(to) == stem(from))
    };
    let went = styles.iter().filter(|from| old.outputs.find(from).is_some());
    went.filter_map(|from| Some((*from, *successor(from)?))).collect()
}

/// `assets/theme` of `assets/theme.3f2a.css`.
fn stem(path: &str) -> &str {
    let name = path.rfind('/').map_or(0, |slash| slash + 1);
    path[name..].find('.').map_or(path, |dot| &path[..name + dot])
}

/// True if both exist and differ only in the names of style sheets.
fn is_only_restyled(old: Option<(&str, &Held)>, new: Option<(&str, &Held)>, pairs: &[Pair<'_>]) -> bool {
    let (
        Some((path, Held { contents: Contents::Bytes(old), .. })),
        Some((_, Held { contents: Contents::Bytes(new), .. })),
    ) = (old, new)
    else {
        return false;
    };
    let renamed = || pairs.iter().filter(|(from, to)| from != to).map(|(from, to)| (name(from), name(to)));
    let may_be = ending(path) == "html" && renamed().next().is_some();
    match std::str::from_utf8(old) {
        Ok(old) if may_be => {
            renamed().fold(old.to_owned(), |text, (from, to)| text.replace(from, to)).as_bytes() == new
        }
        _ => false,
    }
}

fn ending(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, ending)| ending)
}

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::OutputFile;

    fn preview(files: &[(&str, &str)]) -> Preview {
        let output = |(path, text): &(&str, &str)| OutputFile {
            path: (*path).to_owned(),
            contents: Contents::Bytes(text.as_bytes().to_vec()),
            source: None,
        };
        Preview::new(files.iter().map(output).collect(), "/docs/".to_owned())
    }

    fn changes(old: &[(&str, &str)], new: &[(&str, &str)]) -> PreviewChanges {
        compare(&preview(old), &preview(new))
    }

    fn restyled(from: &str, to: &str) -> Vec<Restyled> {
        vec![Restyled { from: from.to_owned(), to: to.to_owned() }]
    }

    #[test]
    fn lists_added_removed_and_changed_outputs() {
        let old = [("index.html", "a"), ("b/index.html", "b"), ("same.png", "s")];
        let new = [("index.html", "A"), ("c/index.html", "c"), ("same.png", "s")];
        assert_eq!(
            changes(&old, &new),
            PreviewChanges { styles: vec![], routes: ["/docs/b/", "/docs/c/", "/docs/"].map(str::to_owned).into() }
        );
        assert_eq!(changes(&old, &old), PreviewChanges::default());
    }

    #[test]
    fn a_new_style_alone_changes_no_page() {
        let page = |hash: &str, text: &str| format!("<link href=../assets/theme.{hash}.css>{text}");
        let (one, two, other) = (page("1a", "x"), page("2b", "x"), page("2b", "y"));
        let old = [("assets/theme.1a.css", "old"), ("index.html", &one), ("b/index.html", &one)];
        let new = [("assets/theme.2b.css", "new"), ("index.html", &two), ("b/index.html", &two)];
        let styles = || restyled("/docs/assets/theme.1a.css", "/docs/assets/theme.2b.css");
        assert_eq!(changes(&old, &new), PreviewChanges { styles: styles(), routes: vec![] });
        let new = [("assets/theme.2b.css", "new"), ("index.html", &other), ("b/index.html", &two)];
        assert_eq!(changes(&old, &new), PreviewChanges { styles: styles(), routes: vec!["/docs/".to_owned()] });
    }

    #[test]
    fn restyles_a_style_sheet_with_the_same_name() {
        let style = |text| [("estilo.css", text), ("index.html", "x")];
        assert_eq!(
            changes(&style("old"), &style("new")),
            PreviewChanges { styles: restyled("/docs/estilo.css", "/docs/estilo.css"), routes: vec![] }
        );
    }

    #[test]
    fn lists_a_removed_style_sheet_as_a_change() {
        let changed = changes(&[("a.css", "a")], &[("b.css", "b")]);
        assert_eq!(
            changed,
            PreviewChanges { styles: vec![], routes: ["/docs/a.css", "/docs/b.css"].map(str::to_owned).into() }
        );
    }
}
