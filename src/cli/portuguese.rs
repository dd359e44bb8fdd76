//! Help of the commands in Portuguese: the English texts of [`arguments`](super::arguments), each with its translation.
//!
//! A test fails for a text without a translation, and for a translation without its text.

use clap::Command;

/// Descriptions of commands and arguments.
const TEXTS: &[(&str, &str)] = &[
    (
        "Builds and checks documentation sites from Markdown pages and decision flows",
        "Monta e confere sites de documentação, de páginas em Markdown e fluxos de decisão",
    ),
    ("Folder of the site, which contains `vereda.yaml`", "Pasta do site, em que está o `vereda.yaml`"),
    ("Print only errors: no summary, no progress", "Mostra só os erros: nem resumo, nem andamento"),
    (
        "When to use colours; `auto` uses them on terminals",
        "Quando usar cores: sempre, nunca, ou, com `auto`, em terminais",
    ),
    ("Language of messages [default: the site's]", "Idioma das mensagens [padrão: o do site]"),
    (
        "Create a small site, in Portuguese or, with `--lang en`, in English",
        "Cria um site pequeno, em português ou, com `--lang en`, em inglês",
    ),
    ("Folder of the new site; it must be empty or not exist", "Pasta do site novo: vazia, ou que ainda não existe"),
    ("Create a page or a flow from a template", "Cria uma página ou um fluxo a partir de um modelo"),
    ("Create a Markdown page with front matter", "Cria uma página em Markdown, com cabeçalho"),
    ("Create a small decision flow with scenarios", "Cria um fluxo de decisão pequeno, com cenários"),
    (
        "Path in `content`; the extension may be omitted. An existing file is never changed",
        "Caminho em `content`, com ou sem a extensão. Um arquivo que já existe nunca é mudado",
    ),
    ("Owner of the page or flow", "Quem responde pela página ou pelo fluxo"),
    (
        "Write the site; if there are errors, the output folder stays unchanged",
        "Grava o site; se há erros, a pasta de saída fica como está",
    ),
    (
        "Output folder, or a link to it [default: `public` in the folder of the site]. With `--single-file`, the output file",
        "Pasta de saída, ou um link para ela [padrão: `public` na pasta do site]. Com `--single-file`, o arquivo de saída",
    ),
    (
        "Address of the published site; replaces `base_url` of `vereda.yaml`",
        "Endereço do site publicado; vale no lugar de `base_url` de `vereda.yaml`",
    ),
    ("Include drafts", "Inclui os rascunhos"),
    (
        "Add a page of the changes since a git revision: a tag, a branch, a commit",
        "Acrescenta uma página com as mudanças desde uma revisão do git: etiqueta, ramo ou commit",
    ),
    (
        "Write one flow, by path or address, as one HTML file that works without a server",
        "Grava um fluxo, pelo caminho ou pelo endereço, em um só arquivo HTML, que abre sem servidor",
    ),
    (
        "Treat warnings as errors: write nothing and exit with 1",
        "Trata avisos como erros: nada é gravado, e a saída é 1",
    ),
    (
        "Ignore the problems in a file of `check --write-baseline`, except those that prevent a build",
        "Ignora os problemas de um arquivo de `check --write-baseline`, menos os que impedem a montagem",
    ),
    ("Format of the report", "Formato do relatório"),
    ("Serve a preview of the site, rebuilt at every change", "Mostra o site no navegador, e o refaz a cada mudança"),
    (
        "Port to listen on; if it is in use, the next free one is used",
        "Porta; se estiver ocupada, usa-se a próxima livre",
    ),
    ("Open the browser", "Abre o navegador"),
    (
        "Address to listen on; any other than loopback serves to the network",
        "Endereço em que servir; qualquer outro que não o da própria máquina serve à rede",
    ),
    (
        "Editor that the links of findings open: a name such as vscode, cursor, zed, subl or idea, an address with {path}, {line} and {column}, or none [default: that of $VISUAL or $EDITOR, else vscode]",
        "Editor que os links dos problemas abrem: um nome, como vscode, cursor, zed, subl ou idea, um endereço com {path}, {line} e {column}, ou none [padrão: o de $VISUAL ou $EDITOR, ou vscode]",
    ),
    (
        "Poll for changes twice a second, for network drives and containers without file events",
        "Olha os arquivos duas vezes por segundo, para discos de rede e contêineres que não avisam das mudanças",
    ),
    (
        "Check the site: report errors, warnings and the coverage of scenarios",
        "Confere o site: mostra erros, avisos e a cobertura dos cenários",
    ),
    (
        "Rename a node, an option, an anchor, a setting, a page or a folder, with every reference to it",
        "Muda o nome de um nó, opção, âncora, ajuste, página ou pasta, em todos os lugares que o usam",
    ),
    (
        "What is renamed: `FLOW#NODE`, `FLOW#NODE:OPTION`, `PAGE#ANCHOR`, `values.NAME`, `inputs.NAME`, `calendars.NAME`, `records.NAME`, `FLOW#inputs.NAME`, or the path of a file or folder",
        "O que muda de nome: `FLUXO#NÓ`, `FLUXO#NÓ:OPÇÃO`, `PÁGINA#ÂNCORA`, `values.NOME`, `inputs.NOME`, `calendars.NOME`, `records.NOME`, `FLUXO#inputs.NOME`, ou o caminho de um arquivo ou pasta",
    ),
    (
        "The new name; of a file or folder, its new path in the folder of the site",
        "O nome novo; de um arquivo ou pasta, o caminho novo na pasta do site",
    ),
    (
        "Correct what has a certain correction, then check; `--fix=all` also writes suggestions, and shows each change",
        "Corrige o que tem correção certa e confere; `--fix=all` escreve também as sugestões, e mostra cada mudança",
    ),
    ("Print the changes without writing them", "Mostra as mudanças sem gravá-las"),
    ("Treat warnings as errors: exit with 1", "Trata avisos como erros: a saída é 1"),
    (
        "Raise all warnings, or a diagnostic by its code, to errors; may be repeated",
        "Faz erros de todos os avisos, ou de um diagnóstico pelo código; pode repetir-se",
    ),
    (
        "Ignore the known problems in a file of `--write-baseline`, and list those that are corrected",
        "Ignora os problemas conhecidos de um arquivo de `--write-baseline`, e lista os já corrigidos",
    ),
    (
        "Write the present errors and warnings to a file instead of a report; exit with 0",
        "Grava os erros e avisos de agora em um arquivo, no lugar do relatório; a saída é 0",
    ),
    (
        "Check a folder of HTML, made by any program, instead of the site",
        "Confere uma pasta de HTML, feita por qualquer programa, no lugar do site",
    ),
    (
        "Address at which the folder of `--html` is published; links to it are internal. Default: the canonical address of its home page",
        "Endereço em que a pasta de `--html` é publicada; links para ele são internos. Padrão: o endereço canônico da página inicial",
    ),
    (
        "Request external links too; `links.external` of `vereda.yaml` configures the requests",
        "Consulta também os links externos; `links.external` de `vereda.yaml` configura as consultas",
    ),
    (
        "Report the cached results of `--external` without network connections",
        "Mostra os resultados guardados de `--external`, sem usar a rede",
    ),
    (
        "Let the headers of `vereda.yaml` send an environment variable to one site: `VEREDA_HEADER_WIKI=https://wiki.example.org`",
        "Deixa os cabeçalhos de `vereda.yaml` mandarem uma variável de ambiente a um site: `VEREDA_HEADER_WIKI=https://wiki.example.org`",
    ),
    (
        "Print the fewest scenarios, as YAML, that cover the rest of a flow",
        "Escreve, em YAML, o menor número de cenários que cobre o resto de um fluxo",
    ),
    (
        "Format of the report; may be repeated, all but one with a file, such as `sarif=report.sarif`",
        "Formato do relatório; pode repetir-se, todos menos um com arquivo, como `sarif=report.sarif`",
    ),
    (
        "File for the format without one [default: standard output]",
        "Arquivo do formato que não tem um [padrão: a saída padrão]",
    ),
    (
        "Walk a flow in the terminal, or print its paths: all, the shortest, or random ones",
        "Percorre um fluxo no terminal, ou escreve os caminhos dele: todos, o mais curto, ou ao acaso",
    ),
    (
        "Path of a flow in `content`, with or without its extension, or its address in the site",
        "Caminho de um fluxo em `content`, com ou sem a extensão, ou o endereço dele no site",
    ),
    (
        "Print all paths to outcomes, one on each line; rules may take any branch, and no node is repeated",
        "Escreve todos os caminhos até os desfechos, um por linha; as regras podem ir a qualquer lado, e nenhum nó se repete",
    ),
    (
        "Maximum number of paths that `--all` prints; all are counted",
        "Quantos caminhos `--all` escreve no máximo; todos são contados",
    ),
    (
        "Print the shortest path to an outcome, by its id, with the answers in called flows",
        "Escreve o caminho mais curto até um desfecho, pelo id, com as respostas dos fluxos chamados",
    ),
    (
        "Walk N times at random; print the count of each outcome, and the nodes where walks end without one",
        "Percorre N vezes ao acaso; conta os desfechos, e mostra os nós em que o caminho para sem um",
    ),
    ("Seed of the random walks; equal seeds give equal walks", "Semente do acaso: sementes iguais dão caminhos iguais"),
    (
        "Write the graph of a flow: SVG, Mermaid, Graphviz or JSON",
        "Grava o diagrama de um fluxo: SVG, Mermaid, Graphviz ou JSON",
    ),
    ("Format of the graph", "Formato do diagrama"),
    (
        "Mark nodes, options and rules that no scenario covers; not in JSON",
        "Marca nós, opções e regras que nenhum cenário cobre; não em JSON",
    ),
    (
        "Show the sums of usage counts; flow pages save these files",
        "Mostra as somas de contagens de uso; as páginas dos fluxos gravam esses arquivos",
    ),
    ("Output file [default: standard output]", "Arquivo de saída [padrão: a saída padrão]"),
    (
        "Print the JSON Schema of pages, flows or `vereda.yaml`, for text editors",
        "Escreve o JSON Schema de páginas, fluxos ou `vereda.yaml`, para editores de texto",
    ),
    ("Kind of file", "Tipo de arquivo"),
    (
        "Report the changes of the content since a git revision: texts, edges and outcomes",
        "Mostra as mudanças do conteúdo desde uma revisão do git: textos, caminhos e desfechos",
    ),
    (
        "Git revision: a tag, a branch, a commit, or an ancestor such as `HEAD~3`",
        "Revisão do git: etiqueta, ramo, commit, ou um anterior, como `HEAD~3`",
    ),
    (
        "Import pages of Confluence or of another generator, with a report of what to check",
        "Traz páginas do Confluence ou de outro gerador, com um relatório do que conferir",
    ),
    (
        "Export of a space of Confluence, some of its pages, or a folder of Markdown of another generator",
        "Exportação de um espaço do Confluence, páginas dele, ou uma pasta de Markdown de outro gerador",
    ),
    ("Folder of the imported pages, in the folder of the site", "Pasta das páginas importadas, na pasta do site"),
    (
        "Import only this page, by its title or its id; may be repeated",
        "Traz só esta página, pelo título ou pelo id; pode repetir-se",
    ),
    ("Kind of the source [default: recognised by its content]", "Tipo da origem [padrão: reconhecido pelo conteúdo]"),
    ("Folder of included files that are not in the source", "Pasta dos arquivos incluídos que não estão na origem"),
    ("Report what would be imported, and write nothing", "Mostra o que seria trazido, e não grava nada"),
    ("Write again what was edited since the last import", "Regrava também o que foi editado desde a última importação"),
    (
        "Old address of the source; links to pages that are not imported lead there",
        "Endereço antigo da origem; os links para páginas não importadas levam a ele",
    ),
    (
        "Format of the report on the standard output; JSON has an object a line",
        "Formato do relatório na saída padrão; em JSON, um objeto por linha",
    ),
    (
        "Explain a diagnostic, with an example and its correction",
        "Explica um diagnóstico, com um exemplo e a correção dele",
    ),
    ("Code of a diagnostic, such as `link/missing-anchor`", "Código de um diagnóstico, como `link/missing-anchor`"),
    ("Explain all diagnostics, in Markdown", "Explica todos os diagnósticos, em Markdown"),
    ("Print the completion script of a shell", "Escreve o programa que completa os comandos em um shell"),
    ("The shell", "O shell"),
    (
        "Create the settings of a folder: its title, its position and the order of what is in it",
        "Cria a configuração de uma pasta: o título, a posição e a ordem do que está nela",
    ),
    (
        "Folder in `content`. An existing file is never changed",
        "Pasta de `content`. Um arquivo que já existe nunca é mudado",
    ),
    ("Search the site as its readers do", "Procura no site como os leitores"),
    (
        "Words to search for; `-` reads queries from the standard input, one on each line",
        "O que procurar; `-` lê as buscas da entrada padrão, uma por linha",
    ),
    ("Format of the results", "Formato dos resultados"),
    ("Maximum number of results of each query", "O máximo de resultados de cada busca"),
    (
        "Show where a text to copy or a value is used, or what leads to a node of a flow",
        "Mostra onde um texto para copiar ou um valor é usado, ou o que leva a um nó de um fluxo",
    ),
    (
        "An exact text, a part of one, the name of a value, or `FLOW#NODE`",
        "Um texto exato, uma parte dele, o nome de um valor ou `FLUXO#NÓ`",
    ),
    ("Format of the result; JSON has an object a line", "Formato do resultado; em JSON, um objeto por linha"),
];

