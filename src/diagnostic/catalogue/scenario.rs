//! Scenarios: what they name, and what they find.

findings! {
    unknown_name(name) ScenarioUnknownName { pt: "`{name}` não existe neste fluxo", en: "there is no `{name}` in this flow" }
    wrong_outcome(scenario, wanted, found, path) ScenarioWrongOutcome {
        pt: "o cenário “{scenario}” devia terminar em `{wanted}`, mas termina em `{found}`: {path}",
        en: "the scenario “{scenario}” should end at `{wanted}`, but it ends at `{found}`: {path}",
    }
    no_outcome(scenario, wanted, found, path) ScenarioWrongOutcome {
        pt: "o cenário “{scenario}” devia terminar em `{wanted}`, mas para em `{found}`: {path}",
        en: "the scenario “{scenario}” should end at `{wanted}`, but it stops at `{found}`: {path}",
    }
    refused_input(scenario, name, typed) ScenarioWrongOutcome {
        pt: "o cenário “{scenario}” não passa de onde se pede `{name}`: “{typed}” é recusado",
        en: "the scenario “{scenario}” cannot pass where `{name}` is asked for: “{typed}” is refused",
    }
    wrong_copy(label, expected, found) ScenarioWrongCopy {
        pt: "a cópia “{label}” devia ser “{expected}”, mas é “{found}”",
        en: "the copy “{label}” should be “{expected}”, but it is “{found}”",
    }
    missing_copy(label) ScenarioWrongCopy {
        pt: "nada neste caminho tem a cópia “{label}”",
        en: "nothing on this path has the copy “{label}”",
    }
    unused_answer(node) ScenarioUnusedAnswer {
        pt: "o caminho deste cenário não passa pela pergunta `{node}`",
        en: "the path of this scenario does not come to the question `{node}`",
    }
    wrong_path(node) ScenarioWrongPath {
        pt: "o caminho deste cenário não passa por `{node}`",
        en: "the path of this scenario does not pass `{node}`",
    }
    wrong_path_after(node, before) ScenarioWrongPath {
        pt: "o caminho deste cenário não passa por `{node}` depois de `{before}`",
        en: "the path of this scenario does not pass `{node}` after `{before}`",
    }
    wrong_record(number, expected, found) ScenarioWrongRecord {
        pt: "a linha {number} do registro devia ser “{expected}”, mas é “{found}”",
        en: "line {number} of the record should be “{expected}”, but it is “{found}”",
    }
    missing_record(outcome) ScenarioWrongRecord {
        pt: "o desfecho `{outcome}` não tem registro",
        en: "the outcome `{outcome}` has no record",
    }
    uncovered_flow(flow) ScenarioUncoveredNode {
        pt: "nenhum cenário percorre o fluxo “{flow}”",
        en: "no scenario walks the flow “{flow}”",
    }
    uncovered_options(flow) ScenarioUncoveredOption {
        pt: "nenhum cenário escolhe as opções do fluxo “{flow}”",
        en: "no scenario chooses the options of the flow “{flow}”",
    }
    uncovered_rules(flow) ScenarioUncoveredRule {
        pt: "nenhum cenário usa as regras do fluxo “{flow}”",
        en: "no scenario uses the rules of the flow “{flow}”",
    }
    uncovered_node(id) ScenarioUncoveredNode { pt: "nenhum cenário passa pelo nó `{id}`", en: "no scenario comes to the node `{id}`" }
    uncovered_option(id, node) ScenarioUncoveredOption {
        pt: "nenhum cenário escolhe a opção `{id}` de `{node}`",
        en: "no scenario chooses the option `{id}` of `{node}`",
    }
    uncovered_rule(number, node) ScenarioUncoveredRule {
        pt: "nenhum cenário usa a regra {number} de `{node}`",
        en: "no scenario uses rule {number} of `{node}`",
    }
}

texts! {
    parted_by_option(option, wanted) {
        pt: "por esta opção, `{option}`, já não se chega a `{wanted}`",
        en: "by this option, `{option}`, one no longer comes to `{wanted}`",
    }
    parted_by_rule(wanted) {
        pt: "por esta regra já não se chega a `{wanted}`",
        en: "by this rule one no longer comes to `{wanted}`",
    }
    parted_at(node, wanted) {
        pt: "depois de `{node}` já não se chega a `{wanted}`",
        en: "after `{node}` one no longer comes to `{wanted}`",
    }
    never_leads(wanted) { pt: "nenhum caminho deste fluxo termina em `{wanted}`", en: "no path of this flow ends at `{wanted}`" }
    instead_of(options) { pt: "levariam lá: {options}", en: "these would lead there: {options}" }
    no_answer(node) { pt: "`answers` não diz o que responder em `{node}`", en: "`answers` does not say what to answer at `{node}`" }
    no_input(name) { pt: "`inputs` não tem `{name}`, que é pedido aqui", en: "`inputs` has no `{name}`, which is asked for here" }
    no_rule(node) { pt: "nenhuma regra de `{node}` se cumpre", en: "no rule of `{node}` holds" }
    goes_round(node) { pt: "o caminho volta a `{node}`", en: "the path comes back to `{node}`" }
    below_threshold(percent, threshold) {
        pt: "a cobertura é de {percent}%, e vereda.yaml exige {threshold}%",
        en: "the coverage is {percent}%, and vereda.yaml demands {threshold}%",
    }
    path_taken(path) { pt: "o caminho é {path}", en: "the path is {path}" }
    record_is(record) { pt: "o registro é:\n{record}", en: "the record is:\n{record}" }
    copy_is_here() { pt: "a cópia é esta", en: "this is the copy" }
}
