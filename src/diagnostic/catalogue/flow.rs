//! Flows: their shape, their graph, their names.

findings! {
    duplicate_node(id) FlowDuplicateId { pt: "o nó `{id}` aparece duas vezes", en: "the node `{id}` appears twice" }
    duplicate_option_id(id) FlowDuplicateId {
        pt: "a opção `{id}` aparece duas vezes nesta pergunta",
        en: "the option `{id}` appears twice in this question",
    }
    ambiguous_node(id, found) FlowAmbiguousNode {
        pt: "o nó `{id}` deve ter exatamente uma destas chaves: options, next, rules, call, result; tem: {found}",
        en: "the node `{id}` must have exactly one of these keys: options, next, rules, call, result; it has: {found}",
    }
    unknown_node(id) FlowUnknownNode { pt: "não há o nó `{id}` neste fluxo", en: "there is no node `{id}` in this flow" }
    unknown_input(name) FlowUnknownName { pt: "ninguém declarou a entrada `{name}`", en: "nobody declared the input `{name}`" }
    unknown_value(name) FlowUnknownName { pt: "não há `{name}` em `values` de vereda.yaml", en: "there is no `{name}` in `values` of vereda.yaml" }
    unknown_calendar(name) FlowUnknownName { pt: "não há o calendário `{name}` em vereda.yaml", en: "there is no calendar `{name}` in vereda.yaml" }
    unknown_record(name) FlowUnknownName { pt: "não há o registro `{name}` em vereda.yaml", en: "there is no record `{name}` in vereda.yaml" }
    unknown_filter(name) FlowUnknownName { pt: "não há o filtro `{name}`", en: "there is no filter `{name}`" }
    unknown_flow(path) FlowUnknownFlow { pt: "não há o fluxo `{path}`", en: "there is no flow `{path}`" }
    missing_content(path) FlowMissingContent { pt: "não há `{path}` para mostrar aqui", en: "there is no `{path}` to show here" }
    unmapped_outcome(outcome, flow) FlowUnmappedOutcome {
        pt: "falta dizer para onde vai o desfecho `{outcome}` de `{flow}`",
        en: "it is not said where the outcome `{outcome}` of `{flow}` leads",
    }
    unknown_outcome(outcome, flow) FlowUnknownNode {
        pt: "`{flow}` não tem o desfecho `{outcome}`",
        en: "`{flow}` has no outcome `{outcome}`",
    }
}

texts! {
    expected_condition() {
        pt: "uma condição é um mapa como `{{ valor: {{ gt: 500 }} }}`, ou uma lista deles",
        en: "a condition is a map such as `{{ valor: {{ gt: 500 }} }}`, or a list of them",
    }
    refused_empty() { pt: "nada foi digitado", en: "nothing was typed" }
    refused_format(kind) { pt: "não tem a forma de um `{kind}`", en: "it does not have the form of a `{kind}`" }
    refused_check(kind) { pt: "os dígitos verificadores do `{kind}` não conferem", en: "the check digits of the `{kind}` are wrong" }
    refused_choice(choices) { pt: "deve ser uma destas: {choices}", en: "it must be one of: {choices}" }
    refused_pattern(pattern) { pt: "não tem a forma exata `{pattern}`", en: "it does not match the pattern `{pattern}`" }
    refused_min(min) { pt: "é menor que o mínimo, {min}", en: "it is below the minimum, {min}" }
    refused_max(max) { pt: "é maior que o máximo, {max}", en: "it is above the maximum, {max}" }
}
