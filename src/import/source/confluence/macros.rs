//! Macros: each by its name. One that is unknown keeps its body.

use super::lists::steps;
use super::reader::{Piece, Reader, blocks_of, body_of, pieces_of};
use crate::diagnostic::catalogue::import as texts;
use crate::import::names::anchor_id;
use crate::import::source::xml::{self, Element};
use crate::import::tree::{Block, Directive, DirectiveKind, Inline, Item, List};

/// Macros that the server fills: nothing of them is in the source.
const OF_SERVER: [&str; 27] = [
    "pagetreesearch",
    "index",
    "livesearch",
    "recently-updated",
    "recently-updated-dashboard",
    "contentbylabel",
    "content-by-label",
    "blog-posts",
    "content-report-table",
    "contributors",
    "contributors-summary",
    "change-history",
    "favpages",
    "navmap",
    "tasks-report-macro",
    "popular-labels",
    "recently-used-labels",
    "related-labels",
    "listlabels",
    "labels-list",
    "network",
    "userlister",
    "create-from-template",
    "spaces",
    "space-details",
    "space-attachments",
    "profile-picture",
];

/// Macros whose body is all that a page can keep.
const WITH_BODY: [&str; 19] = [
    "section",
    "column",
    "toc-zone",
    "table-filter",
    "tableenhancer",
    "table-plus",
    "div",
    "span",
    "center",
    "align",
    "clickable",
    "sv-translation",
    "lang",
    "show-if",
    "scroll-title",
    "scroll-content",
    "scroll-only",
    "bgcolor",
    "panel-body",
];

/// A macro with its parameters.
pub(super) struct Macro<'e> {
    pub(super) name: &'e str,
    pub(super) element: &'e Element,
}

impl Macro<'_> {
    /// The text of a parameter, if it has one. The first parameter may have no name.
    pub(super) fn find(&self, name: &str) -> Option<String> {
        let own = self.element.elements().filter(|child| child.name == "ac:parameter");
        let found = own.into_iter().find(|child| child.find("ac:name").unwrap_or_default() == name)?;
        let text = found.text().split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(text)
    }

    fn plain_body(&self) -> Option<String> {
        self.element.child("ac:plain-text-body").map(Element::text)
    }

    fn is_set(&self, name: &str) -> bool {
        self.find(name).as_deref() == Some("true")
    }
}

