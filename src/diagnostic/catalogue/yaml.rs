//! Messages about YAML of any kind. Their code depends on the kind of file, so they are texts.

texts! {
    syntax() {
        pt: "não dá para ler o arquivo a partir daqui: confira o recuo, os dois-pontos, as aspas e os colchetes desta linha e da anterior",
        en: "the file cannot be parsed from here on: check indentation, colons, quotes and brackets of this line and the one before",
    }
    write_line(line) { pt: "escreva assim: `{line}`", en: "write: `{line}`" }
    delete_line() { pt: "apague esta linha", en: "delete this line" }
    tab_indentation() {
        pt: "o recuo desta linha tem uma tabulação, e deve ter só espaços",
        en: "this line is indented with a tab, and must be indented with spaces only",
    }
    uneven_indentation() {
        pt: "o recuo desta linha não é o das linhas vizinhas",
        en: "the indentation of this line differs from that of its neighbours",
    }
    missing_comma() {
        pt: "falta uma vírgula entre duas chaves",
        en: "a comma is missing between two keys",
    }
    special_blank(name) {
        pt: "o recuo desta linha tem um espaço especial, {name}, que costuma vir de texto colado, e deve ter só espaços comuns",
        en: "the indentation of this line has a special blank, {name}, often from pasted text, and must have ordinary spaces only",
    }
    second_document(line) {
        pt: "a linha `{line}` começa outro documento, e o arquivo só pode ter um",
        en: "the line `{line}` begins another document, and the file can have only one",
    }
    no_space_after_colon() {
        pt: "falta um espaço depois dos dois-pontos",
        en: "there is no blank after the colon",
    }
    equals_for_colon() {
        pt: "entre a chave e o valor vão dois-pontos, e não `=`",
        en: "a colon separates key and value, not `=`",
    }
    item_beside_key() {
        pt: "o primeiro item de uma lista vai na linha de baixo da chave",
        en: "the first item of a list is on the line below its key",
    }
    text_beside_block(sign) {
        pt: "depois de `{sign}` o texto começa na linha de baixo; um texto de uma linha vai entre aspas",
        en: "after `{sign}` the text begins on the next line; put a text of one line in quotes",
    }
    backslash_in_quotes() {
        pt: "entre aspas duplas, a barra `\\` tem outro sentido: use aspas simples",
        en: "in double quotes, `\\` has another meaning: use single quotes",
    }
    text_after_quotes(quote) {
        pt: "o texto continua depois de fechadas as aspas `{quote}`: ponha todo ele entre aspas",
        en: "the text goes on after the closing quote `{quote}`: put all of it in quotes",
    }
    unclosed_quote(quote) {
        pt: "as aspas `{quote}` abertas aqui não são fechadas",
        en: "the quote `{quote}` that opens here is not closed",
    }
    unclosed_bracket(bracket) {
        pt: "o `{bracket}` aberto aqui não é fechado",
        en: "the `{bracket}` that opens here is not closed",
    }
    begins_with(sign) {
        pt: "um texto que começa com `{sign}` vai entre aspas",
        en: "put a text that begins with `{sign}` in quotes",
    }
    colon_in_text() {
        pt: "um texto com dois-pontos seguidos de espaço vai entre aspas",
        en: "put a text with a colon and a blank in quotes",
    }
    read_as_boolean(written) {
        pt: "sem aspas, outros programas leem `{written}` como verdadeiro ou falso, e não como texto",
        en: "without quotes, other programs read `{written}` as true or false, not as text",
    }
    read_as_nothing(written) {
        pt: "sem aspas, outros programas leem `{written}` como nada, e não como texto",
        en: "without quotes, other programs read `{written}` as null, not as text",
    }
    read_as_octal(written) {
        pt: "sem aspas, outros programas leem `{written}` como um número octal, e não como texto",
        en: "without quotes, other programs read `{written}` as an octal number, not as text",
    }
    read_as_sexagesimal(written) {
        pt: "sem aspas, outros programas leem `{written}` como um número em base 60, e não como texto",
        en: "without quotes, other programs read `{written}` as a number in base 60, not as text",
    }
    read_as_date(written) {
        pt: "sem aspas, outros programas leem `{written}` como uma data, e não como texto",
        en: "without quotes, other programs read `{written}` as a date, not as text",
    }
    cut_by_comment(written) {
        pt: "depois de um espaço, `#` começa um comentário, e por isso `{written}` não faz parte do texto",
        en: "after a blank, `#` begins a comment, so `{written}` is not part of the text",
    }
    cut_by_sign(written) {
        pt: "`{written}` tem outro sentido em YAML e não faz parte do texto",
        en: "`{written}` has another meaning in YAML and is not part of the text",
    }
    curly_quotes(written) {
        pt: "as aspas curvas de {written} não são aspas para o YAML: elas fazem parte do texto e aparecem nele",
        en: "the curly quotes of {written} are no quotes in YAML: they are part of the text and are shown",
    }
    point_of_thousands(written, decimal, whole) {
        pt: "`{written}` vale {decimal}, porque aqui o ponto separa os decimais: escreva {whole} para o milhar, ou {decimal}",
        en: "`{written}` is {decimal}, because the point separates decimals here: write {whole} for the thousands, or {decimal}",
    }
    blank_in_key(name) {
        pt: "há um espaço especial, {name}, que costuma vir de texto colado, no nome desta chave",
        en: "there is a special blank, {name}, often from pasted text, in the name of this key",
    }
    write_or_delete() { pt: "escreva um valor ou apague a linha", en: "write a value, or delete the line" }
    conflict() {
        pt: "um conflito do git ficou no texto",
        en: "a conflict of git was left in the text",
    }
    choose_a_side() {
        pt: "fique com um dos dois textos e apague as linhas `<<<<<<<`, `=======` e `>>>>>>>`",
        en: "keep one of both texts, and delete the lines `<<<<<<<`, `=======` and `>>>>>>>`",
    }
    empty_key(key, place, owner) {
        pt: "a chave `{key}` está sem valor {place}",
        en: "the key `{key}` of {owner} has no value",
    }
    comma_splits(written) {
        pt: "entre `{{` e `}}` a vírgula separa chaves, e por isso `{written}` foi cortado nela: ponha o valor entre aspas",
        en: "between `{{` and `}}` a comma separates keys, so `{written}` was cut there: put the value in quotes",
    }
    braces_without_quotes(written) {
        pt: "sem aspas, `{written}` não é um texto",
        en: "without quotes, `{written}` is not a text",
    }
    too_deep(most) { pt: "listas e mapas estão a mais de {most} níveis, um dentro do outro", en: "lists and maps are nested more than {most} levels deep" }
    too_large() { pt: "este YAML é grande demais, ou os apelidos (`*nome`) o repetem demais", en: "this YAML is too large, or its aliases (`*name`) repeat too much of it" }
    unknown_key(key, place, owner) { pt: "a chave `{key}` não existe {place}", en: "there is no key `{key}` in {owner}" }
    duplicate_key(key) { pt: "a chave `{key}` aparece duas vezes", en: "the key `{key}` appears twice" }
    blank_key(key, place, owner) {
        pt: "a chave `{key}` está vazia {place}",
        en: "the key `{key}` is empty in {owner}",
    }
    blank_item(key) { pt: "há um item vazio em `{key}`", en: "`{key}` has an empty item" }
    missing_key(key, place, owner) { pt: "falta a chave `{key}` {place}", en: "the key `{key}` is missing in {owner}" }
    expected_map_at(place, owner) {
        pt: "aqui, {place}, deve haver um mapa de chaves e valores",
        en: "{owner} must be a map of keys and values",
    }
    expected_map(what) { pt: "{what} deve ser um mapa de chaves e valores", en: "{what} must be a map of keys and values" }
    expected_list(key) { pt: "`{key}` deve ser uma lista", en: "`{key}` must be a list" }
    expected_text(key) { pt: "`{key}` deve ser um texto", en: "`{key}` must be a text" }
    expected_bool(key) { pt: "`{key}` deve ser `true` ou `false`", en: "`{key}` must be `true` or `false`" }
    expected_number(key) { pt: "`{key}` deve ser um número", en: "`{key}` must be a number" }
    expected_count(key) { pt: "`{key}` deve ser um número inteiro, sem sinal", en: "`{key}` must be a whole number, without a sign" }
    expected_date(key) { pt: "`{key}` deve ser uma data como 2026-09-01", en: "`{key}` must be a date such as 2026-09-01" }
    expected_holiday(key) {
        pt: "`{key}` deve ter datas como 2026-09-01, ou os nomes `brasil`, `carnaval` e `corpus-christi`",
        en: "`{key}` must contain dates such as 2026-09-01, or the names `brasil`, `carnaval` and `corpus-christi`",
    }
    expected_synonyms() {
        pt: "cada item de `synonyms` deve ter entre colchetes dois textos ou mais, como `- [2ª via, segunda via]`",
        en: "each item of `synonyms` must have two texts or more in brackets, such as `- [2nd copy, second copy]`",
    }
    expected_period(key) { pt: "`{key}` deve ser um prazo como 90d, 6m ou 1y", en: "`{key}` must be a period such as 90d, 6m or 1y" }
    expected_timer(key) { pt: "`{key}` deve ser um tempo como 30s, 90m ou 2h", en: "`{key}` must be a time such as 30s, 90m or 2h" }
    expected_hours(key) { pt: "`{key}` deve ter horários como '08:00-18:00'", en: "`{key}` must contain hours such as '08:00-18:00'" }
    expected_duration(key) {
        pt: "`{key}` deve ser um tempo como 200ms, 30s, 5m, 2h ou 7d",
        en: "`{key}` must be a time such as 200ms, 30s, 5m, 2h or 7d",
    }
    expected_statuses(key) {
        pt: "`{key}` deve ter respostas como 403 ou '200-299'",
        en: "`{key}` must contain statuses such as 403 or '200-299'",
    }
    expected_header(name) { pt: "`{name}` não é o nome de um cabeçalho, como `Authorization`", en: "`{name}` is not the name of a header, such as `Authorization`" }
    expected_variable(name, prefix) {
        pt: "um cabeçalho só lê variáveis de ambiente cujo nome começa com `{prefix}`, e não `{name}`",
        en: "a header reads only environment variables whose names begin with `{prefix}`, and not `{name}`",
    }
    expected_reason() { pt: "falta o motivo: diga em `reason` por que não se deve perguntar", en: "the reason is missing: write in `reason` why it is excluded" }
    expected_one_of(key, choices) { pt: "`{key}` deve ser um destes: {choices}", en: "`{key}` must be one of: {choices}" }
    expected_base_url() { pt: "`base_url` deve ser um endereço como https://exemplo.org/manual/", en: "`base_url` must be an address such as https://example.org/manual/" }
    expected_origin(key) {
        pt: "`{key}` deve ter endereços sem caminho, como https://exemplo.org",
        en: "`{key}` must contain addresses without a path, such as https://example.org",
    }
    expected_scheme(key) {
        pt: "`{key}` deve ter inícios de endereço como zoommtg, sem os dois-pontos, e nenhum que execute um programa na página",
        en: "`{key}` must contain schemes such as zoommtg, without the colon, and none that runs a script in a page",
    }
    expected_id(id) {
        pt: "`{id}` não serve como id: use letras minúsculas sem acento, números e hífens, como `sem-cadastro` ou `2-via`",
        en: "`{id}` is not a valid id: use lower-case letters without accents, digits and hyphens, such as `no-record` or `2-copies`",
    }
    expected_letter(id) {
        pt: "`{id}` não serve como nome de entrada: ponha nele uma letra, porque `{{{id}}}` em um texto não é uma entrada",
        en: "`{id}` is not a valid name of an input: add a letter to it, because `{{{id}}}` in a text is no placeholder",
    }
    invalid_pattern(cause) { pt: "o padrão não é uma expressão regular válida: {cause}", en: "the pattern is not a valid regular expression: {cause}" }
    pattern_differs(written, instead) {
        pt: "no padrão, `{written}` não vale o mesmo no navegador: escreva `{instead}`",
        en: "in the pattern, `{written}` does not mean the same in a browser: write `{instead}`",
    }
    pattern_unknown(written) {
        pt: "no padrão, `{written}` não vale o mesmo no navegador: escreva de outro modo o que ele deve aceitar",
        en: "in the pattern, `{written}` does not mean the same in a browser: describe the accepted text in another way",
    }
    pattern_slow() {
        pt: "o padrão pode travar o navegador, porque lê o mesmo texto de muitos modos: não repita o que já tem repetição, e ponha o separador antes de cada parte, como em `\\d+(,\\d+)*` em vez de `(\\d+,?)+`",
        en: "the pattern can freeze a browser, because it reads the same text in many ways: do not repeat a repetition, and put the separator before each part, as in `\\d+(,\\d+)*` instead of `(\\d+,?)+`",
    }
    unknown_time_zone(name) { pt: "não existe o fuso horário `{name}`", en: "there is no time zone `{name}`" }
    unknown_code(name) { pt: "não existe o diagnóstico `{name}`", en: "there is no diagnostic `{name}`" }
}

/// The place of a key in Portuguese: `na opção` for `option`. `owner` is the name of its map in English.
pub(crate) fn place_of(owner: &str) -> String {
    let place = match owner {
        "calendar" => "no calendário",
        "checklist" => "na lista `checklist`",
        "choice" => "na escolha",
        "copy" => "na cópia",
        "flow" => "no fluxo",
        "front matter" | "metadata" => "no cabeçalho",
        "input" => "na entrada",
        "links" => "no link",
        "node" => "no nó",
        "option" => "na opção",
        "rule" => "na regra",
        "scenario" => "no cenário",
        other => return format!("em {other}"),
    };
    place.to_owned()
}
