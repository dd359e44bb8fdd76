//! Coverage table: the nodes, options and rules that the scenarios of each flow visit.

use annotate_snippets::renderer::DEFAULT_WARNING_STYLE;

use super::Look;
use super::human::paint;
use super::printable::printable;
use crate::diagnostic::Text;
use crate::diagnostic::catalogue::report;
use crate::flow::coverage::{FlowCoverage, Share};
use crate::report::Summary;

/// Renders a table with one line a flow and an empty line at the end; empty for a site without flows.
pub fn coverage_table(summary: &Summary, look: Look) -> String {
    if summary.coverage.is_empty() {
        return String::new();
    }
    let titles = [report::flow(), report::scenarios(), report::nodes(), report::options(), report::rules()];
    let titles = titles.map(|title: Text| title.in_language(look.language).to_owned());
    let rows: Vec<_> = summary.coverage.iter().map(cells).collect();
    let widths: [usize; 5] = std::array::from_fn(|column| {
        let cells = rows.iter().map(|row| &row[column]).chain([&titles[column]]);
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    });
    let mut table = line(&titles, widths) + "\n";
    for (flow, row) in summary.coverage.iter().zip(&rows) {
        let text = line(row, widths);
        let is_whole = shares(flow).iter().all(|share| share.covered == share.total);
        table += &if is_whole { text } else { paint(&text, DEFAULT_WARNING_STYLE, look) };
        table.push('\n');
    }
    table + "\n"
}

fn shares(flow: &FlowCoverage) -> [Share; 4] {
    [flow.scenarios, flow.nodes, flow.options, flow.rules]
}

fn cells(flow: &FlowCoverage) -> [String; 5] {
    let [scenarios, nodes, options, rules] = shares(flow).map(cell);
    [printable(&flow.flow), scenarios, nodes, options, rules]
}

/// `3/4`, or a dash if there is nothing to visit.
fn cell(share: Share) -> String {
    if share.total == 0 { "–".to_owned() } else { format!("{}/{}", share.covered, share.total) }
}

/// Aligns the first cell to the left, the numbers to the right.
fn line(cells: &[String; 5], widths: [usize; 5]) -> String {
    let numbers = cells.iter().zip(widths).skip(1).map(|(cell, width)| format!("  {cell:>width$}"));
    format!("{:<width$}{}", cells[0], numbers.collect::<String>(), width = widths[0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Language;

    #[test]
    fn aligns_columns() {
        let share = |covered, total| Share { covered, total };
        let coverage = vec![
            FlowCoverage {
                flow: "content/não.flow.yaml".into(),
                route: String::new(),
                scenarios: share(2, 2),
                nodes: share(10, 12),
                options: share(4, 4),
                rules: share(0, 0),
                runs: Vec::new(),
            },
            FlowCoverage {
                flow: "content/a.flow.yaml".into(),
                route: String::new(),
                scenarios: share(11, 11),
                nodes: share(3, 3),
                options: share(2, 2),
                rules: share(1, 1),
                runs: Vec::new(),
            },
        ];
        let summary = Summary { coverage, ..Summary::default() };
        let look = Look { language: Language::PtBr, is_coloured: false, width: 80 };
        let expected = "\
fluxo                  cenários    nós  opções  regras
content/não.flow.yaml       2/2  10/12     4/4       –
content/a.flow.yaml       11/11    3/3     2/2     1/1

";
        assert_eq!(coverage_table(&summary, look), expected);
        assert_eq!(coverage_table(&Summary::default(), look), "");
    }
}
