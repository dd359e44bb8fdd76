//! Checks of `_section.yaml`: names that the folder does not have, and settings without an effect.

use std::collections::{HashMap, HashSet};

use super::Entry;
use super::navigation::Navigation;
use super::routes::{Routes, content_path};
use super::sections::name_of_child;
use crate::content::Document;
use crate::content::section::Section;
use crate::diagnostic::{Diagnostics, catalogue, nearest};
use crate::source::{Sources, Span, Spanned};

/// Reports names in `children` that the folder does not have, and settings without an effect.
pub(super) fn check_sections(
    sections: &[Section],
    navigation: &Navigation,
    routes: &Routes,
    drafts: &[Document],
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) {
    let drafts: Vec<&str> = drafts.iter().map(|draft| content_path(sources.path(draft.file()))).collect();
    for section in sections {
        let path = sources.path(section.file);
        let folder = content_path(path).rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let inside: Vec<&str> = drafts.iter().filter_map(|draft| draft.strip_prefix(&*folder)).collect();
        let Some(entry) = routes.find_entry(&format!("/{folder}")) else {
            if inside.is_empty() {
                diagnostics.push(catalogue::section::no_page(Span::new(section.file, 0, 0), path));
            }
            continue;
        };
        check_page_keys(section, entry, routes, diagnostics);
        let route = routes.route_of(entry);
        let children = navigation.children_of(entry).iter().map(|child| &routes.route_of(*child)[route.len()..]);
        let mut names: Vec<&str> = children.map(|name| name.trim_end_matches('/')).collect();
        names.extend(inside.iter().map(|draft| name_of_child(draft.split('/').next().unwrap_or_default())));
        check_names(&section.settings.children, &names, diagnostics);
    }
}

/// A page of its own has its title and order in its front matter.
fn check_page_keys(section: &Section, entry: Entry, routes: &Routes, diagnostics: &mut Diagnostics) {
    if routes.is_generated(entry) {
        return;
    }
    let title = section.settings.title.as_ref().map(|title| ("title", title.span));
    let order = section.settings.order.as_ref().map(|order| ("order", order.span));
    for (key, span) in title.into_iter().chain(order) {
        diagnostics.push(catalogue::section::has_page(span, key));
    }
}

fn check_names(children: &[Spanned<String>], names: &[&str], diagnostics: &mut Diagnostics) {
    let known: HashSet<&str> = names.iter().copied().collect();
    let mut seen: HashMap<&str, Span> = HashMap::new();
    for child in children {
        let name = name_of_child(&child.value);
        if !known.contains(name) {
            let finding = catalogue::section::unknown_child(child.span, &child.value);
            diagnostics.push(finding.suggest(nearest(name, names.iter().copied())));
        } else if let Some(first) = seen.insert(name, child.span) {
            let finding = catalogue::section::repeated_child(child.span, &child.value);
            diagnostics.push(finding.label(first, catalogue::help::first_here()));
        }
    }
}
