//! Reviews and owners of pages and flows.

diagnostics! {
    area "review" { pt: "Revisões", en: "Reviews", explanations: "review.md" }

    REVIEW_OVERDUE "review/overdue" Warning {
        overdue(title, due) {
            pt: "a revisão de “{title}” venceu em {due}",
            en: "the review of “{title}” was due on {due}",
            help {
                pt: "confira o conteúdo e ponha em `reviewed` a data de hoje",
                en: "review the content and set `reviewed` to today's date",
            }
        }
    }

    REVIEW_IN_FUTURE "review/in-future" Warning {
        in_future(date) {
            pt: "a data da revisão, {date}, ainda não chegou: ninguém seria avisado de revisar o texto antes dela",
            en: "the date of the review, {date}, is in the future: no review would be due before it",
            help { pt: "ponha em `reviewed` o dia em que o texto foi conferido", en: "set `reviewed` to the day on which the text was reviewed" }
        }
    }

    REVIEW_NO_OWNER "review/no-owner" Warning {
        no_owner(title) { pt: "“{title}” não tem responsável (`owner`)", en: "“{title}” has no owner (`owner`)" }
    }
}
