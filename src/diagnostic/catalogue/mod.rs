//! Every sentence the tool says about content, Portuguese and English side by side, a file an area.
//!
//! A function a finding: it takes the span and the facts and gives the [`Diagnostic`](super::Diagnostic). A sentence without
//! a code (help, labels, the machine's failures) is a function that gives a [`Text`](super::Text).

/// Findings: `name(facts) Code { pt: "…", en: "…" }` becomes `fn name(span, facts) -> Diagnostic`.
macro_rules! findings {
    ($($(#[$doc:meta])* $name:ident($($fact:ident),*) $code:ident { pt: $pt:literal, en: $en:literal $(,)? })*) => {$(
        $(#[$doc])*
        pub(crate) fn $name(
            span: impl Into<Option<crate::source::Span>>,
            $($fact: impl std::fmt::Display),*
        ) -> crate::diagnostic::Diagnostic {
            let text = crate::diagnostic::Text { pt: format!($pt), en: format!($en) };
            crate::diagnostic::Diagnostic::new(crate::diagnostic::Code::$code, span, text)
        }
    )*};
}

/// Sentences without a code: `name(facts) { pt: "…", en: "…" }` becomes `fn name(facts) -> Text`.
macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident($($fact:ident),*) { pt: $pt:literal, en: $en:literal $(,)? })*) => {$(
        $(#[$doc])*
        pub(crate) fn $name($($fact: impl std::fmt::Display),*) -> crate::diagnostic::Text {
            crate::diagnostic::Text { pt: format!($pt), en: format!($en) }
        }
    )*};
}

pub(crate) use texts;

/// As `texts!`, for the binary, which is another crate.
macro_rules! public_texts {
    ($($name:ident($($fact:ident),*) { pt: $pt:literal, en: $en:literal $(,)? })*) => {$(
        #[doc = $en]
        pub fn $name($($fact: impl std::fmt::Display),*) -> crate::diagnostic::Text {
            crate::diagnostic::Text { pt: format!($pt), en: format!($en) }
        }
    )*};
}

pub(crate) mod check;
pub mod cli;
pub(crate) mod directive;
pub(crate) mod external;
pub(crate) mod flow;
pub(crate) mod help;
pub(crate) mod ignore;
pub(crate) mod link;
pub(crate) mod machine;
pub(crate) mod output;
pub(crate) mod page;
pub(crate) mod report;
pub(crate) mod scenario;
pub(crate) mod theme;
pub mod walk;
pub(crate) mod yaml;
