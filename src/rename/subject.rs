//! The renamed item: reads `content/x.flow.yaml#node` and the like, and checks the new name.

use super::RenamedSite;
use crate::config::is_id;
use crate::content::body::AnchorKind;
use crate::content::flow::RawFlow;
use crate::content::flow_node::RawNodeKind;
use crate::diagnostic::{Text, catalogue, nearest};
use crate::site::routes::content_path;
use crate::source::{FileId, Spanned};

/// A setting of `vereda.yaml` with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SettingKind {
    Value,
    Input,
    Calendar,
    Record,
}

/// The renamed item, with its present name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    Node {
        flow: FileId,
        node: String,
    },
    Option {
        flow: FileId,
        node: String,
        option: String,
    },
    Anchor {
        page: FileId,
        anchor: String,
    },
    Setting {
        kind: SettingKind,
        name: String,
    },
    FlowInput {
        flow: FileId,
        name: String,
    },
    /// A page, a flow or a folder, by its path below `content/`.
    Path {
        path: String,
        is_folder: bool,
    },
}

const SETTINGS: [(&str, SettingKind); 4] = [
    ("values.", SettingKind::Value),
    ("inputs.", SettingKind::Input),
    ("calendars.", SettingKind::Calendar),
    ("records.", SettingKind::Record),
];

impl Subject {
    /// Reads the renamed item.
    pub(super) fn find(site: RenamedSite<'_>, written: &str) -> Result<Self, Text> {
        let setting = SETTINGS.iter().find_map(|(prefix, kind)| Some((*kind, written.strip_prefix(prefix)?)));
        if let Some((kind, name)) = setting {
            let names = site.setting_names(kind);
            return find_name(name, names.iter().map(|name| name.value.as_str()), written)
                .map(|name| Self::Setting { kind, name });
        }
        let (path, fragment) = match written.split_once('#') {
            Some((path, fragment)) => (path, Some(fragment)),
            None => (written, None),
        };
        let Some(fragment) = fragment else { return Self::find_path(site, path) };
        let file = site.sources.find(path).or_else(|| site.sources.find(&format!("content/{path}")));
        let file = file.ok_or_else(|| unknown(written, site.nearest_path(path)))?;
        let Some(flow) = site.raw_flow(file) else {
            let anchors = site.anchors_of(file);
            let anchor = find_name(fragment, anchors.iter().map(|(id, _)| id.as_str()), written)?;
            let is_element = anchors.contains(&(anchor.clone(), AnchorKind::Element));
            return if is_element {
                Err(catalogue::rename::raw_html(anchor))
            } else {
                Ok(Self::Anchor { page: file, anchor })
            };
        };
        if let Some(name) = fragment.strip_prefix("inputs.") {
            let names = flow.inputs.iter().map(|input| input.name.value.as_str());
            return find_name(name, names, written).map(|name| Self::FlowInput { flow: file, name });
        }
        let (node, option) = match fragment.split_once(':') {
            Some((node, option)) => (node, Some(option)),
            None => (fragment, None),
        };
        let node = find_name(node, flow.nodes.iter().map(|node| node.id.value.as_str()), written)?;
        let Some(option) = option else { return Ok(Self::Node { flow: file, node }) };
        let option = find_name(option, option_ids(flow, &node).iter().map(|id| id.value.as_str()), written)?;
        Ok(Self::Option { flow: file, node, option })
    }

    fn find_path(site: RenamedSite<'_>, written: &str) -> Result<Self, Text> {
        let path = written.trim_end_matches('/').strip_prefix("content/").unwrap_or(written.trim_end_matches('/'));
        if site.sources.find(&format!("content/{path}")).is_some() {
            return Ok(Self::Path { path: path.to_owned(), is_folder: false });
        }
        let is_folder = !path.is_empty() && site.paths().any(|file| file.starts_with(&format!("{path}/")));
        if is_folder {
            return Ok(Self::Path { path: path.to_owned(), is_folder: true });
        }
        Err(unknown(written, site.nearest_path(written)))
    }

    /// The new name in its normal form, or why it cannot be.
    pub(super) fn check_new_name(&self, site: RenamedSite<'_>, new: &str) -> Result<String, Text> {
        let (is_name, taken) = match self {
            Self::Path { path, is_folder } => return check_new_path(site, path, *is_folder, new),
            Self::Node { flow, .. } => (is_id(new), site.node_names(*flow)),
            Self::Option { flow, node, .. } => {
                let ids = site.raw_flow(*flow).map(|flow| option_ids(flow, node)).unwrap_or_default();
                (is_id(new), ids.into_iter().map(|id| id.value.clone()).collect())
            }
            Self::Anchor { page, .. } => {
                (is_anchor(new), site.anchors_of(*page).into_iter().map(|(id, _)| id).collect())
            }
            Self::FlowInput { flow, .. } => {
                let own = site.raw_flow(*flow).map(|flow| names(flow.inputs.iter().map(|input| &input.name)));
                let of_site = names(site.setting_names(SettingKind::Input).into_iter());
                (is_id(new), [own.unwrap_or_default(), of_site, site.node_names(*flow)].concat())
            }
            Self::Setting { kind: SettingKind::Input, .. } => {
                let own = site.flows.iter().flat_map(|flow| flow.inputs.iter().map(|input| &input.name));
                let nodes = site.flows.iter().flat_map(|flow| site.node_names(flow.file));
                let of_site = names(site.setting_names(SettingKind::Input).into_iter());
                (is_id(new), of_site.into_iter().chain(names(own)).chain(nodes).collect())
            }
            Self::Setting { kind, .. } => (is_id(new), names(site.setting_names(*kind).into_iter())),
        };
        if !is_name {
            return Err(catalogue::rename::no_name(new));
        }
        if taken.iter().any(|name| name == new) {
            return Err(catalogue::rename::exists(new));
        }
        Ok(new.to_owned())
    }
}

