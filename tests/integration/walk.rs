//! `vereda walk`.

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::site::{PAGE, Site};

const CONFIG: &str = "title: Teste\nrecords:\n  padrao: |\n    {flow.title}: {outcome.title}\n    {path}\n";

const FLOW: &str = "\
title: Cobrança
owner: Equipe
inputs:
  ticket: { label: Ticket, type: text, pattern: '[0-9]{4}', example: '1234' }
  valor: { label: Valor, type: money, example: '10' }
nodes:
  inicio:
    title: O ticket {ticket} existe?
    ask: [ticket]
    links: [{ label: Abrir, url: 'https://example.com/{ticket|digits}' }]
    options:
      - { id: sim, label: Sim, next: quanto }
      - { id: nao, label: Não, hint: nada na busca, next: ajuda }
  quanto:
    title: Quanto?
    ask: [valor]
    rules:
      - { when: { valor: { gt: 500 } }, next: ajuda }
      - { otherwise: outro }
  outro:
    title: Outro fluxo
    call: b.flow.yaml
    outcomes: { bom: fim, ruim: ajuda }
  fim:
    title: Fim do {ticket}
    copy: [{ label: Macro, text: 'M {ticket}' }]
    result: resolved
    status: Resolvido
    record: padrao
  ajuda: { title: Peça ajuda, result: escalated }
";

const CALLED: &str = "\
title: Dentro
owner: Equipe
nodes:
  passo: { title: Faça isto, next: q }
  q:
    title: Deu certo?
    options:
      - { id: s, label: Deu, next: bom }
      - { id: n, label: Não deu, next: ruim }
  bom: { title: Deu certo, result: resolved }
  ruim: { title: Deu errado, result: open }
";

fn site() -> Site {
    Site::new().config(CONFIG).page("index.md", PAGE).flow("a.flow.yaml", FLOW).flow("b.flow.yaml", CALLED)
}

