//! Validation of `mailto:` (RFC 6068) and `tel:` (RFC 3966) addresses.
//!
//! It is as lenient as programs are: a telephone number may have spaces and parentheses, an e-mail any letters.

/// False for other schemes.
pub(crate) fn is_invalid_contact(address: &str) -> bool {
    let Some((scheme, rest)) = address.split_once(':') else { return false };
    match scheme.to_ascii_lowercase().as_str() {
        "mailto" => !is_mail(rest),
        "tel" => !is_telephone(rest),
        _ => false,
    }
}

/// A list of addresses separated by commas. It may be empty if the query has them.
fn is_mail(rest: &str) -> bool {
    let (to, query) = rest.split_once('?').unwrap_or((rest, ""));
    let is_address = |address: &str| {
        let address = address.trim().replace("%20", "").replace("%40", "@");
        address.split_once('@').is_some_and(|(name, host)| {
            let is_word = |word: &str| !word.is_empty() && !word.contains([' ', '@', '<', '>', '"', '/', '\\']);
            let is_domain = host.contains('.') && host.split('.').all(|label| !label.is_empty());
            is_word(name) && is_word(host) && is_domain
        })
    };
    if to.is_empty() { !query.is_empty() } else { to.split(',').all(is_address) }
}

fn is_telephone(rest: &str) -> bool {
    let number = rest.split(';').next().unwrap_or_default().replace("%20", " ");
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let is_part = |c: char| c.is_ascii_digit() || "+-.() *#,\u{a0}".contains(c);
    digits >= 2 && number.chars().all(is_part) && number.rfind('+').unwrap_or_default() == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_addresses_that_programs_accept() {
        for address in [
            "mailto:a@b.org",
            "MAILTO:a@b.org,c@d.org?subject=Olá",
            "mailto:?to=a@b.org",
            "mailto:maria%20@x.org",
            "tel:+55 (11) 4003-0015",
            "tel:190",
            "tel:*100#",
            "tel:+5511;ext=2",
            "sms:x",
            "a/b",
        ] {
            assert!(!is_invalid_contact(address), "{address}");
        }
        for address in [
            "mailto:",
            "mailto:maria",
            "mailto:a@",
            "mailto:a@b",
            "mailto:a@.b",
            "mailto:a@b@c",
            "tel:",
            "tel:ramal",
            "tel:11+55",
        ] {
            assert!(is_invalid_contact(address), "{address}");
        }
    }
}
