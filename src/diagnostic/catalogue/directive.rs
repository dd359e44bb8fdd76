//! Directives and placeholders of pages.

diagnostics! {
    area "directive" { pt: "Blocos e valores em uma página", en: "Directives and placeholders", explanations: "directive.md" }

    DIRECTIVE_UNKNOWN "directive/unknown" Error {
        unknown(name) { pt: "não existe o bloco `:::{name}`", en: "there is no directive `:::{name}`" }
    }

    DIRECTIVE_SYNTAX "directive/syntax" Error essential {
        syntax() {
            pt: "esta parte do bloco não pôde ser lida; a forma é `:::nome[título]{{#id atributo=valor}}`",
            en: "this part of the directive cannot be parsed; the syntax is `:::name[title]{{#id attribute=value}}`",
        }
        unknown_attribute(key) {
            pt: "este bloco não tem o atributo `{key}`",
            en: "this directive has no attribute `{key}`",
        }
        unknown_view(view, views) {
            pt: "não existe a vista `{view}`; existem: {views}",
            en: "there is no view `{view}`; the views are: {views}",
        }
        missing_argument(name) {
            pt: "falta o que vem entre colchetes: `:::{name}[…]`",
            en: "the argument in brackets is missing: `:::{name}[…]`",
        }
        empty_inline(name) {
            pt: "falta o texto entre os colchetes de `{name}[]`",
            en: "the text between the brackets of `{name}[]` is missing",
        }
    }

    DIRECTIVE_UNCLOSED "directive/unclosed" Error {
        unclosed(name) {
            pt: "o bloco `:::{name}` não foi fechado",
            en: "the directive `:::{name}` is not closed",
            help {
                pt: "feche-o com uma linha `:::` na mesma margem da linha que o abre",
                en: "close it with a line `:::`, with the indentation of the line that opens it",
            }
        }
    }

    DIRECTIVE_UNOPENED "directive/unopened" Error {
        unopened() {
            pt: "este `:::` fecha um bloco que não foi aberto",
            en: "this `:::` closes no open directive",
        }
    }

    DIRECTIVE_MISPLACED "directive/misplaced" Error {
        misplaced(name, parent) {
            pt: "`:::{name}` só pode estar diretamente dentro de `:::{parent}`",
            en: "`:::{name}` must be directly inside `:::{parent}`",
        }
    }

    DIRECTIVE_UNKNOWN_FILTER "directive/unknown-filter" Error {
        unknown_filter(name) { pt: "não existe o filtro `{name}`", en: "there is no filter `{name}`" }
    }

    DIRECTIVE_UNKNOWN_NAME "directive/unknown-name" Error {
        unknown_name(name) {
            pt: "`{{{name}}}` não existe, e seria publicado e copiado com as chaves",
            en: "`{{{name}}}` does not exist, and would be published and copied with its braces",
            help {
                pt: "corrija o nome, declare-o em vereda.yaml, ou escreva `\\{{` para mostrar a chave",
                en: "correct the name, declare it in vereda.yaml, or write `\\{{` to show the brace",
            }
        }
    }

    DIRECTIVE_SIMILAR_NAME "directive/similar-name" Warning {
        similar_name(name) {
            pt: "`{{{name}}}` fica como texto; um nome declarado difere dele em uma letra",
            en: "`{{{name}}}` stays text; a declared name differs from it in one letter",
            help {
                pt: "corrija o nome, ou escreva `\\{{` se as chaves devem aparecer",
                en: "correct the name, or write `\\{{` if the braces should be shown",
            }
        }
    }

    DIRECTIVE_INPUT_OF_FLOW "directive/input-of-flow" Error {
        input_of_flow(name, flow) {
            pt: "a entrada `{name}` só existe no fluxo “{flow}”; esta página mostraria as chaves",
            en: "only the flow “{flow}” declares the input `{name}`; this page would show the braces",
            help {
                pt: "mude a declaração do fluxo para `inputs` de vereda.yaml",
                en: "move its declaration from the flow to `inputs` of vereda.yaml",
            }
        }
    }
}

texts! {
    known_names(names) { pt: "existem: {names}", en: "the possible names are: {names}" }
    title_in_brackets(name, title) {
        pt: "o título vai entre colchetes: `:::{name}[{title}]`",
        en: "write the title in brackets: `:::{name}[{title}]`",
    }
}