/// Comments of examples, and the sentences below them.
const EXAMPLES: &[(&str, &str)] = &[
    ("correct what has a certain correction", "corrige o que tem correção certa"),
    ("write suggestions too, and show each change", "escreve também as sugestões, e mostra cada mudança"),
    ("a node of a flow", "um nó de um fluxo"),
    ("an option", "uma opção"),
    ("an anchor of a page", "uma âncora de uma página"),
    ("also inputs., calendars. and records.", "também inputs., calendars. e records."),
    ("an input of one flow", "uma entrada de um só fluxo"),
    ("a page, a flow or a folder", "uma página, um fluxo ou uma pasta"),
    (
        "Comments do not change. The old name of a node, an option, an anchor, a page or a flow stays reachable, in `aliases` or\n`anchors`. To rename back removes it again.",
        "Os comentários não mudam. O nome antigo de um nó, opção, âncora, página ou fluxo continua valendo, em `aliases` ou\n`anchors`. Mudar de volta o tira de novo.",
    ),
    ("create a small site in the folder `manual`", "cria um site pequeno na pasta `manual`"),
    ("preview the site in the browser while you edit", "mostra o site no navegador enquanto você edita"),
    ("report errors, warnings and notes", "mostra erros, avisos e notas"),
    ("write the site to `public/`", "grava o site em `public/`"),
    ("explain a diagnostic", "explica um diagnóstico"),
    (
        "Exit codes: 0 no errors (with --strict, no warnings either), 1 the content has errors,\n2 the command failed.",
        "Saídas: 0 sem erros (com --strict, também sem avisos), 1 o conteúdo tem erros,\n2 o comando falhou.",
    ),
    ("a site in Portuguese", "um site em português"),
    ("writes content/", "grava content/"),
    ("fail on new problems only", "falha só com problemas novos"),
    ("add a page of the changes since the tag v1.2", "acrescenta uma página com as mudanças desde v1.2"),
    ("serve to other machines of the network", "serve a outras máquinas da rede"),
    ("fail on warnings too, as in CI", "falha também com avisos, como na CI"),
    ("raise a diagnostic to an error", "faz de um diagnóstico um erro"),
    ("record the present problems", "guarda os problemas de agora"),
    ("JSON lines for programs", "linhas de JSON, para programas"),
    ("file:line:column, for text editors", "arquivo:linha:coluna, para editores"),
    ("annotations of a pull request", "anotações de um pull request"),
    ("check the HTML of any program", "confere o HTML de qualquer programa"),
    ("request external links too", "consulta também os links externos"),
    ("report the cached results only", "mostra só os resultados guardados"),
    ("scenarios for uncovered parts", "cenários para o que falta cobrir"),
    (
        "The date for reviews is that of the machine, or of SOURCE_DATE_EPOCH (seconds since 1970).",
        "A data das revisões é a da máquina, ou a de SOURCE_DATE_EPOCH (segundos desde 1970).",
    ),
    ("arrows, numbers and texts answer, b goes back, q quits", "setas, números e textos respondem, b volta, q encerra"),
    ("all paths to outcomes", "todos os caminhos até os desfechos"),
    ("the shortest path to an outcome", "o caminho mais curto até um desfecho"),
    (
        "If the input is no terminal, each line is an answer (an empty line continues), only the screens are printed,\nand a refused answer ends the walk with exit code 2. --random exits with 1 if a walk cannot continue.",
        "Se a entrada não é um terminal, cada linha é uma resposta (uma vazia segue adiante), só as telas são escritas,\ne uma resposta recusada encerra com a saída 2. --random sai com 1 se um caminho não pode seguir.",
    ),
    ("the count of each option", "a contagem de cada opção"),
    ("mark what no scenario covers", "marca o que nenhum cenário cobre"),
    (
        "The descriptions of keys are in Portuguese. `vereda init` writes the schemas and the settings of VS Code.",
        "As descrições das chaves são em português. `vereda init` grava os schemas e a configuração do VS Code.",
    ),
    ("changes that are not committed", "mudanças ainda sem commit"),
    ("since a tag, a branch or a commit", "desde uma etiqueta, um ramo ou um commit"),
    (
        "Drafts are not compared. The exit code is 0 with or without changes, and 1 if the content has errors. Failing\nscenarios are reported as changes, not as errors.",
        "Rascunhos não são comparados. A saída é 0 com ou sem mudanças, e 1 se o conteúdo tem erros. Cenários que\nfalham aparecem como mudanças, não como erros.",
    ),
    ("every page of a space of Confluence", "todas as páginas de um espaço do Confluence"),
    ("report what would be imported, and write nothing", "mostra o que seria trazido, e não grava nada"),
    (
        "The source is a file or a folder on this machine; the network is not used. The report is `import-report.md`. Pages that\nwere edited since the last import are kept. Exit codes: 0 no errors in the written pages, 1 written with errors,\n2 nothing could be read.",
        "A origem é um arquivo ou uma pasta desta máquina; a rede não é usada. O relatório é `import-report.md`. As páginas\neditadas desde a última importação ficam como estão. Saídas: 0 sem erros nas páginas gravadas, 1 gravado com erros,\n2 nada pôde ser lido.",
    ),
    ("all diagnostics", "todos os diagnósticos"),
    ("words in quotes stand together", "palavras entre aspas ficam juntas"),
    ("each place that uses the exact text", "cada lugar que usa o texto exato"),
    ("a value of vereda.yaml, by its name", "um valor de vereda.yaml, pelo nome"),
    ("every text that contains the word", "todo texto que contém a palavra"),
    (
        "the fewest answers that lead to a node, its callers, links to it",
        "as respostas que levam a um nó, quem o chama, os links para ele",
    ),
    (
        "The results are those of the published site, best first. In JSON each result is one line with `query`, `url`, `anchor`,\n`title`, `kind` and `score`; `query` separates the results of several queries. A query without results prints nothing.",
        "Os resultados são os do site publicado, do melhor para o pior. Em JSON, cada um é uma linha com `query`, `url`, `anchor`,\n`title`, `kind` e `score`; `query` separa as buscas. Uma busca sem resultado não escreve nada.",
    ),
    (
        "A text is one that readers copy, or a value. Errors of the site are not reported.",
        "Um texto é um que os leitores copiam, ou um valor. Os erros do site não são mostrados.",
    ),
];

