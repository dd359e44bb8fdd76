//! Costs that grow faster than the input: each kind of input is checked at four sizes.
//!
//! Allocated bytes are counted, not seconds, so the result is the same on a busy machine. The target has one test, because
//! the allocator counts the whole process.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "the test writes small sites")]

use std::alloc::System;
use std::fmt::Write;
use std::path::Path;

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use tempfile::TempDir;
use vereda::pipeline::{Options, SiteRoot, check};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// The most that the costs grow by when the input doubles.
const MOST: f64 = 2.3;

/// Bytes that are no growth.
const LEAST: f64 = 1e6;

const HEAD: &str = "---\ntitle: T\n---\n\n";

/// Writes the file of a site.
type Files<'a> = &'a mut dyn FnMut(&str, String);

/// A kind of input: its name, its smaller size, and its files.
type Kind = (&'static str, usize, fn(usize, Files<'_>));

const KINDS: [Kind; 30] = [
    ("copies without an end", 4000, |n, file| page(file, &":copy[a ".repeat(n))),
    ("placeholders without an end", 4000, |n, file| page(file, &"{a {values. ".repeat(n))),
    ("placeholders", 2000, |n, file| page(file, &"{nome|upper} ".repeat(n))),
    ("footnotes", 4000, |n, file| page(file, &each(n, |i| format!("a[^{i}] b\n\n[^{i}]: nota {i}\n\n")))),
    ("references to one footnote", 2000, |n, file| page(file, &format!("{}\n\n[^x]: nota\n", "a[^x] ".repeat(n)))),
    ("equal headings", 2000, |n, file| page(file, &"## Igual\n\n".repeat(n))),
    ("equal ids", 1000, |n, file| page(file, &"## A {#x}\n\n".repeat(n))),
    ("paragraphs", 2000, |n, file| page(file, &"Um texto com **negrito** e `código`.\n\n".repeat(n))),
    ("links", 2000, |n, file| page(file, &format!("## A\n\n{}", "[a](#a) ".repeat(n)))),
    ("references", 2000, |n, file| page(file, &format!("{}\n[r]: https://example.com\n", "[a][r]\n".repeat(n)))),
    ("table rows", 2000, |n, file| page(file, &format!("|a|b|\n|-|-|\n{}", "|1|2|\n".repeat(n)))),
    ("open directives", 1000, |n, file| page(file, &":::details[a]\n".repeat(n))),
    ("open brackets", 4000, |n, file| page(file, &"[a](<b".repeat(n))),
    ("comments without an end", 4000, |n, file| page(file, &"<!-- ".repeat(n))),
    ("links to missing anchors", 1000, |n, file| {
        page(file, &each(n, |i| format!("## Título número {i}\n\n[x](#titulo-numero-{i}-z)\n\n")));
    }),
    ("links to missing files", 200, |n, file| {
        for i in 0..n {
            file(&format!("content/pasta/pagina{i:05}.md"), format!("{HEAD}[x](pagima{i:05}z.md)\n"));
        }
    }),
    ("pages in one folder", 100, |n, file| {
        for i in 0..n {
            file(&format!("content/pasta/pagina{i:05}.md"), format!("---\ntitle: Página {i}\n---\n\nTexto.\n"));
        }
    }),
    ("folders without a page", 100, |n, file| {
        for i in 0..n {
            file(&format!("content/pasta{i:05}/pagina.md"), format!("---\ntitle: Página {i}\n---\n\nTexto.\n"));
        }
    }),
    ("children in order", 200, |n, file| {
        file(
            "content/pasta/_section.yaml",
            format!("children:\n{}", each(n, |i| format!("  - pagina{i:05}\n  - pagima{i:05}z\n"))),
        );
        (0..n).for_each(|i| file(&format!("content/pasta/pagina{i:05}.md"), HEAD.to_owned() + "Texto.\n"));
    }),
    ("tags", 100, |n, file| {
        for i in 0..n {
            file(
                &format!("content/pasta/pagina{i:05}.md"),
                format!("---\ntitle: T\ntags: [a, b{i}, c{}]\n---\n\nTexto.\n", i / 2),
            );
        }
    }),
    ("aliases", 500, |n, file| {
        file("content/index.md", format!("---\ntitle: T\naliases:\n{}---\n", each(n, |i| format!("  - /velho{i}/\n"))));
    }),
    ("unknown keys", 500, |n, file| {
        file("content/index.md", format!("---\ntitle: T\n{}---\n", each(n, |i| format!("titel{i}: x\n"))));
    }),
    ("values", 500, |n, file| {
        file("vereda.yaml", format!("title: T\nvalues:\n{}", each(n, |i| format!("  v{i}: t\n"))));
        page(file, &each(n, |i| format!("{{values.v{i}}}\n\n")));
    }),
    ("pages that double", 16, |n, file| {
        file("content/index.md", format!("{HEAD}{}", "Um texto.\n\n".repeat(100)));
        let text = |i: usize| format!(":::include[p{i}.md]\n:::\n\n:::include[p{i}.md]\n:::\n");
        file("content/p0.md", format!("{HEAD}{}", "Um texto.\n\n".repeat(1000)));
        (1..=n).for_each(|i| file(&format!("content/p{i}.md"), format!("{HEAD}{}", text(i - 1))));
    }),
    ("steps in a chain", 400, |n, file| {
        flow(file, &each(n, |i| format!("  n{i}: {{ title: P{i}, next: n{} }}\n", i + 1)), n);
    }),
    ("questions in a chain", 200, |n, file| {
        let question = |i| {
            format!(
                "  n{i}:\n    title: P{i}\n    options:\n      - {{ id: a, label: A, next: n{} }}\n      \
                 - {{ id: b, label: B, next: outro }}\n",
                i + 1
            )
        };
        flow(file, &(each(n, question) + "  outro: { title: Outro, result: resolved }\n"), n);
    }),
    ("questions that share an outcome", 400, |n, file| {
        let question = |i| {
            format!(
                "  n{i}:\n    title: P{i}\n    options:\n      - {{ id: a, label: A, next: n{} }}\n      \
                 - {{ id: b, label: B, next: n{n} }}\n",
                i + 1
            )
        };
        flow(file, &each(n, question), n);
    }),
    ("rules of a branch", 250, |n, file| {
        let rules = each(n, |i| format!("      - {{ when: {{ x: {i} }}, next: n{n} }}\n"));
        let branch = format!("  b:\n    title: B\n    ask: [x]\n    rules:\n{rules}      - {{ otherwise: n{n} }}\n");
        page(file, "[f](f.flow.yaml)\n");
        let inputs = "inputs: { x: { label: X, type: number } }";
        let end = format!("  n{n}: {{ title: Fim, result: resolved }}\n");
        file("content/f.flow.yaml", format!("title: F\n{inputs}\nnodes:\n{branch}{end}"));
    }),
    ("nodes with unknown targets", 500, |n, file| {
        flow(file, &each(n, |i| format!("  no{i}: {{ title: P{i}, next: mo{i}z }}\n")), n);
    }),
    ("options", 200, |n, file| {
        let options = each(n, |i| format!("      - {{ id: a{i}, label: A{i}, next: o{i} }}\n"));
        let outcomes = each(n, |i| format!("  o{i}: {{ title: O{i}, result: resolved }}\n"));
        flow(file, &format!("  q:\n    title: Q\n    options:\n{options}{outcomes}"), n);
    }),
];

