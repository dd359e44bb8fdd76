//! Texts of `vereda walk`.

texts! {
    pub:
    keys() {
        pt: "responda com um número ou um texto · b volta · r recomeça · q sai",
        en: "answer with a number or a text · b goes back · r restarts · q quits",
    }
    press_enter() { pt: "Enter continua", en: "Enter continues" }
    point() { pt: "↑ ↓ e Enter, ou um número", en: "↑ ↓ and Enter, or a number" }
    mark_several() { pt: "↑ ↓, espaço marca, Enter confirma", en: "↑ ↓, space marks, Enter confirms" }
    choose() { pt: "escolha um número", en: "choose a number" }
    choose_several() { pt: "escolha números, com vírgulas entre eles", en: "choose numbers, separated by commas" }
    for_example(example) { pt: "por exemplo: {example}", en: "for example: {example}" }
    result(word) { pt: "fim: {word}", en: "end: {word}" }
    result_with_status(word, status) { pt: "fim: {word} · status do ticket: {status}", en: "end: {word} · ticket status: {status}" }
    at_the_end() { pt: "o percurso chegou ao fim: use b, r ou q", en: "the walk has ended: use b, r or q" }
    at_the_start() { pt: "não há o que desfazer", en: "there is nothing to undo" }
    only_continue() { pt: "aqui não há o que responder: deixe a linha vazia para continuar", en: "this node has no question: press Enter to continue" }
    no_such_option(count) { pt: "não há essa opção: escolha de 1 a {count}", en: "there is no such option: choose from 1 to {count}" }
    refused_line(line, cause) { pt: "a resposta `{line}` não serve: {cause}", en: "the answer `{line}` is not valid: {cause}" }
    no_rule() { pt: "nenhuma regra vale para o que foi respondido", en: "no rule holds for these answers" }
    goes_round() { pt: "o percurso dá voltas sem fim", en: "the walk loops without end" }
    leads_nowhere() { pt: "daqui não se vai a lugar nenhum", en: "this node has no exit" }
    no_value(name) {
        pt: "não se conhece um valor para `{name}`: dê um exemplo à entrada",
        en: "no value of `{name}` is known: give the input an example",
    }
    paths(count) {
        pt: "caminhos até um desfecho, sem contar voltas: {count}",
        en: "paths to an outcome, without loops: {count}",
    }
    paths_beyond_count() {
        pt: "caminhos até um desfecho, sem contar voltas: mais de 10^9",
        en: "paths to an outcome, without loops: more than 10^9",
    }
    paths_shown(shown) {
        pt: "mostrados: {shown} (mude com --limit)",
        en: "shown: {shown} (change with --limit)",
    }
    asks(inputs) { pt: "informe {inputs}", en: "enter {inputs}" }
    no_way_to(outcome) { pt: "nenhum caminho leva a `{outcome}`", en: "no path leads to `{outcome}`" }
    unknown_outcome(name) { pt: "o fluxo não tem o desfecho `{name}`", en: "the flow has no outcome `{name}`" }
    unknown_outcome_but(name, suggestion) {
        pt: "o fluxo não tem o desfecho `{name}`; você quis dizer `{suggestion}`?",
        en: "the flow has no outcome `{name}`; did you mean `{suggestion}`?",
    }
    random_walks(count, seed) { pt: "percursos ao acaso: {count} (--seed {seed})", en: "random walks: {count} (--seed {seed})" }
    reached(outcome, count) { pt: "  {outcome}: {count}", en: "  {outcome}: {count}" }
    never_reached(outcome) { pt: "  {outcome}: nunca alcançado", en: "  {outcome}: never reached" }
    trap(node, cause, count) {
        pt: "  sem saída em `{node}`: {cause} (percursos: {count})",
        en: "  stuck at `{node}`: {cause} (walks: {count})",
    }
}
