//! Errors of the environment: files, network, git.

texts! {
    not_a_site(path) {
        pt: "`{path}` não é um site: não há `vereda.yaml` nessa pasta (crie um com `vereda init`, ou indique outra pasta com `--root`)",
        en: "`{path}` is not a site: there is no `vereda.yaml` in that folder (create one with `vereda init`, or pass another folder with `--root`)",
    }
    cannot_read(path, cause) { pt: "não foi possível ler `{path}`: {cause}", en: "cannot read `{path}`: {cause}" }
    not_a_file(path) {
        pt: "não foi possível ler `{path}`: não é um arquivo, e sim uma pasta, um canal (FIFO) ou um dispositivo",
        en: "cannot read `{path}`: it is not a file, but a folder, a pipe (FIFO) or a device",
    }
    cannot_write(path, cause) { pt: "não foi possível gravar `{path}`: {cause}", en: "cannot write `{path}`: {cause}" }
    unsafe_output(path) {
        pt: "a pasta de saída `{path}` não está vazia e não foi feita por este programa, ou contém o próprio site: escolha outra com `--out`",
        en: "the output folder `{path}` is not empty and was not created by this program, or contains the site itself: choose another one with `--out`",
    }
    exists(path) { pt: "`{path}` já existe; nada foi alterado", en: "`{path}` already exists; nothing was changed" }
    changed(path) {
        pt: "`{path}` mudou desde que foi lido; nada foi gravado",
        en: "`{path}` has changed since it was read; nothing was written",
    }
    cannot_bind(address, cause) { pt: "não foi possível servir em {address}: {cause}", en: "cannot serve on {address}: {cause}" }
    no_git(cause) {
        pt: "não foi possível chamar o `git`, que guarda as versões antigas: {cause} (instale-o, ou confira se está no PATH)",
        en: "cannot run `git`, which stores the old versions: {cause} (install it, or check that it is in the PATH)",
    }
    not_a_repository(path, cause) {
        pt: "`{path}` não está em um repositório git que se possa ler, então não há versão antiga com que comparar ({cause})",
        en: "`{path}` is not in a readable git repository, so there is no old version to compare with ({cause})",
    }
    unknown_revision(revision) {
        pt: "o repositório não tem a versão `{revision}`: use uma etiqueta, um ramo, um commit ou algo como `HEAD~3` (`git log --oneline -- content` mostra os commits do conteúdo)",
        en: "the repository has no revision `{revision}`: use a tag, a branch, a commit or something like `HEAD~3` (`git log --oneline -- content` lists the commits of the content)",
    }
    no_site_at(path, revision) {
        pt: "na versão `{revision}` não havia site em `{path}`: falta `vereda.yaml`",
        en: "at revision `{revision}` there was no site in `{path}`: `vereda.yaml` is missing",
    }
    git_failed(command, cause) { pt: "`git {command}` falhou: {cause}", en: "`git {command}` failed: {cause}" }
}
