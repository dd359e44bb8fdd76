//! What an export has: spaces, current pages with their bodies, attachments and users.

use std::collections::HashMap;

use crate::diagnostic::Language;
use crate::diagnostic::catalogue::import as texts;
use crate::import::report::Report;
use crate::import::source::xml::Node;

/// The readable part of an export.
#[derive(Debug, Default)]
pub(in crate::import::source) struct Export {
    pub(in crate::import::source) spaces: Vec<Space>,
    /// In the order of the export.
    pub(in crate::import::source) pages: Vec<Page>,
    /// Newest versions.
    pub(in crate::import::source) attachments: Vec<Attachment>,
    /// Names by key or account.
    pub(in crate::import::source) users: HashMap<String, String>,
    pub(in crate::import::source) skipped: Skipped,
}

#[derive(Debug, Default)]
pub(in crate::import::source) struct Space {
    pub(in crate::import::source) id: String,
    pub(in crate::import::source) key: String,
    /// Id of its home page.
    pub(in crate::import::source) home: Option<String>,
}

#[derive(Debug, Default)]
pub(in crate::import::source) struct Page {
    pub(in crate::import::source) id: String,
    pub(in crate::import::source) title: String,
    /// Index in the spaces.
    pub(in crate::import::source) space: Option<usize>,
    /// Id of the page above it.
    pub(in crate::import::source) parent: Option<String>,
    pub(in crate::import::source) position: Option<i64>,
    /// The day of a blog post.
    pub(in crate::import::source) posted: Option<String>,
    pub(in crate::import::source) is_draft: bool,
    pub(in crate::import::source) labels: Vec<String>,
    pub(in crate::import::source) body: Body,
}

/// The text of a page.
#[derive(Debug, Default)]
pub(in crate::import::source) enum Body {
    #[default]
    None,
    Storage(String),
    /// The markup of Confluence 3 and older.
    Wiki(String),
    /// Elements of the storage format, made of HTML.
    Elements(Vec<Node>),
    /// A list of the pages below it.
    List,
}

#[derive(Debug, Default)]
pub(in crate::import::source) struct Attachment {
    pub(in crate::import::source) name: String,
    /// Id of its page.
    pub(in crate::import::source) page: String,
    pub(in crate::import::source) id: String,
    /// Its name in the archive; `None` if the archive lacks it.
    pub(in crate::import::source) entry: Option<String>,
}

/// What is in the export and not imported.
#[derive(Debug, Default)]
pub(in crate::import::source) struct Skipped {
    pub(in crate::import::source) deleted: Vec<String>,
    pub(in crate::import::source) archived: Vec<String>,
    /// Titles of published pages with a draft.
    pub(in crate::import::source) drafts_of: Vec<String>,
    pub(in crate::import::source) versions: usize,
    pub(in crate::import::source) attachment_versions: usize,
    pub(in crate::import::source) comments: usize,
    pub(in crate::import::source) entries: Vec<String>,
    /// Why the export could not be read to its end.
    pub(in crate::import::source) cause: Option<String>,
}

impl Page {
    /// Its title, or a word where it has none.
    pub(in crate::import::source) fn shown_title(&self, language: Language) -> String {
        let title = self.title.split_whitespace().collect::<Vec<_>>().join(" ");
        if title.is_empty() { texts::page_without_title().in_language(language).to_owned() } else { title }
    }
}

impl Export {
    /// Drops all pages but the wanted ones, by title or id.
    pub(in crate::import::source) fn keep(&mut self, wanted: &[String], report: &mut Report) {
        if wanted.is_empty() {
            return;
        }
        for name in wanted {
            if !self.pages.iter().any(|page| page.id == *name || page.title == *name) {
                report.add("", "page/not-found", texts::no_such_page(name));
            }
        }
        self.pages.retain(|page| wanted.iter().any(|name| page.id == *name || page.title == *name));
        let is_kept = |attachment: &Attachment| self.pages.iter().any(|page| page.id == attachment.page);
        self.attachments.retain(is_kept);
    }

    /// Reports what is not imported.
    pub(in crate::import::source) fn report_skipped(&self, report: &mut Report) {
        let skipped = &self.skipped;
        let mut add = |code, text| report.add("", code, text);
        skipped.cause.iter().for_each(|cause| add("export/broken", texts::broken_export(cause)));
        skipped.entries.iter().for_each(|name| add("export/refused-entry", texts::refused_entry(name)));
        skipped.deleted.iter().for_each(|title| add("page/deleted", texts::skipped_deleted(title)));
        skipped.archived.iter().for_each(|title| add("page/archived", texts::skipped_archived(title)));
        skipped.drafts_of.iter().for_each(|title| add("page/draft-of", texts::draft_of(title)));
        let counts = [
            (skipped.versions, "page/old-versions", texts::skipped_versions(skipped.versions)),
            (
                skipped.attachment_versions,
                "attachment/old-versions",
                texts::skipped_attachment_versions(skipped.attachment_versions),
            ),
            (skipped.comments, "page/comments", texts::skipped_comments(skipped.comments)),
        ];
        counts.into_iter().filter(|(count, ..)| *count > 0).for_each(|(_, code, text)| add(code, text));
    }
}
