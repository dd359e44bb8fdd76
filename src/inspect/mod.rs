//! Inspection from the command line: the graph, walkthrough, paths and scenarios of a flow, and the uses of a text.
//!
//! In: a resolved site and the path or route of a flow. Out: an [`OpenFlow`], whose methods return plain values; `cli`
//! prints them. Entry points: `find_flow`, and `pipeline::open_flow` and `open_site` for the binary.

mod paths;
mod suggestions;
mod uses;
mod walkthrough;

use std::collections::BTreeSet;

use crate::diagnostic::{Language, nearest};
use crate::diagram::{Labels, Marks, dot, mermaid, svg};
use crate::flow::FlowSet;
use crate::flow::coverage::measure;
use crate::flow::scenario::run;
pub use crate::flow::usage_counts::CountsParseError;
use crate::flow::usage_counts::{SavedCounts, UsageCounts};
use crate::project::FLOW_ENDINGS;
use crate::render::{Renderer, flow_json};
use crate::site::flow::{Flow, FlowId};
use crate::site::node::with_called_flows;
use crate::site::routes::{Redirect, content_path};
use crate::site::{Entry, Site};
use crate::source::{FileId, Sources};
use crate::theme::Theme;
use crate::words::words;

pub use paths::{Decision, OutcomePath, PathList, RandomWalks, ShortestPath};
pub use suggestions::SuggestedScenarios;
pub use uses::{Caller, OpenSite, UsePlace, UsedText, UsesFound, WaysToNode};
pub use walkthrough::{Prompt, Screen, Walkthrough};

/// A flow without errors, with its site.
#[derive(Debug)]
pub struct OpenFlow {
    pub(crate) sources: Sources,
    pub(crate) theme: Theme,
    pub(crate) site: Site,
    pub(crate) id: FlowId,
}

words! {
    /// Output format of a flow's graph.
    pub enum GraphFormat {
        Svg "svg" "the picture, as the site shows it",
        Mermaid "mermaid" "a flowchart for Markdown, wikis and issues that draw Mermaid",
        Dot "dot" "for Graphviz: dot -Tpng",
        Json "json" "the whole flow for programs, as the site publishes it",
    }
}

/// Writes the graph of a flow. SVG, Mermaid and DOT show the marks; JSON contains the usage counts.
pub(crate) fn write_graph(renderer: &Renderer<'_>, id: FlowId, format: GraphFormat, marks: Marks<'_>) -> String {
    let labels = renderer.labels();
    match format {
        GraphFormat::Svg => svg::write(labels, id, marks),
        GraphFormat::Json => flow_json::json_text(renderer, id, marks.counts),
        GraphFormat::Mermaid => mermaid::write(labels, id, marks),
        GraphFormat::Dot => dot::write(labels, id, marks),
    }
}

/// Why a file of counts cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CountsError {
    /// It is not a file that a flow page saves.
    Parse(CountsParseError),
    /// It belongs to the flow with this route.
    OtherFlow(String),
}

impl OpenFlow {
    /// Language of the site.
    pub fn language(&self) -> Language {
        Language::of_tag(&self.site.config.language)
    }

    /// Title of the flow.
    pub fn title(&self) -> &str {
        &self.flow().metadata.title.value
    }

    /// The graph of the flow. In the formats that the site publishes, the same bytes.
    pub fn graph(&self, format: GraphFormat) -> String {
        write_graph(&self.renderer(), self.id, format, Marks::default())
    }

    /// The graph with marks on what the scenarios do not visit; `flow.json` has none.
    pub fn graph_with_coverage(&self, format: GraphFormat) -> String {
        let scenarios = self.flow().scenarios.iter();
        let walks: Vec<_> = scenarios.map(|scenario| run(self.flow_set(), self.id, scenario).walk).collect();
        let coverage = measure(self.flow(), &walks);
        write_graph(&self.renderer(), self.id, format, Marks { coverage: Some(&coverage), counts: None })
    }

