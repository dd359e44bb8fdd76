//! Front matter of a page, and the keys that a flow shares with it.

use jiff::civil::Date;
use pulldown_cmark::{Event, Parser};

use crate::diagnostic::{Code, Diagnostics, catalogue};
use crate::source::{FileId, Sources, Span, Spanned};
use crate::yaml::{
    ByName, Context, Dialect, FromYaml, MapEntry, Node, Value, is_blank, read_file, yaml_map, yaml_scalar,
};

const DIALECT: Dialect = Dialect {
    syntax: Code::FRONT_MATTER_SYNTAX,
    unknown_key: Code::FRONT_MATTER_UNKNOWN_KEY,
    missing_key: Code::FRONT_MATTER_MISSING_KEY,
    invalid_value: Code::FRONT_MATTER_INVALID_VALUE,
    duplicate_key: Code::FRONT_MATTER_INVALID_VALUE,
    trap: Code::FRONT_MATTER_YAML_TRAP,
};

yaml_map! {
    /// O que uma página ou um fluxo diz de si.
    #[derive(Clone, Debug)]
    #[owner("metadata")]
    pub(crate) struct Metadata {
        /// O título, no alto da página e no menu. Exemplo: `title: Pendência financeira`.
        required title: Spanned<String> => |fields| Spanned { value: String::new(), span: fields.span() },
        /// Do que trata, em uma frase.
        optional description: Option<String>,
        /// A posição entre as páginas da mesma pasta: 1 vem antes de 2. As que não têm vêm depois, pelo título.
        optional order: Option<f64>,
        /// Escreva `true` enquanto for rascunho: não é publicado.
        optional draft: bool = false,
        /// Os assuntos. Exemplo: `tags: [whatsapp, zendesk]`.
        optional tags: Vec<Spanned<String>>,
        /// Endereços antigos, que passam a levar a esta página, com o que vem depois de `?` e `#`. Exemplo: `aliases: [/whatsapp/antigo/]`.
        optional aliases: Vec<Spanned<String>>,
        /// A pessoa ou a equipe que responde pelo texto. Exemplo: `owner: Projeto e Processo`.
        optional owner: Option<String>,
        /// O dia em que o texto foi conferido pela última vez. Exemplo: `reviewed: 2026-10-13`.
        optional reviewed: Option<Spanned<Date>>,
        /// De quanto em quanto tempo o texto deve ser conferido. Passado o prazo, um aviso lembra.
        ///
        /// Um número e uma letra: `90d` são 90 dias; `2w`, 2 semanas; `6m`, 6 meses; `1y`, 1 ano.
        #[examples("90d", "6m", "1y")]
        optional review_every: Option<Period>,
        /// Um nome mais curto que o título, só para o menu. Exemplo: `nav_title: Auditoria`.
        optional nav_title: Option<String>,
        /// A língua do texto, se não é a do site. Exemplo: `language: en`.
        optional language: Option<String>,
        /// Se aparece na busca do site. Escreva `false` para não aparecer.
        optional search: bool = true,
    }
}

yaml_map! {
    /// O cabeçalho de uma página: o que fica entre as duas linhas `---` do começo do arquivo. Só `title` é obrigatório.
    #[derive(Clone, Debug)]
    #[owner("front matter")]
    #[title("Cabeçalho de uma página da Vereda")]
    pub(crate) struct FrontMatter {
        flatten metadata: Metadata,
        /// Se a página mostra o sumário, a lista dos seus títulos. Escreva `false` para não mostrar.
        optional toc: bool = true,
        /// Os nomes que as âncoras desta página já tiveram, cada um com o nome de agora: os links antigos continuam valendo.
        /// Exemplo: `anchors: { pendencias: pendencia }`.
        optional anchors: ByName<Spanned<String>>,
        /// Outro modelo de página do tema, pelo nome. Sem esta chave, vale o modelo comum.
        optional layout: Option<Spanned<String>>,
    }
}

impl FrontMatter {
    /// The front matter of a page without a file.
    pub(crate) fn of_generated(title: Spanned<String>, order: Option<f64>) -> Self {
        let metadata = Metadata {
            title,
            order,
            description: None,
            draft: false,
            tags: Vec::new(),
            aliases: Vec::new(),
            owner: None,
            reviewed: None,
            review_every: None,
            nav_title: None,
            search: true,
            language: None,
        };
        Self { metadata, toc: false, anchors: Vec::new(), layout: None }
    }
}

