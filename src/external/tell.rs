//! What came of an address → what an editor is told at a place that names it.

use url::Url;

use super::address::host_of;
use super::ask::Failure;
use super::collect::Mention;
use super::outcome::{End, Outcome};
use crate::diagnostic::{Diagnostic, Diagnostics, catalogue::external};
use crate::source::Span;

/// Tells what is wrong, once for each thing that is.
pub(super) fn tell(mention: &Mention, outcome: &Outcome, diagnostics: &mut Diagnostics) {
    let found = match &outcome.end {
        End::Good(_) => of_good(mention, outcome),
        End::Status(status) => vec![of_status(mention, *status, outcome)],
        End::Failed(failure) => vec![of_failure(mention, failure, outcome)],
        End::Loop => vec![external::redirect_loop(mention.span, shown(mention))],
        End::Robots => Vec::new(),
    };
    for mut diagnostic in found {
        diagnostic.help.extend(mention.help.iter().cloned());
        diagnostics.push(diagnostic);
    }
}

fn shown(mention: &Mention) -> &str {
    &mention.address.shown
}

fn of_good(mention: &Mention, outcome: &Outcome) -> Vec<Diagnostic> {
    let (span, shown) = (mention.span, shown(mention));
    let mut found = Vec::new();
    if let Some(fragment) = mention.address.fragment.as_ref().filter(|fragment| outcome.missing.contains(*fragment)) {
        found.push(external::missing_anchor(span, fragment, without_fragment(shown)));
    }
    let with_suffix = |url: &String| format!("{url}{}", mention.address.suffix);
    if let Some(words) = &outcome.says_nothing {
        found.push(external::says_nothing(span, shown, words));
    } else if let Some(home) = outcome.last.as_ref().filter(|last| is_sent_home(&mention.address.url, last)) {
        found.push(external::sent_home(span, shown, home));
    } else if let Some(secure) = &outcome.secure {
        found.push(external::insecure(span, shown, with_suffix(secure)));
    } else if let Some(last) = outcome.last.as_ref().filter(|_| outcome.is_permanent) {
        found.push(external::moved(span, shown, with_suffix(last)));
    }
    found
}

fn without_fragment(shown: &str) -> &str {
    shown.split('#').next().unwrap_or(shown)
}

/// An address below the first page of a site leads there: what it had is probably gone.
fn is_sent_home(from: &Url, to: &str) -> bool {
    let Ok(to) = Url::parse(to) else { return false };
    from.path() != "/" && to.path() == "/" && to.query().is_none()
}

fn of_status(mention: &Mention, status: u16, outcome: &Outcome) -> Diagnostic {
    let (span, shown) = (mention.span, shown(mention));
    let found = match status {
        404 | 410 => external::gone(span, shown, status),
        401 | 403 | 407 | 451 => external::refused(span, shown, status),
        429 | 999 => external::too_many_requests(span, shown, status),
        408 | 500..=599 => external::server_error(span, shown, status),
        _ => external::unexpected_status(span, shown, status),
    };
    with_last(found, outcome)
}

fn of_failure(mention: &Mention, failure: &Failure, outcome: &Outcome) -> Diagnostic {
    let found = failed(mention.span, shown(mention), failure, host(mention, outcome));
    match failure {
        Failure::Private => with_last(found, outcome).help(external::allow_private()),
        _ => with_last(found, outcome),
    }
}

fn failed(span: Span, shown: &str, failure: &Failure, host: String) -> Diagnostic {
    match failure {
        Failure::UnknownHost => external::unknown_host(span, host),
        Failure::NoConnection => external::no_connection(span, host),
        Failure::TooSlow => external::too_slow(span, shown),
        Failure::Dropped => external::dropped(span, shown),
        Failure::Cut => external::cut(span, shown),
        Failure::Tls(cause) => external::tls(span, host, cause),
        Failure::Private => external::private_address(span, host),
        Failure::Proxy(cause) => external::proxy(span, shown, cause),
        Failure::Strange(cause) => external::strange(span, shown, cause),
    }
}

/// The host that was asked last.
fn host(mention: &Mention, outcome: &Outcome) -> String {
    let last = outcome.last.as_deref().and_then(|last| Url::parse(last).ok());
    host_of(last.as_ref().unwrap_or(&mention.address.url)).to_owned()
}

fn with_last(found: Diagnostic, outcome: &Outcome) -> Diagnostic {
    match &outcome.last {
        Some(last) => found.help(external::was_sent_to(last)),
        None => found,
    }
}