fn each(count: usize, text: impl Fn(usize) -> String) -> String {
    let mut all = String::new();
    (0..count).for_each(|index| write!(all, "{}", text(index)).unwrap());
    all
}

fn page(file: Files<'_>, text: &str) {
    file("content/index.md", HEAD.to_owned() + text);
}

/// A flow with an outcome that its last node may lead to.
fn flow(file: Files<'_>, nodes: &str, count: usize) {
    page(file, "[f](f.flow.yaml)\n");
    let text = format!("title: F\nnodes:\n{nodes}  n{count}: {{ title: Fim, result: resolved }}\n");
    file("content/f.flow.yaml", text);
}

fn write_site(root: &Path, files: fn(usize, Files<'_>), size: usize) {
    std::fs::write(root.join("vereda.yaml"), "title: T\n").unwrap();
    files(size, &mut |path, text| {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    });
}

/// The bytes that a check allocates.
fn cost_of(files: fn(usize, Files<'_>), size: usize) -> f64 {
    let folder = TempDir::new().unwrap();
    write_site(folder.path(), files, size);
    let region = Region::new(ALLOCATOR);
    check(SiteRoot::open(folder.path()).unwrap(), &Options::new(jiff::civil::date(2026, 1, 1)), None).unwrap();
    let bytes = region.change().bytes_allocated;
    #[expect(clippy::cast_precision_loss, reason = "a ratio of counts")]
    (bytes as f64)
}

#[test]
fn costs_do_not_grow_faster_than_the_input() {
    let mut found = Vec::new();
    for (name, size, files) in KINDS {
        // The first check of a kind makes what the process keeps, such as compiled patterns.
        cost_of(files, size / 2);
        // Differences, because a site has costs without content too; over two doublings, because memory grows in steps.
        let [half, one, two, four] = [size / 2, size, 2 * size, 4 * size].map(|size| cost_of(files, size));
        let growth = ((four - two) / (one - half).max(LEAST)).sqrt();
        if growth > MOST {
            found.push(format!("{name}: {growth:.2} × each time the size doubles, up to {}", 4 * size));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}
