//! Directives and placeholders of pages.

findings! {
    unknown(name) DirectiveUnknown { pt: "não existe o bloco `:::{name}`", en: "there is no directive `:::{name}`" }
    syntax() DirectiveSyntax {
        pt: "esta parte do bloco não pôde ser lida; a forma é `:::nome[título]{{#id atributo=valor}}`",
        en: "this part of the directive cannot be read; the form is `:::name[title]{{#id attribute=value}}`",
    }
    unknown_attribute(key) DirectiveSyntax { pt: "este bloco não tem o atributo `{key}`", en: "this directive has no attribute `{key}`" }
    unknown_view(view, views) DirectiveSyntax {
        pt: "não existe a vista `{view}`; existem: {views}",
        en: "there is no view `{view}`; there are: {views}",
    }
    missing_argument(name) DirectiveSyntax {
        pt: "falta o que vem entre colchetes: `:::{name}[…]`",
        en: "what comes in brackets is missing: `:::{name}[…]`",
    }
    unclosed(name) DirectiveUnclosed { pt: "o bloco `:::{name}` não foi fechado", en: "the directive `:::{name}` is not closed" }
    unopened() DirectiveUnopened { pt: "este `:::` fecha um bloco que não foi aberto", en: "this `:::` closes a directive that was not opened" }
    misplaced(name, parent) DirectiveMisplaced {
        pt: "`:::{name}` só pode estar diretamente dentro de `:::{parent}`",
        en: "`:::{name}` can only stand directly inside `:::{parent}`",
    }
    unknown_filter(name) DirectiveUnknownFilter { pt: "não existe o filtro `{name}`", en: "there is no filter `{name}`" }
}

texts! {
    known_names(names) { pt: "existem: {names}", en: "there are: {names}" }
    close_it() {
        pt: "feche-o com uma linha `:::` na mesma margem da linha que o abre",
        en: "close it with a line `:::`, indented as the line that opens it",
    }
    title_in_brackets(name, title) {
        pt: "o título vai entre colchetes: `:::{name}[{title}]`",
        en: "the title goes in brackets: `:::{name}[{title}]`",
    }
}
