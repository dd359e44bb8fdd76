//! The machine's failures.

texts! {
    not_a_site(path) {
        pt: "`{path}` não é um site: não há `vereda.yaml` nessa pasta (crie um com `vereda init`, ou indique outra pasta com `--root`)",
        en: "`{path}` is not a site: there is no `vereda.yaml` in that folder (make one with `vereda init`, or name another folder with `--root`)",
    }
    cannot_read(path, cause) { pt: "não foi possível ler `{path}`: {cause}", en: "cannot read `{path}`: {cause}" }
    cannot_write(path, cause) { pt: "não foi possível gravar `{path}`: {cause}", en: "cannot write `{path}`: {cause}" }
    unsafe_output(path) {
        pt: "a pasta de saída `{path}` não está vazia e não foi feita por este programa, ou contém o próprio site: escolha outra com `--out`",
        en: "the output folder `{path}` is not empty and was not made by this program, or holds the site itself: choose another with `--out`",
    }
    exists(path) { pt: "`{path}` já existe; nada foi alterado", en: "`{path}` exists already; nothing was changed" }
    cannot_bind(address, cause) { pt: "não foi possível servir em {address}: {cause}", en: "cannot serve on {address}: {cause}" }
    cannot_watch(path, cause) { pt: "não foi possível observar `{path}`: {cause}", en: "cannot watch `{path}`: {cause}" }
}
