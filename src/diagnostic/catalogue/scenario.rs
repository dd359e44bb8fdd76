//! Scenarios: what they name, and what they find.

findings! {
    unknown_name(name) ScenarioUnknownName { pt: "`{name}` não existe neste fluxo", en: "there is no `{name}` in this flow" }
}