/// Words that clap writes itself.
const OF_CLAP: &[(&str, &str)] = &[
    ("Usage:", "Uso:"),
    ("Commands:", "Comandos:"),
    ("Arguments:", "Argumentos:"),
    ("Common options:", "Opções comuns:"),
    ("Options:", "Opções:"),
    ("Examples:", "Exemplos:"),
    ("[OPTIONS]", "[OPÇÕES]"),
    ("<COMMAND>", "<COMANDO>"),
    ("[default:", "[padrão:"),
    ("[possible values:", "[valores:"),
    ("Possible values:", "Valores:"),
    ("Print this message or the help of the given subcommand(s)", "Mostra esta ajuda, ou a de um comando"),
    ("Print help (see more with '--help')", "Mostra esta ajuda (mais com '--help')"),
    ("Print help (see a summary with '-h')", "Mostra esta ajuda (resumida com '-h')"),
    ("Print help", "Mostra esta ajuda"),
    ("Print version", "Mostra a versão"),
];

/// The reasons that parsers of arguments give.
const REASONS: &[(&str, &str)] = &[
    (
        "an address such as https://example.org/manual/ is expected",
        "é esperado um endereço como https://exemplo.org/manual/",
    ),
    ("there is no such diagnostic; did you mean", "esse diagnóstico não existe; você quis dizer"),
    (
        "`warnings` or the code of a diagnostic, such as link/empty, is expected",
        "é esperado `warnings` ou o código de um diagnóstico, como link/empty",
    ),
    ("invalid digit found in string", "é esperado um número inteiro"),
    ("cannot parse integer from empty string", "é esperado um número inteiro"),
    ("number too large to fit in target type", "o número é grande demais"),
    (" is not in ", " não está em "),
];

