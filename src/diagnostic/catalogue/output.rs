//! Published files: rendered pages, copied files, any folder of HTML.

diagnostics! {
    area "output" { pt: "O que é publicado", en: "Published files", explanations: "output.md" }

    OUTPUT_MISSING_FILE "output/missing-file" Error {
        missing_file(written, path) {
            pt: "`{written}` leva a `{path}`, que não é publicado",
            en: "`{written}` points to `{path}`, which is not published",
        }
    }

    OUTPUT_MISSING_ANCHOR "output/missing-anchor" Error {
        missing_anchor(anchor, path) {
            pt: "não há âncora `#{anchor}` em `{path}`",
            en: "there is no anchor `#{anchor}` in `{path}`",
        }
    }

    OUTPUT_OUTSIDE_ROOT "output/outside-root" Error {
        outside_root(written) {
            pt: "`{written}` leva para fora da pasta publicada",
            en: "`{written}` is outside the published folder",
        }
    }

    OUTPUT_INVALID_URL "output/invalid-url" Error {
        invalid_url(written) { pt: "`{written}` não é um endereço válido", en: "`{written}` is not a valid address" }
    }

    OUTPUT_EMPTY_ADDRESS "output/empty-address" Warning {
        empty(attribute) { pt: "`{attribute}` está vazio", en: "`{attribute}` is empty" }
    }

    OUTPUT_MISSING_ID "output/missing-id" Warning {
        missing_id(id, attribute) {
            pt: "`{attribute}` aponta para o id `{id}`, que não está nesta página",
            en: "`{attribute}` points to the id `{id}`, which is not in this page",
        }
    }

    OUTPUT_DUPLICATE_ID "output/duplicate-id" Warning {
        duplicate_id(id) {
            pt: "o id `{id}` aparece duas vezes nesta página",
            en: "the id `{id}` appears twice in this page",
        }
    }
}

texts! {
    seen_in(path) { pt: "no site publicado, isto está em `{path}`", en: "in the published site this is in `{path}`" }
    made_from(path) { pt: "esta página foi feita de `{path}`", en: "this page was rendered from `{path}`" }
    in_others(count) {
        pt: "o mesmo acontece em mais {count} arquivos: procure no modelo (template) que eles têm em comum",
        en: "the same problem is in {count} more files: check the template that they share",
    }
}
