//! The modules of a theme's scripts → few files: a page asks once where it would ask twenty times, and they compress together.
//!
//! In: every script by its path, and the one that pages load. Out: one file for it with what it needs, and one for each module
//! that is imported on demand; what several of these need stands in the nearest one that is loaded before them. A module becomes a block
//! that gives what it exports, so no name meets another. Only what `themes/README.md` allows is understood: named imports and
//! exports at the beginning of a line, no cycle, no `await` outside functions. Scripts that go beyond it are published as they are. Entry points: [`bundle`]; [`bundle_whole`] for a page that stands alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::LazyLock;

use regex::{Captures, Regex};

static IMPORT: LazyLock<Regex> = LazyLock::new(|| compiled(r"(?m)^import \{([^}]*)\} from '(\.[^']+)';\n"));
static EXPORT: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"(?m)^export ((?:async )?function\*? |class |const )([A-Za-z_$][\w$]*)"));
static NO_EXPORT: LazyLock<Regex> = LazyLock::new(|| compiled(r"(?m)^export \{\};\n"));
static ON_DEMAND: LazyLock<Regex> = LazyLock::new(|| compiled(r"import\('(\.[^']+)'\)"));
static BEYOND: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"(?m)^import[^(\w]|^export\b|\bimport\.meta\b|\bimport\([^']|\bimport\('[^.]"));

fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is right")
}

/// The files to publish in place of `scripts`, by path; `None` where a script goes beyond what is understood.
pub(super) fn bundle(scripts: &BTreeMap<String, String>, entry: &str) -> Option<BTreeMap<String, String>> {
    let modules = parse_modules(scripts, entry)?;
    let bundle = Bundle { chunks: chunks_of(&modules, entry), modules: &modules, entry };
    Some(bundle.chunks.keys().map(|chunk| ((*chunk).to_owned(), bundle.write(chunk))).collect())
}

/// All of it in one file, on-demand modules too; `None` as of [`bundle`].
pub(super) fn bundle_whole(scripts: &BTreeMap<String, String>, entry: &str) -> Option<String> {
    let modules = parse_modules(scripts, entry)?;
    let chunks = BTreeMap::from([(entry, modules.keys().map(String::as_str).collect())]);
    Some(Bundle { chunks, modules: &modules, entry }.write(entry))
}

/// A script without its imports and exports.
struct Module {
    code: String,
    /// What it takes from others, as the inside of a destructuring pattern.
    takes: Vec<(String, String)>,
    gives: Vec<String>,
    on_demand: BTreeSet<String>,
    /// After every module that it takes from.
    order: usize,
}

/// Every script that the entry leads to, each parsed after those that it imports.
fn parse_modules(scripts: &BTreeMap<String, String>, entry: &str) -> Option<BTreeMap<String, Module>> {
    let mut modules: BTreeMap<String, Module> = BTreeMap::new();
    let mut open: Vec<(String, Module)> = vec![(entry.to_owned(), parse(scripts.get(entry)?, entry)?)];
    let mut waiting: BTreeSet<String> = BTreeSet::new();
    while let Some((path, module)) = open.last() {
        let next = module.takes.iter().map(|(from, _)| from).find(|from| !modules.contains_key(*from));
        if let Some(next) = next.cloned() {
            let is_cycle = open.iter().any(|(path, _)| *path == next);
            let module = parse(scripts.get(&next)?, &next).filter(|_| !is_cycle)?;
            open.push((next, module));
            continue;
        }
        waiting.extend(module.on_demand.iter().cloned());
        let (path, mut module) = (path.clone(), open.pop()?.1);
        module.order = modules.len();
        modules.insert(path, module);
        if open.is_empty() {
            let next = waiting.iter().find(|path| !modules.contains_key(*path)).cloned();
            open.extend(next.and_then(|next| Some((next.clone(), parse(scripts.get(&next)?, &next)?))));
        }
    }
    let is_whole = waiting.iter().all(|path| modules.contains_key(path));
    (is_whole && has_every_name(&modules)).then_some(modules)
}

