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
    unmapped_outcome(outcome, flow) FlowUnmappedOutcome {
        pt: "falta dizer para onde vai o desfecho `{outcome}` de `{flow}`",
        en: "it is not said where the outcome `{outcome}` of `{flow}` leads",
    }
    unknown_outcome(outcome, flow) FlowUnknownNode {
        pt: "`{flow}` não tem o desfecho `{outcome}`",
        en: "`{flow}` has no outcome `{outcome}`",
    }

    unreachable_node(id, start) FlowUnreachableNode {
        pt: "não se chega ao nó `{id}`: nenhum caminho desde `{start}` leva a ele",
        en: "the node `{id}` cannot be reached: no path from `{start}` leads to it",
    }
    trap(id) FlowTrap { pt: "de `{id}` não se chega a nenhum desfecho", en: "no outcome can be reached from `{id}`" }
    loop_without_choice(path) FlowLoopWithoutChoice {
        pt: "este caminho dá voltas sem que o leitor possa escolher outro: {path}",
        en: "this path goes round and round, and the reader cannot choose another: {path}",
    }
    option_leads_back(option, id) FlowLoop {
        pt: "a opção `{option}` leva de volta a `{id}`",
        en: "the option `{option}` leads back to `{id}`",
    }
    node_leads_back(node, id) FlowLoop { pt: "o nó `{node}` leva de volta a `{id}`", en: "the node `{node}` leads back to `{id}`" }
    single_option(id) FlowSingleOption {
        pt: "a pergunta `{id}` tem uma opção só: não há o que escolher",
        en: "the question `{id}` has a single option: there is nothing to choose",
    }
    idle_question(id, target) FlowIdleQuestion {
        pt: "a resposta de `{id}` não muda nada: todas as opções levam a `{target}`",
        en: "the answer to `{id}` changes nothing: every option leads to `{target}`",
    }
    duplicate_option(id, other, label) FlowDuplicateOption {
        pt: "as opções `{other}` e `{id}` têm o mesmo texto, “{label}”",
        en: "the options `{other}` and `{id}` have the same text, “{label}”",
    }
    twin_outcomes(id, other) FlowTwinOutcomes {
        pt: "os desfechos `{other}` e `{id}` são iguais no texto e nas cópias",
        en: "the outcomes `{other}` and `{id}` have the same text and copies",
    }
    too_long(count, most, path) FlowTooLong {
        pt: "um caminho faz {count} perguntas, e o limite de vereda.yaml é {most}: {path}",
        en: "a path asks {count} questions, and the limit of vereda.yaml is {most}: {path}",
    }
    missing_title(id) FlowMissingTitle { pt: "falta o título do nó `{id}`", en: "the node `{id}` has no title" }
    recursive_call(path) FlowRecursiveCall {
        pt: "esta chamada nunca acaba: {path}",
        en: "this call never ends: {path}",
    }
    invalid_example(name, example) FlowInvalidExample {
        pt: "o exemplo de `{name}`, “{example}”, seria recusado",
        en: "the example of `{name}`, “{example}”, would be refused",
    }
    operator_of_type(operator, name, kind) FlowOperatorType {
        pt: "`{operator}` não serve para `{name}`, que é do tipo `{kind}`",
        en: "`{operator}` does not fit `{name}`, which is of type `{kind}`",
    }
    operator_of_answer(operator, name) FlowOperatorType {
        pt: "`{operator}` não serve para a resposta de uma pergunta, `{name}`",
        en: "`{operator}` does not fit the answer to a question, `{name}`",
    }
    constant_of_type(constant, name, kind) FlowOperatorType {
        pt: "`{constant}` não se compara com `{name}`, que é do tipo `{kind}`",
        en: "`{constant}` cannot be compared with `{name}`, which is of type `{kind}`",
    }
    constant_of_operator(constant, operator) FlowOperatorType {
        pt: "`{operator}` não aceita `{constant}`",
        en: "`{operator}` does not take `{constant}`",
    }
    constant_set(constant, name, kind) FlowOperatorType {
        pt: "`{constant}` não serve para `{name}`, que é do tipo `{kind}`",
        en: "`{constant}` does not fit `{name}`, which is of type `{kind}`",
    }
    constant_out_of_range(constant, name) FlowConstantOutOfRange {
        pt: "`{name}` nunca pode ser `{constant}`",
        en: "`{name}` can never be `{constant}`",
    }
    unknown_option(option, node) FlowConstantOutOfRange {
        pt: "a pergunta `{node}` não tem a opção `{option}`",
        en: "the question `{node}` has no option `{option}`",
    }
    rules_gap(id, told) FlowRulesGap {
        pt: "nenhuma regra de `{id}` vale para {told}",
        en: "no rule of `{id}` holds for {told}",
    }
    never_true(number, id) FlowDeadRule { pt: "a regra {number} de `{id}` nunca vale", en: "rule {number} of `{id}` never holds" }
    shadowed_rule(number, id) FlowDeadRule {
        pt: "a regra {number} de `{id}` nunca decide: o que ela pega, outra já pegou",
        en: "rule {number} of `{id}` never decides: what it takes, another has taken",
    }
    overlapping_rules(number, id) FlowOverlappingRules {
        pt: "a regra {number} de `{id}` e outra anterior valem ao mesmo tempo e levam a lugares diferentes",
        en: "rule {number} of `{id}` and an earlier one hold at the same time and lead to different places",
    }
    unanswered_input(name, id) FlowUnansweredInput {
        pt: "`{name}` é usado em `{id}`, mas há um caminho até lá em que ninguém o pede",
        en: "`{name}` is used at `{id}`, but on some path there nobody asks for it",
    }
    unused_input(name) FlowUnusedInput {
        pt: "a entrada `{name}` não é pedida nem usada neste fluxo",
        en: "the input `{name}` is neither asked for nor used in this flow",
    }
    asked_twice(name) FlowAskedTwice {
        pt: "`{name}` já foi pedido em todos os caminhos até aqui",
        en: "`{name}` was asked for already on every path to here",
    }
    private_input_exposed(name) FlowPrivateInputExposed {
        pt: "`{name}` é privado e não pode entrar em um título nem em um endereço deste site",
        en: "`{name}` is private and cannot go into a title or into an address of this site",
    }
    unencoded_input(name) FlowUnencodedInput {
        pt: "`{{{name}}}` entra em um endereço sem `|url` nem `|digits`: o que o leitor digitar pode mudar o destino",
        en: "`{{{name}}}` goes into an address without `|url` or `|digits`: what a reader types could change where it leads",
    }
    calendar_without_holidays(name, from, to) FlowCalendarWithoutHolidays {
        pt: "o calendário `{name}` decide regras, e não tem nenhum feriado de {from} a {to}",
        en: "the calendar `{name}` decides rules, and has no holiday from {from} to {to}",
    }
    forgotten_section(id) FlowForgottenSection {
        pt: "nenhum nó mostra `#{id}`, e os fluxos percorrem o resto desta página",
        en: "no node shows `#{id}`, and the flows walk the rest of this page",
    }
    unfinished_text(word) FlowUnfinishedText {
        pt: "“{word}” parece marcar um texto por terminar",
        en: "“{word}” seems to mark a text that is not finished",
    }
    repeated_constant(constant, name) FlowRepeatedConstant {
        pt: "“{constant}” é o valor de `{name}` em vereda.yaml, escrito outra vez",
        en: "“{constant}” is the value of `{name}` in vereda.yaml, written again",
    }
    copy_begins_with_space() FlowCopyWhitespace {
        pt: "a cópia começa com um espaço",
        en: "the copy begins with a space",
    }
    copy_ends_with_space() FlowCopyWhitespace {
        pt: "a cópia termina com um espaço",
        en: "the copy ends with a space",
    }
    copy_has_two_spaces() FlowCopyWhitespace {
        pt: "a cópia tem dois ou mais espaços seguidos",
        en: "the copy has two or more spaces in a row",
    }
    copy_has_outer_break() FlowCopyWhitespace {
        pt: "a cópia começa ou termina com uma quebra de linha",
        en: "the copy begins or ends with a line break",
    }
    copy_has_unseen(character) FlowCopyWhitespace {
        pt: "a cópia tem um caractere que não se vê: {character}",
        en: "the copy has a character that cannot be seen: {character}",
    }
    read_as_boolean(written) FlowYamlTrap {
        pt: "sem aspas, outros programas leem `{written}` como verdadeiro ou falso, e não como texto",
        en: "without quotes, other programs read `{written}` as true or false, not as text",
    }
    read_as_nothing(written) FlowYamlTrap {
        pt: "sem aspas, outros programas leem `{written}` como nada, e não como texto",
        en: "without quotes, other programs read `{written}` as nothing, not as text",
    }
    read_as_octal(written) FlowYamlTrap {
        pt: "sem aspas, outros programas leem `{written}` como um número octal, e não como texto",
        en: "without quotes, other programs read `{written}` as an octal number, not as text",
    }
    read_as_sexagesimal(written) FlowYamlTrap {
        pt: "sem aspas, outros programas leem `{written}` como um número em base 60, e não como texto",
        en: "without quotes, other programs read `{written}` as a number in base 60, not as text",
    }
    read_as_date(written) FlowYamlTrap {
        pt: "sem aspas, outros programas leem `{written}` como uma data, e não como texto",
        en: "without quotes, other programs read `{written}` as a date, not as text",
    }
}

