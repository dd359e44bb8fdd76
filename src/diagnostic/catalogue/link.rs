//! Links, images and transclusions.

diagnostics! {
    area "link" { pt: "Links", en: "Links", explanations: "link.md" }

    LINK_EMPTY "link/empty" Warning {
        empty() {
            pt: "este link não leva a lugar nenhum",
            en: "this link has no address",
            help { pt: "apague-o ou corrija o endereço", en: "remove it or correct the address" }
        }
    }

    LINK_MISSING_FILE "link/missing-file" Error {
        missing_file(path) { pt: "não há o arquivo `{path}`", en: "there is no file `{path}`" }
        missing_route(route) {
            pt: "não há página no endereço `{route}`",
            en: "there is no page at the address `{route}`",
        }
        moved(route, path) {
            pt: "`{route}` é um endereço antigo",
            en: "`{route}` is an old address",
            help { pt: "agora é `{path}`: faça o link para lá", en: "it is now `{path}`: link to it" }
        }
        not_a_page(path) {
            pt: "`{path}` não é uma página: só o texto de uma página pode ser incluído",
            en: "`{path}` is not a page: only a page's text can be included",
        }
        not_a_flow(path) { pt: "`{path}` não é um fluxo", en: "`{path}` is not a flow" }
    }

    LINK_MISSING_TEXT "link/missing-text" Warning {
        missing_text(text, file) {
            pt: "o texto “{text}”, que este link marcaria, não está em `{file}`",
            en: "the text “{text}”, which this link would highlight, is not in `{file}`",
            help {
                pt: "copie o texto da página de novo, ou use uma âncora",
                en: "copy the text of the page again, or use an anchor",
            }
        }
    }

    LINK_MISSING_ANCHOR "link/missing-anchor" Error {
        missing_anchor(anchor, path) {
            pt: "não há âncora `#{anchor}` em `{path}`",
            en: "there is no anchor `#{anchor}` in `{path}`",
        }
        not_transcludable(anchor, path) {
            pt: "`#{anchor}` de `{path}` não é um título, um item, um parágrafo ou um bloco, e não pode ser incluído",
            en: "`#{anchor}` of `{path}` is not a heading, an item, a paragraph or a directive, and cannot be included",
        }
    }

    LINK_OUTSIDE_ROOT "link/outside-root" Error {
        outside_root(path) {
            pt: "`{path}` leva para fora da pasta `content/`",
            en: "`{path}` is outside the folder `content/`",
        }
    }

    LINK_UNSAFE_URL "link/unsafe-url" Error essential {
        unsafe_url(url) {
            pt: "o endereço `{url}` executaria um programa ou traz uma página dentro dele, e foi recusado",
            en: "the address `{url}` would run a script or contains a document, so it was rejected",
        }
    }

    LINK_LOCAL_PATH "link/local-path" Error {
        local_path(path) {
            pt: "`{path}` é um lugar de um computador ou de uma rede de arquivos, que um site não abre",
            en: "`{path}` is a place on a computer or on a file server, which a site cannot open",
            help {
                pt: "copie o arquivo para `content/` ou `static/`, e faça o link para lá",
                en: "copy the file into `content/` or `static/`, and link to it there",
            }
        }
    }

    LINK_UNKNOWN_SCHEME "link/unknown-scheme" Error {
        unknown_scheme(scheme) {
            pt: "os links deste site não podem começar por `{scheme}:`",
            en: "links of this site cannot begin with `{scheme}:`",
            help {
                pt: "se é um programa que os leitores têm, permita-o em `vereda.yaml`: `links: {{ schemes: [{scheme}] }}`",
                en: "if readers have this program, allow it in `vereda.yaml`: `links: {{ schemes: [{scheme}] }}`",
            }
        }
    }

    LINK_INVALID_URL "link/invalid-url" Error {
        invalid_url(url) { pt: "`{url}` não é um endereço válido", en: "`{url}` is not a valid address" }
        impossible_host(host) { pt: "nenhum site se chama `{host}`", en: "no site can have the name `{host}`" }
        impossible_port(port) {
            pt: "a porta `{port}` não existe: é um número de 1 a 65535",
            en: "there is no port `{port}`: it is a number from 1 to 65535",
        }
    }

    LINK_TYPED_HOST "link/typed-host" Error essential {
        typed_host(name) {
            pt: "o que o leitor digita em `{name}` decidiria a que site este link leva",
            en: "the text that a reader types in `{name}` would decide the site of this link",
            help {
                pt: "escreva o site por extenso: `{{{name}|url}}` só pode vir depois dele, como em https://exemplo.org/{{{name}|url}}",
                en: "write the site itself: `{{{name}|url}}` can only follow it, as in https://example.org/{{{name}|url}}",
            }
        }
        typed_resource(name) {
            pt: "`{name}` só se sabe quando o leitor digita, e o navegador carrega isto antes",
            en: "`{name}` is known when the reader types it, but browsers load this address before",
            help { pt: "use um link", en: "use a link" }
        }
    }

    LINK_EMPTY_TEXT "link/empty-text" Warning {
        empty_text() {
            pt: "este link não tem texto: ninguém o vê",
            en: "this link has no text, so it is invisible",
            help {
                pt: "use como texto do link o nome do lugar aonde ele leva",
                en: "use the name of the target as the text of the link",
            }
        }
    }

    LINK_VAGUE_TEXT "link/vague-text" Warning {
        vague_text(text) {
            pt: "“{text}” não diz aonde este link leva",
            en: "“{text}” does not name the target of this link",
            help {
                pt: "use como texto do link o nome do lugar aonde ele leva",
                en: "use the name of the target as the text of the link",
            }
        }
    }

    LINK_MISSING_DEFINITION "link/missing-definition" Warning {
        missing_definition(written) {
            pt: "nada define `{written}`: o leitor vê os colchetes",
            en: "`{written}` is not defined: the reader sees the brackets",
        }
        missing_footnote(written) {
            pt: "não há o texto da nota `{written}`: o leitor vê os colchetes",
            en: "the footnote `{written}` has no text: the reader sees the brackets",
        }
    }

    LINK_DUPLICATE_DEFINITION "link/duplicate-definition" Warning {
        duplicate_definition(label) {
            pt: "`[{label}]` já foi definido nesta página, e esta definição não vale",
            en: "`[{label}]` is already defined in this page, so this definition has no effect",
        }
        duplicate_footnote(name) {
            pt: "a nota `[^{name}]` já tem um texto nesta página, e este não aparece",
            en: "the footnote `[^{name}]` already has a text in this page, so this one is not shown",
        }
    }

    LINK_UNUSED_DEFINITION "link/unused-definition" Note {
        unused_definition(label) { pt: "nenhum link usa `{label}`", en: "no link uses `{label}`" }
    }

    LINK_UNUSED_FOOTNOTE "link/unused-footnote" Warning {
        unused_footnote(name) {
            pt: "nada chama a nota `[^{name}]`, e por isso ela não aparece",
            en: "nothing refers to the footnote `[^{name}]`, so it is not shown",
        }
    }
}
