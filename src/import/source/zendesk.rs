//! Articles of Zendesk Guide, as the JSON of its API.
//!
//! In: `{"articles": […], "sections": […], "categories": […]}`, or a list of articles. A section is a page above its articles.

use std::collections::HashSet;

use serde_json::Value;

use super::confluence::export::{Body, Export, Page};
use super::confluence::markup::{Links, with_anchor};
use super::html;
use super::xml::{Element, Node, visit};
use crate::project::archive::Archive;
use crate::url::Parts;

/// True for a file of articles.
pub(super) fn is_articles(archive: &mut Archive) -> bool {
    !files_of(archive).is_empty()
}

/// Every JSON file with articles at the top of a folder.
fn files_of(archive: &mut Archive) -> Vec<Value> {
    let is_json = |name: &&str| !name.contains('/') && name.to_lowercase().ends_with(".json");
    let names: Vec<String> = archive.names().filter(is_json).map(str::to_owned).collect();
    let read = |name: &String| serde_json::from_slice::<Value>(&archive.read(name).ok()?).ok();
    names.iter().filter_map(read).filter(|value| articles_of(value).next().is_some()).collect()
}

/// The articles of an answer: those of the list, or the only one.
fn articles_of(value: &Value) -> impl Iterator<Item = &Value> {
    let list = value.get("articles").or(Some(value)).and_then(Value::as_array);
    let only = value.get("article");
    let is_article = |article: &&Value| article.get("body").is_some() && article.get("section_id").is_some();
    list.into_iter().flatten().chain(only).filter(is_article)
}

/// Reads the articles.
pub(super) fn read(archive: &mut Archive) -> Export {
    let mut export = Export::default();
    let files = files_of(archive);
    let mut bodies = Vec::new();
    for file in &files {
        add_groups(file, "categories", "category", None, &mut export);
        add_groups(file, "sections", "section", Some("category"), &mut export);
    }
    export.pages.iter().for_each(|_| bodies.push(Vec::new()));
    for article in files.iter().flat_map(articles_of) {
        let section = number(article, "section_id").map(|id| format!("section-{id}"));
        let labels = article.get("label_names").and_then(Value::as_array).into_iter().flatten();
        export.pages.push(Page {
            id: number(article, "id").unwrap_or_default(),
            title: word(article, "title"),
            parent: section.filter(|id| export.pages.iter().any(|page| page.id == *id)),
            position: article.get("position").and_then(Value::as_i64),
            is_draft: article.get("draft").and_then(Value::as_bool).unwrap_or_default(),
            labels: labels.filter_map(Value::as_str).map(str::to_owned).collect(),
            ..Page::default()
        });
        bodies.push(html::parse(&word(article, "body")));
    }
    let anchors = anchors_of(&bodies);
    for (index, body) in bodies.iter().enumerate().filter(|(_, body)| !body.is_empty()) {
        let links = Links { export: &export, page_of: &article_of, file_of: &attachment_of };
        let nodes = add_anchors(links.to_storage(body), &anchors);
        export.pages[index].body = Body::Elements(nodes);
    }
    export
}

/// Adds a page for each section or category.
fn add_groups(file: &Value, list: &str, kind: &str, parent: Option<&str>, export: &mut Export) {
    for group in file.get(list).and_then(Value::as_array).into_iter().flatten() {
        let id = format!("{kind}-{}", number(group, "id").unwrap_or_default());
        if export.pages.iter().any(|page| page.id == id) {
            continue;
        }
        let above = parent.and_then(|parent| {
            let above = number(group, &format!("parent_{kind}_id")).map(|id| format!("{kind}-{id}"));
            above.or_else(|| number(group, &format!("{parent}_id")).map(|id| format!("{parent}-{id}")))
        });
        let position = group.get("position").and_then(Value::as_i64);
        let title = word(group, "name");
        export.pages.push(Page { id, title, parent: above, position, body: Body::List, ..Page::default() });
    }
}

fn word(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn number(value: &Value, key: &str) -> Option<String> {
    match value.get(key)? {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.clone()),
        _ => None,
    }
}

/// The number after `name` in a path: `/hc/pt-br/articles/1001-Title`.
fn number_after(address: &str, name: &str) -> Option<String> {
    let mut parts = Parts::of(address).path.split('/').skip_while(|part| *part != name).skip(1);
    let digits: String = parts.next()?.chars().take_while(char::is_ascii_digit).collect();
    (!digits.is_empty() && address.contains("/hc/")).then_some(digits)
}

fn article_of(address: &str) -> Option<String> {
    number_after(address, "articles")
}

fn attachment_of(address: &str) -> Option<String> {
    number_after(address, "article_attachments")
}

/// The ids that links of the articles name.
fn anchors_of(bodies: &[Vec<Node>]) -> HashSet<String> {
    let mut anchors = HashSet::new();
    for body in bodies {
        visit(body, &mut |element| {
            let fragment = Parts::of(element.find("href").unwrap_or_default()).fragment.trim_start_matches('#');
            if element.name == "a" && !fragment.is_empty() {
                anchors.insert(fragment.to_owned());
            }
        });
    }
    anchors
}

/// Gives each heading that a link names its anchor.
fn add_anchors(nodes: Vec<Node>, anchors: &HashSet<String>) -> Vec<Node> {
    let add = |node| match node {
        Node::Element(element) => {
            let id = element.find("id").filter(|id| anchors.contains(*id)).map(str::to_owned);
            let is_heading = element.name.len() == 2 && element.name.starts_with('h') && element.name != "hr";
            let children = add_anchors(element.children, anchors);
            let element = Element { children, ..element };
            Node::Element(match id.filter(|_| is_heading) {
                Some(id) => with_anchor(&element, &id),
                None => element,
            })
        }
        text @ Node::Text(_) => text,
    };
    nodes.into_iter().map(add).collect()
}