/// Walks with these lines as input. Returns exit code, standard output and standard error.
fn walk(site: &Site, lines: &str) -> (Option<i32>, String, String) {
    let mut command = site.command(&["walk", "a"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A walk that ends before its input does is no failure here.
    let _ = child.stdin.take().unwrap().write_all(lines.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn walks_through_inputs_rules_and_calls() {
    let (code, printed, told) = walk(&site(), "1234\n1\n10\n\n1\n");
    assert_eq!((code, told.as_str()), (Some(0), ""), "{printed}");
    for text in [
        "# Cobrança\n",
        "1. O ticket {ticket} existe?\n  Ticket?\n",
        "1. O ticket 1234 existe?\n  Abrir: https://example.com/1234\n  1) Sim\n  2) Não (nada na busca)\n",
        "  Valor?\n",
        "Dentro › 1. Faça isto\n",
        "Dentro › 2. Deu certo?\n  1) Deu\n  2) Não deu\n",
        ". Fim do 1234\n  Macro: M 1234\n  fim: Resolvido · status do ticket: Resolvido\n\nCobrança: Fim do 1234\nO ticket 1234 existe? Sim\n",
    ] {
        assert!(printed.contains(text), "{text:?} is not in\n{printed}");
    }
    assert!(!printed.contains("> "), "{printed}");
}

#[test]
fn accepts_ids_labels_and_commands() {
    let (code, printed, _) = walk(&site(), "1234\nnao\nb\nSim\nr\n4321\n2\nq\n1\n");
    assert_eq!(code, Some(0), "{printed}");
    assert_eq!(printed.matches("Peça ajuda").count(), 2, "{printed}");
    assert!(printed.contains("O ticket 4321 existe?"), "{printed}");
}

/// Walks at a terminal, which `script` (util-linux) makes: each key is pressed once its text has been shown after the one before.
/// What the terminal showed.
fn walk_at_terminal(site: &Site, keys: &[(&str, &str)]) -> String {
    let line = format!("{} walk a", env!("CARGO_BIN_EXE_vereda"));
    let mut command = Command::new("script");
    command.args(["--quiet", "--return", "--command", &line, "/dev/null"]).current_dir(site.root());
    command.env("TERM", "xterm").env("LC_ALL", "C.UTF-8");
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("`script` of util-linux is there");
    let (mut input, mut output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let (mut shown, mut seen) = (Vec::new(), 0);
    for (awaited, key) in keys {
        while !String::from_utf8_lossy(&shown[seen..]).contains(awaited) {
            let mut bytes = [0; 4096];
            let count = output.read(&mut bytes).unwrap();
            assert!(count > 0, "{awaited:?} is not in {:?}", String::from_utf8_lossy(&shown[seen..]));
            shown.extend(&bytes[..count]);
        }
        seen = shown.len();
        // The terminal listens for keys a moment after it has shown for what.
        thread::sleep(Duration::from_millis(100));
        input.write_all(key.as_bytes()).unwrap();
        input.flush().unwrap();
    }
    output.read_to_end(&mut shown).unwrap();
    assert!(child.wait().unwrap().success());
    String::from_utf8(shown).unwrap()
}

#[test]
fn selects_with_arrow_keys_at_a_terminal() {
    let keys = [
        ("> ", "1234\n"),
        ("› 1) Sim\r\n  2) Não (nada na busca)\r\n", "\u{1b}[B"),
        ("  1) Sim\r\n› 2) Não (nada na busca)\r\n", "\r"),
        ("Peça ajuda", "\u{1b}[D"),
        ("› 1) Sim", "1"),
        ("> ", "10\n"),
        ("Faça isto", "\r"),
        ("› 1) Deu", "\r"),
        ("Fim do 1234", "q"),
    ];
    walk_at_terminal(&site(), &keys);
}

#[test]
fn exits_with_2_after_a_refused_answer() {
    let (code, _, told) = walk(&site(), "12\n");
    assert_eq!(code, Some(2));
    assert!(told.contains("a resposta `12` não serve: não tem a forma exata `[0-9]{4}`"), "{told}");
    let (code, _, told) = walk(&site(), "1234\n3\n");
    assert_eq!(code, Some(2));
    assert!(told.contains("escolha de 1 a 2"), "{told}");
}

#[test]
fn all_prints_a_line_for_each_path() {
    let run = site().run(&["walk", "a", "--all"]).exits(0).tells("caminhos até um desfecho, sem contar voltas: 4\n");
    let lines: Vec<_> = run.stdout.lines().collect();
    assert_eq!(lines.len(), 4, "{run}");
    assert!(lines[0].starts_with("inicio: Sim → quanto: "), "{run}");
    assert!(lines[1].ends_with(" → outro: Deu certo → fim"), "{run}");
    assert_eq!(lines[3], "inicio: Não → ajuda", "{run}");
    let run = site().run(&["walk", "a", "--all", "--limit", "2", "--lang", "en"]).exits(0).tells("shown: 2");
    assert_eq!(run.stdout.lines().count(), 2, "{run}");
}

#[test]
fn all_limits_the_number_of_paths() {
    let mut flow = "title: F\nowner: E\nnodes:\n".to_owned();
    for node in 1..60 {
        let next = if node == 59 { "fim".to_owned() } else { format!("n{}", node + 1) };
        writeln!(flow, "  n{node}:\n    title: N{node}\n    options:").unwrap();
        writeln!(flow, "      - {{ id: a, label: A, next: {next} }}\n      - {{ id: b, label: B, next: {next} }}")
            .unwrap();
    }
    let site =
        Site::new().page("index.md", PAGE).flow("f.flow.yaml", &(flow + "  fim: { title: Fim, result: resolved }\n"));
    let run = site.run(&["walk", "f", "--all"]).exits(0).tells("mais de 10^9").tells("mostrados: 1000");
    assert_eq!(run.stdout.lines().count(), 1000);
}

#[test]
fn to_prints_the_shortest_path() {
    let run = site().run(&["walk", "a", "--to", "fim"]).exits(0);
    let lines: Vec<_> = run.stdout.lines().collect();
    assert_eq!(lines[0], "O ticket {ticket} existe?: informe Ticket; Sim", "{run}");
    assert!(lines[1].starts_with("Quanto?: informe Valor; "), "{run}");
    assert_eq!(lines[2..], ["Outro fluxo: Deu certo", "  Deu certo?: Deu", "→ fim: Fim do {ticket}"], "{run}");
    site().run(&["walk", "a", "--to", "ajud"]).exits(2).tells("você quis dizer `ajuda`?");
    site().run(&["walk", "a", "--to", "inicio"]).exits(2).tells("não tem o desfecho `inicio`");
}

#[test]
fn random_walks_are_reproducible_by_seed() {
    let site = site();
    let run = site.run(&["walk", "a", "--random", "200", "--seed", "3"]).exits(0).prints("percursos ao acaso: 200");
    assert!(run.stdout.contains("  fim: ") && !run.stdout.contains("nunca"), "{run}");
    assert_eq!(site.run(&["walk", "a", "--random", "200", "--seed", "3"]).stdout, run.stdout);
    site.run(&["walk", "a", "--random", "1"]).exits(0).prints(": nunca alcançado\n");
}

#[test]
fn random_walks_report_inputs_without_a_valid_value() {
    let site = site().flow("a.flow.yaml", &FLOW.replace("'[0-9]{4}', example: '1234'", "'K[0-9]{3}Z'"));
    site.run(&["walk", "a", "--random", "10"]).exits(1).prints("sem saída em `inicio`").prints("`ticket`");
}

#[test]
fn walks_flows_with_failed_scenarios_only() {
    let scenario = "scenarios:\n  - { name: x, inputs: { ticket: '1234' }, answers: { inicio: nao }, outcome: fim }\n";
    let site = site().flow("a.flow.yaml", &format!("{FLOW}{scenario}"));
    site.check().exits(1);
    site.run(&["walk", "a", "--all"]).exits(0);
    let site = site.flow("b.flow.yaml", &CALLED.replace("next: bom", "next: bem"));
    site.run(&["walk", "a", "--all"]).exits(1).tells("content/b.flow.yaml");
}

#[test]
fn rejects_unknown_flows_and_conflicting_flags() {
    site().run(&["walk", "aa"]).exits(2).tells("não há no site o fluxo `aa`");
    site().run(&["walk", "a", "--all", "--to", "fim"]).exits(2).tells("--to");
    site().run(&["walk", "a", "--seed", "3"]).exits(2).tells("--random");
}
