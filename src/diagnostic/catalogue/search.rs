//! The search: expectations and the pages that settings name.

diagnostics! {
    area "search" { pt: "Busca", en: "Search", explanations: "search.md" }

    SEARCH_MISSED "search/missed" Warning {
        missed(query, page) {
            pt: "a busca por “{query}” não traz `{page}` entre as três primeiras respostas",
            en: "the search for “{query}” does not find `{page}` among the first three results",
        }
    }

    SEARCH_UNKNOWN_PAGE "search/unknown-page" Error {
        unknown_page(page) {
            pt: "não há página, fluxo ou lugar `{page}`",
            en: "there is no page, flow or place `{page}`",
            help {
                pt: "escreva o caminho abaixo de `content/`, como em `whatsapp/index.md#pendencia`, ou o endereço no site",
                en: "write the path below `content/`, as in `whatsapp/index.md#pendencia`, or the address in the site",
            }
        }
        unknown_part(part) {
            pt: "nenhuma página tem um endereço que começa com `{part}`",
            en: "no page has an address that begins with `{part}`",
            help { pt: "escreva o começo dos endereços, como em `/guia/`", en: "write the beginning of the addresses, such as `/guia/`" }
        }
    }
}
