//! Texts of the preview: the panel of findings, and a server that stopped.

texts! {
    heading() { pt: "Há o que corrigir", en: "There is something to correct" }
    note() {
        pt: "A página já mostra o que você salvou. O `vereda build` não publica enquanto houver um erro.",
        en: "The page shows what you saved. `vereda build` publishes nothing while there is an error.",
    }
    stale() {
        pt: "A página por baixo é a última que deu certo. Isto some quando o erro for corrigido.",
        en: "The page below is of an earlier build. This message disappears when the error is corrected.",
    }
    close() { pt: "Fechar (Esc)", en: "Close (Esc)" }
    open_in_editor() { pt: "Abrir no editor", en: "Open in the editor" }
    elsewhere() { pt: "Em outras páginas", en: "On other pages" }
    outside_pages() { pt: "Fora das páginas", en: "Outside the pages" }
    more() { pt: "Há mais: o `vereda check` lista tudo.", en: "There are more: `vereda check` lists them all." }
    stopped() {
        pt: "O `vereda serve` parou: esta página não mostra mais o que você salva.",
        en: "`vereda serve` has stopped: this page no longer shows what you save.",
    }
    error() { pt: "erro", en: "error" }
    errors() { pt: "erros", en: "errors" }
    warning() { pt: "aviso", en: "warning" }
    warnings() { pt: "avisos", en: "warnings" }
    note_word() { pt: "nota", en: "note" }
    note_words() { pt: "notas", en: "notes" }
}
