//! Files that are copied to the output.

diagnostics! {
    area "asset" { pt: "Outros arquivos", en: "Other files", explanations: "asset.md" }

    ASSET_COLLISION "asset/collision" Error essential {
        collision(path) {
            pt: "dois arquivos seriam publicados no mesmo endereço, `{path}`: um de `content/` e um de `static/`, ou o que o Vereda escreve",
            en: "two files would be published at the same address, `{path}`: one of `content/` and one of `static/`, or an output of Vereda",
        }
        worker_taken(path) {
            pt: "`{path}` é o arquivo que faz o site abrir sem rede: dê outro nome ao de `static/`, ou escreva `offline: false` em `vereda.yaml`",
            en: "`{path}` is the file that makes the site work offline: rename the one in `static/`, or write `offline: false` in `vereda.yaml`",
        }
        differs_in_case(one, other) {
            pt: "os endereços `{one}` e `{other}` só diferem em maiúsculas, e há discos e servidores que os confundem",
            en: "the addresses `{one}` and `{other}` differ only in case, and some disks and servers do not distinguish case",
        }
    }

    ASSET_ACTIVE_IMAGE "asset/active-image" Error {
        active_image(part) {
            pt: "`{part}` executa um programa quando esta imagem é aberta sozinha, e ele pode ler o que os leitores digitaram no site",
            en: "`{part}` runs a script when this image is opened by itself, and the script can read what readers typed in the site",
            help {
                pt: "apague isto da imagem, ou exporte-a de novo sem programas",
                en: "remove this from the image, or export it again without scripts",
            }
        }
    }

    ASSET_ACTIVE_PAGE "asset/active-page" Warning {
        active_page(part) {
            pt: "`{part}` executa um programa, e a política de segurança das páginas não vale neste arquivo, que é publicado como está",
            en: "`{part}` runs a script, and the security policy of the pages does not cover this file, which is published as it is",
            help {
                pt: "publique-o em outro endereço (outro site), ou faça o servidor mandar a política",
                en: "publish it on another host, or let the server send the policy",
            }
        }
    }

    ASSET_LOOKS_LIKE_PAGE "asset/looks-like-page" Warning {
        looks_like_page(path, name) {
            pt: "`{path}` seria publicado tal como está, e não como página: o nome de uma página termina em `.md`",
            en: "`{path}` would be published as it is, not as a page: the name of a page ends in `.md`",
            help { pt: "mude o nome para `{name}`", en: "rename it to `{name}`" }
        }
        looks_like_section(path, name) {
            pt: "`{path}` seria publicado tal como está, e não como as configurações da pasta",
            en: "`{path}` would be published as it is, not as the settings of the folder",
            help { pt: "mude o nome para `{name}`", en: "rename it to `{name}`" }
        }
        looks_like_flow(path, name) {
            pt: "`{path}` tem `nodes:` e seria publicado tal como está, e não como fluxo: o nome de um fluxo termina em `.flow.yaml`",
            en: "`{path}` has `nodes:` and would be published as it is, not as a flow: the name of a flow ends in `.flow.yaml`",
            help { pt: "mude o nome para `{name}`", en: "rename it to `{name}`" }
        }
    }

    ASSET_LARGE_IMAGE "asset/large-image" Note {
        large_image(path, size_pt, size) {
            pt: "a imagem `{path}` tem {size_pt} MB, e demora a abrir em uma rede lenta",
            en: "the image `{path}` has {size} MB, and is slow to open on a slow network",
            help {
                pt: "diminua-a, ou grave-a como JPEG, WebP ou AVIF: uma tela inteira cabe em 200 kB",
                en: "make it smaller, or save it as JPEG, WebP or AVIF: a whole screen fits in 200 kB",
            }
        }
    }

    ASSET_UNUSED "asset/unused" Note {
        unused(path) {
            pt: "nada publicado leva ao arquivo `{path}`",
            en: "no published file links to `{path}`",
        }
    }
}
