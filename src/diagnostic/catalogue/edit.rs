//! Texts of edits: why an edit is refused.

texts! {
    unreadable() {
        pt: "o arquivo tem um erro que impede de lê-lo: corrija-o antes",
        en: "the file has a mistake that prevents reading it: correct that first",
    }
    no_place() {
        pt: "o lugar não existe mais, ou o nome novo já existe nele",
        en: "the place does not exist any more, or the new name exists in it",
    }
    unknown_form() {
        pt: "isto está escrito de uma forma que só se muda à mão",
        en: "this is written in a form that can be changed by hand only",
    }
    other_meaning() {
        pt: "a mudança mudaria mais do que isto: o arquivo fica como está",
        en: "the change would change more than this: the file stays as it is",
    }
}
