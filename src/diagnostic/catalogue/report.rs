//! Texts of reports: severities, help, counts, the coverage table.

texts! {
    error() { pt: "erro", en: "error" }
    warning() { pt: "aviso", en: "warning" }
    note() { pt: "nota", en: "note" }
    help() { pt: "ajuda", en: "help" }

    no_problem() { pt: "nenhum problema", en: "no problem" }
    one_error() { pt: "1 erro", en: "1 error" }
    errors(count) { pt: "{count} erros", en: "{count} errors" }
    one_warning() { pt: "1 aviso", en: "1 warning" }
    warnings(count) { pt: "{count} avisos", en: "{count} warnings" }
    one_note() { pt: "1 nota", en: "1 note" }
    notes(count) { pt: "{count} notas", en: "{count} notes" }
    one_page() { pt: "1 página", en: "1 page" }
    pages(count) { pt: "{count} páginas", en: "{count} pages" }
    one_flow() { pt: "1 fluxo", en: "1 flow" }
    flows(count) { pt: "{count} fluxos", en: "{count} flows" }
    one_link() { pt: "1 link", en: "1 link" }
    links(count) { pt: "{count} links", en: "{count} links" }
    coverage(percent) { pt: "cobertura {percent} %", en: "coverage {percent}%" }

    no_scenarios() { pt: "nenhum cenário", en: "no scenario" }
    scenarios_passed(passed, total) { pt: "{passed} de {total} cenários passam", en: "{passed} of {total} scenarios pass" }

    all_codes() { pt: "Todos os diagnósticos", en: "All diagnostics" }
    how_to_fix() { pt: "Como corrigir", en: "How to fix it" }
    files() { pt: "arquivos", en: "files" }
    site_root() { pt: "a raiz do repositório", en: "the root of the repository" }
    flow() { pt: "fluxo", en: "flow" }
    scenarios() { pt: "cenários", en: "scenarios" }
    nodes() { pt: "nós", en: "nodes" }
    options() { pt: "opções", en: "options" }
    rules() { pt: "regras", en: "rules" }
}