impl Reader<'_> {
    /// Reads a macro.
    pub(super) fn read_macro(&mut self, element: &Element) -> Vec<Piece> {
        let name = element.find("ac:name").unwrap_or_default().to_lowercase();
        let found = Macro { name: &name, element };
        match name.as_str() {
            "expand" | "ui-expand" | "expandable" => self.read_expand(&found),
            "info" | "note" | "tip" | "warning" | "panel" | "auimessage" | "alert" => self.read_callout(&found),
            "code" | "noformat" | "paste-code-macro" | "code-block" => Self::read_code(&found),
            "status" | "status-handy" => {
                let title = found.find("title").unwrap_or_default();
                vec![Piece::Inline(Inline::strong(title))]
            }
            "anchor" => {
                let name = found.find("").or_else(|| found.find("0")).unwrap_or_default();
                vec![Piece::Inline(Inline::Anchor(anchor_id(&name)))]
            }
            "toc" => {
                self.note("macro/server", texts::without_words(&name));
                Vec::new()
            }
            "children" | "pagetree" => self.read_children(&found),
            "attachments" | "gallery" => self.read_files(&found),
            "include" | "include-page" | "excerpt-include" => self.read_include(&found),
            "excerpt" => self.read_excerpt(&found),
            "details" => self.read_properties(&found),
            "jira" | "jiraissues" => self.read_issue(&found),
            "profile" => self.read_profile(&found),
            "view-file" | "viewpdf" | "viewdoc" | "viewxls" | "viewppt" | "multimedia" => self.read_file(&found),
            "widget" | "iframe" | "gadget" | "im" => self.read_embedded(&found),
            "html" | "html-include" | "style" => self.read_html(&found),
            "drawio" | "gliffy" | "plantuml" | "plantumlrender" | "mathblock" | "roadmap" | "lucidchart" => {
                self.read_drawing(&found)
            }
            "localtabgroup" | "auihorizontalnav" | "ui-tabs" | "tabs-group" | "deck" => self.read_tabs(&found),
            "ui-steps" => self.read_steps(&found),
            "footnote" | "cfm-footnote" => {
                let body = blocks_of(self.read_pieces(body_of(element)));
                vec![Piece::Inline(Inline::Footnote(inlines_of(body)))]
            }
            "tooltip" => self.read_tooltip(&found),
            "scroll-ignore" | "scroll-exclude" => {
                self.note("macro/other-output", texts::left_out_variant(&name));
                Vec::new()
            }
            name if OF_SERVER.contains(&name) => {
                self.note("macro/server", texts::without_words(name));
                Vec::new()
            }
            _ => self.read_other(&found),
        }
    }

    fn read_expand(&mut self, found: &Macro<'_>) -> Vec<Piece> {
        let title = found.find("title").unwrap_or_else(|| self.say(texts::open_here()));
        let blocks = self.read_blocks(body_of(found.element));
        directive(DirectiveKind::Details, vec![Inline::Text(title)], blocks)
    }

    /// Confluence's *note* is yellow, *warning* red and *info* blue.
    fn read_callout(&mut self, found: &Macro<'_>) -> Vec<Piece> {
        let kind = match found.name {
            "note" => DirectiveKind::Warning,
            "warning" => DirectiveKind::Caution,
            "tip" => DirectiveKind::Tip,
            "auimessage" | "alert" => match found.find("type").unwrap_or_default().to_lowercase().as_str() {
                "success" => DirectiveKind::Tip,
                "warning" => DirectiveKind::Warning,
                "error" | "danger" => DirectiveKind::Caution,
                _ => DirectiveKind::Note,
            },
            _ => DirectiveKind::Note,
        };
        let icon = found.find("panelIconText").map(|icon| format!("{icon} ")).unwrap_or_default();
        let title = found.find("title").map(|title| format!("{icon}{title}"));
        let title = title.or_else(|| (!icon.is_empty()).then(|| icon.trim().to_owned()));
        let title = title.into_iter().map(Inline::Text).collect();
        let mut blocks = self.read_blocks(body_of(found.element));
        blocks.extend(found.plain_body().map(|text| Block::Paragraph(vec![Inline::Text(text)])));
        directive(kind, title, blocks)
    }

    fn read_code(found: &Macro<'_>) -> Vec<Piece> {
        let text = found.plain_body().unwrap_or_else(|| xml::text_of(body_of(found.element)));
        let language = found.find("language").or_else(|| found.find("")).unwrap_or_default();
        let language = match language.to_lowercase().as_str() {
            "none" | "plain" | "text" | "" | "actionscript3" | "coldfusion" | "javafx" => "text".to_owned(),
            "js" => "javascript".to_owned(),
            "c#" => "csharp".to_owned(),
            other => other.replace(' ', ""),
        };
        let title = found.find("title").map(|title| Block::Paragraph(vec![Inline::strong(title)]));
        let text = text.trim_matches(['\n', '\r']).to_owned();
        let code = (!text.trim().is_empty()).then_some(Block::Code { language, text });
        pieces_of(title.into_iter().chain(code).collect())
    }

    /// Links to the pages below this one, which the server listed.
    fn read_children(&mut self, found: &Macro<'_>) -> Vec<Piece> {
        let library = self.library;
        let other = found.element.elements().filter(|child| child.name == "ac:parameter");
        let other = other.filter(|child| matches!(child.find("ac:name"), Some("page" | "root")));
        let other = other.into_iter().find_map(|child| child.child("ac:link")?.child("ri:page"));
        let page = other.and_then(|page| {
            library.find_page(page.find("ri:content-title").unwrap_or_default(), page.find("ri:space-key"), self.page)
        });
        let children = library.children_of(page.unwrap_or(self.page)).to_vec();
        let mut items = Vec::new();
        for child in children.into_iter().filter(|child| !library.export.pages[*child].is_draft) {
            let text = vec![Inline::Text(library.export.pages[child].shown_title(library.language))];
            let text = match self.link_to_page(child, None) {
                Some(address) => Inline::Link { address, text },
                None => continue,
            };
            items.push(Item { blocks: vec![Block::Paragraph(vec![text])], ..Item::default() });
        }
        if items.is_empty() {
            self.note("macro/server", texts::without_words(found.name));
            return Vec::new();
        }
        self.note("macro/list", texts::made_list(found.name));
        vec![Piece::Block(Block::List(List { start: None, items }))]
    }

    fn read_files(&mut self, found: &Macro<'_>) -> Vec<Piece> {
        let library = self.library;
        let mut items = Vec::new();
        for file in library.files_of(self.page) {
            let name = library.export.attachments[file].name.clone();
            if let Some(address) = self.file_address(self.page, &name) {
                let link = Inline::Link { address, text: vec![Inline::Text(name)] };
                items.push(Item { blocks: vec![Block::Paragraph(vec![link])], ..Item::default() });
            }
        }
        if items.is_empty() {
            self.note("macro/server", texts::without_words(found.name));
            return Vec::new();
        }
        vec![Piece::Block(Block::List(List { start: None, items }))]
    }

    /// Page properties: a hidden table is not shown.
    fn read_properties(&mut self, found: &Macro<'_>) -> Vec<Piece> {
        let body = body_of(found.element);
        xml::visit(body, &mut |row| {
            let cells: Vec<String> = row.elements().map(|cell| cell.text().trim().to_owned()).collect();
            if let (true, [key, value]) = (row.name == "tr", cells.as_slice()) {
                let known = ["responsável", "dono", "owner", "revisão", "revisado", "reviewed", "last review"];
                if known.iter().any(|word| key.to_lowercase().contains(word)) && !value.is_empty() {
                    self.note("page/property", texts::property(key, value));
                }
            }
        });
        if found.is_set("hidden") {
            let text = xml::text_of(body).split_whitespace().collect::<Vec<_>>().join(" ");
            self.note("macro/hidden", texts::hidden_excerpt(text));
            return Vec::new();
        }
        self.read_pieces(body)
    }

    /// The key of an issue; a list of issues is in no export.
    fn read_issue(&mut self, found: &Macro<'_>) -> Vec<Piece> {
        match found.find("key") {
            Some(key) => vec![Piece::Inline(Inline::Text(key))],
            None => vec![Piece::Block(self.macro_gap(found))],
        }
    }

    fn read_profile(&mut self, found: &Macro<'_>) -> Vec<Piece> {
        let mut user = None;
        xml::visit(&found.element.children, &mut |element| {
            if element.name == "ri:user" {
                user = Some(element.clone());
            }
        });
        user.map(|user| Piece::Inline(Inline::Text(self.user_name(&user)))).into_iter().collect()
    }

    /// A link to a file that the page showed.
    fn read_file(&mut self, found: &Macro<'_>) -> Vec<Piece> {
        let mut name = found.find("name").or_else(|| found.find(""));
        xml::visit(&found.element.children, &mut |element| {
            if element.name == "ri:attachment" {
                name = element.find("ri:filename").map(str::to_owned);
            }
        });
        let Some(name) = name else { return vec![Piece::Block(self.macro_gap(found))] };
        let text = vec![Inline::Text(name.clone())];
        if let Some(address) = self.file_address(self.page, &name) {
            return vec![Piece::Inline(Inline::Link { address, text })];
        }
        self.note("attachment/not-imported", texts::missing_file(&name));
        text.into_iter().map(Piece::Inline).collect()
    }

    /// A link to what the page showed of another site.
    fn read_embedded(&mut self, found: &Macro<'_>) -> Vec<Piece> {
        let mut address = found.find("url").or_else(|| found.find("src"));
        xml::visit(&found.element.children, &mut |element| {
            if element.name == "ri:url" {
                address = element.find("ri:value").map(str::to_owned);
            }
        });
        let Some(address) = address else { return vec![Piece::Block(self.macro_gap(found))] };
        let text = vec![Inline::Text(address.clone())];
        match self.check_address(&address) {
            Some(address) => {
                self.note("macro/embedded", texts::embedded(&address));
                vec![Piece::Inline(Inline::Link { address, text })]
            }
            None => text.into_iter().map(Piece::Inline).collect(),
        }
    }

    /// HTML is read like the page; styles and scripts are left out.
    fn read_html(&mut self, found: &Macro<'_>) -> Vec<Piece> {
        if found.name == "style" {
            self.note("style/dropped", texts::dropped_script());
            return Vec::new();
        }
        let body = found.plain_body().unwrap_or_default();
        let parsed = xml::parse(&body);
        let mut pieces = self.read_pieces(&parsed.nodes);
        pieces.append(&mut self.read_pieces(body_of(found.element)));
        pieces_of(blocks_of(pieces))
    }

    /// The exported picture of a drawing, else its source.
    fn read_drawing(&mut self, found: &Macro<'_>) -> Vec<Piece> {
        let names = ["diagramName", "name", "", "filename"].map(|key| found.find(key));
        for name in names.into_iter().flatten() {
            for file in [format!("{name}.png"), name.clone()] {
                if let Some(address) = self.file_address(self.page, &file) {
                    return self.show_image(Some(address), &name, Some(name.clone()), false);
                }
            }
        }
        match found.plain_body().filter(|body| !body.trim().is_empty()) {
            Some(text) => {
                self.note("macro/behaviour", texts::dropped_filter(found.name));
                let text = text.trim_matches('\n').to_owned();
                vec![Piece::Block(Block::Code { language: String::new(), text })]
            }
            None => vec![Piece::Block(self.macro_gap(found))],
        }
    }

    /// Groups of tabs; what stands between the tabs comes before them.
    fn read_tabs(&mut self, found: &Macro<'_>) -> Vec<Piece> {
        let mut tabs = Vec::new();
        let mut before = Vec::new();
        for node in body_of(found.element) {
            match node {
                xml::Node::Element(tab) if is_tab(tab) => {
                    let inner = Macro { name: "tab", element: tab };
                    let title = ["title", "label", "name"].into_iter().find_map(|key| inner.find(key));
                    let title = title.unwrap_or_else(|| (tabs.len() + 1).to_string());
                    let blocks = self.read_blocks(body_of(tab));
                    let tab = Directive::new(DirectiveKind::Tab, vec![Inline::Text(title)], blocks);
                    tabs.push(Block::Directive(tab));
                }
                other => before.append(&mut self.read_pieces(std::slice::from_ref(other))),
            }
        }
        let mut blocks = blocks_of(before);
        if !tabs.is_empty() {
            blocks.push(Block::Directive(Directive::new(DirectiveKind::Tabs, Vec::new(), tabs)));
        }
        pieces_of(blocks)
    }

    fn read_steps(&mut self, found: &Macro<'_>) -> Vec<Piece> {
        let mut items = Vec::new();
        let mut before = Vec::new();
        for node in body_of(found.element) {
            match node {
                xml::Node::Element(step) if step.find("ac:name") == Some("ui-step") => {
                    let title = Macro { name: "ui-step", element: step }.find("title");
                    let title = title.map(|title| Block::Paragraph(vec![Inline::strong(title)]));
                    let blocks = title.into_iter().chain(self.read_blocks(body_of(step))).collect();
                    items.push(Item { blocks, ..Item::default() });
                }
                other => before.append(&mut self.read_pieces(std::slice::from_ref(other))),
            }
        }
        let list = List { start: Some(1), items };
        let list = if self.lists == 0 && self.cells == 0 { steps(list) } else { Block::List(list) };
        pieces_of([blocks_of(before), vec![list]].concat())
    }

    fn read_tooltip(&mut self, found: &Macro<'_>) -> Vec<Piece> {
        let mut pieces = self.read_pieces(body_of(found.element));
        let text = ["tooltip", "text", "", "linkText"].into_iter().filter_map(|key| found.find(key));
        pieces.extend(text.map(|text| Piece::Inline(Inline::Text(format!(" ({text})")))));
        pieces
    }

    /// A macro that has no counterpart: its body, or a caution.
    fn read_other(&mut self, found: &Macro<'_>) -> Vec<Piece> {
        let is_known = WITH_BODY.contains(&found.name);
        let is_translation = matches!(found.name, "table-filter" | "tableenhancer" | "show-if" | "sv-translation");
        let body = body_of(found.element);
        let pieces = self.read_pieces(body);
        let has_body = pieces.iter().any(|piece| match piece {
            Piece::Inline(Inline::Text(text)) => !text.trim().is_empty(),
            _ => true,
        });
        if has_body {
            match (is_known, is_translation) {
                (true, true) => self.note("macro/behaviour", texts::dropped_filter(found.name)),
                (true, false) => {}
                (false, _) => self.note("macro/unknown", texts::unknown_macro(found.name)),
            }
            return pieces;
        }
        if let Some(text) = found.plain_body().filter(|text| !text.trim().is_empty()) {
            self.note("macro/unknown", texts::unknown_macro(found.name));
            let text = text.trim_matches('\n').to_owned();
            let language = if found.name == "markdown" { "markdown" } else { "" }.to_owned();
            return vec![Piece::Block(Block::Code { language, text })];
        }
        if is_known {
            return Vec::new();
        }
        vec![Piece::Block(self.macro_gap(found))]
    }

    /// A caution with the name and the parameters of a macro.
    fn macro_gap(&mut self, found: &Macro<'_>) -> Block {
        let own = found.element.elements().filter(|child| child.name == "ac:parameter");
        let parameters: Vec<String> = own
            .map(|child| {
                let text = child.text().split_whitespace().collect::<Vec<_>>().join(" ");
                match child.find("ac:name").unwrap_or_default() {
                    "" => text,
                    name => format!("{name}: {text}"),
                }
            })
            .filter(|text| !text.is_empty())
            .collect();
        let words = match parameters.as_slice() {
            [] => texts::gap_macro(found.name),
            parameters => texts::gap_macro_with(found.name, parameters.join("; ")),
        };
        let blocks = vec![Block::Paragraph(vec![Inline::Text(self.say(words))])];
        self.gap_with(&format!("macro-{}", found.name), "macro/lost", texts::lost_macro(found.name), blocks)
    }

    /// Reads a panel of the new editor. Its fallback repeats its content.
    pub(super) fn read_adf(&mut self, element: &Element) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for node in element.elements() {
            match node.name.as_str() {
                "ac:adf-node" => pieces.append(&mut self.read_adf_node(node)),
                "ac:adf-fallback" if pieces.is_empty() => pieces.append(&mut self.read_pieces(&node.children)),
                _ => {}
            }
        }
        pieces
    }

    fn read_adf_node(&mut self, node: &Element) -> Vec<Piece> {
        let attribute = |key: &str| {
            let found = node.elements().filter(|child| child.name == "ac:adf-attribute");
            found.into_iter().find(|child| child.find("key") == Some(key)).map(Element::text)
        };
        let content = node.child("ac:adf-content").map(|content| self.read_blocks(&content.children));
        let content = content.unwrap_or_else(|| {
            let inner: Vec<_> = node.elements().filter(|child| child.name == "ac:adf-node").collect();
            inner.into_iter().flat_map(|inner| blocks_of(self.read_adf_node(inner))).collect()
        });
        if node.find("type") != Some("panel") {
            return pieces_of(content);
        }
        let kind = match attribute("panel-type").unwrap_or_default().trim() {
            "warning" => DirectiveKind::Warning,
            "error" => DirectiveKind::Caution,
            "success" => DirectiveKind::Tip,
            _ => DirectiveKind::Note,
        };
        let icon = attribute("panel-icon-text").filter(|icon| !icon.trim().is_empty());
        directive(kind, icon.into_iter().map(Inline::Text).collect(), content)
    }

    /// Columns, the main one first.
    pub(super) fn read_layout(&mut self, element: &Element) -> Vec<Piece> {
        let mut cells: Vec<&Element> = element.elements().filter(|cell| cell.name == "ac:layout-cell").collect();
        if cells.len() > 1 {
            self.note("layout/columns", texts::joined_columns());
            let kind = element.find("ac:type").unwrap_or_default();
            if kind == "two_left_sidebar" || kind == "three_with_sidebars" {
                cells.swap(0, 1);
            }
        }
        pieces_of(cells.into_iter().flat_map(|cell| self.read_blocks(&cell.children)).collect())
    }

    /// A text that the editor of the source asks for. Readers of the source do not see it.
    pub(super) fn read_placeholder(&mut self, element: &Element) -> Vec<Piece> {
        let text = element.text().split_whitespace().collect::<Vec<_>>().join(" ");
        self.note("editor/placeholder", texts::left_placeholder(text));
        Vec::new()
    }
}

