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

    ASSET_UNUSED "asset/unused" Note {
        unused(path) {
            pt: "nada publicado leva ao arquivo `{path}`",
            en: "no published file links to `{path}`",
        }
    }
}
