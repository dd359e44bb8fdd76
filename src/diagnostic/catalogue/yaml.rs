//! Messages about YAML of any kind. Their code depends on the kind of file, so they are texts.

texts! {
    syntax(cause) { pt: "o YAML não pôde ser lido: {cause}", en: "this YAML cannot be parsed: {cause}" }
    too_deep(most) { pt: "listas e mapas estão a mais de {most} níveis, um dentro do outro", en: "lists and maps are nested more than {most} levels deep" }
    too_large() { pt: "este YAML é grande demais, ou os apelidos (`*nome`) o repetem demais", en: "this YAML is too large, or its aliases (`*name`) repeat too much of it" }
    unknown_key(key, owner) { pt: "a chave `{key}` não existe em {owner}", en: "there is no key `{key}` in {owner}" }
    duplicate_key(key) { pt: "a chave `{key}` aparece duas vezes", en: "the key `{key}` appears twice" }
    blank_key(key, owner) {
        pt: "a chave `{key}` está vazia em {owner}",
        en: "the key `{key}` is empty in {owner}",
    }
    blank_item(key) { pt: "há um item vazio em `{key}`", en: "`{key}` has an empty item" }
    missing_key(key, owner) { pt: "falta a chave `{key}` em {owner}", en: "the key `{key}` is missing in {owner}" }
    expected_map(what) { pt: "{what} deve ser um mapa de chaves e valores", en: "{what} must be a map of keys and values" }
    expected_list(key) { pt: "`{key}` deve ser uma lista", en: "`{key}` must be a list" }
    expected_text(key) { pt: "`{key}` deve ser um texto", en: "`{key}` must be a text" }
    expected_bool(key) { pt: "`{key}` deve ser `true` ou `false`", en: "`{key}` must be `true` or `false`" }
    expected_number(key) { pt: "`{key}` deve ser um número", en: "`{key}` must be a number" }
    expected_count(key) { pt: "`{key}` deve ser um número inteiro, sem sinal", en: "`{key}` must be a whole number, without a sign" }
    expected_date(key) { pt: "`{key}` deve ser uma data como 2026-09-01", en: "`{key}` must be a date such as 2026-09-01" }
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
    unknown_time_zone(name) { pt: "não existe o fuso horário `{name}`", en: "there is no time zone `{name}`" }
    unknown_code(name) { pt: "não existe o diagnóstico `{name}`", en: "there is no diagnostic `{name}`" }
}
