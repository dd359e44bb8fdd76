//! Kinds of change: each has a stable name for programs and a sentence in both languages.

/// Values that a sentence can contain.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts<'a> {
    /// Option, copied text, input or scenario that changed.
    pub(crate) item: &'a str,
    pub(crate) old: &'a str,
    pub(crate) new: &'a str,
}

/// `Variant "area/name" FORM (facts) { pt: "…", en: "…" }`. FORM is `says` for a sentence that is complete, and
/// `shows` for
/// one below which the old and the new text are shown.
macro_rules! changes {
    ($($variant:ident $name:literal $telling:ident ($($fact:ident),*) { pt: $pt:literal, en: $en:literal $(,)? })*) => {
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
                match self { $(Self::$variant => stringify!($telling) == "shows",)* }
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
    FlowAdded "flow/added" says() { pt: "fluxo novo", en: "new flow" }
    FlowRemoved "flow/removed" says() { pt: "o fluxo não existe mais", en: "the flow no longer exists" }
    FlowMoved "flow/moved" says(old, new) {
        pt: "mudou de endereço: era {old} e agora é {new} (o antigo leva ao novo)",
        en: "has another address: it was {old} and is now {new} (the old one leads to the new)",
    }
    FlowTitle "flow/title" says(old, new) { pt: "o título era “{old}” e agora é “{new}”", en: "the title was “{old}” and is now “{new}”" }
    FlowDescription "flow/description" shows() { pt: "a descrição mudou", en: "the description changed" }
    FlowStart "flow/start" says(old, new) { pt: "começava em “{old}” e agora começa em “{new}”", en: "began at “{old}” and now begins at “{new}”" }

    OtherOutcome "behaviour/ends-elsewhere" says(item, old, new) {
        pt: "quem responde {item} chegava a “{old}” e agora chega a “{new}”",
        en: "whoever answers {item} came to “{old}” and now comes to “{new}”",
    }
    NeedsAnswer "behaviour/is-asked-more" says(item, old, new) {
        pt: "quem responde {item} chegava a “{old}” e agora ainda precisa responder a “{new}”",
        en: "whoever answers {item} came to “{old}” and now has yet to answer “{new}”",
    }
    AnswerRemoved "behaviour/answer-gone" says(item, old, new) {
        pt: "quem responde {item} chegava a “{old}”; agora essa resposta não existe mais em “{new}”",
        en: "whoever answers {item} came to “{old}”; now there is no such answer at “{new}”",
    }
    Stops "behaviour/is-stopped" says(item, old, new) {
        pt: "quem responde {item} chegava a “{old}” e agora não chega ao fim: para em “{new}”",
        en: "whoever answers {item} came to “{old}” and now does not come to the end: the walk stops at “{new}”",
    }
    ScenarioResult "scenario/result" says(item, old, new) {
        pt: "o cenário “{item}” tem outro resultado: antes, {old}; agora, {new}",
        en: "the scenario “{item}” has another result: before, {old}; now, {new}",
    }

    NodeAdded "node/added" says(new) { pt: "nó novo: {new}", en: "new node: {new}" }
    NodeRemoved "node/removed" says(old) { pt: "o nó não existe mais (era {old})", en: "the node no longer exists (it was {old})" }
    NodeRenamed "node/renamed" says(old, new) {
        pt: "o id era `{old}` e agora é `{new}` (o antigo continua valendo)",
        en: "the id was `{old}` and is now `{new}` (the old one still works)",
    }
    NodeKind "node/kind" says(old, new) { pt: "era {old} e agora é {new}", en: "was {old} and is now {new}" }
    NodeTitle "node/title" says(old, new) { pt: "o título era “{old}” e agora é “{new}”", en: "the title was “{old}” and is now “{new}”" }
    NodeText "node/text" shows() { pt: "o texto mudou", en: "the text changed" }
    NodeChecklist "node/checklist" shows() { pt: "a lista de tarefas mudou", en: "the checklist changed" }
    NodeSeveralAnswers "node/several-answers" says() { pt: "agora aceita mais de uma resposta", en: "now takes more than one answer" }
    NodeOneAnswer "node/one-answer" says() { pt: "agora aceita uma resposta só", en: "now takes one answer only" }
    NodeNext "node/next" says(old, new) { pt: "levava a “{old}” e agora leva a “{new}”", en: "led to “{old}” and now leads to “{new}”" }
    NodeResult "node/result" says(old, new) { pt: "o resultado era {old} e agora é {new}", en: "the result was {old} and is now {new}" }
    NodeStatus "node/status" says(old, new) { pt: "o status do ticket era “{old}” e agora é “{new}”", en: "the status of the ticket was “{old}” and is now “{new}”" }
    NodeRecord "node/record" says(old, new) { pt: "o modelo do registro era `{old}` e agora é `{new}`", en: "the template of the record was `{old}` and is now `{new}`" }

    OptionAdded "option/added" says(item, new) { pt: "opção nova: “{item}”, que leva a “{new}”", en: "new option: “{item}”, which leads to “{new}”" }
    OptionRemoved "option/removed" says(item, old) { pt: "a opção “{item}”, que levava a “{old}”, não existe mais", en: "the option “{item}”, which led to “{old}”, no longer exists" }
    OptionRenamed "option/renamed" says(item, old, new) { pt: "o id da opção “{item}” era `{old}` e agora é `{new}`", en: "the id of the option “{item}” was `{old}` and is now `{new}`" }
    OptionLabel "option/label" says(old, new) { pt: "a opção “{old}” agora se chama “{new}”", en: "the option “{old}” is now called “{new}”" }
    OptionHint "option/hint" says(item, old, new) { pt: "a dica da opção “{item}” era “{old}” e agora é “{new}”", en: "the hint of the option “{item}” was “{old}” and is now “{new}”" }
    OptionNext "option/next" says(item, old, new) { pt: "“{item}” levava a “{old}” e agora leva a “{new}”", en: "“{item}” led to “{old}” and now leads to “{new}”" }
    OptionSets "option/sets" says(item, old, new) { pt: "“{item}” preenchia {old} e agora preenche {new}", en: "“{item}” filled in {old} and now fills in {new}" }
    OptionOrder "option/order" says(old, new) { pt: "as opções estão em outra ordem: era {old}; agora é {new}", en: "the options are in another order: it was {old}; now it is {new}" }

    RuleAdded "rule/added" says(item, new) { pt: "regra nova: {item} → “{new}”", en: "new rule: {item} → “{new}”" }
    RuleRemoved "rule/removed" says(item, old) { pt: "esta regra não existe mais: {item} → “{old}”", en: "this rule no longer exists: {item} → “{old}”" }
    RuleNext "rule/next" says(item, old, new) { pt: "a regra “{item}” levava a “{old}” e agora leva a “{new}”", en: "the rule “{item}” led to “{old}” and now leads to “{new}”" }
    RuleOrder "rule/order" says(old, new) { pt: "as regras estão em outra ordem, e vale a primeira que servir: era {old}; agora é {new}", en: "the rules are in another order, and the first that holds counts: it was {old}; now it is {new}" }

    CallFlow "call/flow" says(old, new) { pt: "seguia o fluxo “{old}” e agora segue “{new}”", en: "followed the flow “{old}” and now follows “{new}”" }
    CallAdded "call/added" says(item, new) { pt: "quando o outro fluxo termina em “{item}”, agora leva a “{new}”", en: "when the other flow ends at “{item}”, it now leads to “{new}”" }
    CallRemoved "call/removed" says(item, old) { pt: "o desfecho “{item}” do outro fluxo, que levava a “{old}”, não é mais previsto", en: "the outcome “{item}” of the other flow, which led to “{old}”, is no longer foreseen" }
    CallNext "call/next" says(item, old, new) { pt: "quando o outro fluxo termina em “{item}”, levava a “{old}” e agora leva a “{new}”", en: "when the other flow ends at “{item}”, it led to “{old}” and now leads to “{new}”" }

    CopyAdded "copy/added" shows(item) { pt: "texto novo para copiar: “{item}”", en: "new text to copy: “{item}”" }
    CopyRemoved "copy/removed" shows(item) { pt: "o texto para copiar “{item}” não existe mais", en: "the text to copy “{item}” no longer exists" }
    CopyLabel "copy/label" says(old, new) { pt: "o texto para copiar “{old}” agora se chama “{new}”", en: "the text to copy “{old}” is now called “{new}”" }
    CopyText "copy/text" shows(item) { pt: "mudou o texto que se copia em “{item}”", en: "the text that “{item}” copies changed" }

    LinkAdded "link/added" shows(item) { pt: "link novo: “{item}”", en: "new link: “{item}”" }
    LinkRemoved "link/removed" shows(item) { pt: "o link “{item}” não existe mais", en: "the link “{item}” no longer exists" }
    LinkLabel "link/label" says(old, new) { pt: "o link “{old}” agora se chama “{new}”", en: "the link “{old}” is now called “{new}”" }
    LinkAddress "link/address" shows(item) { pt: "o link “{item}” leva a outro endereço", en: "the link “{item}” leads to another address" }

    InputAsked "input/asked" says(item) { pt: "agora pede “{item}”", en: "now asks for “{item}”" }
    InputNoLongerAsked "input/not-asked" says(item) { pt: "não pede mais “{item}”", en: "no longer asks for “{item}”" }
    InputAdded "input/added" shows(item) { pt: "entrada nova: “{item}”", en: "new input: “{item}”" }
    InputRemoved "input/removed" shows(item) { pt: "a entrada “{item}” não existe mais", en: "the input “{item}” no longer exists" }
    InputChanged "input/changed" shows(item) { pt: "a entrada “{item}” mudou", en: "the input “{item}” changed" }

    PageAdded "page/added" says() { pt: "página nova", en: "new page" }
    PageRemoved "page/removed" says() { pt: "a página não existe mais", en: "the page no longer exists" }
    PageMoved "page/moved" says(old, new) {
        pt: "mudou de endereço: era {old} e agora é {new} (o antigo leva ao novo)",
        en: "has another address: it was {old} and is now {new} (the old one leads to the new)",
    }
    PageTitle "page/title" says(old, new) { pt: "o título era “{old}” e agora é “{new}”", en: "the title was “{old}” and is now “{new}”" }
    PageDescription "page/description" shows() { pt: "a descrição mudou", en: "the description changed" }
    PageText "page/text" shows() { pt: "o texto mudou", en: "the text changed" }
    PageLinkAdded "page/link-added" says(item) { pt: "agora há um link para {item}", en: "now links to {item}" }
    PageLinkRemoved "page/link-removed" says(item) { pt: "não há mais link para {item}", en: "no longer links to {item}" }
    HeadingAdded "heading/added" says(item, new) { pt: "título novo: “{item}” (`#{new}`)", en: "new heading: “{item}” (`#{new}`)" }
    HeadingRemoved "heading/removed" says(item, old) { pt: "o título “{item}” (`#{old}`) não existe mais", en: "the heading “{item}” (`#{old}`) no longer exists" }
    AnchorAdded "anchor/added" says(new) { pt: "âncora nova: `#{new}`", en: "new anchor: `#{new}`" }
    AnchorRemoved "anchor/removed" says(old) { pt: "a âncora `#{old}` não existe mais", en: "the anchor `#{old}` no longer exists" }

    ValueAdded "value/added" shows(item) { pt: "valor novo: `{item}`", en: "new value: `{item}`" }
    ValueRemoved "value/removed" shows(item) { pt: "o valor `{item}` não existe mais", en: "the value `{item}` no longer exists" }
    ValueChanged "value/changed" shows(item) { pt: "o valor `{item}` mudou em todo o site", en: "the value `{item}` changed in the whole site" }
    RecordAdded "record/added" shows(item) { pt: "modelo de registro novo: `{item}`", en: "new template of a record: `{item}`" }
    RecordRemoved "record/removed" shows(item) { pt: "o modelo de registro `{item}` não existe mais", en: "the template of a record `{item}` no longer exists" }
    RecordChanged "record/changed" shows(item) { pt: "o modelo de registro `{item}` mudou", en: "the template of a record `{item}` changed" }
    CalendarAdded "calendar/added" shows(item) { pt: "calendário novo: `{item}`", en: "new calendar: `{item}`" }
    CalendarRemoved "calendar/removed" shows(item) { pt: "o calendário `{item}` não existe mais", en: "the calendar `{item}` no longer exists" }
    CalendarChanged "calendar/changed" shows(item) { pt: "o calendário `{item}` mudou", en: "the calendar `{item}` changed" }
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
    and_others(answers, count) { pt: "{answers} (e outros {count} caminhos)", en: "{answers} (and {count} other ways)" }
    and_another(answers) { pt: "{answers} (e outro caminho)", en: "{answers} (and another way)" }
    /// A walk without answers.
    no_answers() { pt: "o que o fluxo pede", en: "what the flow asks for" }
    answer(question, label) { pt: "“{question}”: {label}", en: "“{question}”: {label}" }
    comes_to(outcome) { pt: "chega a “{outcome}”", en: "comes to “{outcome}”" }
    waits_at(node) { pt: "para em “{node}”, sem resposta", en: "stops at “{node}”, unanswered" }
    no_such_answer_at(node) { pt: "para em “{node}”, que não tem a resposta dada", en: "stops at “{node}”, which has no such answer" }
    stops_at(node) { pt: "para em “{node}”, sem ter por onde seguir", en: "stops at “{node}” with no way on" }
    does_not_begin() { pt: "não começa", en: "does not begin" }
    nowhere() { pt: "lugar nenhum", en: "nowhere" }
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
