//! Links, images and transclusions.

findings! {
    empty() LinkEmpty { pt: "este link não leva a lugar nenhum", en: "this link leads nowhere" }
    missing_file(path) LinkMissingFile { pt: "não há o arquivo `{path}`", en: "there is no file `{path}`" }
    missing_route(route) LinkMissingFile { pt: "não há página no endereço `{route}`", en: "there is no page at the address `{route}`" }
    missing_anchor(anchor, path) LinkMissingAnchor {
        pt: "não há âncora `#{anchor}` em `{path}`",
        en: "there is no anchor `#{anchor}` in `{path}`",
    }
    outside_root(path) LinkOutsideRoot {
        pt: "`{path}` leva para fora da pasta `content/`",
        en: "`{path}` leads out of the folder `content/`",
    }
    unsafe_url(url) LinkUnsafeUrl {
        pt: "o endereço `{url}` executaria um programa na página e foi recusado",
        en: "the address `{url}` would run a script in the page and was refused",
    }
    invalid_url(url) LinkInvalidUrl { pt: "`{url}` não é um endereço válido", en: "`{url}` is not a valid address" }
    empty_text() LinkEmptyText { pt: "este link não tem texto: ninguém o vê", en: "this link has no text: nobody sees it" }
    vague_text(text) LinkVagueText {
        pt: "“{text}” não diz aonde este link leva",
        en: "“{text}” does not say where this link leads",
    }
    missing_definition(written) LinkMissingDefinition {
        pt: "nada define `{written}`: o leitor vê os colchetes",
        en: "nothing defines `{written}`: the reader sees the brackets",
    }
    missing_footnote(written) LinkMissingDefinition {
        pt: "não há o texto da nota `{written}`: o leitor vê os colchetes",
        en: "the footnote `{written}` has no text: the reader sees the brackets",
    }
    duplicate_definition(label) LinkDuplicateDefinition {
        pt: "`[{label}]` já foi definido nesta página, e esta definição não vale",
        en: "`[{label}]` is defined already in this page, and this definition does not hold",
    }
    duplicate_footnote(name) LinkDuplicateDefinition {
        pt: "a nota `[^{name}]` já tem um texto nesta página, e este não aparece",
        en: "the footnote `[^{name}]` has a text already in this page, and this one is not shown",
    }
    unused_definition(label) LinkUnusedDefinition { pt: "nenhum link usa `{label}`", en: "no link uses `{label}`" }
    unused_footnote(name) LinkUnusedFootnote {
        pt: "nada chama a nota `[^{name}]`, e por isso ela não aparece",
        en: "nothing refers to the footnote `[^{name}]`, and so it is not shown",
    }
    not_a_page(path) LinkMissingFile {
        pt: "`{path}` não é uma página: só o texto de uma página pode ser incluído",
        en: "`{path}` is not a page: only a page's text can be included",
    }
    not_a_flow(path) LinkMissingFile { pt: "`{path}` não é um fluxo", en: "`{path}` is not a flow" }
    not_transcludable(anchor, path) LinkMissingAnchor {
        pt: "`#{anchor}` de `{path}` não é um título, um item ou um bloco, e não pode ser incluído",
        en: "`#{anchor}` of `{path}` is not a heading, an item or a directive, and cannot be included",
    }
}

texts! {
    say_where() {
        pt: "use como texto do link o nome do lugar aonde ele leva",
        en: "let the text of the link name the place where it leads",
    }
}
