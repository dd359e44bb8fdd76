//! Benchmark of `check`, `build`, `graph` and `walk` on one flow, by the number of its nodes.
//!
//! The floor is to read the flow's YAML as plain values with `serde-saphyr`.
//!
//! `cargo bench --bench flow` measures 200 and 2,000 nodes; `cargo bench --bench flow -- 500` any others.

#![expect(clippy::disallowed_methods, reason = "a benchmark prepares its own folder")]

#[path = "corpus/flow.rs"]
mod corpus;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

#[expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
fn main() {
    let sizes: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![200, 2_000] } else { sizes };
    println!("nodes   exits   floor s  check s  build s  graph s  walk s  build/floor");
    for nodes in sizes {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path();
        let exits = corpus::write_flow_site(root, nodes).expect("the site is written");
        let floor = measure_floor(&root.join("content/grande.flow.yaml"));
        let check = run(root, &["check", "--quiet"]);
        let build = run(root, &["build", "--quiet"]);
        let graph = run(root, &["graph", "grande"]);
        let walk = run(root, &["walk", "grande", "--random", "100"]);
        let ratio = build.as_secs_f64() / floor.as_secs_f64();
        let [floor, check, build, graph, walk] = [floor, check, build, graph, walk].map(|time| time.as_secs_f64());
        println!(
            "{nodes:<7} {exits:<7} {floor:>7.3}  {check:>7.3}  {build:>7.3}  {graph:>7.3}  {walk:>6.3}  {ratio:>11.1}"
        );
    }
}

fn measure_floor(path: &Path) -> Duration {
    let start = Instant::now();
    let text = fs::read_to_string(path).expect("the flow was written");
    let value: serde_json::Value = serde_saphyr::from_str(&text).expect("the flow is right");
    assert!(value["nodes"].is_object());
    start.elapsed()
}

/// Runs the release binary.
fn run(root: &Path, arguments: &[&str]) -> Duration {
    let start = Instant::now();
    let mut command = Command::new(env!("CARGO_BIN_EXE_vereda"));
    command.args(arguments).current_dir(root).stdout(Stdio::null()).stderr(Stdio::null());
    let status = command.status().expect("the binary starts");
    assert!(status.success(), "{arguments:?}");
    start.elapsed()
}