texts! {
    otherwise_alone(key) {
        pt: "`otherwise` vale para os outros casos e já diz aonde ir: a regra não pode ter também `{key}`",
        en: "`otherwise` takes the other cases and says where to go: the rule cannot have `{key}` too",
    }
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
    unreadable_limit(key, limit, kind) {
        pt: "`{key}`, {limit}, não serve para o tipo `{kind}`",
        en: "`{key}`, {limit}, does not fit the type `{kind}`",
    }
    no_choices(name) {
        pt: "a entrada `{name}` é do tipo `choice`, e falta dizer as escolhas em `choices`",
        en: "the input `{name}` is of type `choice`, and `choices` does not say which",
    }
    add_holidays() { pt: "acrescente os feriados a `holidays`", en: "add the holidays to `holidays`" }
    show_section(address) {
        pt: "mostre-o em um nó, com `content: {address}`, ou ponha em um nó um link para ele",
        en: "show it at a node, with `content: {address}`, or link to it from a node",
    }
    use_value(name) { pt: "escreva `{{values.{name}}}`", en: "write `{{values.{name}}}`" }
    the_value_is_here() { pt: "o valor é este", en: "the value is here" }
    drop_last_break() {
        pt: "se é um bloco de texto, escreva `|-` em lugar de `|`",
        en: "if it is a block of text, write `|-` in place of `|`",
    }
    add_otherwise() { pt: "acrescente `otherwise: NÓ` por último", en: "add `otherwise: NODE` as the last rule" }
    shadowed_by() { pt: "esta regra vem antes", en: "this rule comes before" }
    overlaps_with() { pt: "a outra é esta", en: "the other is this one" }
    ask_before(name) {
        pt: "peça-o antes, com `ask: [{name}]`",
        en: "ask for it before, with `ask: [{name}]`",
    }
    also_in_the_trap(id) { pt: "`{id}` também fica preso aqui", en: "`{id}` is caught here too" }
    leads_back_here() { pt: "a volta é para cá", en: "it leads back here" }
    allow_loop(id) {
        pt: "se a volta é de propósito, escreva `loop: true` em `{id}`",
        en: "if it is meant to, write `loop: true` in `{id}`",
    }
    make_it_a_step() { pt: "se é só um passo, troque `options` por `next`", en: "if it is only a step, put `next` in place of `options`" }
    twin_is_here() { pt: "o outro é este", en: "the other is this one" }
    add_outcome(outcome) { pt: "acrescente `{outcome}: NÓ` a `outcomes`", en: "add `{outcome}: NODE` to `outcomes`" }
    this_outcome() { pt: "o desfecho é este", en: "this is the outcome" }
    fitting_operators(operators) { pt: "servem: {operators}", en: "these fit: {operators}" }
}
