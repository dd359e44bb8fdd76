//! Edits of every value of the flows and settings in this repository, and random edits with their undo.

use std::path::Path;

use proptest::prelude::*;

use super::{BlockEdit, Edit, Edited, Refused, Step, Tree, edit_blocks, edit_front_matter, edit_yaml, find_blocks};
use crate::source::Sources;
use crate::splice::{apply, invert};
use crate::yaml::parse_exact;

/// Texts that need quotes in some context, or none.
const TEXTS: [&str; 8] = ["Olá, ação", "a: b", "no", "12:30", "{values.x}", "d'água “x”", "- a #b", "um\ndois\n"];

/// The files with an ending below the folders of fixtures and of the content.
fn files(endings: &[&str]) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["content", "tests/fixtures"];
    let entries = folders.iter().flat_map(|folder| walkdir::WalkDir::new(root.join(folder)).sort_by_file_name());
    let mut paths: Vec<_> = entries.filter_map(Result::ok).map(walkdir::DirEntry::into_path).collect();
    paths.push(root.join("vereda.yaml"));
    let is_one = |path: &String| endings.iter().any(|ending| path.ends_with(ending));
    let names = paths.into_iter().filter_map(|path| path.to_str().map(str::to_owned)).filter(is_one);
    names.map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())).collect()
}

fn yaml_files() -> Vec<(String, String)> {
    let found = files(&[".flow.yaml", "vereda.yaml"]);
    assert!(found.len() > 8, "{}", found.len());
    let small = || found.iter().filter(|(_, text)| text.len() < 2_500);
    let with_crlf = small().map(|(path, text)| (format!("{path} with CRLF"), text.replace('\n', "\r\n")));
    let without_end = small().map(|(path, text)| (format!("{path} without end"), text.trim_end().to_owned()));
    with_crlf.chain(without_end).chain(found.iter().cloned()).collect()
}

fn tree_of(text: &str) -> Tree {
    Tree::of(&parse_exact(text, Sources::default().add("", ""), 0).unwrap())
}

