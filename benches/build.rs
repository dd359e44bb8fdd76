//! Benchmark of `vereda build`: time and peak memory by the number of pages.
//!
//! The floor is the work that no generator can avoid: read each page, render it with `pulldown-cmark` alone, write it.
//!
//! `cargo bench --bench build` measures 1,000 and 10,000 pages; `cargo bench --bench build -- 500 2000` any others.

#![expect(clippy::disallowed_methods, reason = "a benchmark prepares its own folder")]
#![expect(clippy::cast_precision_loss, reason = "bytes and pages are far below 2^52")]

mod corpus;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// Time and memory of one run of the binary.
struct Measurement {
    time: Duration,
    /// Peak resident memory in bytes; 0 on systems without `/proc`.
    memory: u64,
}

#[expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
fn main() {
    let sizes: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1_000, 10_000] } else { sizes };
    println!("pages   source MB  build s  again s  ms/page  peak MB  KB/page  floor s  build/floor");
    for pages in sizes {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let bytes = corpus::write_site(folder.path(), pages).expect("the site is written");
        let out = folder.path().join("public");
        build(folder.path(), &out);
        fs::remove_dir_all(&out).expect("the outputs are there");
        let first = build(folder.path(), &out);
        let again = build(folder.path(), &out);
        let floor = measure_floor(&folder.path().join("content"), &folder.path().join("floor"));
        println!(
            "{pages:<7} {:>9.1}  {:>7.2}  {:>7.2}  {:>7.3}  {:>7.0}  {:>7.1}  {:>7.2}  {:>11.1}",
            mega(bytes),
            first.time.as_secs_f64(),
            again.time.as_secs_f64(),
            first.time.as_secs_f64() * 1e3 / pages as f64,
            mega(first.memory),
            first.memory as f64 / 1024.0 / pages as f64,
            floor.as_secs_f64(),
            first.time.as_secs_f64() / floor.as_secs_f64(),
        );
    }
}

fn mega(bytes: u64) -> f64 {
    bytes as f64 / 1024.0 / 1024.0
}

/// Runs the release binary and samples its peak memory.
fn build(root: &Path, out: &Path) -> Measurement {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_vereda"))
        .args(["build", "--quiet", "--root"])
        .arg(root)
        .arg("--out")
        .arg(out)
        .spawn()
        .expect("the binary starts");
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut memory = 0;
    let result = loop {
        memory = memory.max(peak_memory(&status));
        if let Some(result) = child.try_wait().expect("the child is ours") {
            break result;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    assert!(result.success(), "the site builds");
    Measurement { time: start.elapsed(), memory }
}

fn peak_memory(status: &Path) -> u64 {
    let text = fs::read_to_string(status).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).map_or(0, |kilobytes| kilobytes * 1024)
}

/// Measures the floor, on one core.
fn measure_floor(content: &Path, out: &Path) -> Duration {
    let start = Instant::now();
    fs::create_dir_all(out).expect("the folder is ours");
    let pages = walkdir::WalkDir::new(content).into_iter().filter_map(Result::ok);
    for (index, entry) in pages.filter(|entry| entry.file_type().is_file()).enumerate() {
        let text = fs::read_to_string(entry.path()).expect("the page was written");
        let mut html = String::new();
        pulldown_cmark::html::push_html(
            &mut html,
            pulldown_cmark::Parser::new_ext(&text, pulldown_cmark::Options::all()),
        );
        fs::write(out.join(format!("{index}.html")), html).expect("the folder is ours");
    }
    start.elapsed()
}
