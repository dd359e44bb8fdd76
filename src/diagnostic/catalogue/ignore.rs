//! `vereda-ignore` comments that are wrong or without effect.

diagnostics! {
    area "ignore" { pt: "Avisos ignorados", en: "Suppressed diagnostics", explanations: "ignore.md" }

    IGNORE_UNUSED "ignore/unused" Warning {
        unused(code) {
            pt: "não há aqui nenhum `{code}` a ignorar: apague o comentário, ou o código dele",
            en: "this comment suppresses no `{code}`: remove the comment, or the code from it",
        }
    }

    IGNORE_INVALID "ignore/invalid" Error essential {
        unknown_code(code) { pt: "não existe o diagnóstico `{code}`", en: "there is no diagnostic `{code}`" }
        no_code() {
            pt: "falta dizer o que ignorar: `vereda-ignore CÓDIGO: motivo`, em uma linha só",
            en: "the code is missing: `vereda-ignore CODE: reason`, on one line",
        }
        no_reason(code) {
            pt: "falta o motivo: `vereda-ignore {code}: motivo`, em uma linha só",
            en: "the reason is missing: `vereda-ignore {code}: reason`, on one line",
        }
        essential(code) {
            pt: "`{code}` não pode ser ignorado: com ele o site não pode ser montado, ou não deve ser publicado",
            en: "`{code}` cannot be suppressed: the site cannot be built, or must not be published, with this error",
        }
    }
}
