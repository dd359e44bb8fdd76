//! Pages and files of an export, with the paths that they get: what links of a page mean.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, OnceLock};

use unicode_normalization::UnicodeNormalization;

use super::export::Export;
use crate::diagnostic::Language;
use crate::diagnostic::catalogue::import as texts;
use crate::import::ids::Ids;
use crate::import::names::{Taken, anchor_id, cut, file_name_of, slug_of};
use crate::import::report::Report;
use crate::import::source::Wanted;
use crate::project::archive::Archive;
use crate::url::{encode_component, encode_fragment, folder_of, relative_path};

/// The pages and files of an export.
pub(super) struct Library<'e> {
    pub(super) export: &'e Export,
    pub(super) language: Language,
    /// The folder of the import below the site's root, with a slash at its end.
    folder: String,
    base: Option<&'e str>,
    /// The path of each page below the folder of the import.
    pub(super) paths: Vec<String>,
    pub(super) orders: Vec<Option<i64>>,
    /// The path of each attachment; `None` where the archive lacks it.
    pub(super) files: Vec<Option<String>>,
    /// Pages by title in small letters, and by id.
    titles: HashMap<String, Vec<usize>>,
    by_id: HashMap<&'e str, usize>,
    /// Pages below each page, in order.
    children: HashMap<usize, Vec<usize>>,
    roots: Vec<usize>,
    /// Attachments of each page, by the id of the page.
    attachments: HashMap<&'e str, Vec<usize>>,
    read_ids: ReadIds,
    ids: Vec<OnceLock<Ids>>,
    used: Mutex<BTreeSet<usize>>,
}

