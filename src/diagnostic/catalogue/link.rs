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
