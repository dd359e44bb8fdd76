//! `vereda explain CODE`: what a diagnostic means, an example, and the cure; or every diagnostic, for the guide.

use vereda::diagnostic::{Code, cli, explain_all, explain_code, nearest_code};
use vereda::pipeline::find_language;

use super::arguments::ExplainArguments;
use super::session::Session;
use super::{Failure, Outcome, Verdict};

/// Prints the explanation as it is written, in Markdown.
pub(crate) fn run(arguments: &ExplainArguments, session: &Session) -> Outcome {
    let language = find_language(&session.root).map_or_else(|| session.language(), |site| session.language_or(site));
    let text = match &arguments.code {
        None => explain_all(language),
        Some(name) => {
            let code = Code::from_name(name).ok_or_else(|| unknown(name).in_language(language))?;
            format!("## {}\n\n{}\n", code.as_str(), explain_code(code, language).body)
        }
    };
    session.terminal.print(&text)?;
    Ok(Verdict::Clean)
}

fn unknown(name: &str) -> Failure {
    match nearest_code(name) {
        Some(code) => Failure::new(cli::unknown_code_but(name, code.as_str())),
        None => Failure::new(cli::unknown_code(name)),
    }
}
