//! What a page or a flow says of itself: front matter between `---` lines, or the first keys of a flow.

use jiff::civil::Date;

use crate::diagnostic::{Code, Diagnostics, catalogue};
use crate::source::{FileId, Sources, Span, Spanned};
use crate::yaml::{Context, Dialect, Fields, FromYaml, Node, Value};

const DIALECT: Dialect = Dialect {
    syntax: Code::FRONT_MATTER_SYNTAX,
    unknown_key: Code::FRONT_MATTER_UNKNOWN_KEY,
    missing_key: Code::FRONT_MATTER_MISSING_KEY,
    invalid_value: Code::FRONT_MATTER_INVALID_VALUE,
    duplicate_key: Code::FRONT_MATTER_INVALID_VALUE,
};

/// The keys that pages and flows share.
#[derive(Clone, Debug)]
pub(crate) struct Metadata {
    pub(crate) title: Spanned<String>,
    pub(crate) description: Option<String>,
    /// Place among its neighbours; those without one come after, by title.
    pub(crate) order: Option<f64>,
    pub(crate) draft: bool,
    pub(crate) tags: Vec<String>,
    /// Old addresses, each a redirect to this one.
    pub(crate) aliases: Vec<Spanned<String>>,
    pub(crate) owner: Option<String>,
    pub(crate) reviewed: Option<Spanned<Date>>,
    pub(crate) review_every: Option<Period>,
    pub(crate) nav_title: Option<String>,
    pub(crate) search: bool,
}

/// The front matter of a page.
#[derive(Clone, Debug)]
pub(crate) struct FrontMatter {
    pub(crate) metadata: Metadata,
    /// Shows the contents of the page.
    pub(crate) toc: bool,
    /// Name of the template, without `.html`.
    pub(crate) layout: Option<Spanned<String>>,
}

/// A period of review, in whole days, months or years.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Period(pub(crate) jiff::Span);

impl Metadata {
    /// What holds when nothing could be read.
    pub(crate) fn empty(span: Span) -> Self {
        Self {
            title: Spanned { value: String::new(), span },
            description: None,
            order: None,
            draft: false,
            tags: Vec::new(),
            aliases: Vec::new(),
            owner: None,
            reviewed: None,
            review_every: None,
            nav_title: None,
            search: true,
        }
    }

    /// The short title of menus.
    pub(crate) fn nav_title(&self) -> &str {
        self.nav_title.as_deref().unwrap_or(&self.title.value)
    }
}

/// Splits a page into its front matter and its body, which begins at the offset returned.
pub(crate) fn parse(text: &str, file: FileId, diagnostics: &mut Diagnostics) -> (FrontMatter, usize) {
    let block = find_block(text, file, diagnostics);
    let body = block.as_ref().map_or(0, |block| block.body);
    let yaml = block.as_ref().map_or(0..0, |block| block.yaml.clone());
    let span = Span::new(file, 0, text[..body.min(text.len())].lines().next().map_or(0, str::len));
    let root = crate::yaml::parse(&text[yaml.clone()], file, yaml.start, DIALECT, diagnostics);
    let was_refused = root.is_none() && !text[yaml].trim().is_empty();
    let mut root = root.unwrap_or(Node { value: Value::Map(Vec::new()), span });
    root.span = span;
    let mut front_matter = FrontMatter { metadata: Metadata::empty(span), toc: true, layout: None };
    let mut context = Context { dialect: DIALECT, diagnostics };
    if was_refused {
        return (front_matter, body);
    }
    if let Some(mut fields) = Fields::of("front matter", &root, &mut context) {
        front_matter.metadata = read_metadata(&mut fields);
        front_matter.toc = fields.optional("toc").unwrap_or(true);
        front_matter.layout = fields.optional("layout");
        fields.finish();
    }
    (front_matter, body)
}

/// Reads the keys that pages and flows share.
pub(crate) fn read_metadata(fields: &mut Fields<'_, '_, '_>) -> Metadata {
    let span = fields.span();
    Metadata {
        title: fields.required("title").unwrap_or(Spanned { value: String::new(), span }),
        description: fields.optional("description"),
        order: fields.optional("order"),
        draft: fields.optional("draft").unwrap_or(false),
        tags: fields.optional("tags").unwrap_or_default(),
        aliases: fields.optional("aliases").unwrap_or_default(),
        owner: fields.optional("owner"),
        reviewed: fields.optional("reviewed"),
        review_every: fields.optional("review_every"),
        nav_title: fields.optional("nav_title"),
        search: fields.optional("search").unwrap_or(true),
    }
}

/// Where the YAML of a page stands and where its body begins.
struct Block {
    yaml: std::ops::Range<usize>,
    body: usize,
}

/// Finds the YAML of a page, without the lines `---` around it.
pub(crate) fn find_yaml(text: &str) -> Option<std::ops::Range<usize>> {
    let file = Sources::default().add("", "");
    find_block(text, file, &mut Diagnostics::default()).map(|block| block.yaml)
}

fn find_block(text: &str, file: FileId, diagnostics: &mut Diagnostics) -> Option<Block> {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let opening = text[start..].split_inclusive('\n').next().filter(|line| line.trim_end() == "---")?;
    let yaml_start = start + opening.len();
    let mut offset = yaml_start;
    for line in text[yaml_start..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Some(Block { yaml: yaml_start..offset, body: offset + line.len() });
        }
        offset += line.len();
    }
    diagnostics.push(catalogue::front_matter::unclosed(Span::new(file, start, start + 3)));
    Some(Block { yaml: text.len()..text.len(), body: text.len() })
}

impl FromYaml for Period {
    fn from_yaml(key: &str, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        match node.as_text().and_then(Period::parse) {
            Some(period) => Some(period),
            None => context.refuse(node.span, catalogue::yaml::expected_period(key)),
        }
    }
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
