//! What an editor asked not to be told, where it was asked wrongly or for nothing.

findings! {
    unused(code) IgnoreUnused {
        pt: "não há aqui nenhum `{code}` a ignorar: apague o comentário, ou o código dele",
        en: "there is no `{code}` to ignore here: remove the comment, or the code from it",
    }
    unknown_code(code) IgnoreInvalid { pt: "não existe o diagnóstico `{code}`", en: "there is no diagnostic `{code}`" }
    no_code() IgnoreInvalid {
        pt: "falta dizer o que ignorar: `vereda-ignore CÓDIGO: motivo`, em uma linha só",
        en: "it does not say what to ignore: `vereda-ignore CODE: reason`, on one line",
    }
    no_reason(code) IgnoreInvalid {
        pt: "falta o motivo: `vereda-ignore {code}: motivo`, em uma linha só",
        en: "the reason is missing: `vereda-ignore {code}: reason`, on one line",
    }
    essential(code) IgnoreInvalid {
        pt: "`{code}` não pode ser ignorado: com ele o site não pode ser montado, ou não deve ser publicado",
        en: "`{code}` cannot be ignored: with it the site cannot be made, or should not be published",
    }
}
