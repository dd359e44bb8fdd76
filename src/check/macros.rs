//! Macros of the content that Zendesk does not have, or has otherwise.
//!
//! In: the exact texts that are macros, and the file that `zendesk.macros` names: the response of Zendesk to
//! `GET /api/v2/macros` (<https://developer.zendesk.com/api-reference/ticketing/business-rules/macros/>). Nothing is checked without it.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;
use serde_json::error::Category;
use unicode_normalization::UnicodeNormalization;

use crate::content::flow_node::Ending;
use crate::copies::{ExactText, ExactTexts, TextKind, TextUse, fold};
use crate::diagnostic::{Diagnostics, Names, catalogue};
use crate::site::flow::NodeKind;
use crate::site::{Entry, Site};
use crate::source::{FileId, Sources, Span};
use crate::words::Words;

/// Unused macros that are reported one by one.
const MOST_UNUSED: usize = 20;

/// The words for each status of Zendesk, without accents.
const STATUSES: [(&str, &[&str]); 6] = [
    ("new", &["novo", "nova", "new"]),
    ("open", &["aberto", "aberta", "open"]),
    ("pending", &["pendente", "pending"]),
    ("hold", &["em espera", "on-hold", "on hold", "hold"]),
    ("solved", &["resolvido", "resolvida", "solved", "resolved"]),
    ("closed", &["fechado", "fechada", "closed"]),
];

#[derive(Deserialize)]
struct MacroExport {
    macros: Vec<ExportedMacro>,
    next_page: Option<String>,
    previous_page: Option<String>,
    count: Option<usize>,
    meta: Option<ExportMeta>,
}

/// Of pages by cursor.
#[derive(Deserialize)]
struct ExportMeta {
    has_more: Option<bool>,
}

#[derive(Deserialize)]
struct ExportedMacro {
    title: String,
    /// A missing one is active.
    active: Option<bool>,
    actions: Option<Vec<MacroAction>>,
}

#[derive(Deserialize)]
struct MacroAction {
    field: String,
    #[serde(default)]
    value: serde_json::Value,
}

impl MacroExport {
    fn is_whole(&self) -> bool {
        let has_more = self.meta.as_ref().and_then(|meta| meta.has_more).unwrap_or(false);
        self.next_page.is_none() && self.previous_page.is_none() && !has_more
    }
}

impl ExportedMacro {
    fn is_active(&self) -> bool {
        self.active != Some(false)
    }

    /// The status that the macro sets; its last action wins.
    fn status(&self) -> Option<&str> {
        let actions = self.actions.iter().flatten().rev();
        actions.filter(|action| action.field == "status").find_map(|action| action.value.as_str())
    }
}

pub(super) fn check(site: &Site, sources: &Sources, diagnostics: &mut Diagnostics) {
    let Some(file) = site.config.zendesk.macros_path().and_then(|path| sources.find(path)) else { return };
    let Some(export) = read_export(file, sources, diagnostics) else { return };
    let texts = ExactTexts::of(site).texts;
    let index = MacroIndex::new(&export);
    for text in texts.iter().filter(|text| text.kind == TextKind::Macro && text.is_constant()) {
        index.check_text(text, &export, diagnostics);
        index.check_statuses(text, site, diagnostics);
    }
    report_unused(&texts, &export, sources, file, diagnostics);
}

/// Reports a file of another form.
fn read_export(file: FileId, sources: &Sources, diagnostics: &mut Diagnostics) -> Option<MacroExport> {
    let text = sources.text(file);
    match serde_json::from_str::<MacroExport>(text) {
        Ok(export) => {
            if !export.is_whole() {
                let (count, total) = (export.macros.len(), export.count.unwrap_or(export.macros.len() + 1));
                diagnostics.push(catalogue::macros::incomplete(Span::new(file, 0, 0), count, total));
            }
            Some(export)
        }
        Err(error) => {
            let before: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
            let last = text.trim_end().len().saturating_sub(1);
            let at = text.floor_char_boundary(last.min(before + error.column().saturating_sub(1)));
            let span = Span::new(file, at, at);
            diagnostics.push(match error.classify() {
                Category::Data => catalogue::macros::no_macros(span),
                _ => catalogue::macros::not_json(span),
            });
            None
        }
    }
}

/// The exported macros by title.
struct MacroIndex<'e> {
    exact: HashMap<&'e str, Vec<&'e ExportedMacro>>,
    squashed: HashMap<String, Vec<&'e ExportedMacro>>,
    titles: Names<'e>,
}

impl<'e> MacroIndex<'e> {
    fn new(export: &'e MacroExport) -> Self {
        let (mut exact, mut squashed) = (HashMap::<_, Vec<_>>::new(), HashMap::<_, Vec<_>>::new());
        for one in &export.macros {
            exact.entry(one.title.as_str()).or_default().push(one);
            squashed.entry(squash(&one.title)).or_default().push(one);
        }
        let active = export.macros.iter().filter(|one| one.is_active());
        Self { exact, squashed, titles: active.map(|one| one.title.as_str()).collect() }
    }