impl FrontMatter {
    /// The present name of an anchor that had another one.
    pub(crate) fn present_anchor(&self, id: &str) -> Option<&str> {
        self.anchors.iter().find(|anchor| anchor.name.value == id).map(|anchor| anchor.value.value.as_str())
    }
}

/// A period of review, in whole days, months or years.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Period(pub(crate) jiff::Span);

impl Metadata {
    /// The short title of menus.
    pub(crate) fn nav_title(&self) -> &str {
        self.nav_title.as_deref().unwrap_or(&self.title.value)
    }

    /// The last day before the text is overdue for review.
    pub(crate) fn review_due(&self) -> Option<Date> {
        self.reviewed.as_ref()?.value.checked_add(self.review_every.as_ref()?.0).ok()
    }
}

/// Reads the front matter of a page. Also returns the offset of its body.
pub(crate) fn parse(text: &str, file: FileId, diagnostics: &mut Diagnostics) -> (FrontMatter, usize) {
    let block = find_block(text, file, diagnostics);
    let mut body = block.as_ref().map_or(0, |block| block.body);
    let mut yaml = block.as_ref().map_or(0..0, |block| block.yaml.clone());
    if let Some(at) = find_text_inside(&text[yaml.clone()]) {
        (yaml.end, body) = (yaml.start + at, yaml.start + at);
        diagnostics.push(catalogue::front_matter::closed_late(Span::new(file, body, body)));
    }
    let span = Span::new(file, 0, text[..body.min(text.len())].lines().next().map_or(0, str::len));
    let mut root =
        crate::yaml::parse(&text[yaml.clone()], file, yaml.start, DIALECT, FrontMatter::MEANING, diagnostics);
    let is_read = root.is_some() || is_blank(&text[yaml.clone()]);
    if let Some(heading) = find_first_heading(text, body).filter(|_| is_read) {
        let root = root.get_or_insert_with(|| Node { value: Value::Map(Vec::new()), span });
        if let Value::Map(entries) = &mut root.value
            && !entries.iter().any(|entry| entry.key.value == "title")
        {
            body = heading.end;
            entries.push(heading.as_title(file));
        }
    }
    if let Some(root) = &mut root {
        root.span = span;
    }
    let mut context = Context { dialect: DIALECT, diagnostics };
    (read_file::<FrontMatter>(root.as_ref(), &text[yaml], span, &mut context), body)
}

/// The range of a page's YAML, and the offset of its body.
struct FrontMatterBlock {
    yaml: std::ops::Range<usize>,
    body: usize,
}

/// Finds the YAML of a page, without the lines `---` around it.
pub(crate) fn find_yaml(text: &str) -> Option<std::ops::Range<usize>> {
    let file = Sources::default().add("", "");
    find_block(text, file, &mut Diagnostics::default()).map(|block| block.yaml)
}

/// The offset of the text after the front matter.
pub(crate) fn body_start(text: &str) -> usize {
    let file = Sources::default().add("", "");
    find_block(text, file, &mut Diagnostics::default()).map_or(0, |block| block.body)
}

fn find_block(text: &str, file: FileId, diagnostics: &mut Diagnostics) -> Option<FrontMatterBlock> {
    let bom = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let is_exact = text[bom..].lines().next().is_some_and(|line| line.trim_end() == "---");
    let opening = if is_exact { bom..bom + "---".len() } else { find_misplaced(text)? };
    let yaml_start = text[opening.end..].find('\n').map_or(text.len(), |line_break| opening.end + line_break + 1);
    let mut offset = yaml_start;
    for line in text[yaml_start..].split_inclusive('\n') {
        if line.trim_end() == "---" || !is_exact && is_fence(line.trim()) {
            if !is_exact {
                let written = &text[opening.clone()];
                let span = Span::new(file, opening.start, opening.end);
                diagnostics.push(match written {
                    "---" => catalogue::front_matter::late_opening(span),
                    _ => catalogue::front_matter::wrong_opening(span, written),
                });
            }
            return Some(FrontMatterBlock { yaml: yaml_start..offset, body: offset + line.len() });
        }
        offset += line.len();
    }
    if !is_exact {
        return None;
    }
    let mut finding = catalogue::front_matter::unclosed(Span::new(file, opening.start, opening.end));
    if let Some(fence) = find_wrong_fence(&text[yaml_start..]) {
        let span = Span::new(file, yaml_start + fence.start, yaml_start + fence.end);
        finding = finding.label(span, catalogue::help::instead_of_fence());
    }
    diagnostics.push(finding);
    Some(FrontMatterBlock { yaml: text.len()..text.len(), body: text.len() })
}

