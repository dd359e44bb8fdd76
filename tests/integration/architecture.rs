//! Checks `ARCHITECTURE.md` against the code: every module is listed, and imports only modules listed above it.

use std::collections::BTreeSet;
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

/// The modules that a file names by `crate::…` or by enough `super`s to reach the crate, tests left out.
struct Imports {
    /// Module path of the file, such as `["check", "scenarios"]`.
    module: Vec<String>,
    found: BTreeSet<String>,
}

impl Imports {
    fn of(inside: &str, text: &str) -> BTreeSet<String> {
        let path = inside.trim_end_matches(".rs").trim_end_matches("/mod");
        let mut imports = Self { module: path.split('/').map(str::to_owned).collect(), found: BTreeSet::new() };
        imports.visit_file(&syn::parse_file(text).unwrap());
        imports.found
    }

    /// Adds the top-level module that a path reaches, if it goes through the crate root.
    fn add_path(&mut self, path: &[String]) {
        let supers = path.iter().take_while(|part| *part == "super").count();
        let rest = match path.first().map(String::as_str) {
            Some("crate") => &path[1..],
            Some("super") if supers == self.module.len() => &path[supers..],
            _ => return,
        };
        self.found.extend(rest.first().cloned());
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
        self.found.extend(import.captures_iter(&tokens).map(|import| import[1].to_owned()));
    }
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
    for entry in walkdir::WalkDir::new(root().join("src")).into_iter().filter_map(Result::ok) {
        let inside = entry.path().strip_prefix(root().join("src")).unwrap().to_string_lossy().into_owned();
        let module = inside.split('/').next().unwrap().trim_end_matches(".rs").to_owned();
        let Some(own) = position(&module).filter(|_| inside.ends_with(".rs")) else { continue };
        let imported = Imports::of(&inside, &fs::read_to_string(entry.path()).unwrap());
        let below = imported.into_iter().filter(|name| position(name).is_some_and(|at| at > own));
        upward.extend(below.map(|name| format!("{inside} imports {name}")));
    }
    assert_eq!(upward, BTreeSet::new());
}

#[test]
fn finds_every_form_of_import() {
    let text = "use crate::{alpha, beta::{B, C}};\nuse super::super::gamma::G;\nuse super::own;\n\
         fn f() -> crate::delta::D { super::super::epsilon::e(); vec![crate::zeta::Z] }\n\
         #[cfg(test)]\nmod tests { use crate::eta::E; }\n";
    let expected = ["alpha", "beta", "delta", "epsilon", "gamma", "zeta"];
    assert_eq!(Imports::of("check/scenarios.rs", text), expected.map(str::to_owned).into());
    assert_eq!(Imports::of("check/mod.rs", "use super::site::Site;\n"), ["site".to_owned()].into());
}
