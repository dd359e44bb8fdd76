//! Kinds of change: each has a stable name for programs and a sentence in both languages.

/// Values that a sentence can contain.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts<'a> {
    /// Option, copied text, input or scenario that changed.
    pub(crate) item: &'a str,
    pub(crate) old: &'a str,
    pub(crate) new: &'a str,
}

/// `Variant "area/name" FORM (facts) { pt: "…", en: "…" }`. FORM is `sentence` for a complete sentence, and `texts` for
/// one with the old and the new text shown below it.
macro_rules! changes {
    ($($variant:ident $name:literal $form:ident ($($fact:ident),*) { pt: $pt:literal, en: $en:literal $(,)? })*) => {
        /// A kind of change.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum ChangeKind { $($variant,)* }

        impl ChangeKind {
            #[cfg(test)]
            pub(crate) const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// `area/name`, the stable name for programs.
            pub(crate) fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// True when the old and the new text are shown below the sentence.
            pub(crate) fn shows_texts(self) -> bool {
                match self { $(Self::$variant => stringify!($form) == "texts",)* }
            }

            /// The change as a sentence.
            pub(crate) fn sentence(self, facts: Facts<'_>) -> crate::diagnostic::Text {
                match self { $(Self::$variant => {
                    $(let $fact = facts.$fact;)*
                    crate::diagnostic::Text { pt: format!($pt), en: format!($en) }
                })* }
            }
        }
    };
}

