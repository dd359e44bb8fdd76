//! The life of pages and flows: reviews and owners.

findings! {
    overdue(title, due) ReviewOverdue {
        pt: "a revisão de “{title}” venceu em {due}",
        en: "the review of “{title}” was due on {due}",
    }
    no_owner(title) ReviewNoOwner { pt: "“{title}” não tem responsável (`owner`)", en: "“{title}” has no owner (`owner`)" }
}

texts! {
    review_it() {
        pt: "confira o conteúdo e ponha em `reviewed` a data de hoje",
        en: "go over the content and put the date of today in `reviewed`",
    }
}
