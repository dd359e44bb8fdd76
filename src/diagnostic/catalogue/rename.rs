//! Texts of `vereda rename`: why a renaming is refused.

texts! {
    unknown(name) { pt: "`{name}` não existe neste site", en: "`{name}` does not exist in this site" }
    unknown_near(name, near) {
        pt: "`{name}` não existe neste site: seria `{near}`?",
        en: "`{name}` does not exist in this site: did you mean `{near}`?",
    }
    exists(name) { pt: "`{name}` já existe", en: "`{name}` already exists" }
    no_name(name) {
        pt: "`{name}` não serve como nome: escreva minúsculas, sem acentos, com hífens, como `sem-cadastro`",
        en: "`{name}` is no valid name: write lower case, without accents, with hyphens, such as `no-record`",
    }
    not_in_content(path) {
        pt: "`{path}` não está em `content`: escreva o caminho novo por inteiro, como `content/pasta/pagina.md`",
        en: "`{path}` is not in `content`: write the whole new path, such as `content/folder/page.md`",
    }
    other_ending(path, ending) {
        pt: "`{path}` não termina como o arquivo de agora: em `{ending}`",
        en: "`{path}` does not end as the present file does: in `{ending}`",
    }
    inside_itself(path) { pt: "`{path}` fica dentro da própria pasta", en: "`{path}` is inside the folder itself" }
    raw_html(anchor) {
        pt: "`{anchor}` é de um elemento de HTML: mude-o à mão",
        en: "`{anchor}` is of an HTML element: change it by hand",
    }
    unreadable(path) {
        pt: "`{path}` tem um erro que impede de lê-lo, e pode ter o nome: corrija-o antes (`vereda check`)",
        en: "`{path}` has a mistake that prevents reading it, and can have the name: correct it first (`vereda check`)",
    }
    new_problem(pt, en) {
        pt: "o nome novo causaria um problema: {pt}",
        en: "the new name would cause a problem: {en}",
    }
}