fn names<'n>(names: impl Iterator<Item = &'n Spanned<String>>) -> Vec<String> {
    names.map(|name| name.value.clone()).collect()
}

/// Lower-case words with accents, digits and hyphens, as headings have them.
fn is_anchor(text: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() && !c.is_uppercase() || matches!(c, '-' | '_');
    !text.is_empty() && text.chars().all(is_part)
}

fn check_new_path(site: RenamedSite<'_>, old: &str, is_folder: bool, new: &str) -> Result<String, Text> {
    let Some(path) = new.strip_prefix("content/").map(|path| path.trim_end_matches('/')) else {
        return Err(catalogue::rename::not_in_content(new));
    };
    let is_part = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':', '?', '#', '%']);
    if !path.split('/').all(is_part) {
        return Err(catalogue::rename::no_name(new));
    }
    let ending = ["flow.yaml", "flow.yml", "md", "_section.yaml"].into_iter().find(|ending| old.ends_with(ending));
    if !is_folder && ending.is_some_and(|ending| !path.ends_with(ending)) {
        return Err(catalogue::rename::other_ending(new, ending.unwrap_or_default()));
    }
    let is_below = |one: &str, other: &str| one == other || one.starts_with(&format!("{other}/"));
    if is_folder && is_below(path, old) {
        return Err(catalogue::rename::inside_itself(new));
    }
    let is_file_above = |file: &str| is_below(path, file) && path != file;
    if site.paths().any(|file| is_below(file, path) || is_file_above(file)) {
        return Err(catalogue::rename::exists(new));
    }
    Ok(path.to_owned())
}

fn unknown(written: &str, near: Option<String>) -> Text {
    match near {
        Some(near) => catalogue::rename::unknown_near(written, near),
        None => catalogue::rename::unknown(written),
    }
}

fn find_name<'n>(name: &str, names: impl Iterator<Item = &'n str> + Clone, written: &str) -> Result<String, Text> {
    if names.clone().any(|known| known == name) {
        return Ok(name.to_owned());
    }
    Err(unknown(written, nearest(name, names).map(str::to_owned)))
}

fn option_ids<'f>(flow: &'f RawFlow, node: &str) -> Vec<&'f Spanned<String>> {
    let found = flow.nodes.iter().find(|other| other.id.value == node);
    match found.map(|node| &node.kind) {
        Some(RawNodeKind::Question(question)) => question.options.iter().map(|option| &option.id).collect(),
        _ => Vec::new(),
    }
}

impl<'a> RenamedSite<'a> {
    pub(super) fn raw_flow(self, file: FileId) -> Option<&'a RawFlow> {
        self.flows.iter().find(|flow| flow.file == file)
    }

    /// Paths below `content/` of documents and copied files.
    pub(super) fn paths(self) -> impl Iterator<Item = &'a str> {
        let documents = self.site.routes.document_paths();
        let sections = self.sections.iter().map(move |section| content_path(self.sources.path(section.file)));
        documents.chain(sections).chain(self.assets.iter().map(String::as_str))
    }

    fn nearest_path(self, written: &str) -> Option<String> {
        let path = written.strip_prefix("content/").unwrap_or(written);
        nearest(path, self.paths()).map(|path| format!("content/{path}"))
    }

    pub(super) fn setting_names(self, kind: SettingKind) -> Vec<&'a Spanned<String>> {
        let config = &self.site.config;
        match kind {
            SettingKind::Value => config.values.iter().map(|named| &named.name).collect(),
            SettingKind::Input => config.inputs.iter().map(|input| &input.name).collect(),
            SettingKind::Calendar => config.calendars.iter().map(|named| &named.name).collect(),
            SettingKind::Record => config.records.iter().map(|named| &named.name).collect(),
        }
    }

    fn anchors_of(self, file: FileId) -> Vec<(String, AnchorKind)> {
        let page = self.site.all_pages().find(|page| page.file == file);
        let anchors = page.into_iter().flat_map(|page| &page.body.body.anchors);
        anchors.map(|anchor| (anchor.id.clone(), anchor.kind)).collect()
    }

    /// The ids of the nodes of a flow, and the names that its conditions use.
    fn node_names(self, file: FileId) -> Vec<String> {
        let Some(flow) = self.raw_flow(file) else { return Vec::new() };
        flow.nodes.iter().map(|node| node.id.value.clone()).collect()
    }
}