    /// Among macros of one title, an active one.
    fn find(&self, text: &str) -> Option<&'e ExportedMacro> {
        let found = self.exact.get(text).or_else(|| self.squashed.get(&squash(text)))?;
        found.iter().find(|one| one.is_active()).or_else(|| found.first()).copied()
    }

    fn check_text(&self, text: &ExactText<'_>, export: &MacroExport, diagnostics: &mut Diagnostics) {
        let Some(span) = place_of(text) else { return };
        let written = &text.text;
        diagnostics.extend(match self.find(written) {
            Some(found) if found.title != *written => Some(catalogue::macros::differs(span, written, &found.title)),
            Some(found) if !found.is_active() => Some(catalogue::macros::inactive(span, written)),
            Some(_) => None,
            // It may be on another page of the export.
            None if !export.is_whole() => None,
            None => Some(catalogue::macros::unknown(span, written).suggest(self.titles.nearest_misspelling(written))),
        });
    }

    /// Compares the status of each outcome that copies a macro with what the macro sets.
    fn check_statuses(&self, text: &ExactText<'_>, site: &Site, diagnostics: &mut Diagnostics) {
        let Some((found, value)) = self.find(&text.text).and_then(|found| Some((found, found.status()?))) else {
            return;
        };
        for one in text.uses.iter().filter(|one| one.is_copied && !one.is_transcluded) {
            let Some((result, status)) = outcome_of(one, site) else { continue };
            let said = status.map_or_else(|| statuses_of_result(result), statuses_of_words);
            if said.is_empty() || said.contains(&value) {
                continue;
            }
            diagnostics.push(match status {
                Some(status) => catalogue::macros::status(one.span, status, &found.title, value),
                None => catalogue::macros::result_status(one.span, result.as_str(), &found.title, value),
            });
        }
    }
}

/// The value, or else the first place where the text is written; `None` for a text that nothing uses.
fn place_of(text: &ExactText<'_>) -> Option<Span> {
    let written = text.uses.iter().find(|one| !one.is_transcluded)?;
    Some(text.values.first().map_or(written.span, |name| name.span))
}

/// The result and the status of the outcome that a use belongs to.
fn outcome_of<'s>(one: &TextUse, site: &'s Site) -> Option<(Ending, Option<&'s str>)> {
    let place = one.place?;
    let Entry::Flow(flow) = place.entry else { return None };
    match &site.flow(flow).node(place.node?).kind {
        NodeKind::Outcome { result, status, .. } => Some((*result, status.as_deref())),
        _ => None,
    }
}

/// The status of Zendesk that an editor's word means; none for a word of other systems.
fn statuses_of_words(text: &str) -> &'static [&'static str] {
    let folded = fold(text);
    let found = STATUSES.iter().find(|(_, words)| words.contains(&folded.as_str()));
    found.map_or(&[], |(status, _)| std::slice::from_ref(status))
}

/// The statuses that agree with a result; none for a result that Zendesk does not know.
fn statuses_of_result(result: Ending) -> &'static [&'static str] {
    match result {
        Ending::Resolved => &["solved", "closed"],
        Ending::Pending => &["pending", "hold"],
        Ending::Open => &["new", "open"],
        Ending::Escalated | Ending::Transferred | Ending::NotApplicable => &[],
    }
}

/// Notes the active macros that no text of the site is.
fn report_unused(
    texts: &[ExactText<'_>],
    export: &MacroExport,
    sources: &Sources,
    file: FileId,
    diagnostics: &mut Diagnostics,
) {
    let used: HashSet<String> =
        texts.iter().filter(|text| !text.uses.is_empty()).map(|text| squash(&text.text)).collect();
    let mut unused: Vec<_> =
        export.macros.iter().filter(|one| one.is_active() && !used.contains(&squash(&one.title))).collect();
    let rest = unused.split_off(unused.len().min(MOST_UNUSED));
    let text = sources.text(file);
    for one in unused {
        diagnostics.push(catalogue::macros::unused(find_title(&one.title, text, file), &one.title));
    }
    if let Some(first) = rest.first() {
        diagnostics.push(catalogue::macros::more_unused(find_title(&first.title, text, file), rest.len()));
    }
}

/// Where a title is written: as itself, with the signs of HTML escaped, or in ASCII; else the beginning of the file.
fn find_title(title: &str, text: &str, file: FileId) -> Span {
    let plain = serde_json::to_string(title).expect("a text has a JSON form");
    let escape = |c: char| format!("\\u{:04x}", u32::from(c));
    let html = plain.replace('<', &escape('<')).replace('>', &escape('>')).replace('&', &escape('&'));
    let ascii: String = plain
        .encode_utf16()
        .map(|unit| match u8::try_from(unit) {
            Ok(byte) if byte.is_ascii() => char::from(byte).to_string(),
            _ => format!("\\u{unit:04x}"),
        })
        .collect();
    let found = [plain, html, ascii].into_iter().find_map(|form| Some((text.find(&form)?, form.len())));
    found.map_or(Span::new(file, 0, 0), |(at, length)| Span::new(file, at, at + length))
}

/// The letters of a title in lower case, without blanks and bars.
fn squash(title: &str) -> String {
    let is_kept = |c: &char| !c.is_whitespace() && !matches!(c, '|' | '¦' | '│' | '\u{200b}' | '\u{feff}');
    title.nfkc().filter(is_kept).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn squashes_blanks_case_and_bars_only() {
        assert_eq!(squash("Auditoria Whatsapp |Ticket"), squash("auditoria  whatsapp | TICKET"));
        assert_eq!(squash("A\u{a0}｜ B"), squash("a b"));
        assert_ne!(squash("Pendência"), squash("Pendencia"));
        assert_ne!(squash("N2 (oficial)"), squash("N2 oficial"));
    }

    #[test]
    fn finds_titles_in_every_form_of_json() {
        let file = crate::source::Sources::default().add("x", "");
        for (text, title) in [
            (r#"{"title":"A > é"}"#, "A > é"),
            (r#"{"title":"A \u003e é"}"#, "A > é"),
            (r#"{"title":"A > \u00e9"}"#, "A > é"),
        ] {
            assert_eq!(find_title(title, text, file).start, 9, "{text}");
        }
        assert_eq!(find_title("B", r#"{"title":"A"}"#, file), Span::new(file, 0, 0));
    }
}
