//! Imported pages as a tree of blocks and inlines, which every source is read into.
//!
//! Addresses are those of the written page: `plan` computes them before a source reads its texts. A source may build any
//! tree; [`normalize`](super::normal::normalize) gives it the form that Markdown can hold.

/// A block of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    Paragraph(Vec<Inline>),
    /// A heading of level 2 to 6. Without an id, it has the id of its text.
    Heading {
        level: u8,
        id: Option<String>,
        text: Vec<Inline>,
    },
    List(List),
    Quote(Vec<Block>),
    /// A fenced code block; `language` is a word or empty.
    Code {
        language: String,
        text: String,
    },
    Table(Table),
    Rule,
    Directive(Directive),
    /// `:::include` of an address.
    Include(String),
    /// Blocks that `:::include` can show by an id.
    Named {
        id: String,
        blocks: Vec<Block>,
    },
}

/// A list: numbered from `start`, or with bullets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct List {
    pub(crate) start: Option<u64>,
    pub(crate) items: Vec<Item>,
}

/// An item of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) id: Option<String>,
    /// `None` for an item that is no task.
    pub(crate) is_done: Option<bool>,
    pub(crate) blocks: Vec<Block>,
}

/// A table; all rows have as many cells as the head.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) head: Vec<Cell>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// The text of a cell.
pub(crate) type Cell = Vec<Inline>;

/// A block directive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Directive {
    pub(crate) kind: DirectiveKind,
    /// Empty for none.
    pub(crate) title: Vec<Inline>,
    pub(crate) id: Option<String>,
    pub(crate) blocks: Vec<Block>,
}

/// The kinds of directives with blocks inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DirectiveKind {
    Note,
    Tip,
    Warning,
    Caution,
    /// Needs a title.
    Details,
    /// Holds one numbered list.
    Steps,
    /// Holds [`DirectiveKind::Tab`]s only.
    Tabs,
    /// Needs a title.
    Tab,
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Inline {
    Text(String),
    Styled(Style, Vec<Inline>),
    Code(String),
    Link {
        address: String,
        text: Vec<Inline>,
    },
    Image {
        address: String,
        alt: String,
    },
    Break,
    /// An empty place with an id.
    Anchor(String),
    /// A mark of a footnote, with the text of the footnote.
    Footnote(Vec<Inline>),
}

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Strong,
    Emphasis,
    Deleted,
    Superscript,
    Subscript,
    Small,
}

impl DirectiveKind {
    /// Every kind.
    #[cfg(test)]
    pub(crate) const ALL: [Self; 8] =
        [Self::Note, Self::Tip, Self::Warning, Self::Caution, Self::Details, Self::Steps, Self::Tabs, Self::Tab];

    /// The name after the colons.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Tip => "tip",
            Self::Warning => "warning",
            Self::Caution => "caution",
            Self::Details => "details",
            Self::Steps => "steps",
            Self::Tabs => "tabs",
            Self::Tab => "tab",
        }
    }
}

impl Style {
    /// The element of HTML.
    pub(crate) fn element(self) -> &'static str {
        match self {
            Self::Strong => "strong",
            Self::Emphasis => "em",
            Self::Deleted => "del",
            Self::Superscript => "sup",
            Self::Subscript => "sub",
            Self::Small => "small",
        }
    }

    /// The signs of Markdown, the usual ones first; empty if only HTML can say it.
    pub(crate) fn signs(self) -> &'static [&'static str] {
        match self {
            Self::Strong => &["**", "__"],
            Self::Emphasis => &["*", "_"],
            Self::Deleted => &["~~"],
            Self::Superscript | Self::Subscript | Self::Small => &[],
        }
    }
}

impl Inline {
    /// A text.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A bold text.
    pub(crate) fn strong(text: impl Into<String>) -> Self {
        Self::Styled(Style::Strong, vec![Self::text(text)])
    }
}

impl Directive {
    /// A directive without an id.
    pub(crate) fn new(kind: DirectiveKind, title: Vec<Inline>, blocks: Vec<Block>) -> Self {
        Self { kind, title, id: None, blocks }
    }
}

/// The visible text of inlines, without markup; a break is a blank.
pub(crate) fn plain(inlines: &[Inline]) -> String {
    let mut text = String::new();
    for inline in inlines {
        match inline {
            Inline::Text(part) | Inline::Code(part) | Inline::Image { alt: part, .. } => text.push_str(part),
            Inline::Styled(_, inner) | Inline::Link { text: inner, .. } => text.push_str(&plain(inner)),
            Inline::Break => text.push(' '),
            Inline::Anchor(_) | Inline::Footnote(_) => {}
        }
    }
    text
}

/// Calls `visit` for each block, outer ones first.
pub(crate) fn visit_blocks(blocks: &[Block], visit: &mut dyn FnMut(&Block)) {
    for block in blocks {
        visit(block);
        match block {
            Block::Quote(inner) | Block::Named { blocks: inner, .. } => visit_blocks(inner, visit),
            Block::Directive(directive) => visit_blocks(&directive.blocks, visit),
            Block::List(list) => list.items.iter().for_each(|item| visit_blocks(&item.blocks, visit)),
            _ => {}
        }
    }
}
