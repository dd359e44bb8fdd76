//! What an export has: spaces, current pages with their bodies, attachments and users.

use std::collections::HashMap;

use crate::diagnostic::Language;
use crate::diagnostic::catalogue::import as texts;
use crate::import::report::Report;

/// The readable part of an export.
#[derive(Debug, Default)]
pub(super) struct Export {
    pub(super) spaces: Vec<Space>,
    /// In the order of the export.
    pub(super) pages: Vec<Page>,
    /// Newest versions.
    pub(super) attachments: Vec<Attachment>,
    /// Names by key or account.
    pub(super) users: HashMap<String, String>,
    pub(super) skipped: Skipped,
}

#[derive(Debug, Default)]
pub(super) struct Space {
    pub(super) id: String,
    pub(super) key: String,
    /// Id of its home page.
    pub(super) home: Option<String>,
}

#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) id: String,
    pub(super) title: String,
    /// Index in the spaces.
    pub(super) space: Option<usize>,
    /// Id of the page above it.
    pub(super) parent: Option<String>,
    pub(super) position: Option<i64>,
    /// The day of a blog post.
    pub(super) posted: Option<String>,
    pub(super) is_draft: bool,
    pub(super) labels: Vec<String>,
    pub(super) body: Body,
}

/// The text of a page.
#[derive(Debug, Default)]
pub(super) enum Body {
    #[default]
    None,
    Storage(String),
    /// The markup of Confluence 3 and older.
    Wiki(String),
}

#[derive(Debug, Default)]
pub(super) struct Attachment {
    pub(super) name: String,
    /// Id of its page.
    pub(super) page: String,
    pub(super) id: String,
    /// Its name in the archive; `None` if the archive lacks it.
    pub(super) entry: Option<String>,
}

/// What is in the export and not imported.
#[derive(Debug, Default)]
pub(super) struct Skipped {
    pub(super) deleted: Vec<String>,
    pub(super) archived: Vec<String>,
    /// Titles of published pages with a draft.
    pub(super) drafts_of: Vec<String>,
    pub(super) versions: usize,
    pub(super) attachment_versions: usize,
    pub(super) comments: usize,
    pub(super) entries: Vec<String>,
    /// Why the export could not be read to its end.
    pub(super) cause: Option<String>,
}

impl Page {
    /// Its title, or a word where it has none.
    pub(super) fn shown_title(&self, language: Language) -> String {
        let title = self.title.split_whitespace().collect::<Vec<_>>().join(" ");
        if title.is_empty() { texts::page_without_title().in_language(language).to_owned() } else { title }
    }
}

impl Export {
    /// Drops all pages but the wanted ones, by title or id.
    pub(super) fn keep(&mut self, wanted: &[String], report: &mut Report) {
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
    pub(super) fn report_skipped(&self, report: &mut Report) {
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