changes! {
    FlowAdded "flow/added" sentence() { pt: "fluxo novo", en: "new flow" }
    FlowRemoved "flow/removed" sentence() { pt: "o fluxo não existe mais", en: "the flow no longer exists" }
    FlowMoved "flow/moved" sentence(old, new) {
        pt: "mudou de endereço: era {old} e agora é {new} (o antigo leva ao novo)",
        en: "the address changed from {old} to {new} (the old one redirects)",
    }
    FlowTitle "flow/title" sentence(old, new) { pt: "o título era “{old}” e agora é “{new}”", en: "the title changed from “{old}” to “{new}”" }
    FlowDescription "flow/description" texts() { pt: "a descrição mudou", en: "the description changed" }
    FlowStart "flow/start" sentence(old, new) { pt: "começava em “{old}” e agora começa em “{new}”", en: "the first node changed from “{old}” to “{new}”" }

    OtherOutcome "behaviour/ends-elsewhere" sentence(item, old, new) {
        pt: "quem responde {item} chegava a “{old}” e agora chega a “{new}”",
        en: "with {item}, the flow ended at “{old}” and now ends at “{new}”",
    }
    NeedsAnswer "behaviour/is-asked-more" sentence(item, old, new) {
        pt: "quem responde {item} chegava a “{old}” e agora ainda precisa responder a “{new}”",
        en: "with {item}, the flow ended at “{old}” and now also needs an answer at “{new}”",
    }
    AnswerRemoved "behaviour/answer-gone" sentence(item, old, new) {
        pt: "quem responde {item} chegava a “{old}”; agora essa resposta não existe mais em “{new}”",
        en: "with {item}, the flow ended at “{old}”; now “{new}” has no such answer",
    }
    Stops "behaviour/is-stopped" sentence(item, old, new) {
        pt: "quem responde {item} chegava a “{old}” e agora não chega ao fim: para em “{new}”",
        en: "with {item}, the flow ended at “{old}” and now stops at “{new}”, without an outcome",
    }
    ScenarioResult "scenario/result" sentence(item, old, new) {
        pt: "o cenário “{item}” tem outro resultado: antes, {old}; agora, {new}",
        en: "the scenario “{item}” has another result: before, it {old}; now, it {new}",
    }

    NodeAdded "node/added" sentence(new) { pt: "nó novo: {new}", en: "new node: {new}" }
    NodeRemoved "node/removed" sentence(old) { pt: "o nó não existe mais (era {old})", en: "the node no longer exists (it was {old})" }
    NodeRenamed "node/renamed" sentence(old, new) {
        pt: "o id era `{old}` e agora é `{new}` (o antigo continua valendo)",
        en: "the id changed from `{old}` to `{new}` (the old one still works)",
    }
    NodeKind "node/kind" sentence(old, new) { pt: "era {old} e agora é {new}", en: "changed from {old} to {new}" }
    NodeTitle "node/title" sentence(old, new) { pt: "o título era “{old}” e agora é “{new}”", en: "the title changed from “{old}” to “{new}”" }
    NodeText "node/text" texts() { pt: "o texto mudou", en: "the text changed" }
    NodeChecklist "node/checklist" texts() { pt: "a lista de tarefas mudou", en: "the checklist changed" }
    NodeSeveralAnswers "node/several-answers" sentence() { pt: "agora aceita mais de uma resposta", en: "now accepts several answers" }
    NodeOneAnswer "node/one-answer" sentence() { pt: "agora aceita uma resposta só", en: "now accepts one answer only" }
    NodeNext "node/next" sentence(old, new) { pt: "levava a “{old}” e agora leva a “{new}”", en: "the next node changed from “{old}” to “{new}”" }
    NodeResult "node/result" sentence(old, new) { pt: "o resultado era {old} e agora é {new}", en: "the result changed from {old} to {new}" }
    NodeStatus "node/status" sentence(old, new) { pt: "o status do ticket era “{old}” e agora é “{new}”", en: "the status of the ticket changed from “{old}” to “{new}”" }
    NodeRecord "node/record" sentence(old, new) { pt: "o modelo do registro era `{old}` e agora é `{new}`", en: "the record template changed from `{old}` to `{new}`" }

    OptionAdded "option/added" sentence(item, new) { pt: "opção nova: “{item}”, que leva a “{new}”", en: "new option: “{item}”, which leads to “{new}”" }
    OptionRemoved "option/removed" sentence(item, old) { pt: "a opção “{item}”, que levava a “{old}”, não existe mais", en: "the option “{item}”, which led to “{old}”, no longer exists" }
    OptionRenamed "option/renamed" sentence(item, old, new) { pt: "o id da opção “{item}” era `{old}` e agora é `{new}`", en: "the id of the option “{item}” changed from `{old}` to `{new}`" }
    OptionLabel "option/label" sentence(old, new) { pt: "a opção “{old}” agora se chama “{new}”", en: "the label of the option “{old}” changed to “{new}”" }
    OptionHint "option/hint" sentence(item, old, new) { pt: "a dica da opção “{item}” era “{old}” e agora é “{new}”", en: "the hint of the option “{item}” changed from “{old}” to “{new}”" }
    OptionNext "option/next" sentence(item, old, new) { pt: "“{item}” levava a “{old}” e agora leva a “{new}”", en: "“{item}” led to “{old}” and now leads to “{new}”" }
    OptionSets "option/sets" sentence(item, old, new) { pt: "“{item}” preenchia {old} e agora preenche {new}", en: "“{item}” filled in {old} and now fills in {new}" }
    OptionOrder "option/order" sentence(old, new) { pt: "as opções estão em outra ordem: era {old}; agora é {new}", en: "the order of the options changed: before, {old}; now, {new}" }

    RuleAdded "rule/added" sentence(item, new) { pt: "regra nova: {item} → “{new}”", en: "new rule: {item} → “{new}”" }
    RuleRemoved "rule/removed" sentence(item, old) { pt: "esta regra não existe mais: {item} → “{old}”", en: "this rule no longer exists: {item} → “{old}”" }
    RuleNext "rule/next" sentence(item, old, new) { pt: "a regra “{item}” levava a “{old}” e agora leva a “{new}”", en: "the rule “{item}” led to “{old}” and now leads to “{new}”" }
    RuleOrder "rule/order" sentence(old, new) { pt: "as regras estão em outra ordem, e vale a primeira que servir: era {old}; agora é {new}", en: "the order of the rules changed, and the first that holds applies: before, {old}; now, {new}" }

    CallFlow "call/flow" sentence(old, new) { pt: "seguia o fluxo “{old}” e agora segue “{new}”", en: "the called flow changed from “{old}” to “{new}”" }
    CallAdded "call/added" sentence(item, new) { pt: "quando o outro fluxo termina em “{item}”, agora leva a “{new}”", en: "the outcome “{item}” of the called flow now leads to “{new}”" }
    CallRemoved "call/removed" sentence(item, old) { pt: "o desfecho “{item}” do outro fluxo, que levava a “{old}”, não é mais previsto", en: "the outcome “{item}” of the called flow, which led to “{old}”, is no longer mapped" }
    CallNext "call/next" sentence(item, old, new) { pt: "quando o outro fluxo termina em “{item}”, levava a “{old}” e agora leva a “{new}”", en: "the outcome “{item}” of the called flow led to “{old}” and now leads to “{new}”" }

    CopyAdded "copy/added" texts(item) { pt: "texto novo para copiar: “{item}”", en: "new copy: “{item}”" }
    CopyRemoved "copy/removed" texts(item) { pt: "o texto para copiar “{item}” não existe mais", en: "the copy “{item}” no longer exists" }
    CopyLabel "copy/label" sentence(old, new) { pt: "o texto para copiar “{old}” agora se chama “{new}”", en: "the label of the copy “{old}” changed to “{new}”" }
    CopyText "copy/text" texts(item) { pt: "mudou o texto que se copia em “{item}”", en: "the text of the copy “{item}” changed" }

    LinkAdded "link/added" texts(item) { pt: "link novo: “{item}”", en: "new link: “{item}”" }
    LinkRemoved "link/removed" texts(item) { pt: "o link “{item}” não existe mais", en: "the link “{item}” no longer exists" }
    LinkLabel "link/label" sentence(old, new) { pt: "o link “{old}” agora se chama “{new}”", en: "the label of the link “{old}” changed to “{new}”" }
    LinkAddress "link/address" texts(item) { pt: "o link “{item}” leva a outro endereço", en: "the address of the link “{item}” changed" }

    InputAsked "input/asked" sentence(item) { pt: "agora pede “{item}”", en: "now asks for “{item}”" }
    InputNoLongerAsked "input/not-asked" sentence(item) { pt: "não pede mais “{item}”", en: "no longer asks for “{item}”" }
    InputAdded "input/added" texts(item) { pt: "entrada nova: “{item}”", en: "new input: “{item}”" }
    InputRemoved "input/removed" texts(item) { pt: "a entrada “{item}” não existe mais", en: "the input “{item}” no longer exists" }
    InputChanged "input/changed" texts(item) { pt: "a entrada “{item}” mudou", en: "the input “{item}” changed" }

    PageAdded "page/added" sentence() { pt: "página nova", en: "new page" }
    PageRemoved "page/removed" sentence() { pt: "a página não existe mais", en: "the page no longer exists" }
    PageMoved "page/moved" sentence(old, new) {
        pt: "mudou de endereço: era {old} e agora é {new} (o antigo leva ao novo)",
        en: "the address changed from {old} to {new} (the old one redirects)",
    }
    PageTitle "page/title" sentence(old, new) { pt: "o título era “{old}” e agora é “{new}”", en: "the title changed from “{old}” to “{new}”" }
    PageDescription "page/description" texts() { pt: "a descrição mudou", en: "the description changed" }
    PageText "page/text" texts() { pt: "o texto mudou", en: "the text changed" }
    PageLinkAdded "page/link-added" sentence(item) { pt: "agora há um link para {item}", en: "now links to {item}" }
    PageLinkRemoved "page/link-removed" sentence(item) { pt: "não há mais link para {item}", en: "no longer links to {item}" }
    HeadingAdded "heading/added" sentence(item, new) { pt: "título novo: “{item}” (`#{new}`)", en: "new heading: “{item}” (`#{new}`)" }
    HeadingRemoved "heading/removed" sentence(item, old) { pt: "o título “{item}” (`#{old}`) não existe mais", en: "the heading “{item}” (`#{old}`) no longer exists" }
    AnchorAdded "anchor/added" sentence(new) { pt: "âncora nova: `#{new}`", en: "new anchor: `#{new}`" }
    AnchorRemoved "anchor/removed" sentence(old) { pt: "a âncora `#{old}` não existe mais", en: "the anchor `#{old}` no longer exists" }

    ValueAdded "value/added" texts(item) { pt: "valor novo: `{item}`", en: "new value: `{item}`" }
    ValueRemoved "value/removed" texts(item) { pt: "o valor `{item}` não existe mais", en: "the value `{item}` no longer exists" }
    ValueChanged "value/changed" texts(item) { pt: "o valor `{item}` mudou em todo o site", en: "the value `{item}` changed in the whole site" }
    RecordAdded "record/added" texts(item) { pt: "modelo de registro novo: `{item}`", en: "new record template: `{item}`" }
    RecordRemoved "record/removed" texts(item) { pt: "o modelo de registro `{item}` não existe mais", en: "the record template `{item}` no longer exists" }
    RecordChanged "record/changed" texts(item) { pt: "o modelo de registro `{item}` mudou", en: "the record template `{item}` changed" }
    CalendarAdded "calendar/added" texts(item) { pt: "calendário novo: `{item}`", en: "new calendar: `{item}`" }
    CalendarRemoved "calendar/removed" texts(item) { pt: "o calendário `{item}` não existe mais", en: "the calendar `{item}` no longer exists" }
    CalendarChanged "calendar/changed" texts(item) { pt: "o calendário `{item}` mudou", en: "the calendar `{item}` changed" }
}