/// A heading of the first level with which the text of a page begins. It is the title of a page without `title`.
struct FirstHeading {
    text: String,
    /// Of the text.
    place: std::ops::Range<usize>,
    /// Offset after its line.
    end: usize,
}

impl FirstHeading {
    fn as_title(&self, file: FileId) -> MapEntry {
        let span = Span::new(file, self.place.start, self.place.end);
        let value = Node { value: Value::Scalar { text: self.text.clone(), is_plain: false }, span };
        MapEntry { key: Spanned { value: "title".to_owned(), span }, value }
    }
}

/// Finds `# Title` as the first line of a text, without its markup and its `{#id}`.
fn find_first_heading(text: &str, body: usize) -> Option<FirstHeading> {
    let start = body + text[body..].len() - text[body..].trim_start().len();
    let line = text[start..].lines().next()?;
    let written = line.strip_prefix("# ")?.trim();
    let without_id =
        written.rfind(" {").filter(|_| written.ends_with('}')).map_or(written, |at| written[..at].trim_end());
    let without_closing = without_id.trim_end_matches('#').trim_end();
    let place = start + line.find(written)?..start + line.find(written)? + without_closing.len();
    let mut shown = String::new();
    for event in Parser::new(without_closing) {
        match event {
            Event::Text(part) | Event::Code(part) => shown.push_str(&part),
            _ => {}
        }
    }
    let end = start + text[start..].find('\n').map_or(line.len(), |line_break| line_break + 1);
    (!shown.trim().is_empty()).then_some(FirstHeading { text: shown, place, end })
}

/// Finds the blank line after which front matter has text, because the line that closes it is missing there.
fn find_text_inside(yaml: &str) -> Option<usize> {
    let lines = || yaml.split_inclusive('\n').scan(0, |at, line| Some((std::mem::replace(at, *at + line.len()), line)));
    let is_text = |line: &str| {
        let is_outermost =
            line.starts_with(|c: char| !c.is_whitespace() && !matches!(c, '#' | '-' | '[' | '{' | ']' | '}'));
        is_outermost && !line.contains(": ") && !line.trim_end().ends_with(':')
    };
    let text = lines().skip_while(|(_, line)| !line.trim().is_empty()).find(|(_, line)| is_text(line))?.0;
    lines().take_while(|(at, _)| *at < text).find(|(_, line)| line.trim().is_empty()).map(|(at, _)| at)
}

/// Finds the opening line of front matter that has blank lines before it or other dashes, with a key below it.
fn find_misplaced(text: &str) -> Option<std::ops::Range<usize>> {
    let is_empty = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{2060}');
    let start = text.len() - text.trim_start_matches(is_empty).len();
    let mut lines = text[start..].lines();
    let opening = lines.next()?.trim_end();
    let below = lines.find(|line| !line.trim().is_empty())?;
    let (key, _) = below.split_once(':')?;
    let is_key = key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-')) && !key.is_empty();
    (is_fence(opening) && is_key).then(|| start..start + opening.len())
}

/// Finds the first line that looks like the end of the front matter.
fn find_wrong_fence(text: &str) -> Option<std::ops::Range<usize>> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        if is_fence(line.trim()) {
            return Some(start + indent..start + indent + line.trim().len());
        }
        start += line.len();
    }
    None
}

/// True for three hyphens, for more, and for the dashes that programs make of them.
fn is_fence(line: &str) -> bool {
    let width: usize = line.chars().map(|c| if matches!(c, '–' | '—') { 2 } else { 1 }).sum();
    width >= 2 && line != "--" && line.chars().all(|c| matches!(c, '-' | '–' | '—'))
}

yaml_scalar! {
    Period: Other => Self,
    read: |node| Self::parse(node.as_text()?),
    message: catalogue::yaml::expected_period,
    schema: {
        "type": "string",
        "pattern": "^[1-9][0-9]{0,3}[dwmy]$",
        "patternErrorMessage": "Escreva um número e uma letra: 90d (dias), 2w (semanas), 6m (meses) ou 1y (anos)."
    },
}

impl Period {
    /// Reads `90d`, `2w`, `6m` or `1y`.
    fn parse(text: &str) -> Option<Self> {
        let unit = text.chars().last()?;
        let count: i64 =
            text[..text.len() - unit.len_utf8()].parse().ok().filter(|count| (1..10_000).contains(count))?;
        let span = jiff::Span::new();
        Some(Self(match unit {
            'd' => span.days(count),
            'w' => span.weeks(count),
            'm' => span.months(count),
            'y' => span.years(count),
            _ => return None,
        }))
    }
}