/// The path to each value.
fn paths_of(tree: &Tree) -> Vec<(Vec<Step>, Tree)> {
    fn walk(path: &[Step], tree: &Tree, found: &mut Vec<(Vec<Step>, Tree)>) {
        found.push((path.to_vec(), tree.clone()));
        match tree {
            Tree::List(items) => items.iter().enumerate().for_each(|(index, item)| {
                walk(&[path, &[Step::Index(index)]].concat(), item, found);
            }),
            Tree::Map(entries) => entries.iter().for_each(|(key, value)| {
                walk(&[path, &[Step::from(key.as_str())]].concat(), value, found);
            }),
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(&[], tree, &mut found);
    found
}

/// Each kind of edit at a value.
fn edits_at(path: &[Step], tree: &Tree) -> Vec<Edit> {
    let at = path.to_vec();
    let mut edits = Vec::new();
    if !path.is_empty() && *path != [Step::from("title")] {
        edits.push(Edit::Remove { at: at.clone() });
        if matches!(path.last(), Some(Step::Key(_))) {
            edits.push(Edit::Rename { at: at.clone(), to: "nome-novo".to_owned() });
        }
    }
    match tree {
        Tree::Text(_) | Tree::Constant(_) | Tree::Null => {
            // Each text at some of the values.
            let text = TEXTS[format!("{path:?}").len() % TEXTS.len()];
            edits.push(Edit::Set { at: at.clone(), value: Tree::text(text) });
        }
        Tree::List(items) => {
            let value = items.first().cloned().unwrap_or_else(|| Tree::text("novo"));
            let insert = |index| Edit::Insert { into: at.clone(), index, value: value.clone() };
            edits.extend([insert(0), insert(items.len())]);
            edits.extend(last_to_first(&at, items.len()));
        }
        Tree::Map(entries) => {
            let value = entries.first().map_or_else(|| Tree::text("novo"), |(_, value)| value.clone());
            let add = |index| Edit::AddKey { to: at.clone(), index, key: "nova".to_owned(), value: value.clone() };
            edits.extend([add(entries.len() / 2), add(entries.len())]);
            edits.extend(last_to_first(&at, entries.len()));
        }
    }
    edits
}

fn last_to_first(of: &[Step], count: usize) -> Option<Edit> {
    (count > 1).then(|| Edit::Move { of: of.to_vec(), from: count - 1, to: 0 })
}

/// The edit that undoes an insertion by its meaning.
fn opposite(edit: &Edit) -> Option<Edit> {
    let mut at = match edit {
        Edit::Insert { into, .. } => into.clone(),
        Edit::AddKey { to, .. } => to.clone(),
        Edit::Move { of, from, to } => return Some(Edit::Move { of: of.clone(), from: *to, to: *from }),
        _ => return None,
    };
    at.push(match edit {
        Edit::AddKey { key, .. } => Step::from(key.as_str()),
        Edit::Insert { index, .. } => Step::Index(*index),
        _ => return None,
    });
    Some(Edit::Remove { at })
}

fn check_undo(text: &str, edited: &Edited) {
    assert_eq!(apply(&edited.text, &invert(text, &edited.splices)).as_deref(), Some(text));
}

/// The lines of comments, without those of the item.
fn comments(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| line.starts_with('#')).collect()
}

/// Checks what holds of an applied edit, beside the oracle.
fn check_edit(path: &str, text: &str, tree: &Tree, edit: &Edit, edited: &Edited) {
    check_undo(text, edited);
    assert_eq!(edited.text.ends_with('\n'), text.ends_with('\n'), "{path}: {edit:?}");
    if text.contains("\r\n") {
        assert_eq!(edited.text.matches('\n').count(), edited.text.matches("\r\n").count());
    }
    if !matches!(edit, Edit::Remove { .. }) {
        let (mut before, mut after) = (comments(text), comments(&edited.text));
        before.sort_unstable();
        after.sort_unstable();
        assert_eq!(before, after, "{path}: {edit:?}");
    }
    let is_empty = matches!(tree, Tree::List(items) if items.is_empty());
    if let Some(opposite) = opposite(edit).filter(|_| !is_empty) {
        assert_eq!(edit_yaml(&edited.text, &opposite).unwrap().text, text, "{path}: {edit:?}");
    }
}

#[test]
fn every_edit_of_the_flows_holds_the_oracle() {
    let (mut applied, mut refused) = (0, Vec::new());
    for (path, text) in yaml_files() {
        for (at, tree) in paths_of(&tree_of(&text)) {
            for edit in edits_at(&at, &tree) {
                match edit_yaml(&text, &edit) {
                    Ok(edited) => {
                        applied += 1;
                        check_edit(&path, &text, &tree, &edit, &edited);
                    }
                    Err(Refused::NoPlace) => {}
                    Err(why) => refused.push(format!("{path}: {edit:?}: {why:?}")),
                }
            }
        }
    }
    assert!(applied > 3_000 && refused.is_empty(), "{applied}, {}: {:#?}", refused.len(), refused.iter().take(12));
}

fn block_edits(text: &str) -> Vec<BlockEdit> {
    fn walk(path: &[usize], blocks: &[super::Block], edits: &mut Vec<BlockEdit>) {
        let of = path.to_vec();
        let insert = |index| BlockEdit::Insert { into: of.clone(), index, text: "Um **novo**\nparágrafo.".to_owned() };
        if !blocks.is_empty() {
            edits.extend([insert(0), insert(blocks.len())]);
        }
        for (index, block) in blocks.iter().enumerate() {
            let at = [path, &[index]].concat();
            edits.push(BlockEdit::Replace { at: at.clone(), text: "Outro texto.".to_owned() });
            edits.push(BlockEdit::Remove { at: at.clone() });
            if index > 0 {
                edits.push(BlockEdit::Move { of: of.clone(), from: index, to: index - 1 });
            }
            if block.kind != super::BlockKind::Other {
                walk(&at, &block.blocks, edits);
            }
        }
    }
    let mut edits = Vec::new();
    walk(&[], &find_blocks(text), &mut edits);
    edits
}

#[test]
fn edits_of_blocks_hold_the_oracle_or_change_nothing() {
    let (mut applied, mut refused) = (0, 0);
    for (path, text) in files(&[".md"]) {
        // The list of diagnostics is long and has one form.
        if text.len() > 60_000 {
            continue;
        }
        for edit in block_edits(&text) {
            match edit_blocks(&text, &edit) {
                Ok(edited) => {
                    applied += 1;
                    check_undo(&text, &edited);
                }
                Err(Refused::Unreadable) => panic!("{path}: {edit:?}"),
                Err(_) => refused += 1,
            }
        }
    }
    assert!(applied > 1_000 && refused * 5 < applied, "{applied} applied, {refused} refused");
}

#[test]
fn adds_an_option_as_its_siblings_are_written() {
    let text =
        "nodes:\n  q:\n    options:\n      # sim\n      - { id: sim, label: Sim }   # fica\n\n  fim: { title: Fim }\n";
    let option = Tree::Map(vec![("id".into(), Tree::text("nao")), ("label".into(), Tree::text("Não, nunca"))]);
    let into = vec!["nodes".into(), "q".into(), "options".into()];
    let edited = edit_yaml(text, &Edit::Insert { into, index: 1, value: option }).unwrap();
    let expected = text.replace("# fica\n", "# fica\n      - { id: nao, label: 'Não, nunca' }\n");
    assert_eq!(edited.text, expected);
}

#[test]
fn removes_an_item_with_its_comments() {
    let text = "a:\n  # de um\n  um: 1   # este\n\n  # de dois\n  dois: 2\n# solto\n";
    let edited = edit_yaml(text, &Edit::Remove { at: vec!["a".into(), "um".into()] }).unwrap();
    assert_eq!(edited.text, "a:\n  # de dois\n  dois: 2\n# solto\n");
}

#[test]
fn refuses_anchors_of_yaml() {
    let text = "a: &x { b: 1 }\nc: *x\n";
    let edit = Edit::Set { at: vec!["a".into(), "b".into()], value: Tree::text("z") };
    assert!(edit_yaml(text, &edit).is_err());
}

#[test]
fn edits_front_matter_and_creates_it() {
    let add = |key: &str, value| Edit::AddKey { to: Vec::new(), index: 0, key: key.to_owned(), value };
    let edited = edit_front_matter("# Título\n", &add("aliases", Tree::texts(["/a/"]))).unwrap();
    assert_eq!(edited.text, "---\naliases: [/a/]\n---\n\n# Título\n");
    let back = edit_front_matter(&edited.text, &Edit::Remove { at: vec!["aliases".into()] }).unwrap();
    assert_eq!(back.text, "# Título\n");
    let text = "---\r\ntitle: T\r\n---\r\nOi\r\n";
    let edited = edit_front_matter(text, &add("owner", Tree::text("Ação"))).unwrap();
    assert_eq!(edited.text, "---\r\nowner: Ação\r\ntitle: T\r\n---\r\nOi\r\n");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    #[test]
    fn random_edits_and_their_undo_return_the_same_bytes(choices in prop::collection::vec(any::<(u16, u16, u16)>(), 100)) {
        let files: Vec<_> = yaml_files().into_iter().filter(|(_, text)| text.len() < 5_000).collect();
        let (_, first) = &files[usize::from(choices[0].0) % files.len()];
        let mut text = first.clone();
        let mut undo = Vec::new();
        for (_, place, kind) in &choices {
            let paths = paths_of(&tree_of(&text));
            let (at, tree) = &paths[usize::from(*place) % paths.len()];
            let edits = edits_at(at, tree);
            if edits.is_empty() || text.len() > 10_000 {
                continue;
            }
            if let Ok(edited) = edit_yaml(&text, &edits[usize::from(*kind) % edits.len()]) {
                undo.push(invert(&text, &edited.splices));
                text = edited.text;
            }
        }
        for splices in undo.iter().rev() {
            text = apply(&text, splices).unwrap();
        }
        prop_assert_eq!(&text, first);
    }
}