fn parse(text: &str, path: &str) -> Option<Module> {
    let text = NO_EXPORT.replace_all(text, "");
    let takes = IMPORT.captures_iter(&text).map(|import| (resolve(path, &import[2]), renamed(&import[1]))).collect();
    let gives = EXPORT.captures_iter(&text).map(|export| export[2].to_owned()).collect();
    let on_demand = ON_DEMAND.captures_iter(&text).map(|import| resolve(path, &import[1])).collect();
    let code = EXPORT.replace_all(&IMPORT.replace_all(&text, ""), "$1$2").into_owned();
    (!BEYOND.is_match(&code)).then_some(Module { code, takes, gives, on_demand, order: 0 })
}

/// `a, b as c` as `a, b: c`.
fn renamed(names: &str) -> String {
    let names = names.split(',').map(str::trim).filter(|name| !name.is_empty());
    names.map(|name| name.replace(" as ", ": ")).collect::<Vec<_>>().join(", ")
}

fn has_every_name(modules: &BTreeMap<String, Module>) -> bool {
    let has = |(from, names): &(String, String)| {
        let mut names = names.split(", ").filter_map(|name| name.split(':').next());
        names.all(|name| modules[from].gives.iter().any(|given| given == name))
    };
    modules.values().flat_map(|module| &module.takes).all(has)
}

/// The path of what a module at `path` imports.
fn resolve(path: &str, import: &str) -> String {
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in import.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The way from one file to another.
fn relative(from: &str, to: &str) -> String {
    let depth = from.matches('/').count();
    if depth == 0 { format!("./{to}") } else { "../".repeat(depth) + to }
}

/// By the path of each file, the modules in it. A module that several files need stands in the nearest file that is there
/// whenever they are: the one that asks for them, or the one that asks for that.
fn chunks_of<'m>(modules: &'m BTreeMap<String, Module>, entry: &'m str) -> BTreeMap<&'m str, BTreeSet<&'m str>> {
    let files = modules.values().flat_map(|module| &module.on_demand).map(String::as_str).chain([entry]);
    let needed: BTreeMap<&str, BTreeSet<&str>> = files.map(|path| (path, needs(modules, path))).collect();
    let lines = lines_of(modules, &needed, entry);
    let mut chunks: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for module in modules.keys() {
        let shared = shared_line(&needed, &lines, module);
        let place = shared.and_then(|line| line.last().copied()).unwrap_or(entry);
        chunks.entry(place).or_default().insert(module);
    }
    chunks.retain(|path, own| *path == entry || own.contains(path));
    chunks
}

/// For each file those that are loaded before it, whatever the way to it: its dominators, from the entry's to itself.
fn lines_of<'m>(
    modules: &'m BTreeMap<String, Module>,
    needed: &BTreeMap<&'m str, BTreeSet<&'m str>>,
    entry: &'m str,
) -> BTreeMap<&'m str, Vec<&'m str>> {
    let mut lines: BTreeMap<&str, Vec<&str>> = BTreeMap::from([(entry, vec![entry])]);
    loop {
        let mut next = lines.clone();
        for file in needed.keys().filter(|file| **file != entry) {
            let asking = modules.iter().filter(|(_, module)| module.on_demand.contains(*file));
            let before = asking.filter_map(|(asking, _)| shared_line(needed, &lines, asking));
            let before = before.reduce(|one, other| common(&one, &other));
            next.extend(before.map(|mut line| {
                line.push(file);
                (*file, line)
            }));
        }
        if next == lines {
            return lines;
        }
        lines = next;
    }
}

/// The files that are loaded wherever a module is needed.
fn shared_line<'m>(
    needed: &BTreeMap<&'m str, BTreeSet<&'m str>>,
    lines: &BTreeMap<&'m str, Vec<&'m str>>,
    module: &str,
) -> Option<Vec<&'m str>> {
    let needing = needed.iter().filter(|(_, needs)| needs.contains(module)).filter_map(|(file, _)| lines.get(file));
    needing.cloned().reduce(|one, other| common(&one, &other))
}

