//! Settings of folders, `_section.yaml`.

diagnostics! {
    area "section" { pt: "Pastas", en: "Folders", explanations: "section.md" }

    SECTION_INVALID "section/invalid" Error {}

    SECTION_UNKNOWN_CHILD "section/unknown-child" Warning {
        unknown_child(name) {
            pt: "a pasta não tem `{name}`",
            en: "the folder has no `{name}`",
            help {
                pt: "escreva em `children` os nomes dos arquivos e das pastas que estão ao lado de `_section.yaml`",
                en: "write in `children` the names of the files and folders beside `_section.yaml`",
            }
        }
    }

    SECTION_REPEATED_CHILD "section/repeated-child" Warning {
        repeated_child(name) {
            pt: "`{name}` já está em `children`: vale a primeira posição",
            en: "`{name}` is already in `children`: the first position counts",
            help { pt: "apague este", en: "delete this one" }
        }
    }

    SECTION_NO_EFFECT "section/no-effect" Warning {
        has_page(key) {
            pt: "`{key}` não tem efeito aqui, porque a pasta tem uma página própria",
            en: "`{key}` has no effect here, because the folder has a page of its own",
            help {
                pt: "escreva-o no cabeçalho da página da pasta (`index.md`) e apague esta linha",
                en: "write it in the front matter of the folder's page (`index.md`) and delete this line",
            }
        }
        no_page(path) {
            pt: "`{path}` não tem efeito, porque a pasta não tem páginas nem fluxos",
            en: "`{path}` has no effect, because the folder has no pages or flows",
            help { pt: "apague o arquivo, ou ponha uma página na pasta", en: "delete the file, or add a page to the folder" }
        }
    }
}
