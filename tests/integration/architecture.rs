//! `ARCHITECTURE.md` is true of the modules: each is in its table, and imports only what stands above it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use regex::Regex;

/// The modules of the library, from the top of the table to its foot.
fn told() -> Vec<String> {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let table = text.split("A module imports only what stands above it:").nth(1).unwrap();
    let rows = table.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    let row = Regex::new(r"^\| `([a-z]+)/?` \|").unwrap();
    rows.filter_map(|line| Some(row.captures(line)?[1].to_owned())).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn every_module_is_in_the_table() {
    let library = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let declared = Regex::new(r"(?m)^pub(?:\(crate\))? mod ([a-z]+);").unwrap();
    let declared: BTreeSet<String> = declared.captures_iter(&library).map(|module| module[1].to_owned()).collect();
    assert_eq!(declared, told().into_iter().collect());
}

#[test]
fn a_module_imports_only_what_stands_above_it() {
    let told = told();
    let place = |module: &str| told.iter().position(|told| told == module);
    let import = Regex::new(r"crate::([a-z]+)").unwrap();
    let mut below = BTreeSet::new();
    for entry in walkdir::WalkDir::new(root().join("src")).into_iter().filter_map(Result::ok) {
        let inside = entry.path().strip_prefix(root().join("src")).unwrap().to_string_lossy().into_owned();
        let module = inside.split('/').next().unwrap().trim_end_matches(".rs").to_owned();
        let Some(own) = place(&module).filter(|_| inside.ends_with(".rs")) else { continue };
        let text = fs::read_to_string(entry.path()).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        let imported =
            import.captures_iter(code).filter_map(|import| place(&import[1]).map(|at| (at, import[1].to_owned())));
        below.extend(imported.filter(|(at, _)| *at > own).map(|(_, name)| format!("{inside} imports {name}")));
    }
    assert_eq!(below, BTreeSet::new());
}