/// Reads the ids of a page.
pub(super) type ReadIds = fn(&Library<'_>, usize) -> Ids;

/// The meaning of a link to an anchor.
pub(super) enum AnchorLink {
    Found(String),
    /// The page has no such anchor.
    Missing,
}

impl<'e> Library<'e> {
    pub(super) fn new(
        export: &'e Export,
        read_ids: ReadIds,
        archive: &mut Archive,
        wanted: &Wanted<'e>,
        report: &mut Report,
    ) -> Self {
        let mut titles: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, page) in export.pages.iter().enumerate() {
            titles.entry(key_of(&page.title)).or_default().push(index);
        }
        let mut attachments: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, attachment) in export.attachments.iter().enumerate() {
            attachments.entry(&attachment.page).or_default().push(index);
        }
        let mut library = Self {
            export,
            language: wanted.language,
            folder: format!("{}/", wanted.folder.trim_end_matches('/')),
            base: wanted.base,
            paths: vec![String::new(); export.pages.len()],
            orders: vec![None; export.pages.len()],
            files: Vec::new(),
            titles,
            by_id: export.pages.iter().enumerate().map(|(index, page)| (page.id.as_str(), index)).collect(),
            children: HashMap::new(),
            roots: Vec::new(),
            attachments,
            read_ids,
            ids: export.pages.iter().map(|_| OnceLock::new()).collect(),
            used: Mutex::default(),
        };
        let mut taken = Taken::default();
        library.place_pages(&mut taken, report);
        library.place_files(archive, &mut taken, report);
        library
    }

    /// The file of a page below the site's root.
    pub(super) fn file_of(&self, page: usize) -> String {
        format!("{}{}", self.folder, self.paths[page])
    }

    /// The pages below a page, in order.
    pub(super) fn children_of(&self, page: usize) -> &[usize] {
        self.children.get(&page).map_or(&[], Vec::as_slice)
    }

    /// Builds the tree, and gives each page its path.
    fn place_pages(&mut self, taken: &mut Taken, report: &mut Report) {
        let export = self.export;
        let mut orphans = Vec::new();
        for (index, page) in export.pages.iter().enumerate() {
            let parent = page.parent.as_deref().and_then(|id| self.by_id.get(id)).copied();
            if let Some(parent) = parent.filter(|parent| *parent != index) {
                self.children.entry(parent).or_default().push(index);
            } else {
                orphans.extend(page.parent.is_some().then_some(index));
                self.roots.push(index);
            }
        }
        self.sort_siblings();
        let has_folders = export.spaces.len() > 1;
        for root in self.roots.clone() {
            let page = &export.pages[root];
            let space = page.space.map(|space| &export.spaces[space]);
            let folder = space.filter(|_| has_folders).map(|space| format!("{}/", slug_of(&space.key)));
            let folder = folder.unwrap_or_default();
            let is_home = space.is_some_and(|space| space.home.as_deref() == Some(&page.id));
            let is_blog = page.posted.is_some();
            let folder = if is_blog { format!("{folder}blog/") } else { folder };
            self.place(root, &folder, is_home, taken, report);
        }
        self.place_circles(taken, report);
        for orphan in orphans {
            let title = export.pages[orphan].shown_title(self.language);
            report.add(&self.file_of(orphan), "page/orphan", texts::orphan(title));
        }
        for (index, page) in export.pages.iter().enumerate().filter(|(_, page)| page.posted.is_some()) {
            let title = page.shown_title(self.language);
            report.add(&self.file_of(index), "page/blog-post", texts::blog_post(title, &self.paths[index]));
        }
    }

    /// Pages that are above each other in a circle go to the root.
    fn place_circles(&mut self, taken: &mut Taken, report: &mut Report) {
        for index in 0..self.paths.len() {
            if self.paths[index].is_empty() {
                self.children.values_mut().for_each(|children| children.retain(|child| *child != index));
                self.roots.push(index);
                self.place(index, "", false, taken, report);
            }
        }
    }

    /// Siblings with a position come first, by it; the others follow by title.
    fn sort_siblings(&mut self) {
        let export = self.export;
        let key = |index: &usize| {
            let page = &export.pages[*index];
            (page.position.is_none(), page.position, key_of(&page.title), *index)
        };
        let lists = self.children.values_mut().chain([&mut self.roots]);
        for siblings in lists {
            siblings.sort_by_key(key);
            let positioned = siblings.iter().filter(|index| export.pages[**index].position.is_some());
            for (order, index) in (1..).zip(positioned) {
                self.orders[*index] = Some(order);
            }
        }
    }

    /// Places a page and those below it. A home page is the page of its folder.
    fn place(&mut self, root: usize, folder: &str, is_home: bool, taken: &mut Taken, report: &mut Report) {
        let mut pending = vec![(root, folder.to_owned(), is_home)];
        while let Some((index, folder, is_home)) = pending.pop() {
            let inner = if is_home {
                self.paths[index] = taken.take(&folder, "index", ".md");
                folder
            } else {
                self.place_one(index, &folder, taken, report)
            };
            let children = self.children_of(index).to_vec();
            pending.extend(children.into_iter().rev().map(|child| (child, inner.clone(), false)));
        }
    }

    /// Gives a page its path; returns the folder of the pages below it.
    fn place_one(&mut self, index: usize, folder: &str, taken: &mut Taken, report: &mut Report) -> String {
        let page = &self.export.pages[index];
        let title = page.shown_title(self.language);
        let slug = slug_of(&page.title);
        let day = page.posted.as_ref().map(|day| format!("{}-", slug_of(day))).unwrap_or_default();
        let wanted = match slug.as_str() {
            "" => format!("{day}pagina"),
            slug => format!("{day}{slug}"),
        };
        let wanted = cut(&wanted).to_owned();
        let is_reserved = matches!(wanted.as_str(), "index" | "readme" | "blog");
        let stem = if is_reserved { format!("{wanted}-pagina") } else { wanted.clone() };
        // A folder and a file of one name would be one page.
        let path = taken.take(folder, &stem, "");
        let has_children = !self.children_of(index).is_empty();
        self.paths[index] = if has_children { format!("{path}/index.md") } else { format!("{path}.md") };
        let file = self.file_of(index);
        if path != format!("{folder}{stem}") {
            report.add(&file, "page/same-name", texts::numbered_path(&title, &self.paths[index]));
        }
        if slug.is_empty() {
            report.add(&file, "page/no-name", texts::unnamed_path(&title, &self.paths[index]));
        } else if !wanted.ends_with(&slug) {
            report.add(&file, "page/long-name", texts::cut_path(&self.paths[index]));
        }
        format!("{path}/")
    }

    /// Gives each attachment a path beside its page. Equal ones of a folder have one.
    fn place_files(&mut self, archive: &mut Archive, taken: &mut Taken, report: &mut Report) {
        let mut contents: HashMap<(String, u64, u64), usize> = HashMap::new();
        let mut entries: HashMap<(String, &str), String> = HashMap::new();
        for (index, attachment) in self.export.attachments.iter().enumerate() {
            let page = self.by_id.get(attachment.page.as_str()).copied();
            let (Some(page), Some(entry)) = (page, &attachment.entry) else {
                let file = page.map(|page| self.file_of(page)).unwrap_or_default();
                report.add(&file, "attachment/missing", texts::missing_entry(&attachment.name));
                self.files.push(None);
                continue;
            };
            let folder = folder_of(&self.paths[page]).to_owned();
            if let Some(path) = entries.get(&(folder.clone(), entry.as_str())) {
                self.files.push(Some(path.clone()));
                continue;
            }
            let file = self.file_of(page);
            let content = archive.fingerprint(entry).map(|(size, sum)| (folder.clone(), size, sum));
            if let Some(other) = content.as_ref().and_then(|content| contents.get(content)) {
                let other = &self.export.attachments[*other];
                report.add(&file, "attachment/same-bytes", texts::same_bytes(&attachment.name, &other.name));
                let same = self.export.attachments.iter().position(|one| one.id == other.id);
                let path = same.and_then(|same| self.files[same].clone());
                self.files.push(path);
                continue;
            }
            let wanted = file_name_of(&attachment.name);
            let (stem, ending) = wanted.rsplit_once('.').map_or((wanted.as_str(), ""), |(stem, ending)| (stem, ending));
            let ending = if ending.is_empty() { String::new() } else { format!(".{ending}") };
            let path = taken.take(&folder, stem, &ending);
            if path != format!("{folder}{wanted}") {
                report.add(&file, "attachment/same-name", texts::same_name(&attachment.name, &path));
            }
            contents.extend(content.map(|content| (content, index)));
            entries.insert((folder, entry), path.clone());
            self.files.push(Some(path));
        }
    }

    /// Finds a page by its title, in the space of a page unless another is named.
    pub(super) fn find_page(&self, title: &str, space: Option<&str>, from: usize) -> Option<usize> {
        let space_of =
            |index: usize| self.export.pages[index].space.map(|space| self.export.spaces[space].key.as_str());
        let wanted = space.filter(|key| !key.is_empty()).or_else(|| space_of(from));
        let candidates = self.titles.get(&key_of(title))?;
        let is_inside = |index: &&usize| wanted.is_none() || space_of(**index).is_none_or(|key| Some(key) == wanted);
        let published = candidates.iter().filter(is_inside).find(|index| !self.export.pages[**index].is_draft);
        published.or_else(|| candidates.iter().find(is_inside)).copied()
    }

    /// Finds a page by its id.
    pub(super) fn find_id(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// Finds an attachment of a page by its name, and marks it as used.
    pub(super) fn use_file(&self, page: usize, name: &str) -> Option<usize> {
        let list = self.attachments.get(self.export.pages[page].id.as_str())?;
        let is_named = |index: &&usize| key_of(&self.export.attachments[**index].name) == key_of(name);
        let exact = |index: &&usize| self.export.attachments[**index].name == name;
        let found = list.iter().find(exact).or_else(|| list.iter().find(is_named)).copied();
        let found = found.filter(|index| self.files[*index].is_some())?;
        self.used.lock().expect("no thread panics while it adds an index").insert(found);
        Some(found)
    }

    /// The attachments of a page that the archive has.
    pub(super) fn files_of(&self, page: usize) -> Vec<usize> {
        let list = self.attachments.get(self.export.pages[page].id.as_str());
        list.into_iter().flatten().copied().filter(|index| self.files[*index].is_some()).collect()
    }

    pub(super) fn used_files(&self) -> BTreeSet<usize> {
        self.used.lock().expect("no thread panics while it adds an index").clone()
    }

    /// The address of a file from a page.
    pub(super) fn address_of_file(&self, from: usize, file: usize) -> String {
        let path = self.files[file].as_deref().unwrap_or_default();
        relative_path(&self.paths[from], path)
    }

    /// The address of a page, and of an id in it, from a page.
    pub(super) fn address_of_page(&self, from: usize, to: usize, id: Option<&str>) -> String {
        let path = if from == to && id.is_some() {
            String::new()
        } else if from == to {
            self.paths[to].rsplit('/').next().unwrap_or_default().to_owned()
        } else {
            relative_path(&self.paths[from], &self.paths[to])
        };
        id.map_or(path.clone(), |id| format!("{path}#{}", encode_fragment(id)))
    }

    /// Finds the id of an anchor of a page: the name of an anchor, or the text of a heading as Confluence writes it.
    pub(super) fn find_anchor(&self, page: usize, anchor: &str) -> AnchorLink {
        let ids = self.ids_of(page);
        if let Some(id) = ids.named.get(&anchor_id(anchor)) {
            return AnchorLink::Found(id.clone());
        }
        let letters = |text: &str| -> String {
            text.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
        };
        let wanted = letters(anchor);
        let own_title = letters(&self.export.pages[page].title);
        let short = wanted.strip_prefix(&own_title).unwrap_or(&wanted);
        let is_wanted = |text: &String| {
            let text = letters(text);
            !text.is_empty() && (text == wanted || text == short)
        };
        let found = ids.headings.iter().find(|(text, _)| is_wanted(text));
        found.map_or(AnchorLink::Missing, |(_, id)| AnchorLink::Found(id.clone()))
    }

    /// The ids of a page, which is read once for them.
    pub(super) fn ids_of(&self, page: usize) -> &Ids {
        self.ids[page].get_or_init(|| (self.read_ids)(self, page))
    }

    /// The old address of a page outside the import.
    pub(super) fn old_address(&self, title: &str, space: Option<&str>, from: usize) -> Option<String> {
        let base = self.base?;
        let own = self.export.pages[from].space.map(|space| self.export.spaces[space].key.as_str());
        let key = space.filter(|key| !key.is_empty()).or(own)?;
        let title = encode_component(title).replace("%20", "+");
        Some(format!("{base}/display/{key}/{title}"))
    }

    /// True for an address on the server of the source.
    pub(super) fn is_on_server(&self, address: &str) -> bool {
        self.base.is_some_and(|base| address.starts_with(base))
    }

    /// The old routes of a page that a site can have, if the old address is known.
    pub(super) fn aliases_of(&self, page: usize) -> Vec<String> {
        let page = &self.export.pages[page];
        let (Some(base), Some(space)) = (self.base, page.space) else { return Vec::new() };
        let path = base.split_once("://").map_or("", |(_, rest)| rest.find('/').map_or("", |at| &rest[at..]));
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == ' ' || c == '-';
        if !page.title.chars().all(is_plain) || page.is_draft || page.title.is_empty() {
            return Vec::new();
        }
        let key = &self.export.spaces[space].key;
        vec![format!("{path}/display/{key}/{}/", page.title.replace(' ', "+"))]
    }
}

/// A title or a name as Confluence compares it.
fn key_of(title: &str) -> String {
    let words: Vec<&str> = title.split_whitespace().collect();
    words.join(" ").nfc().flat_map(char::to_lowercase).collect()
}
