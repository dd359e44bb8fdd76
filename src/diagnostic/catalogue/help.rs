//! Help and labels that diagnostics of several areas share.

texts! {
    did_you_mean(name) { pt: "você quis dizer `{name}`?", en: "did you mean `{name}`?" }
    first_here() { pt: "a primeira vez é aqui", en: "first defined here" }
    instead_of_fence() { pt: "aqui deve haver só `---`", en: "this line must be `---` alone" }
    known_keys(keys) { pt: "as chaves possíveis são: {keys}", en: "the possible keys are: {keys}" }
    one_consequence() {
        pt: "e mais 1 por causa deste, que volta a ser conferido depois de corrigido",
        en: "and 1 more because of this one, checked again after it is corrected",
    }
    consequences(count) {
        pt: "e mais {count} por causa deste, que voltam a ser conferidos depois de corrigido",
        en: "and {count} more because of this one, checked again after it is corrected",
    }
    quote_it() { pt: "ponha o valor entre aspas", en: "put the value in quotes" }

    search_found(titles) { pt: "acha primeiro “{titles}”", en: "the first results are “{titles}”" }
    search_found_nothing() { pt: "não acha nada", en: "there are no results" }
}
