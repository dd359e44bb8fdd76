//! The catalogue: every diagnostic and every text of the tool, in Portuguese and English, one file an area.
//!
//! A diagnostic is one entry of `diagnostics!` in `AREA.rs`, and one section of `AREA.md`, its explanation. An entry
//! declares the code, its severity, whether it can be suppressed, its messages, and the help that a message always has:
//!
//! ```ignore
//! LINK_EMPTY "link/empty" Warning {
//!     empty() { pt: "…", en: "…", help { pt: "…", en: "…" } }
//! }
//! ```
//!
//! It becomes the constant `Code::LINK_EMPTY` and the function `link::empty(span)`, which returns a `Diagnostic`. A code
//! can have several messages, or none if another area reports it. The word `essential` after the severity means that
//! the diagnostic cannot be suppressed. Facts of a message are the arguments of its function, after the span.
//!
//! Explanations are Markdown, so that they are edited as text, and both languages of a code are next to each other.

/// Declares the diagnostics of an area: see the head of this file.
macro_rules! diagnostics {
    (
        area $area:literal { pt: $title_pt:literal, en: $title_en:literal, explanations: $file:literal }
        $($code:ident $name:literal $severity:ident $($essential:ident)? {
            $($message:ident($($fact:ident),*) {
                pt: $pt:literal, en: $en:literal $(,)?
                $(help { pt: $help_pt:literal, en: $help_en:literal $(,)? })?
            })*
        })*
    ) => {
        pub(super) const AREA: $crate::diagnostic::catalogue::Area = $crate::diagnostic::catalogue::Area {
            name: $area,
            title: [$title_pt, $title_en],
            explanations: include_str!($file),
            codes: &[$($crate::diagnostic::Code::$code),*],
        };

        impl $crate::diagnostic::Code {
            $(
                #[doc = concat!("`", $name, "`")]
                pub const $code: Self =
                    Self::new($name, $crate::diagnostic::Severity::$severity, stringify!($($essential)?));
            )*
        }

        $($(
            pub(crate) fn $message(
                span: impl Into<Option<$crate::source::Span>>,
                $($fact: impl std::fmt::Display),*
            ) -> $crate::diagnostic::Diagnostic {
                let message = $crate::diagnostic::Text { pt: format!($pt), en: format!($en) };
                $crate::diagnostic::Diagnostic::new($crate::diagnostic::Code::$code, span, message)
                    $(.help($crate::diagnostic::Text { pt: format!($help_pt), en: format!($help_en) }))?
            }
        )*)*
    };
}

/// Declares texts without a code: `name(facts) { pt: "…", en: "…" }` becomes `fn name(facts) -> Text`. With `pub:` before
/// the first one they are public, for the binary.
macro_rules! texts {
    (pub: $($rest:tt)*) => { $crate::diagnostic::catalogue::texts! { @pub, $($rest)* } };
    (
        @$visibility:vis,
        $($(#[$doc:meta])* $name:ident($($fact:ident),*) { pt: $pt:literal, en: $en:literal $(,)? })*
    ) => {$(
        $(#[$doc])*
        #[doc = concat!("The text `", stringify!($name), "`.")]
        $visibility fn $name($($fact: impl std::fmt::Display),*) -> $crate::diagnostic::Text {
            $crate::diagnostic::Text { pt: format!($pt), en: format!($en) }
        }
    )*};
    ($($rest:tt)*) => { $crate::diagnostic::catalogue::texts! { @pub(crate), $($rest)* } };
}

pub(crate) use texts;

pub(crate) mod asset;
pub mod cli;
mod config;
pub(crate) mod directive;
pub(crate) mod edit;
pub(crate) mod external;
pub(crate) mod flow;
pub(crate) mod front_matter;
pub(crate) mod help;
pub(crate) mod ignore;
pub mod import;
pub(crate) mod link;
pub(crate) mod machine;
pub(crate) mod macros;
pub(crate) mod output;
pub(crate) mod page;
pub(crate) mod preview;
pub(crate) mod rename;
pub(crate) mod report;
pub(crate) mod review;
pub(crate) mod scenario;
pub(crate) mod search;
pub(crate) mod section;
pub(crate) mod theme;
pub mod walk;
pub(crate) mod yaml;

use super::Language;

/// The diagnostics of an area.
pub(super) struct Area {
    /// What the names of its codes begin with.
    pub name: &'static str,
    /// Its title in Portuguese and English.
    title: [&'static str; 2],
    /// Markdown: a section for each code, with both languages.
    pub explanations: &'static str,
    pub codes: &'static [super::Code],
}

/// Every area, in the order of the guide.
pub(super) const AREAS: [Area; 16] = [
    config::AREA,
    front_matter::AREA,
    page::AREA,
    section::AREA,
    directive::AREA,
    link::AREA,
    flow::AREA,
    scenario::AREA,
    review::AREA,
    search::AREA,
    ignore::AREA,
    macros::AREA,
    asset::AREA,
    output::AREA,
    external::AREA,
    theme::AREA,
];

impl Area {
    pub(super) fn title(&self, language: Language) -> &'static str {
        let [pt, en] = self.title;
        match language {
            Language::PtBr => pt,
            Language::En => en,
        }
    }
}
