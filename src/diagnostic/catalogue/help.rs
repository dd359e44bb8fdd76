//! What to do, and what the other places have to do with it.

texts! {
    did_you_mean(name) { pt: "você quis dizer `{name}`?", en: "did you mean `{name}`?" }
    first_here() { pt: "a primeira vez é aqui", en: "first here" }
    known_keys(keys) { pt: "as chaves possíveis são: {keys}", en: "the possible keys are: {keys}" }
    quote_it() { pt: "ponha o valor entre aspas", en: "put the value in quotes" }
    remove_it() { pt: "apague-o ou corrija o endereço", en: "remove it or mend the address" }
}
