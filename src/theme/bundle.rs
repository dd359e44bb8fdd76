//! The modules of a theme's scripts → few files, so that a page requests once what would be twenty requests.
//!
//! In: every script by its path, and the entry that pages load. Out: a file (a chunk) for the entry with what it imports, and one for
//! each module that is imported on demand; a module that several chunks need is in the nearest chunk that is loaded before them. A module
//! becomes a block that returns its exports, so names of different modules never meet. `module` reads what is imported and exported;
//! scripts that it refuses, and cycles, are not bundled.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::module::{Module, ModulePart, parse};

/// The modules that an entry leads to.
pub(super) struct Bundle {
    modules: BTreeMap<String, Module>,
    /// Their paths, each after those that it imports.
    order: Vec<String>,
    entry: String,
    /// The beginning of the names of blocks.
    prefix: String,
}

impl Bundle {
    /// Reads the entry and all that it leads to; `None` where a script cannot be bundled.
    pub(super) fn read(scripts: &BTreeMap<String, String>, entry: &str) -> Option<Self> {
        let mut bundle =
            Self { modules: BTreeMap::new(), order: Vec::new(), entry: entry.to_owned(), prefix: free_prefix(scripts) };
        let mut next = Some(entry.to_owned());
        while let Some(path) = next {
            bundle.add(scripts, &path, &mut Vec::new())?;
            let on_demand = bundle.modules.values().flat_map(Module::on_demand);
            next = on_demand.filter(|path| !bundle.modules.contains_key(*path)).min().map(str::to_owned);
        }
        bundle.has_every_name().then_some(bundle)
    }

    /// Adds a script after those that it imports. `open` has the paths from the entry to it.
    fn add(&mut self, scripts: &BTreeMap<String, String>, path: &str, open: &mut Vec<String>) -> Option<()> {
        if self.modules.contains_key(path) {
            return Some(());
        }
        let is_cycle = open.iter().any(|open| open == path);
        let module = parse(scripts.get(path)?, path).filter(|_| !is_cycle)?;
        open.push(path.to_owned());
        for (from, _) in &module.takes {
            self.add(scripts, from, open)?;
        }
        open.pop();
        self.order.push(path.to_owned());
        self.modules.insert(path.to_owned(), module);
        Some(())
    }

    fn has_every_name(&self) -> bool {
        let has = |(from, names): &(String, String)| {
            let mut names = names.split(", ").filter_map(|name| name.split(':').next()).filter(|name| !name.is_empty());
            names.all(|name| self.modules[from].gives.iter().any(|given| given == name))
        };
        self.modules.values().flat_map(|module| &module.takes).all(has)
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.modules.contains_key(path)
    }

    /// The files to publish in place of the modules, by path.
    pub(super) fn write_files(&self) -> BTreeMap<String, String> {
        let writer = BundleWriter { bundle: self, chunks: chunks_of(&self.modules, &self.entry) };
        writer.chunks.keys().map(|chunk| ((*chunk).to_owned(), writer.write(chunk))).collect()
    }

    /// One file with every module, those on demand too.
    pub(super) fn write_whole(&self) -> String {
        let chunks = BTreeMap::from([(self.entry.as_str(), self.modules.keys().map(String::as_str).collect())]);
        BundleWriter { bundle: self, chunks }.write(&self.entry)
    }
}

/// Letters that stand before a digit nowhere in the scripts.
fn free_prefix(scripts: &BTreeMap<String, String>) -> String {
    let is_free = |prefix: &str| {
        let is_in = |text: &String| {
            let mut found = text.match_indices(prefix);
            found.any(|(at, _)| text[at + prefix.len()..].starts_with(|c: char| c.is_ascii_digit()))
        };
        !scripts.values().any(is_in)
    };
    let mut prefix = "m".to_owned();
    while !is_free(&prefix) {
        prefix.push('m');
    }
    prefix
}

/// The relative address from one file to another.
fn relative(from: &str, to: &str) -> String {
    let depth = from.matches('/').count();
    if depth == 0 { format!("./{to}") } else { "../".repeat(depth) + to }
}

/// By the path of each chunk, the modules in it. A module that several chunks need is in the nearest chunk that is loaded before them.
fn chunks_of<'m>(modules: &'m BTreeMap<String, Module>, entry: &'m str) -> BTreeMap<&'m str, BTreeSet<&'m str>> {
    let files = modules.values().flat_map(Module::on_demand).chain([entry]);
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

