//! Themes: their files and templates.

diagnostics! {
    area "theme" { pt: "O tema", en: "The theme", explanations: "theme.md" }

    THEME_UNKNOWN "theme/unknown" Error essential {
        unknown(name) {
            pt: "não há o tema `{name}`: nem embutido, nem em `themes/{name}/`",
            en: "there is no theme `{name}`: it is neither built in nor in `themes/{name}/`",
        }
    }

    THEME_INVALID "theme/invalid" Error essential {
        missing_file(path) { pt: "o tema não tem o arquivo `{path}`", en: "the theme has no file `{path}`" }
        missing_template(name) { pt: "o tema não tem o modelo `{name}`", en: "the theme has no template `{name}`" }
    }

    THEME_SYNTAX "theme/syntax" Error essential {
        syntax(place, cause) {
            pt: "o modelo `{place}` não pôde ser lido: {cause}",
            en: "the template `{place}` cannot be parsed: {cause}",
        }
    }

    THEME_RENDER "theme/render" Error essential {
        render(place, cause) { pt: "o modelo `{place}` falhou: {cause}", en: "the template `{place}` failed: {cause}" }
    }
}

texts! {
    while_rendering(page) { pt: "ao montar `{page}`", en: "while rendering `{page}`" }
    and_more(count) { pt: "o mesmo em outras páginas: {count}", en: "the same problem in other pages: {count}" }
}