    /// The graph with usage counts, and the counted ids that the flow does not have.
    ///
    /// # Errors
    ///
    /// The index of the first text that is not a file of counts of this flow, and why.
    pub fn graph_with_counts(
        &self,
        format: GraphFormat,
        texts: &[String],
    ) -> Result<(String, BTreeSet<String>), (usize, CountsError)> {
        let mut saved = Vec::new();
        for (position, text) in texts.iter().enumerate() {
            let counts = SavedCounts::parse(text).map_err(|cause| (position, CountsError::Parse(cause)))?;
            if !self.is_own(&counts.flow) {
                return Err((position, CountsError::OtherFlow(counts.flow)));
            }
            saved.push(counts);
        }
        let (counts, unknown) = UsageCounts::of(self.flow(), &saved);
        let graph = write_graph(&self.renderer(), self.id, format, Marks { coverage: None, counts: Some(&counts) });
        Ok((graph, unknown))
    }

    /// True for the current route and for old ones.
    fn is_own(&self, route: &str) -> bool {
        let is_old =
            |redirect: &Redirect| redirect.from == route && matches!(redirect.to, Entry::Flow(id) if id == self.id);
        self.flow().route == route || self.site.routes.redirects.iter().any(is_old)
    }

    fn renderer(&self) -> Renderer<'_> {
        Renderer::without_templates(&self.site, &self.theme, &self.sources)
    }

    pub(crate) fn flow(&self) -> &Flow {
        self.site.flow(self.id)
    }

    fn flow_set(&self) -> FlowSet<'_> {
        FlowSet { flows: &self.site.flows, config: &self.site.config }
    }

    fn labels(&self) -> Labels<'_> {
        Labels { site: &self.site, theme: &self.theme }
    }

    /// The files of the flow and of the flows that it calls.
    pub(crate) fn files(&self) -> BTreeSet<FileId> {
        with_called_flows(&self.site.flows, self.id).into_iter().map(|id| self.site.flow(id).file).collect()
    }
}

/// Finds a flow by its path (with or without `content/` and the ending), its route or an old route. Otherwise returns
/// the
/// path of the most similar flow.
pub(crate) fn find_flow(site: &Site, sources: &Sources, typed: &str) -> Result<FlowId, Option<String>> {
    let wanted = bare(typed);
    let path_of = |flow: &Flow| bare(sources.path(flow.file));
    let by_name = |flow: &Flow| path_of(flow) == wanted || bare(&flow.route) == wanted;
    let by_alias = || site.routes.redirects.iter().find(|redirect| bare(&redirect.from) == wanted);
    let old = || match by_alias()?.to {
        Entry::Flow(id) => Some(id),
        Entry::Page(_) => None,
    };
    site.flows.iter().position(by_name).map(FlowId).or_else(old).ok_or_else(|| {
        let paths: Vec<String> = site.flows.iter().map(path_of).collect();
        find_nearest(&wanted, &paths)
    })
}

/// Compares whole paths first, then their last parts.
fn find_nearest(wanted: &str, paths: &[String]) -> Option<String> {
    let last = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let whole = nearest(wanted, paths.iter().map(String::as_str)).map(str::to_owned);
    whole.or_else(|| {
        let names: Vec<String> = paths.iter().map(|path| last(path)).collect();
        let near = nearest(&last(wanted), names.iter().map(String::as_str))?;
        paths.iter().find(|path| last(path) == near).cloned()
    })
}

/// The common part of a flow's path and its route: `whatsapp/auditoria`.
fn bare(typed: &str) -> String {
    let path = typed.replace('\\', "/");
    let path = path.trim_start_matches("./").trim_matches('/');
    let path = content_path(path);
    FLOW_ENDINGS.iter().find_map(|ending| path.strip_suffix(ending)).unwrap_or(path).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::fixture::Fixture;

    const FLOW: &str = "title: F\nowner: A\naliases: [/antigo/]\nnodes:\n  fim: { title: Fim, result: resolved }\n";

    #[test]
    fn finds_a_flow_by_path_route_and_alias() {
        let fixture = Fixture::of(&[("a/b.flow.yaml", FLOW)]);
        let find = |typed: &str| find_flow(&fixture.site, &fixture.sources, typed);
        let ways = ["a/b", "/a/b/", "a/b.flow.yaml", "content/a/b.flow.yaml", "./content/a/b", "a\\b", "antigo"];
        for typed in ways {
            assert_eq!(find(typed), Ok(FlowId(0)), "{typed}");
        }
        assert_eq!(find("a/bb"), Err(Some("a/b".to_owned())));
        assert_eq!(find("b"), Err(Some("a/b".to_owned())));
        assert_eq!(find("xyzw"), Err(None));
    }
}
