//! `vereda explain CODE`: the meaning of a diagnostic, an example and its correction; or all diagnostics, for the guide.

use vereda::diagnostic::{Code, cli, explain_all, explain_code, nearest_code};

use super::arguments::ExplainArguments;
use super::session::Session;
use super::{CommandResult, Failure, Verdict};

/// Prints the explanation in Markdown.
pub(crate) fn run(arguments: &ExplainArguments, session: &Session) -> CommandResult {
    // Outside a site, the language is that of the environment.
    let _ = session.open_site();
    let text = match &arguments.code {
        None => explain_all(session.language()),
        Some(name) => {
            let code = Code::from_name(name).ok_or_else(|| unknown(name))?;
            let note = code.cure_note(session.language()).map(|note| format!("\n{note}\n")).unwrap_or_default();
            format!("## {}\n\n{}\n{note}", code.as_str(), explain_code(code, session.language()).body)
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
