//! Themes: their files and their templates.

findings! {
    unknown(name) ThemeUnknown {
        pt: "não há o tema `{name}`: nem embutido, nem em `themes/{name}/`",
        en: "there is no theme `{name}`: neither embedded nor in `themes/{name}/`",
    }
    missing_file(path) ThemeInvalid { pt: "o tema não tem o arquivo `{path}`", en: "the theme has no file `{path}`" }
    missing_template(name) ThemeInvalid { pt: "o tema não tem o modelo `{name}`", en: "the theme has no template `{name}`" }
    syntax(place, cause) ThemeSyntax {
        pt: "o modelo `{place}` não pôde ser lido: {cause}",
        en: "the template `{place}` cannot be read: {cause}",
    }
    render(place, cause) ThemeRender { pt: "o modelo `{place}` falhou: {cause}", en: "the template `{place}` failed: {cause}" }
}

texts! {
    while_rendering(page) { pt: "ao montar `{page}`", en: "while rendering `{page}`" }
    and_more(count) { pt: "o mesmo em outras páginas: {count}", en: "the same in other pages: {count}" }
}
