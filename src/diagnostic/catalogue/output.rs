//! What is published: rendered pages, copied files, any folder of HTML.

findings! {
    missing_file(written, path) OutputMissingFile {
        pt: "`{written}` leva a `{path}`, que não é publicado",
        en: "`{written}` leads to `{path}`, which is not published",
    }
    missing_anchor(anchor, path) OutputMissingAnchor {
        pt: "não há âncora `#{anchor}` em `{path}`",
        en: "there is no anchor `#{anchor}` in `{path}`",
    }
    outside_root(written) OutputOutsideRoot {
        pt: "`{written}` leva para fora da pasta publicada",
        en: "`{written}` leads out of the folder that is published",
    }
    invalid_url(written) OutputInvalidUrl { pt: "`{written}` não é um endereço válido", en: "`{written}` is not a valid address" }
    empty(attribute) OutputEmptyAddress { pt: "`{attribute}` está vazio", en: "`{attribute}` is empty" }
    missing_id(id, attribute) OutputMissingId {
        pt: "`{attribute}` aponta para o id `{id}`, que não está nesta página",
        en: "`{attribute}` points to the id `{id}`, which is not in this page",
    }
    duplicate_id(id) OutputDuplicateId { pt: "o id `{id}` aparece duas vezes nesta página", en: "the id `{id}` appears twice in this page" }
    unused_asset(path) AssetUnused { pt: "nada publicado leva ao arquivo `{path}`", en: "nothing that is published leads to the file `{path}`" }
}

texts! {
    made_from(path) { pt: "esta página foi feita de `{path}`", en: "this page was made from `{path}`" }
    in_others(count) {
        pt: "o mesmo acontece em mais {count} arquivos: procure no modelo (template) que eles têm em comum",
        en: "the same is wrong in {count} more files: look at the template that they have in common",
    }
}