/// For each chunk those that are always loaded before it: its dominators, from the entry to itself.
fn lines_of<'m>(
    modules: &'m BTreeMap<String, Module>,
    needed: &BTreeMap<&'m str, BTreeSet<&'m str>>,
    entry: &'m str,
) -> BTreeMap<&'m str, Vec<&'m str>> {
    let mut lines: BTreeMap<&str, Vec<&str>> = BTreeMap::from([(entry, vec![entry])]);
    loop {
        let mut next = lines.clone();
        for file in needed.keys().filter(|file| **file != entry) {
            let asking = modules.iter().filter(|(_, module)| module.on_demand().any(|path| path == *file));
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

/// The chunks that are loaded wherever a module is needed.
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

struct BundleWriter<'m> {
    bundle: &'m Bundle,
    chunks: BTreeMap<&'m str, BTreeSet<&'m str>>,
}

impl BundleWriter<'_> {
    fn write(&self, chunk: &str) -> String {
        let own = self.bundle.order.iter().filter(|path| self.chunks[chunk].contains(path.as_str()));
        let blocks: String = own.map(|path| self.write_module(chunk, path)).collect();
        self.imports(chunk) + &blocks + &self.exports(chunk)
    }

    fn write_module(&self, chunk: &str, path: &str) -> String {
        let module = &self.bundle.modules[path];
        let mut block = format!("const {} = (() => {{\n", self.name(path));
        for (from, names) in &module.takes {
            let _ = writeln!(block, "const {{ {names} }} = {};", self.name(from));
        }
        for code in &module.code {
            let _ = match code {
                ModulePart::Text(text) => write!(block, "{text}"),
                ModulePart::OnDemand(target) if self.chunks.contains_key(target.as_str()) => {
                    write!(block, "import('{}')", relative(chunk, target))
                }
                // Later: the module may stand further down in the file.
                ModulePart::OnDemand(target) => write!(block, "Promise.resolve().then(() => {})", self.name(target)),
            };
        }
        if !block.ends_with('\n') {
            block.push('\n');
        }
        block + &format!("return {{ {} }};\n}})();\n", module.gives.join(", "))
    }

    /// What the modules of a chunk take from other chunks.
    fn imports(&self, chunk: &str) -> String {
        let from = |other: &str| {
            let names: Vec<String> = self.taken(chunk, other).iter().map(|path| self.name(path)).collect();
            (!names.is_empty())
                .then(|| format!("import {{ {} }} from '{}';\n", names.join(", "), relative(chunk, other)))
        };
        self.chunks.keys().filter(|other| **other != chunk).filter_map(|other| from(other)).collect()
    }

    /// The exports of the module that a chunk is named after, and the modules that other chunks take.
    fn exports(&self, chunk: &str) -> String {
        let gives = self.bundle.modules[chunk].gives.join(", ");
        let own = if chunk == self.bundle.entry {
            String::new()
        } else {
            format!("export const {{ {gives} }} = {};\n", self.name(chunk))
        };
        let others = self.chunks.keys().filter(|other| **other != chunk);
        let taken: BTreeSet<&str> = others.flat_map(|other| self.taken(other, chunk)).collect();
        let names: Vec<String> = taken.into_iter().map(|path| self.name(path)).collect();
        if names.is_empty() { own } else { format!("{own}export {{ {} }};\n", names.join(", ")) }
    }

    /// Modules of one chunk that those of another import, by name or on demand.
    fn taken(&self, chunk: &str, from: &str) -> BTreeSet<&str> {
        let modules = self.chunks[chunk].iter().map(|path| &self.bundle.modules[*path]);
        let taken = modules.flat_map(|module| {
            let on_demand = module.on_demand().filter(|path| !self.chunks.contains_key(path));
            module.takes.iter().map(|(path, _)| path.as_str()).chain(on_demand)
        });
        taken.filter(|path| self.chunks[from].contains(path)).collect()
    }

    fn name(&self, path: &str) -> String {
        let at = self.bundle.order.iter().position(|known| known == path);
        format!("{}{}", self.bundle.prefix, at.expect("every module is in the order"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scripts(files: &[(&str, &str)]) -> BTreeMap<String, String> {
        files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
    }

    fn bundle(scripts: &BTreeMap<String, String>) -> BTreeMap<String, String> {
        Bundle::read(scripts, "main.js").unwrap().write_files()
    }

    #[test]
    fn keeps_shared_modules_with_the_entry() {
        let bundled = bundle(&scripts(&[
            (
                "main.js",
                "import { hello } from './page.js';\nimport('./part/a.js').then(({ mount }) => mount(hello));\nimport('./part/b.js');\n",
            ),
            ("page.js", "export const hello = (x) => x;\nexport function hide() {}\n"),
            ("shared.js", "export function both() {}\n"),
            (
                "part/a.js",
                "import { both as two } from '../shared.js';\nimport { own } from './own.js';\nexport function mount() { two(own); }\n",
            ),
            ("part/own.js", "export class own {}\n"),
            ("part/b.js", "import { both } from '../shared.js';\nexport const b = both;\n"),
            ("unused.js", "export default 1;\n"),
        ]));
        assert_eq!(bundled.keys().collect::<Vec<_>>(), ["main.js", "part/a.js", "part/b.js"]);
        let a = "import { m2 } from '../main.js';\nconst m3 = (() => {\nclass own {}\nreturn { own };\n})();\nconst m4 = (() => {\n\
                 const { both: two } = m2;\nconst { own } = m3;\n\n\nfunction mount() { two(own); }\nreturn { mount };\n})();\n\
                 export const { mount } = m4;\n";
        assert_eq!(bundled["part/a.js"], a);
        assert!(bundled["main.js"].contains("import('./part/a.js').then"), "{}", bundled["main.js"]);
        assert!(bundled["main.js"].ends_with("export { m2 };\n"), "{}", bundled["main.js"]);
    }

    #[test]
    fn puts_shared_modules_in_the_nearest_earlier_chunk() {
        let bundled = bundle(&scripts(&[
            ("main.js", "import('./walk.js');\nimport('./other.js');\n"),
            ("other.js", "export function other() {}\n"),
            ("walk.js", "export function walk() { import('./tool.js'); import('./record.js'); }\n"),
            (
                "tool.js",
                "import { code } from './code.js';\nexport function tool() { code(); import('./record.js'); }\n",
            ),
            ("record.js", "import { code } from './code.js';\nexport const record = code;\n"),
            ("code.js", "export function code() {}\n"),
        ]));
        assert!(bundled["walk.js"].contains("function code()"), "{}", bundled["walk.js"]);
        assert!(!bundled["main.js"].contains("function code()"), "{}", bundled["main.js"]);
        for file in ["tool.js", "record.js"] {
            assert!(bundled[file].contains(" } from './walk.js';\n"), "{}", bundled[file]);
        }
    }

    #[test]
    fn reuses_a_module_that_is_also_imported_by_name() {
        let bundled = bundle(&scripts(&[
            ("main.js", "import('./a.js');\nimport('./b.js');\n"),
            ("a.js", "export function a() {}\n"),
            ("b.js", "import { a } from './a.js';\nexport function b() { a(); }\n"),
        ]));
        assert!(bundled["main.js"].contains("Promise.resolve().then(() => m1)"), "{}", bundled["main.js"]);
        assert!(bundled["b.js"].starts_with("import { m1 } from './main.js';\n"), "{}", bundled["b.js"]);
    }

    #[test]
    fn bundles_the_embedded_theme() {
        let mut sources = crate::source::Sources::default();
        let config = sources.add("vereda.yaml", "title: S\n");
        let mut diagnostics = crate::diagnostic::Diagnostics::default();
        let config = crate::config::parse(config, &sources, &mut diagnostics);
        let theme = crate::theme::load(&config, &[], &mut sources, &mut diagnostics);
        let scripts = theme.outputs().into_iter().map(|output| output.path).filter(|path| path.ends_with(".js"));
        let modules = crate::theme::Embedded::iter().filter(|path| path.starts_with("orange/js/")).count();
        assert!(scripts.count() * 2 < modules, "{modules} modules");
    }

    #[test]
    fn keeps_the_code_of_a_module_byte_for_byte() {
        let code = "a = `\n  first\n  // second\n`  \n\n/* kept */ const m1 = 1; // the end";
        let files = scripts(&[("main.js", "import('./a.js');\n"), ("a.js", code)]);
        let written = Bundle::read(&files, "main.js").unwrap();
        for text in [&written.write_files()["a.js"], &written.write_whole()] {
            assert!(text.contains(&format!("{code}\nreturn {{  }};\n}})();")), "{text}");
            assert!(!text.contains("const m1 = (()"), "{text}");
        }
    }

    #[test]
    fn refuses_cycles_and_missing_names() {
        for script in [
            "import { missing } from './a.js';\n",
            "import { a } from './nowhere.js';\n",
            "import('./nowhere.js');\n",
            "import { m } from './main.js';\nexport const m = 1;\n",
        ] {
            let files = scripts(&[("main.js", script), ("a.js", "export const a = 1;\n")]);
            assert!(Bundle::read(&files, "main.js").is_none(), "{script}");
        }
        let cycle = scripts(&[
            ("main.js", "import { a } from './a.js';\nexport const m = a;\n"),
            ("a.js", "import { m } from './main.js';\nexport const a = m;\n"),
        ]);
        assert!(Bundle::read(&cycle, "main.js").is_none());
    }
}