fn common<'m>(one: &[&'m str], other: &[&'m str]) -> Vec<&'m str> {
    one.iter().zip(other).take_while(|(one, other)| one == other).map(|(one, _)| *one).collect()
}

/// A module with everything it imports.
fn needs<'m>(modules: &'m BTreeMap<String, Module>, path: &'m str) -> BTreeSet<&'m str> {
    let mut needed = BTreeSet::new();
    let mut waiting = vec![path];
    while let Some(path) = waiting.pop() {
        if needed.insert(path) {
            waiting.extend(modules[path].takes.iter().map(|(from, _)| from.as_str()));
        }
    }
    needed
}

struct Bundle<'m> {
    modules: &'m BTreeMap<String, Module>,
    chunks: BTreeMap<&'m str, BTreeSet<&'m str>>,
    entry: &'m str,
}

impl Bundle<'_> {
    fn write(&self, chunk: &str) -> String {
        let mut own: Vec<&str> = self.chunks[chunk].iter().copied().collect();
        own.sort_by_key(|path| self.modules[*path].order);
        let blocks: String = own.iter().map(|path| self.write_module(chunk, path)).collect();
        self.imports(chunk) + &blocks + &self.exports(chunk)
    }

    fn write_module(&self, chunk: &str, path: &str) -> String {
        let module = &self.modules[path];
        let mut block = format!("const {} = (() => {{\n", self.name(path));
        for (from, names) in &module.takes {
            let _ = writeln!(block, "const {{ {names} }} = {};", self.name(from));
        }
        let on_demand = |import: &Captures<'_>| {
            let target = resolve(path, &import[1]);
            if self.chunks.contains_key(target.as_str()) {
                format!("import('{}')", relative(chunk, &target))
            } else {
                // Later: the module may stand further down in the file.
                format!("Promise.resolve().then(() => {})", self.name(&target))
            }
        };
        block += &ON_DEMAND.replace_all(&module.code, on_demand);
        block + &format!("return {{ {} }};\n}})();\n", module.gives.join(", "))
    }

    /// What the modules of a file take from other files.
    fn imports(&self, chunk: &str) -> String {
        let from = |other: &str| {
            let names: Vec<String> = self.taken(chunk, other).iter().map(|path| self.name(path)).collect();
            (!names.is_empty())
                .then(|| format!("import {{ {} }} from '{}';\n", names.join(", "), relative(chunk, other)))
        };
        self.chunks.keys().filter(|other| **other != chunk).filter_map(|other| from(other)).collect()
    }

    /// What the module gives that a file stands for, and the modules that other files take.
    fn exports(&self, chunk: &str) -> String {
        let gives = self.modules[chunk].gives.join(", ");
        let stands_for = if chunk == self.entry {
            String::new()
        } else {
            format!("export const {{ {gives} }} = {};\n", self.name(chunk))
        };
        let others = self.chunks.keys().filter(|other| **other != chunk);
        let taken: BTreeSet<&str> = others.flat_map(|other| self.taken(other, chunk)).collect();
        let names: Vec<String> = taken.into_iter().map(|path| self.name(path)).collect();
        if names.is_empty() { stands_for } else { format!("{stands_for}export {{ {} }};\n", names.join(", ")) }
    }

    /// Modules of one file that those of another take from, or import on demand.
    fn taken(&self, chunk: &str, from: &str) -> BTreeSet<&str> {
        let modules = self.chunks[chunk].iter().map(|path| &self.modules[*path]);
        let taken = modules.flat_map(|module| {
            let on_demand = module.on_demand.iter().filter(|path| !self.chunks.contains_key(path.as_str()));
            module.takes.iter().map(|(path, _)| path).chain(on_demand)
        });
        taken.map(String::as_str).filter(|path| self.chunks[from].contains(path)).collect()
    }

    fn name(&self, path: &str) -> String {
        format!("m{}", self.modules[path].order)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scripts(files: &[(&str, &str)]) -> BTreeMap<String, String> {
        files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn what_one_file_alone_needs_stands_in_it_and_the_rest_with_the_entry() {
        let bundled = bundle(
            &scripts(&[
                ("main.js", "import { say } from './page.js';\nimport('./part/a.js').then(({ mount }) => mount(say));\nimport('./part/b.js');\n"),
                ("page.js", "export const say = (x) => x;\nexport function hide() {}\n"),
                ("shared.js", "export function both() {}\n"),
                ("part/a.js", "import { both as two } from '../shared.js';\nimport { own } from './own.js';\nexport function mount() { two(own); }\n"),
                ("part/own.js", "export class own {}\n"),
                ("part/b.js", "import { both } from '../shared.js';\nexport const b = both;\n"),
                ("unused.js", "export default 1;\n"),
            ]),
            "main.js",
        )
        .unwrap();
        assert_eq!(bundled.keys().collect::<Vec<_>>(), ["main.js", "part/a.js", "part/b.js"]);
        let a = "import { m2 } from '../main.js';\nconst m3 = (() => {\nclass own {}\nreturn { own };\n})();\nconst m4 = (() => {\n\
                 const { both: two } = m2;\nconst { own } = m3;\nfunction mount() { two(own); }\nreturn { mount };\n})();\n\
                 export const { mount } = m4;\n";
        assert_eq!(bundled["part/a.js"], a);
        assert!(bundled["main.js"].contains("import('./part/a.js').then"), "{}", bundled["main.js"]);
        assert!(bundled["main.js"].ends_with("export { m2 };\n"), "{}", bundled["main.js"]);
    }

    #[test]
    fn what_files_share_stands_in_the_nearest_that_is_loaded_before_them() {
        let bundled = bundle(
            &scripts(&[
                ("main.js", "import('./walk.js');\nimport('./other.js');\n"),
                ("other.js", "export function other() {}\n"),
                ("walk.js", "export function walk() { import('./tool.js'); import('./record.js'); }\n"),
                (
                    "tool.js",
                    "import { code } from './code.js';\nexport function tool() { code(); import('./record.js'); }\n",
                ),
                ("record.js", "import { code } from './code.js';\nexport const record = code;\n"),
                ("code.js", "export function code() {}\n"),
            ]),
            "main.js",
        )
        .unwrap();
        assert!(bundled["walk.js"].contains("function code()"), "{}", bundled["walk.js"]);
        assert!(!bundled["main.js"].contains("function code()"), "{}", bundled["main.js"]);
        for file in ["tool.js", "record.js"] {
            assert!(bundled[file].contains(" } from './walk.js';\n"), "{}", bundled[file]);
        }
    }

    #[test]
    fn what_two_import_on_demand_and_by_name_is_there_already() {
        let bundled = bundle(
            &scripts(&[
                ("main.js", "import('./a.js');\nimport('./b.js');\n"),
                ("a.js", "export function a() {}\n"),
                ("b.js", "import { a } from './a.js';\nexport function b() { a(); }\n"),
            ]),
            "main.js",
        )
        .unwrap();
        assert!(bundled["main.js"].contains("Promise.resolve().then(() => m1)"), "{}", bundled["main.js"]);
        assert!(bundled["b.js"].starts_with("import { m1 } from './main.js';\n"), "{}", bundled["b.js"]);
    }

    #[test]
    fn the_embedded_theme_becomes_few_files() {
        let mut sources = crate::source::Sources::default();
        let config = sources.add("vereda.yaml", "title: S\n");
        let mut diagnostics = crate::diagnostic::Diagnostics::default();
        let config = crate::config::parse(config, &sources, &mut diagnostics);
        let theme = crate::theme::load(&config, &[], &mut sources, &mut diagnostics);
        let scripts = theme.outputs().into_iter().map(|output| output.path).filter(|path| path.ends_with(".js"));
        assert_eq!(scripts.count(), 17);
    }

    #[test]
    fn scripts_that_go_beyond_what_is_understood_stay_as_they_are() {
        for beyond in [
            "import x from './a.js';\n",
            "import * as x from './a.js';\n",
            "import './a.js';\n",
            "export default 1;\n",
            "export let x = 1;\n",
            "export { a } from './a.js';\n",
            "import { missing } from './a.js';\n",
            "import { a } from './nowhere.js';\n",
            "f(import.meta.url);\n",
        ] {
            let files = scripts(&[("main.js", beyond), ("a.js", "export const a = 1;\n")]);
            assert_eq!(bundle(&files, "main.js"), None, "{beyond}");
        }
        let cycle = scripts(&[
            ("main.js", "import { a } from './a.js';\nexport const m = a;\n"),
            ("a.js", "import { m } from './main.js';\nexport const a = m;\n"),
        ]);
        assert_eq!(bundle(&cycle, "main.js"), None);
    }
}
