//! Former names: the old name is added, or the new one is removed where it is a former name.

use super::{Plan, RenamedSite, Subject};
use crate::content::front_matter::find_yaml;
use crate::content::slug::slugify;
use crate::diagnostic::Text;
use crate::edit::{Edit, Edited, Refused, Step, Tree, edit_front_matter, edit_yaml};
use crate::project::FLOW_ENDINGS;
use crate::site::Entry;
use crate::site::routes::{content_path, route_of_path};
use crate::source::{FileId, Sources};
use crate::splice::Splice;
use crate::yaml::parse_exact;

/// Keeps the old name of the renamed item reachable.
pub(super) fn rename(site: RenamedSite<'_>, subject: &Subject, new: &str, plan: &mut Plan) -> Result<(), Text> {
    let edited = match subject {
        Subject::Node { flow, node } => {
            let at = vec![Step::from("nodes"), Step::from(node.as_str())];
            add_former(site, *flow, &at, node, new, plan)
        }
        Subject::Option { flow, node, option } => {
            let raw = site.raw_flow(*flow).and_then(|raw| raw.nodes.iter().find(|each| each.id.value == *node));
            let options = match raw.map(|node| &node.kind) {
                Some(crate::content::flow_node::RawNodeKind::Question(question)) => question.options.as_slice(),
                _ => &[],
            };
            let index = options.iter().position(|each| each.id.value == *option).unwrap_or_default();
            let at = [Step::from("nodes"), Step::from(node.as_str()), Step::from("options"), Step::from(index)];
            add_former(site, *flow, &at, option, new, plan)
        }
        Subject::Anchor { page, anchor } => rename_anchor(site, *page, anchor, new, plan),
        Subject::Path { .. } => add_routes(site, subject, new, plan),
        Subject::Setting { .. } | Subject::FlowInput { .. } => Ok(()),
    };
    edited.map_err(Refused::message)
}

fn tree_at(text: &str, at: &[Step]) -> Option<Tree> {
    let root = parse_exact(text, Sources::default().add("", ""), 0)?;
    Tree::at(&root, at)
}

fn yaml_of(path: &str, text: &str) -> Option<std::ops::Range<usize>> {
    let is_flow = FLOW_ENDINGS.iter().any(|ending| path.ends_with(ending));
    if is_flow { Some(0..text.len()) } else { find_yaml(text) }
}

/// Adds the old name to `aliases` of a map, or removes the new one from it.
fn add_former(
    site: RenamedSite<'_>,
    file: FileId,
    map: &[Step],
    old: &str,
    new: &str,
    plan: &mut Plan,
) -> Result<(), Refused> {
    let (path, text) = (site.sources.path(file), site.sources.text(file));
    let yaml = yaml_of(path, text).map_or("", |range| &text[range]);
    let at: Vec<Step> = map.iter().cloned().chain([Step::from("aliases")]).collect();
    let is_flow = FLOW_ENDINGS.iter().any(|ending| path.ends_with(ending));
    let apply = |text: &str, edit: &Edit| if is_flow { edit_yaml(text, edit) } else { edit_front_matter(text, edit) };
    let known = match tree_at(yaml, &at) {
        Some(Tree::List(items)) => Some(items),
        _ => None,
    };
    let is_route = |item: &Tree, name: &str| matches!(item, Tree::Text(text) if trimmed(text) == trimmed(name));
    let count = known.as_ref().map_or(0, Vec::len);
    let back = known.as_ref().and_then(|items| items.iter().position(|item| is_route(item, new)));
    let item = |index: usize| at.iter().cloned().chain([Step::from(index)]).collect::<Vec<_>>();
    let edits = match (back, known) {
        (Some(_), _) if count == 1 => vec![Edit::Remove { at }],
        // The renaming is undone.
        (Some(index), _) if index + 1 == count => vec![Edit::Remove { at: item(index) }],
        (Some(index), _) => vec![Edit::Set { at: item(index), value: Tree::text(old) }],
        (None, Some(_)) => vec![Edit::Insert { into: at, index: count, value: Tree::text(old) }],
        (None, None) => {
            let index = match tree_at(yaml, map) {
                Some(Tree::Map(entries)) => entries.len(),
                _ => 0,
            };
            vec![Edit::AddKey { to: map.to_vec(), index, key: "aliases".to_owned(), value: Tree::texts([old]) }]
        }
    };
    for edit in &edits {
        add_splices(plan, file, apply(text, edit)?);
    }
    Ok(())
}

/// Names of nodes, or routes.
fn trimmed(name: &str) -> &str {
    name.trim_matches('/')
}

