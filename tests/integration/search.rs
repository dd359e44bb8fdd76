//! `vereda search`, and the files of the search that a build writes.

use std::io::Write;
use std::process::Stdio;

use regex::Regex;
use serde_json::Value;

use crate::site::Site;

const PAGE: &str = "---\ntitle: Atendimento\n---\n\n## Transferir o chat {#transferir}\n\nAplique a macro :copy[Macro | N2].\n\n\
    ## Fechar {#fechar}\n\nDespeça-se.\n";

fn site() -> Site {
    Site::new()
        .page("index.md", PAGE)
        .page("oculta.md", "---\ntitle: Chat oculto\nsearch: false\n---\n\n[Início](index.md)\n")
}

fn objects(stdout: &str) -> Vec<Value> {
    stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn prints_results_for_people_and_programs() {
    site().run(&["search", "transferencia chat"]).exits(0).prints("heading  Transferir o chat  /#transferir\n");
    let found = objects(&site().run(&["search", "macro n2", "--format", "json", "--limit", "1"]).exits(0).stdout);
    assert_eq!(found.len(), 1);
    let expected = serde_json::json!({ "query": "macro n2", "url": "/", "anchor": "transferir", "title": "Macro | N2", "kind": "copy" });
    for (key, value) in expected.as_object().unwrap() {
        assert_eq!(found[0][key], *value, "{key}");
    }
    assert!(found[0]["score"].as_u64().is_some_and(|score| score > 1_000_000_000));
}

#[test]
fn reads_queries_from_the_standard_input() {
    let site = site();
    let mut command = site.command(&["search", "-", "--format", "json"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all("fechar\r\n\nzebra\ntransfira\n".as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let found = objects(&String::from_utf8(output.stdout).unwrap());
    let first =
        |query: &str| found.iter().find(|result| result["query"] == query).map(|result| result["anchor"].clone());
    assert_eq!(first("fechar"), Some("fechar".into()));
    assert_eq!(first("transfira"), Some("transferir".into()));
    assert_eq!(first("zebra"), None);
}

#[test]
fn leaves_out_pages_with_search_false() {
    site().run(&["search", "oculto", "--format", "json"]).exits(0);
    assert!(!site().run(&["search", "chat oculto"]).exits(0).stdout.contains("oculta"));
}

#[test]
fn writes_the_same_small_files_each_time() {
    let site = site();
    site.build().exits(0);
    let manifest: Value = serde_json::from_str(&site.output("search/index.json")).unwrap();
    let folder = manifest["folder"].as_str().unwrap();
    let words = site.output(&format!("search/{folder}/words.txt"));
    assert!(words.contains("transferir") && !words.contains("oculto"), "{words}");
    let worker = site.output("sw.js");
    for file in ["index.json", &format!("{folder}/w0.json"), &format!("{folder}/r0.json")] {
        assert!(worker.contains(&format!("./search/{file}")), "{file}");
    }
    site.build().exits(0);
    assert_eq!(serde_json::from_str::<Value>(&site.output("search/index.json")).unwrap(), manifest);
}

#[test]
fn single_file_has_the_search_of_its_flow_alone() {
    let flow = "title: F\nowner: E\nnodes:\n  a: { title: Transfira o chat, content: index.md#transferir, next: fim }\n  \
                fim: { title: Fim, result: resolved }\nscenarios:\n  - { name: x, outcome: fim }\n";
    let site = site().flow("f.flow.yaml", flow);
    site.run(&["build", "--single-file", "f", "--out", "f.html"]).exits(0);
    let html = site.read("f.html");
    let manifest = Regex::new(r"search/index\.json").unwrap();
    assert!(manifest.is_match(&html));
    assert!(html.contains("Aplique a macro Macro | N2.") && !html.contains("Despeça-se"));
}