fn is_tab(element: &Element) -> bool {
    let name = element.find("ac:name").unwrap_or_default();
    matches!(name, "localtab" | "auihorizontalnavpage" | "ui-tab" | "tab" | "card" | "tab-pane")
}

pub(super) fn directive(kind: DirectiveKind, title: Vec<Inline>, blocks: Vec<Block>) -> Vec<Piece> {
    vec![Piece::Block(Block::Directive(Directive::new(kind, title, blocks)))]
}

/// The text of blocks, with blanks between them.
pub(super) fn inlines_of(blocks: Vec<Block>) -> Vec<Inline> {
    let inline = |block: Block| match block {
        Block::Paragraph(text) | Block::Heading { text, .. } => [text, vec![Inline::text(" ")]].concat(),
        Block::Code { text, .. } => vec![Inline::Code(text), Inline::text(" ")],
        Block::List(list) => list.items.into_iter().flat_map(|item| inlines_of(item.blocks)).collect(),
        Block::Quote(blocks) | Block::Named { blocks, .. } => inlines_of(blocks),
        Block::Directive(directive) => {
            [directive.title, vec![Inline::text(" ")], inlines_of(directive.blocks)].concat()
        }
        Block::Table(table) => {
            let cells = std::iter::once(table.head).chain(table.rows).flatten();
            cells.flat_map(|cell| [cell, vec![Inline::text(" ")]].concat()).collect()
        }
        Block::Rule | Block::Include(_) => Vec::new(),
    };
    blocks.into_iter().flat_map(inline).collect()
}
