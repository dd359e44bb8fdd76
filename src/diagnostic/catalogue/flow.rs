//! Flows: YAML, graph, rules, inputs and texts.

diagnostics! {
    area "flow" { pt: "Fluxos", en: "Flows", explanations: "flow.md" }

    FLOW_SYNTAX "flow/syntax" Error essential {}

    FLOW_UNKNOWN_KEY "flow/unknown-key" Error {}

    FLOW_MISSING_KEY "flow/missing-key" Error {
        empty_text(written) {
            pt: "este texto fica vazio: o valor de `{written}` em `vereda.yaml` não tem nada",
            en: "this text is empty: the value of `{written}` in `vereda.yaml` has no character",
        }
    }

    FLOW_INVALID_VALUE "flow/invalid-value" Error {}

    FLOW_DUPLICATE_ID "flow/duplicate-id" Error essential {
        duplicate_node(id) { pt: "o nó `{id}` aparece duas vezes", en: "the node `{id}` appears twice" }
        duplicate_option_id(id) {
            pt: "a opção `{id}` aparece duas vezes nesta pergunta",
            en: "the option `{id}` appears twice in this question",
        }
    }

    FLOW_AMBIGUOUS_NODE "flow/ambiguous-node" Error essential {
        ambiguous_node(id, found) {
            pt: "o nó `{id}` deve ter exatamente uma destas chaves: options, next, rules, call, result; tem: {found}",
            en: "the node `{id}` must have exactly one of these keys: options, next, rules, call, result; it has: {found}",
        }
    }

    FLOW_YAML_TRAP "flow/yaml-trap" Warning {}

    FLOW_UNKNOWN_NODE "flow/unknown-node" Error essential {
        unknown_node(id) { pt: "não há o nó `{id}` neste fluxo", en: "there is no node `{id}` in this flow" }
        unknown_outcome(outcome, flow) {
            pt: "`{flow}` não tem o desfecho `{outcome}`",
            en: "`{flow}` has no outcome `{outcome}`",
        }
    }

    FLOW_UNREACHABLE_NODE "flow/unreachable-node" Error {
        unreachable_node(id, start) {
            pt: "não se chega ao nó `{id}`: nenhum caminho desde `{start}` leva a ele",
            en: "the node `{id}` cannot be reached: no path from `{start}` leads to it",
        }
    }

    FLOW_TRAP "flow/trap" Error {
        trap(id) { pt: "de `{id}` não se chega a nenhum desfecho", en: "no outcome can be reached from `{id}`" }
    }

    FLOW_LOOP_WITHOUT_CHOICE "flow/loop-without-choice" Error {
        loop_without_choice(path) {
            pt: "este caminho dá voltas sem que o leitor possa escolher outro: {path}",
            en: "this path is a loop without a question, so the reader cannot leave it: {path}",
        }
    }

    FLOW_LOOP "flow/loop" Warning {
        option_leads_back(option, id) {
            pt: "a opção `{option}` leva de volta a `{id}`",
            en: "the option `{option}` leads back to `{id}`",
        }
        node_leads_back(node, id) {
            pt: "o nó `{node}` leva de volta a `{id}`",
            en: "the node `{node}` leads back to `{id}`",
        }
    }

    FLOW_SINGLE_OPTION "flow/single-option" Warning {
        single_option(id) {
            pt: "a pergunta `{id}` tem uma opção só: não há o que escolher",
            en: "the question `{id}` has a single option: there is nothing to choose",
            help {
                pt: "se é só um passo, troque `options` por `next`",
                en: "if it is only a step, replace `options` by `next`",
            }
        }
    }

    FLOW_IDLE_QUESTION "flow/idle-question" Warning {
        idle_question(id, target) {
            pt: "a resposta de `{id}` não muda nada: todas as opções levam a `{target}`",
            en: "the answer to `{id}` has no effect: every option leads to `{target}`",
            help {
                pt: "se é só um passo, troque `options` por `next`",
                en: "if it is only a step, replace `options` by `next`",
            }
        }
    }

    FLOW_DUPLICATE_OPTION "flow/duplicate-option" Warning {
        duplicate_option(id, other, label) {
            pt: "as opções `{other}` e `{id}` têm o mesmo texto, “{label}”",
            en: "the options `{other}` and `{id}` have the same text, “{label}”",
        }
    }

    FLOW_TWIN_OUTCOMES "flow/twin-outcomes" Warning {
        twin_outcomes(id, other) {
            pt: "os desfechos `{other}` e `{id}` são iguais no texto e nas cópias",
            en: "the outcomes `{other}` and `{id}` have the same text and copies",
        }
    }

    FLOW_TOO_LONG "flow/too-long" Warning {
        too_long(count, most, path) {
            pt: "um caminho faz {count} perguntas, e o limite de vereda.yaml é {most}: {path}",
            en: "a path has {count} questions, more than the limit of {most} in vereda.yaml: {path}",
        }
    }

    FLOW_RULES_GAP "flow/rules-gap" Error {
        rules_gap(id, values) {
            pt: "nenhuma regra de `{id}` vale para {values}",
            en: "no rule of `{id}` holds for {values}",
            help { pt: "acrescente `otherwise: NÓ` por último", en: "add `otherwise: NODE` as the last rule" }
        }
    }

    FLOW_DEAD_RULE "flow/dead-rule" Error {
        never_true(number, id) {
            pt: "a regra {number} de `{id}` nunca vale",
            en: "rule {number} of `{id}` never holds",
        }
        shadowed_rule(number, id) {
            pt: "a regra {number} de `{id}` nunca decide: o que ela pega, outra já pegou",
            en: "rule {number} of `{id}` never applies: earlier rules cover all its cases",
        }
    }

    FLOW_OVERLAPPING_RULES "flow/overlapping-rules" Warning {
        overlapping_rules(number, id) {
            pt: "a regra {number} de `{id}` e outra anterior valem ao mesmo tempo e levam a lugares diferentes",
            en: "rule {number} of `{id}` and an earlier one hold at the same time and lead to different nodes",
        }
    }

    FLOW_UNKNOWN_NAME "flow/unknown-name" Error {
        unknown_input(name) { pt: "ninguém declarou a entrada `{name}`", en: "the input `{name}` is not declared" }
        unknown_value(name) {
            pt: "não há `{name}` em `values` de vereda.yaml",
            en: "there is no `{name}` in `values` of vereda.yaml",
        }
        unknown_calendar(name) {
            pt: "não há o calendário `{name}` em vereda.yaml",
            en: "there is no calendar `{name}` in vereda.yaml",
        }
        unknown_record(name) {
            pt: "não há o registro `{name}` em vereda.yaml",
            en: "there is no record `{name}` in vereda.yaml",
        }
        unknown_filter(name) { pt: "não há o filtro `{name}`", en: "there is no filter `{name}`" }
    }

    FLOW_OPERATOR_TYPE "flow/operator-type" Error {
        operator_of_type(operator, name, kind, operators) {
            pt: "`{operator}` não serve para `{name}`, que é do tipo `{kind}`",
            en: "`{operator}` is not valid for `{name}`, which is of type `{kind}`",
            help { pt: "servem: {operators}", en: "valid operators: {operators}" }
        }
        operator_of_answer(operator, name) {
            pt: "`{operator}` não serve para a resposta de uma pergunta, `{name}`",
            en: "`{operator}` is not valid for the answer to a question, `{name}`",
            help { pt: "servem: is, in, not, answered", en: "valid operators: is, in, not, answered" }
        }
        constant_of_type(constant, name, kind) {
            pt: "`{constant}` não se compara com `{name}`, que é do tipo `{kind}`",
            en: "`{constant}` cannot be compared with `{name}`, which is of type `{kind}`",
        }
        constant_of_operator(constant, operator) {
            pt: "`{operator}` não aceita `{constant}`",
            en: "`{operator}` does not accept `{constant}`",
        }
        constant_set(constant, name, kind) {
            pt: "`{constant}` não serve para `{name}`, que é do tipo `{kind}`",
            en: "`{constant}` is not valid for `{name}`, which is of type `{kind}`",
        }
    }

    FLOW_CONSTANT_OUT_OF_RANGE "flow/constant-out-of-range" Error {
        constant_out_of_range(constant, name) {
            pt: "`{name}` nunca pode ser `{constant}`",
            en: "`{name}` can never be `{constant}`",
        }
        unknown_option(option, node) {
            pt: "a pergunta `{node}` não tem a opção `{option}`",
            en: "the question `{node}` has no option `{option}`",
        }
    }

    FLOW_UNANSWERED_INPUT "flow/unanswered-input" Error {
        unanswered_input(name, id) {
            pt: "`{name}` é usado em `{id}`, mas há um caminho até lá em que ninguém o pede",
            en: "`{name}` is used at `{id}`, but some path to it does not ask for it",
            help { pt: "peça-o antes, com `ask: [{name}]`", en: "ask for it earlier, with `ask: [{name}]`" }
        }
    }

    FLOW_UNUSED_INPUT "flow/unused-input" Warning {
        unused_input(name) {
            pt: "a entrada `{name}` não é pedida nem usada neste fluxo",
            en: "the input `{name}` is neither asked for nor used in this flow",
        }
    }

    FLOW_ASKED_TWICE "flow/asked-twice" Warning {
        asked_twice(name) {
            pt: "`{name}` já foi pedido em todos os caminhos até aqui",
            en: "every path to this node already asks for `{name}`",
        }
    }

    FLOW_PRIVATE_INPUT_EXPOSED "flow/private-input-exposed" Error essential {
        private_input_exposed(name) {
            pt: "`{name}` é privado e não pode entrar em um título nem em um endereço deste site",
            en: "`{name}` is private and cannot be used in a title or an address of this site",
        }
    }

    FLOW_INVALID_EXAMPLE "flow/invalid-example" Error {
        invalid_example(name, example) {
            pt: "o exemplo de `{name}`, “{example}”, seria recusado",
            en: "the input `{name}` rejects its example, “{example}”",
        }
    }

    FLOW_UNENCODED_INPUT "flow/unencoded-input" Error {
        unencoded_input(name) {
            pt: "`{{{name}}}` entra em um endereço sem `|url` nem `|digits`: o que o leitor digitar pode mudar o destino",
            en: "`{{{name}}}` is used in an address without `|url` or `|digits`: the input of a reader could change the target",
        }
    }

    FLOW_CALENDAR_WITHOUT_HOLIDAYS "flow/calendar-without-holidays" Warning {
        calendar_without_holidays(name, from, to) {
            pt: "o calendário `{name}` decide regras, e não tem nenhum feriado de {from} a {to}",
            en: "rules use the calendar `{name}`, which has no holiday from {from} to {to}",
            help {
                pt: "acrescente os feriados a `holidays`: `brasil` vale pelos nacionais de todos os anos",
                en: "add the holidays to `holidays`: `brasil` stands for the national holidays of Brazil in any year",
            }
        }
    }

    FLOW_CALENDAR_WITH_ONE_HOLIDAY "flow/calendar-with-one-holiday" Note {
        calendar_with_one(name, day, from, to) {
            pt: "o calendário `{name}` decide regras, e de {from} a {to} só tem o feriado {day}",
            en: "rules use the calendar `{name}`, whose only holiday from {from} to {to} is {day}",
            help {
                pt: "acrescente os outros a `holidays`: `brasil` vale pelos nacionais de todos os anos",
                en: "add the others to `holidays`: `brasil` stands for the national holidays of Brazil in any year",
            }
        }
    }

    FLOW_MISSING_TITLE "flow/missing-title" Error {
        missing_title(id) { pt: "falta o título do nó `{id}`", en: "the node `{id}` has no title" }
    }

    FLOW_UNKNOWN_FLOW "flow/unknown-flow" Error essential {
        unknown_flow(path) { pt: "não há o fluxo `{path}`", en: "there is no flow `{path}`" }
    }

    FLOW_UNMAPPED_OUTCOME "flow/unmapped-outcome" Error {
        unmapped_outcome(outcome, flow) {
            pt: "falta dizer para onde vai o desfecho `{outcome}` de `{flow}`",
            en: "the outcome `{outcome}` of `{flow}` is not mapped to a node",
            help { pt: "acrescente `{outcome}: NÓ` a `outcomes`", en: "add `{outcome}: NODE` to `outcomes`" }
        }
    }

    FLOW_RECURSIVE_CALL "flow/recursive-call" Error essential {
        recursive_call(path) { pt: "esta chamada nunca acaba: {path}", en: "this call never ends: {path}" }
    }

    FLOW_MISSING_CONTENT "flow/missing-content" Error {}

    FLOW_FORGOTTEN_SECTION "flow/forgotten-section" Warning {
        forgotten_section(id, address) {
            pt: "nenhum nó mostra `#{id}`, e os fluxos percorrem o resto desta página",
            en: "no node shows `#{id}`, but flows show the rest of this page",
            help {
                pt: "mostre-o em um nó, com `content: {address}`, ou ponha em um nó um link para ele",
                en: "show it in a node, with `content: {address}`, or link to it from a node",
            }
        }
    }

    FLOW_UNFINISHED_TEXT "flow/unfinished-text" Warning {
        unfinished_text(word) {
            pt: "“{word}” parece marcar um texto por terminar",
            en: "“{word}” seems to mark an unfinished text",
        }
    }

    FLOW_REPEATED_CONSTANT "flow/repeated-constant" Warning {
        repeated_constant(constant, name) {
            pt: "“{constant}” é o valor de `{name}` em vereda.yaml, escrito outra vez",
            en: "“{constant}” repeats the value of `{name}` in vereda.yaml",
            help { pt: "escreva `{{values.{name}}}`", en: "write `{{values.{name}}}`" }
        }
    }

    FLOW_COPY_WHITESPACE "flow/copy-whitespace" Warning {
        copy_begins_with_space() { pt: "a cópia começa com um espaço", en: "the copy begins with a space" }
        copy_ends_with_space() { pt: "a cópia termina com um espaço", en: "the copy ends with a space" }
        copy_has_two_spaces() {
            pt: "a cópia tem dois ou mais espaços seguidos",
            en: "the copy has two or more spaces in a row",
        }
        copy_has_outer_break() {
            pt: "a cópia começa ou termina com uma quebra de linha",
            en: "the copy begins or ends with a line break",
            help {
                pt: "se é um bloco de texto, escreva `|-` em lugar de `|`",
                en: "for a block of text, write `|-` in place of `|`",
            }
        }
        copy_has_unseen(character) {
            pt: "a cópia tem um caractere que não se vê: {character}",
            en: "the copy has an invisible character: {character}",
        }
    }
}

