//! Diagnostics of external links, from their status.

use url::Url;

use super::address::host_of;
use super::collect::ExternalLink;
use super::http::FetchError;
use super::link_status::{LinkResult, LinkStatus};
use crate::diagnostic::{Diagnostic, Diagnostics, catalogue::external};
use crate::source::Span;

/// Reports every problem of a link.
pub(super) fn report(link: &ExternalLink, status: &LinkStatus, diagnostics: &mut Diagnostics) {
    let found = match &status.result {
        LinkResult::Accepted(_) => find_page_problems(link, status),
        LinkResult::Rejected(code) => vec![status_diagnostic(link, *code, status)],
        LinkResult::Failed(error) => vec![failure_diagnostic(link, error, status)],
        LinkResult::RedirectLoop => vec![external::redirect_loop(link.span, shown(link))],
        LinkResult::DisallowedByRobots => Vec::new(),
    };
    for mut diagnostic in found {
        diagnostic.help.extend(link.help.iter().cloned());
        diagnostics.push(diagnostic);
    }
}

fn shown(link: &ExternalLink) -> &str {
    &link.address.shown
}

fn find_page_problems(link: &ExternalLink, status: &LinkStatus) -> Vec<Diagnostic> {
    let (span, shown) = (link.span, shown(link));
    let mut found = Vec::new();
    let fragment = link.address.fragment.as_ref();
    if let Some(fragment) = fragment.filter(|fragment| status.missing_fragments.contains(*fragment)) {
        found.push(external::missing_anchor(span, fragment, without_fragment(shown)));
    }
    let with_suffix = |url: &String| format!("{url}{}", link.address.suffix);
    if let Some(words) = &status.not_found_text {
        found.push(external::not_found_page(span, shown, words));
    } else if let Some(home) = status.final_url.as_ref().filter(|to| is_redirect_to_home(&link.address.url, to)) {
        found.push(external::redirect_to_home(span, shown, home));
    } else if let Some(secure) = &status.https_url {
        found.push(external::insecure(span, shown, with_suffix(secure)));
    } else if let Some(to) = status.final_url.as_ref().filter(|_| status.is_permanent) {
        found.push(external::moved(span, shown, with_suffix(to)));
    }
    found
}

fn without_fragment(shown: &str) -> &str {
    shown.split('#').next().unwrap_or(shown)
}

/// True if another page redirects to the home page of a site: its content is probably gone.
fn is_redirect_to_home(from: &Url, to: &str) -> bool {
    let Ok(to) = Url::parse(to) else { return false };
    from.path() != "/" && to.path() == "/" && to.query().is_none()
}

fn status_diagnostic(link: &ExternalLink, code: u16, status: &LinkStatus) -> Diagnostic {
    let (span, shown) = (link.span, shown(link));
    let found = match code {
        404 | 410 => external::gone(span, shown, code),
        401 | 403 | 407 | 451 => external::refused(span, shown, code),
        429 | 999 => external::too_many_requests(span, shown, code),
        408 | 500..=599 => external::server_error(span, shown, code),
        _ => external::unexpected_status(span, shown, code),
    };
    with_final_url(found, status)
}

fn failure_diagnostic(link: &ExternalLink, error: &FetchError, status: &LinkStatus) -> Diagnostic {
    let found = with_final_url(error_diagnostic(link.span, shown(link), error, last_host(link, status)), status);
    match error {
        FetchError::PrivateAddress => found.help(external::allow_private()),
        _ => found,
    }
}

fn error_diagnostic(span: Span, shown: &str, error: &FetchError, host: String) -> Diagnostic {
    match error {
        FetchError::UnknownHost => external::unknown_host(span, host),
        FetchError::ConnectionFailed => external::connection_failed(span, host),
        FetchError::TimedOut => external::timed_out(span, shown),
        FetchError::ConnectionClosed => external::connection_closed(span, shown),
        FetchError::Truncated => external::truncated(span, shown),
        FetchError::Tls(cause) => external::tls(span, host, cause),
        FetchError::PrivateAddress => external::private_address(span, host),
        FetchError::Proxy(cause) => external::proxy(span, shown, cause),
        FetchError::InvalidResponse(cause) => external::invalid_response(span, shown, cause),
    }
}

/// The host of the last request.
fn last_host(link: &ExternalLink, status: &LinkStatus) -> String {
    let last = status.final_url.as_deref().and_then(|last| Url::parse(last).ok());
    host_of(last.as_ref().unwrap_or(&link.address.url)).to_owned()
}

fn with_final_url(found: Diagnostic, status: &LinkStatus) -> Diagnostic {
    match &status.final_url {
        Some(url) => found.help(external::redirects_to(url)),
        None => found,
    }
}