fn add_splices(plan: &mut Plan, file: FileId, edited: Edited) {
    edited.splices.into_iter().for_each(|splice| plan.add(file, splice));
}

/// Writes the new id at the heading or block, and keeps the old one in `anchors`.
fn rename_anchor(site: RenamedSite<'_>, file: FileId, old: &str, new: &str, plan: &mut Plan) -> Result<(), Refused> {
    let page = site.site.all_pages().find(|page| page.file == file).ok_or(Refused::NoPlace)?;
    let anchor = page.body.body.find_anchor(old).ok_or(Refused::NoPlace)?;
    let text = site.sources.text(file);
    let range = anchor.span.range();
    let written = &text[range.clone()];
    let heading = page.body.body.headings.iter().find(|heading| heading.span == anchor.span);
    let braces = written.rfind(&format!("{{#{old}"));
    match (heading, braces) {
        (Some(heading), Some(at)) => {
            let whole = format!("{{#{old}}}");
            let shown = heading_text(&written[..at]);
            let is_needless = written[at..] == whole && slugify(&shown) == new && is_first(page, heading, new);
            let start = range.start + at;
            if is_needless {
                let before = written[..at].trim_end().len();
                plan.add(file, Splice::remove(range.start + before..range.end));
            } else {
                plan.add(file, Splice::new(start + 2..start + 2 + old.len(), new));
            }
        }
        (Some(_), None) => {
            let line = written.lines().next().unwrap_or_default().trim_end();
            plan.add(file, Splice::insert(range.start + line.len(), format!(" {{#{new}}}")));
        }
        (None, _) => {
            let at = text[range.clone()].find(old).ok_or(Refused::UnknownForm)?;
            plan.add(file, Splice::new(range.start + at..range.start + at + old.len(), new));
        }
    }
    keep_anchor(site, file, old, new, plan)
}

/// The text of a heading's line without its signs.
fn heading_text(line: &str) -> String {
    line.trim_start_matches('#').trim().to_owned()
}

/// True if no other heading of the page has the same text, which would number the ids.
fn is_first(page: &crate::site::SitePage, heading: &crate::content::body::Heading, id: &str) -> bool {
    let others = page.body.body.anchors.iter().filter(|anchor| anchor.span != heading.span);
    others.into_iter().all(|anchor| anchor.id != id)
}

fn keep_anchor(site: RenamedSite<'_>, file: FileId, old: &str, new: &str, plan: &mut Plan) -> Result<(), Refused> {
    let text = site.sources.text(file);
    let yaml = find_yaml(text).map_or("", |range| &text[range]);
    let at = vec![Step::from("anchors")];
    let known = match tree_at(yaml, &at) {
        Some(Tree::Map(entries)) => entries,
        _ => Vec::new(),
    };
    // Older names lead to the new one.
    for (name, value) in &known {
        if name != new && matches!(value, Tree::Text(present) if present == old) {
            let at = vec![Step::from("anchors"), Step::from(name.as_str())];
            add_splices(plan, file, edit_front_matter(text, &Edit::Set { at, value: Tree::text(new) })?);
        }
    }
    let back = known.iter().position(|(name, _)| name == new);
    let edit = match back {
        Some(_) if known.len() == 1 => Edit::Remove { at },
        Some(_) => Edit::Remove { at: vec![Step::from("anchors"), Step::from(new)] },
        None if known.is_empty() => {
            let index = match tree_at(yaml, &[]) {
                Some(Tree::Map(entries)) => entries.len(),
                _ => 0,
            };
            let value = Tree::Map(vec![(old.to_owned(), Tree::text(new))]);
            Edit::AddKey { to: Vec::new(), index, key: "anchors".to_owned(), value }
        }
        None => Edit::AddKey { to: at, index: known.len(), key: old.to_owned(), value: Tree::text(new) },
    };
    add_splices(plan, file, edit_front_matter(text, &edit)?);
    Ok(())
}

/// Adds the old route to each published page and flow that moves.
fn add_routes(site: RenamedSite<'_>, subject: &Subject, new: &str, plan: &mut Plan) -> Result<(), Refused> {
    for entry in &site.site.navigation.sequence {
        if site.site.is_generated(*entry) {
            continue;
        }
        let file = site.site.file_of(*entry);
        let path = content_path(site.sources.path(file));
        let moved = subject.moved(path, new);
        let (old_route, new_route) = (site.site.route_of(*entry), route_of_path(&moved));
        if moved != path && old_route != new_route && matches!(entry, Entry::Page(_) | Entry::Flow(_)) {
            add_former(site, file, &[], old_route, &new_route, plan)?;
        }
    }
    Ok(())
}