texts! {
    otherwise_alone(key) {
        pt: "`otherwise` vale para os outros casos e já diz aonde ir: a regra não pode ter também `{key}`",
        en: "`otherwise` covers all other cases and has its own target: the rule cannot have `{key}` too",
    }
    expected_condition() {
        pt: "uma condição é um mapa como `{{ valor: {{ gt: 500 }} }}`, ou uma lista deles",
        en: "a condition is a map such as `{{ valor: {{ gt: 500 }} }}`, or a list of them",
    }
    refused_empty() { pt: "nada foi digitado", en: "nothing was typed" }
    refused_format(kind) { pt: "não tem a forma de um `{kind}`", en: "it is not a valid `{kind}`" }
    refused_check(kind) {
        pt: "os dígitos verificadores do `{kind}` não conferem",
        en: "the check digits of the `{kind}` are wrong",
    }
    refused_choice(choices) { pt: "deve ser uma destas: {choices}", en: "it must be one of: {choices}" }
    refused_pattern(pattern) {
        pt: "não tem a forma exata `{pattern}`",
        en: "it does not match the pattern `{pattern}`",
    }
    refused_min(min) { pt: "é menor que o mínimo, {min}", en: "it is below the minimum, {min}" }
    refused_max(max) { pt: "é maior que o máximo, {max}", en: "it is above the maximum, {max}" }
    unreadable_limit(key, limit, kind) {
        pt: "`{key}`, {limit}, não serve para o tipo `{kind}`",
        en: "`{key}`, {limit}, is not valid for the type `{kind}`",
    }
    no_choices(name) {
        pt: "a entrada `{name}` é do tipo `choice`, e falta dizer as escolhas em `choices`",
        en: "the input `{name}` is of type `choice`, but has no `choices`",
    }
    the_value_is_here() { pt: "o valor é este", en: "the value is here" }
    shadowed_by() { pt: "esta regra vem antes", en: "this rule comes first" }
    overlaps_with() { pt: "a outra é esta", en: "the other one is here" }
    also_in_the_trap(id) { pt: "`{id}` também fica preso aqui", en: "`{id}` cannot reach an outcome either" }
    leads_back_here() { pt: "a volta é para cá", en: "it leads back here" }
    allow_loop(id) {
        pt: "se a volta é de propósito, escreva `loop: true` em `{id}`",
        en: "if the loop is intended, write `loop: true` in `{id}`",
    }
    twin_is_here() { pt: "o outro é este", en: "the other one is here" }
    this_outcome() { pt: "o desfecho é este", en: "the outcome is here" }
}