/// A command with its texts in Portuguese, and those of its subcommands and arguments.
pub(super) fn translate(mut command: Command) -> Command {
    if let Some(about) = command.get_about().and_then(|about| find(&about.to_string())) {
        command = command.about(about);
    }
    if let Some(examples) = command.get_after_help().map(ToString::to_string) {
        command = command.after_help(replace(&examples, EXAMPLES));
    }
    let names: Vec<String> = command.get_subcommands().map(|inner| inner.get_name().to_owned()).collect();
    command = names.iter().fold(command, |command, name| command.mut_subcommand(name, translate));
    command.mut_args(|argument| match argument.get_help().and_then(|help| find(&help.to_string())) {
        Some(help) => argument.help(help),
        None => argument,
    })
}

/// A help text with the words of clap in Portuguese.
pub(super) fn translate_rendered(text: &str) -> String {
    replace(text, OF_CLAP)
}

/// The reason of a parser of arguments, in Portuguese.
pub(super) fn translate_reason(text: &str) -> String {
    replace(text, REASONS)
}

fn find(text: &str) -> Option<&'static str> {
    TEXTS.iter().find(|(english, _)| *english == text.trim_end_matches('.')).map(|(_, portuguese)| *portuguese)
}

fn replace(text: &str, words: &[(&str, &str)]) -> String {
    words.iter().fold(text.to_owned(), |text, (english, portuguese)| text.replace(english, portuguese))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory;

    use super::super::arguments::Arguments;
    use super::*;

    /// The English texts of a command and those below it: descriptions, and examples.
    fn texts_of(command: &Command, found: &mut (BTreeSet<String>, String)) {
        let helps = command.get_arguments().filter_map(|argument| argument.get_help());
        let texts = command.get_about().into_iter().chain(helps).map(ToString::to_string);
        found.0.extend(texts.map(|text| text.trim_end_matches('.').to_owned()));
        found.1.extend(command.get_after_help().map(|text| format!("{text}\n")));
        command.get_subcommands().for_each(|inner| texts_of(inner, found));
    }

    #[test]
    fn translates_every_text_and_no_other() {
        let mut found = (BTreeSet::new(), String::new());
        texts_of(&Arguments::command(), &mut found);
        let known: BTreeSet<String> = TEXTS.iter().map(|(english, _)| (*english).to_owned()).collect();
        assert_eq!(known, found.0);
        for (english, _) in EXAMPLES {
            assert!(found.1.contains(english), "{english}");
        }
        let translated = replace(&found.1, EXAMPLES);
        for comment in found.1.lines().filter_map(|line| line.split_once(" # ")).map(|(_, comment)| comment.trim()) {
            assert!(!translated.contains(&format!("# {comment}")), "{comment}");
        }
    }
}
