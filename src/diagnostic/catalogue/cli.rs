//! Texts of the command line.

texts! {
    pub:
    nothing_to_suggest() {
        pt: "os cenários já passam por todos os nós, opções e regras",
        en: "the scenarios already visit every node, option and rule",
    }
    suggested(count) {
        pt: "cenários para pôr em `scenarios`: {count}; confira se cada desfecho é mesmo o certo",
        en: "scenarios to add to `scenarios`: {count}; check that each outcome is the right one",
    }
    and_more(count) { pt: "… e mais {count}", en: "… and {count} more" }
    no_scenario_for_node(node) { pt: "não se achou cenário que passe por `{node}`", en: "found no scenario that visits `{node}`" }
    no_scenario_for_option(option, node) {
        pt: "não se achou cenário que escolha `{option}` em `{node}`",
        en: "found no scenario that chooses `{option}` at `{node}`",
    }
    no_scenario_for_rule(number, node) {
        pt: "não se achou cenário que use a regra {number} de `{node}`",
        en: "found no scenario that uses rule {number} of `{node}`",
    }
    site_written(folder, files, changed) {
        pt: "site gravado em `{folder}` (arquivos: {files}; novos ou alterados: {changed})",
        en: "site written to `{folder}` (files: {files}; new or changed: {changed})",
    }
    fixed(count, files) {
        pt: "correções: {count} (arquivos mudados: {files})",
        en: "corrections: {count} (changed files: {files})",
    }
    renamed(old, new, files) {
        pt: "`{old}` agora é `{new}` (arquivos mudados: {files})",
        en: "`{old}` is now `{new}` (changed files: {files})",
    }
    nothing_written() { pt: "nada foi gravado", en: "nothing was written" }
    serving(url) { pt: "no ar em {url} (Ctrl+C encerra)", en: "serving at {url} (Ctrl+C stops it)" }
    port_taken(port) {
        pt: "a porta {port} está ocupada; foi usada a próxima livre",
        en: "port {port} is in use; the next free port is used",
    }
    rebuilt(duration, changed) { pt: "atualizado em {duration}: {changed}", en: "updated in {duration}: {changed}" }
    rebuilt_more(duration, changed, more) {
        pt: "atualizado em {duration}: {changed} e mais {more}",
        en: "updated in {duration}: {changed} and {more} more",
    }
    nothing_changed(duration) { pt: "conferido em {duration}: nada mudou no site", en: "checked in {duration}: nothing changed in the site" }
    unknown_editor(name) {
        pt: "`--editor {name}` não é um editor conhecido: escreva `vscode`, `vscodium`, `cursor`, `windsurf`, `zed`, `subl`, `idea`, `mate`, `none`, ou um endereço com `{{path}}`, `{{line}}` e `{{column}}`",
        en: "`--editor {name}` is no known editor: write `vscode`, `vscodium`, `cursor`, `windsurf`, `zed`, `subl`, `idea`, `mate`, `none`, or an address with `{{path}}`, `{{line}}` and `{{column}}`",
    }
    polling(cause) {
        pt: "o sistema não avisa das mudanças ({cause}): os arquivos são olhados duas vezes por segundo, como com `--poll`",
        en: "the system reports no changes ({cause}): the files are compared twice a second, as with `--poll`",
    }
    last_site_stays() { pt: "o último site bom continua no ar", en: "the last valid site is still served" }
    old_version_has_errors(revision, count) {
        pt: "a versão `{revision}` tem erros no conteúdo ({count}): o que eles atingem foi comparado como se não existisse",
        en: "revision `{revision}` has errors in its content ({count}): the affected parts were compared as if they did not exist",
    }
    reading() { pt: "lendo os arquivos", en: "reading files" }
    parsing() { pt: "lendo páginas e fluxos", en: "reading pages and flows" }
    checking() { pt: "conferindo links, fluxos e cenários", en: "checking links, flows and scenarios" }
    rendering() { pt: "compondo as páginas", en: "rendering pages" }
    inspecting() { pt: "conferindo o que seria publicado", en: "checking what would be published" }
    asking() { pt: "perguntando a outros sites", en: "checking other sites" }
    writing() { pt: "gravando o site", en: "writing the site" }
    no_moment(variable, value) {
        pt: "a variável de ambiente {variable} não é um momento, `{value}`: dê os segundos desde 1970-01-01, como 1795348800, ou apague-a",
        en: "the environment variable {variable} is not a valid time, `{value}`: set it to the seconds since 1970-01-01, such as 1795348800, or unset it",
    }
    created(path) { pt: "criado: {path}", en: "created: {path}" }
    scripts_apart() {
        pt: "os scripts do tema deste site não podem ser juntados em um arquivo só (themes/README.md diz como escrevê-los); nada foi gravado",
        en: "the scripts of this site's theme cannot be joined into one file (themes/README.md describes how to write them); nothing was written",
    }
    outside_content(path) {
        pt: "`{path}` não é um lugar da pasta `content` do site",
        en: "`{path}` is not inside the folder `content` of the site",
    }
    folder_not_empty(folder) {
        pt: "a pasta `{folder}` não está vazia; nada foi alterado",
        en: "the folder `{folder}` is not empty; nothing was changed",
    }
    site_created(folder, command) {
        pt: "site criado em `{folder}`. Para vê-lo enquanto edita:\n\n  {command}\n\nO README.md diz o resto.",
        en: "site created in `{folder}`. To see it while you edit:\n\n  {command}\n\nREADME.md describes the rest.",
    }
    explain_more(code) { pt: "para saber mais: vereda explain {code}", en: "for more information: vereda explain {code}" }
    reports_without_file() {
        pt: "só um formato pode ir para a saída padrão: dê um arquivo aos outros, como em `--format sarif=vereda.sarif`",
        en: "only one format can use the standard output: set a file for the others, as in `--format sarif=vereda.sarif`",
    }
    baseline_written(path, count) {
        pt: "gravado em `{path}` o que já se conhece (problemas: {count})",
        en: "known problems written to `{path}`: {count}",
    }
    no_counts(path, line, column, cause) {
        pt: "`{path}`, linha {line}, coluna {column}: não é uma contagem que a página de um fluxo salvou. {cause}",
        en: "`{path}`, line {line}, column {column}: these are not counts saved by a flow page. {cause}",
    }
    counts_of_other_flow(path, route) {
        pt: "`{path}` conta outro fluxo, o de `{route}`",
        en: "`{path}` has the counts of another flow, `{route}`",
    }
    counts_unknown(ids) {
        pt: "o fluxo não tem mais: {ids}",
        en: "the flow no longer has: {ids}",
    }
    no_baseline(path, cause) {
        pt: "`{path}` não é uma lista que `check --write-baseline` gravou: {cause}",
        en: "`{path}` is not a baseline written by `check --write-baseline`: {cause}",
    }
    known_problems(path, count) {
        pt: "problemas já conhecidos, em `{path}`: {count}",
        en: "known problems, in `{path}`: {count}",
    }
    gone_problems(path, count) {
        pt: "problemas de `{path}` que já não há: {count}; `check --write-baseline {path}` os tira da lista",
        en: "problems of `{path}` that are fixed: {count}; `check --write-baseline {path}` removes them from the list",
    }
    asked_links(addresses, asked, kept) {
        pt: "endereços de outros sites: {addresses} (consultados agora: {asked}; conhecidos de antes: {kept})",
        en: "addresses of other sites: {addresses} (checked now: {asked}; from the cache: {kept})",
    }
    unknown_links(count) {
        pt: "endereços de que nada se sabe sem consultar ninguém: {count}",
        en: "addresses that are unknown without a request: {count}",
    }
    unwanted_links(count) {
        pt: "endereços que não foram consultados porque o robots.txt não deixa: {count}",
        en: "addresses that robots.txt excludes from the check: {count}",
    }
    strict_refuses() { pt: "com --strict, avisos reprovam", en: "with --strict, warnings are errors" }
    unknown_code(name) {
        pt: "não existe o diagnóstico `{name}`; o código é o que um aviso traz entre colchetes, como `link/missing-anchor`",
        en: "there is no diagnostic `{name}`; the code of a diagnostic is in brackets, such as `link/missing-anchor`",
    }
    unknown_code_but(name, suggestion) {
        pt: "não existe o diagnóstico `{name}`; você quis dizer `{suggestion}`?",
        en: "there is no diagnostic `{name}`; did you mean `{suggestion}`?",
    }
    unknown_flow(name) {
        pt: "não há no site o fluxo `{name}`; o nome é o caminho do arquivo na pasta `content`, como `whatsapp/auditoria`",
        en: "there is no flow `{name}` in the site; the name is the file's path in the folder `content`, such as `whatsapp/auditoria`",
    }
    unknown_flow_but(name, suggestion) {
        pt: "não há no site o fluxo `{name}`; você quis dizer `{suggestion}`?",
        en: "there is no flow `{name}` in the site; did you mean `{suggestion}`?",
    }
    unknown_text(text) {
        pt: "nenhum texto para copiar e nenhum valor é “{text}” ou o contém",
        en: "no text to copy and no value is “{text}” or contains it",
    }
    unknown_node(name) { pt: "não há o nó “{name}”", en: "there is no node “{name}”" }
    did_you_mean(name) { pt: "você quis dizer “{name}”?", en: "did you mean “{name}”?" }
    unused_text() { pt: "nenhuma página e nenhum fluxo usa este texto", en: "no page and no flow uses this text" }
    transcluded() { pt: "(texto de outra página, mostrado aqui)", en: "(text of another page, shown here)" }
    called_by(flow) { pt: "Chamado por “{flow}”:", en: "Called by “{flow}”:" }
    links_to_node() { pt: "Links que levam aqui:", en: "Links to it:" }
    not_reached() { pt: "o começo do fluxo não leva até aqui", en: "the start of the flow does not lead here" }
}
