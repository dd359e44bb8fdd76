//! Scenarios and their coverage.

diagnostics! {
    area "scenario" { pt: "Cenários", en: "Scenarios", explanations: "scenario.md" }

    SCENARIO_UNKNOWN_NAME "scenario/unknown-name" Error {
        unknown_name(name) { pt: "`{name}` não existe neste fluxo", en: "there is no `{name}` in this flow" }
    }

    SCENARIO_WRONG_OUTCOME "scenario/wrong-outcome" Error {
        wrong_outcome(scenario, wanted, found, path) {
            pt: "o cenário “{scenario}” devia terminar em `{wanted}`, mas termina em `{found}`: {path}",
            en: "the scenario “{scenario}” should end at `{wanted}`, but it ends at `{found}`: {path}",
        }
        no_outcome(scenario, wanted, found, path) {
            pt: "o cenário “{scenario}” devia terminar em `{wanted}`, mas para em `{found}`: {path}",
            en: "the scenario “{scenario}” should end at `{wanted}`, but it stops at `{found}`: {path}",
        }
        refused_input(scenario, name, typed) {
            pt: "o cenário “{scenario}” não passa de onde se pede `{name}`: “{typed}” é recusado",
            en: "the scenario “{scenario}” stops at the input `{name}`: “{typed}” is rejected",
        }
    }

    SCENARIO_WRONG_COPY "scenario/wrong-copy" Error {
        wrong_copy(label, expected, found) {
            pt: "a cópia “{label}” devia ser “{expected}”, mas é “{found}”",
            en: "the copy “{label}” should be “{expected}”, but it is “{found}”",
        }
        missing_copy(label) {
            pt: "nada neste caminho tem a cópia “{label}”",
            en: "nothing on this path has the copy “{label}”",
        }
    }

    SCENARIO_WRONG_PATH "scenario/wrong-path" Error {
        wrong_path(node) {
            pt: "o caminho deste cenário não passa por `{node}`",
            en: "the path of this scenario does not visit `{node}`",
        }
        wrong_path_after(node, before) {
            pt: "o caminho deste cenário não passa por `{node}` depois de `{before}`",
            en: "the path of this scenario does not visit `{node}` after `{before}`",
        }
    }

    SCENARIO_WRONG_RECORD "scenario/wrong-record" Error {
        wrong_record(number, expected, found) {
            pt: "a linha {number} do registro devia ser “{expected}”, mas é “{found}”",
            en: "line {number} of the record should be “{expected}”, but it is “{found}”",
        }
        missing_record(outcome) {
            pt: "o desfecho `{outcome}` não tem registro",
            en: "the outcome `{outcome}` has no record",
        }
    }

    SCENARIO_UNUSED_ANSWER "scenario/unused-answer" Error {
        unused_answer(node) {
            pt: "o caminho deste cenário não passa pela pergunta `{node}`",
            en: "the path of this scenario does not visit the question `{node}`",
        }
    }

    SCENARIO_UNCOVERED_NODE "scenario/uncovered-node" Warning {
        uncovered_flow(flow) {
            pt: "nenhum cenário percorre o fluxo “{flow}”",
            en: "no scenario walks the flow “{flow}”",
        }
        uncovered_node(id) { pt: "nenhum cenário passa pelo nó `{id}`", en: "no scenario visits the node `{id}`" }
    }

    SCENARIO_UNCOVERED_OPTION "scenario/uncovered-option" Warning {
        uncovered_options(flow) {
            pt: "nenhum cenário escolhe as opções do fluxo “{flow}”",
            en: "no scenario chooses the options of the flow “{flow}”",
        }
        uncovered_option(id, node) {
            pt: "nenhum cenário escolhe a opção `{id}` de `{node}`",
            en: "no scenario chooses the option `{id}` of `{node}`",
        }
    }

    SCENARIO_UNCOVERED_RULE "scenario/uncovered-rule" Warning {
        uncovered_rules(flow) {
            pt: "nenhum cenário usa as regras do fluxo “{flow}”",
            en: "no scenario uses the rules of the flow “{flow}”",
        }
        uncovered_rule(number, node) {
            pt: "nenhum cenário usa a regra {number} de `{node}`",
            en: "no scenario uses rule {number} of `{node}`",
        }
    }
}

texts! {
    parted_by_option(option, wanted) {
        pt: "por esta opção, `{option}`, já não se chega a `{wanted}`",
        en: "after this option, `{option}`, `{wanted}` can no longer be reached",
    }
    parted_by_rule(wanted) {
        pt: "por esta regra já não se chega a `{wanted}`",
        en: "after this rule `{wanted}` can no longer be reached",
    }
    parted_at(node, wanted) {
        pt: "depois de `{node}` já não se chega a `{wanted}`",
        en: "after `{node}`, `{wanted}` can no longer be reached",
    }
    never_leads(wanted) {
        pt: "nenhum caminho deste fluxo termina em `{wanted}`",
        en: "no path of this flow ends at `{wanted}`",
    }
    options_are(options) { pt: "as opções aqui são: {options}", en: "the options here are: {options}" }
    also_here() { pt: "e aqui", en: "and here" }
    instead_of(options) { pt: "levariam lá: {options}", en: "these options lead to it: {options}" }
    no_answer(node) {
        pt: "`answers` não diz o que responder em `{node}`",
        en: "`answers` has no answer for `{node}`",
    }
    no_input(name) {
        pt: "`inputs` não tem `{name}`, que é pedido aqui",
        en: "`inputs` has no `{name}`, which this node asks for",
    }
    no_rule(node) { pt: "nenhuma regra de `{node}` se cumpre", en: "no rule of `{node}` holds" }
    goes_round(node) { pt: "o caminho volta a `{node}`", en: "the path comes back to `{node}`" }
    below_threshold(percent_pt, threshold_pt, percent, threshold) {
        pt: "a cobertura é de {percent_pt} %, e vereda.yaml exige {threshold_pt} %",
        en: "the coverage is {percent}%, and vereda.yaml requires {threshold}%",
    }
    path_taken(path) { pt: "o caminho é {path}", en: "the path is {path}" }
    record_is(record) { pt: "o registro é:\n{record}", en: "the record is:\n{record}" }
    copy_is_here() { pt: "a cópia é esta", en: "the copy is here" }
}