impl ChangeKind {
    /// Effect on a reader, for programs and style sheets: `added`, `removed`, `changed` or `behaviour`.
    pub(crate) fn effect(self) -> &'static str {
        let (area, name) = self.as_str().split_once('/').expect("every name has an area");
        match name {
            _ if matches!(area, "behaviour" | "scenario") => "behaviour",
            "added" | "link-added" | "asked" => "added",
            "removed" | "link-removed" | "not-asked" => "removed",
            _ => "changed",
        }
    }
}

crate::diagnostic::catalogue::texts! {
    /// The first line of the text for people.
    heading(since, commit) { pt: "O que mudou desde {since} (commit {commit})", en: "What changed since {since} (commit {commit})" }
    nothing() { pt: "nada mudou no conteúdo", en: "nothing changed in the content" }
    /// Heading of changes of behaviour.
    behaviour() { pt: "Comportamento", en: "Behaviour" }
    flow(title) { pt: "Fluxo “{title}”", en: "Flow “{title}”" }
    page(title) { pt: "Página “{title}”", en: "Page “{title}”" }
    settings() { pt: "Configuração do site", en: "Settings of the site" }
    before() { pt: "antes", en: "before" }
    now() { pt: "agora", en: "now" }
    more_lines(count) { pt: "… e mais {count} linhas", en: "… and {count} more lines" }
    one_change() { pt: "1 mudança", en: "1 change" }
    changes(count) { pt: "{count} mudanças", en: "{count} changes" }
    of_behaviour(count) { pt: "de comportamento: {count}", en: "of behaviour: {count}" }

    /// Several walks with the same difference, of which the first is shown.
    and_others(answers, count) { pt: "{answers} (e outros {count} caminhos)", en: "{answers} (and {count} other walks)" }
    and_another(answers) { pt: "{answers} (e outro caminho)", en: "{answers} (and another walk)" }
    /// A walk without answers.
    no_answers() { pt: "o que o fluxo pede", en: "no answers" }
    answer(question, label) { pt: "“{question}”: {label}", en: "“{question}”: {label}" }
    comes_to(outcome) { pt: "chega a “{outcome}”", en: "ends at “{outcome}”" }
    waits_at(node) { pt: "para em “{node}”, sem resposta", en: "stops at “{node}”, which has no answer" }
    no_such_answer_at(node) { pt: "para em “{node}”, que não tem a resposta dada", en: "stops at “{node}”, which lacks the given answer" }
    stops_at(node) { pt: "para em “{node}”, sem ter por onde seguir", en: "stops at “{node}”, which has no exit that applies" }
    does_not_begin() { pt: "não começa", en: "does not begin" }
    nowhere() { pt: "lugar nenhum", en: "no node" }
    nothing_there() { pt: "(nada)", en: "(nothing)" }

    question() { pt: "uma pergunta", en: "a question" }
    step() { pt: "um passo", en: "a step" }
    branch() { pt: "uma decisão", en: "a decision" }
    call() { pt: "uma chamada de outro fluxo", en: "a call of another flow" }
    outcome() { pt: "um desfecho", en: "an outcome" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_each_kind_a_unique_name_and_full_sentences() {
        let names: std::collections::BTreeSet<_> = ChangeKind::ALL.iter().map(|kind| kind.as_str()).collect();
        assert_eq!(names.len(), ChangeKind::ALL.len());
        for kind in ChangeKind::ALL {
            let text = kind.sentence(Facts { item: "ITEM", old: "OLD", new: "NEW" });
            assert_ne!(text.pt, text.en, "{}", kind.as_str());
            assert!(!text.pt.contains('{') && !text.en.contains('{'), "{}", kind.as_str());
            for fact in ["ITEM", "OLD", "NEW"] {
                assert_eq!(text.pt.contains(fact), text.en.contains(fact), "{}: {fact}", kind.as_str());
            }
        }
    }
}
