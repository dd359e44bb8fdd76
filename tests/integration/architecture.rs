//! Checks `ARCHITECTURE.md` against the code: every module is listed, and imports only modules listed above it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use regex::Regex;
use syn::visit::{self, Visit};
use syn::{Attribute, ItemMod, ItemUse, UseTree};

/// The modules of the library, in the order of the table.
fn listed_modules() -> Vec<String> {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let table = text.split("A module imports only what stands above it:").nth(1).unwrap();
    let rows = table.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    let row = Regex::new(r"^\| `([a-z_]+)/?` \|").unwrap();
    rows.filter_map(|line| Some(row.captures(line)?[1].to_owned())).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The path of a module or an item from the crate root, such as `["check", "scenarios"]`.
type ItemPath = Vec<String>;

/// The items that a file names by `crate::…` or `super::…`, without those of its tests.
struct Imports {
    module: ItemPath,
    found: BTreeSet<ItemPath>,
}

impl Imports {
    fn of(inside: &str, text: &str) -> BTreeSet<ItemPath> {
        let mut imports = Self { module: module_of(inside), found: BTreeSet::new() };
        imports.visit_file(&syn::parse_file(text).unwrap());
        imports.found
    }

    fn add_path(&mut self, path: &[String]) {
        let supers = path.iter().take_while(|part| *part == "super").count();
        let absolute = match path.first().map(String::as_str) {
            Some("crate") => path[1..].to_vec(),
            Some("super") => [&self.module[..self.module.len() - supers], &path[supers..]].concat(),
            _ => return,
        };
        self.found.insert(absolute);
    }

    fn add_tree(&mut self, tree: &UseTree, before: &mut Vec<String>) {
        match tree {
            UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.add_tree(&path.tree, before);
                before.pop();
            }
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.add_tree(tree, before)),
            UseTree::Name(name) => self.add_path(&[before.as_slice(), &[name.ident.to_string()]].concat()),
            UseTree::Rename(rename) => self.add_path(&[before.as_slice(), &[rename.ident.to_string()]].concat()),
            UseTree::Glob(_) => self.add_path(before),
        }
    }
}

impl<'ast> Visit<'ast> for Imports {
    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if !is_test_only(&item.attrs) {
            self.module.push(item.ident.to_string());
            visit::visit_item_mod(self, item);
            self.module.pop();
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        if !is_test_only(&item.attrs) {
            self.add_tree(&item.tree, &mut Vec::new());
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let parts: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.add_path(&parts);
        visit::visit_path(self, path);
    }

    /// Paths inside a macro call are tokens to `syn`.
    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.visit_path(&call.path);
        let tokens = call.tokens.to_string();
        let import = Regex::new(r"crate :: ([a-z_]+)").unwrap();
        self.found.extend(import.captures_iter(&tokens).map(|import| vec![import[1].to_owned()]));
    }
}

/// The module of a file by its path below `src/`.
fn module_of(inside: &str) -> ItemPath {
    inside.trim_end_matches(".rs").trim_end_matches("/mod").split('/').map(str::to_owned).collect()
}

/// The imports of every file, by its path below `src/`.
fn imports_by_file() -> BTreeMap<String, BTreeSet<ItemPath>> {
    let mut imports = BTreeMap::new();
    for entry in walkdir::WalkDir::new(root().join("src")).into_iter().filter_map(Result::ok) {
        let inside = entry.path().strip_prefix(root().join("src")).unwrap().to_string_lossy().into_owned();
        if inside.ends_with(".rs") {
            let text = fs::read_to_string(entry.path()).unwrap();
            imports.insert(inside.clone(), Imports::of(&inside, &text));
        }
    }
    imports
}

/// The modules that each module imports, without its own parents and children.
fn module_graph() -> BTreeMap<ItemPath, BTreeSet<ItemPath>> {
    let files = imports_by_file();
    let modules: BTreeSet<ItemPath> = files.keys().map(|inside| module_of(inside)).collect();
    let mut graph = BTreeMap::new();
    for (inside, imports) in &files {
        let own = module_of(inside);
        let of_item = |item: &ItemPath| (1..=item.len()).rev().find_map(|end| modules.get(&item[..end]));
        let mut imported: BTreeSet<ItemPath> = imports.iter().filter_map(of_item).cloned().collect();
        imported.retain(|module| !module.starts_with(&own) && !own.starts_with(module));
        graph.insert(own, imported);
    }
    graph
}

/// True for `#[cfg(test)]` and `#[cfg(any(test, fuzzing))]`.
fn is_test_only(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let condition = attribute.meta.require_list().map(|list| list.tokens.to_string());
        attribute.path().is_ident("cfg")
            && condition.is_ok_and(|text| text.split(|c: char| !c.is_alphanumeric()).any(|word| word == "test"))
    })
}

#[test]
fn lists_every_module() {
    let library = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let declared = Regex::new(r"(?m)^pub(?:\(crate\))? mod ([a-z_]+);").unwrap();
    let declared: BTreeSet<String> = declared.captures_iter(&library).map(|module| module[1].to_owned()).collect();
    assert_eq!(declared, listed_modules().into_iter().collect());
}

#[test]
fn imports_only_modules_listed_above() {
    let listed = listed_modules();
    let position = |module: &str| listed.iter().position(|listed| listed == module);
    let mut upward = BTreeSet::new();
    for (inside, imports) in imports_by_file() {
        let Some(own) = position(&module_of(&inside)[0]) else { continue };
        let below = imports.iter().filter_map(|item| item.first()).filter(|name| position(name) > Some(own));
        upward.extend(below.map(|name| format!("{inside} imports {name}")));
    }
    assert_eq!(upward, BTreeSet::new());
}

#[test]
fn modules_do_not_import_in_circles() {
    let graph = module_graph();
    let mut circles = BTreeSet::new();
    for module in graph.keys() {
        let mut reached: BTreeSet<&ItemPath> = BTreeSet::new();
        let mut pending: Vec<&ItemPath> = graph[module].iter().collect();
        while let Some(next) = pending.pop() {
            if reached.insert(next) {
                pending.extend(&graph[next]);
            }
        }
        if reached.contains(module) {
            circles.insert(module.join("::"));
        }
    }
    assert_eq!(circles, BTreeSet::new());
}

#[test]
fn finds_every_form_of_import() {
    let text = "use crate::{alpha, beta::{B, C}};\nuse super::super::gamma::G;\nuse super::own;\n\
         fn f() -> crate::delta::D { super::super::epsilon::e(); vec![crate::zeta::Z] }\n\
         #[cfg(test)]\nmod tests { use crate::eta::E; }\n";
    let expected = ["alpha", "beta::B", "beta::C", "check::own", "delta::D", "epsilon::e", "gamma::G", "zeta"];
    let found = |inside: &str, text: &str| -> Vec<String> {
        Imports::of(inside, text).iter().map(|item| item.join("::")).collect()
    };
    assert_eq!(found("check/scenarios.rs", text), expected);
    assert_eq!(found("check/mod.rs", "use super::site::Site;\n"), ["site::Site"]);
}
