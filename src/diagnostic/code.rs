//! Every kind of finding, by a name that never changes and is never used again.

use serde::Serialize;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Doubtful; `--strict` refuses it.
    Warning,
    /// Wrong; nothing is published.
    Error,
}

impl Severity {
    /// Every severity, the worst first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Note];

    /// The word in machine formats.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }

    /// Reads the word of [`Severity::as_str`].
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.as_str() == name)
    }
}

macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident;)*) => {
        /// The kind of a finding.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $(#[doc = $name] $variant,)* }

        impl Code {
            /// Every code, by area.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            /// `area/kebab-case`.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// The severity where the site says nothing else.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    ConfigSyntax "config/syntax" Error;
    ConfigUnknownKey "config/unknown-key" Error;
    ConfigMissingKey "config/missing-key" Error;
    ConfigInvalidValue "config/invalid-value" Error;

    FrontMatterSyntax "front-matter/syntax" Error;
    FrontMatterUnclosed "front-matter/unclosed" Error;
    FrontMatterUnknownKey "front-matter/unknown-key" Error;
    FrontMatterMissingKey "front-matter/missing-key" Error;
    FrontMatterInvalidValue "front-matter/invalid-value" Error;

    PageInvalidUtf8 "page/invalid-utf8" Error;
    PageEmpty "page/empty" Warning;
    PageNoContent "page/no-content" Error;
    PageNoHome "page/no-home" Warning;
    PageSymlinkOutside "page/symlink-outside" Error;
    PageDuplicateRoute "page/duplicate-route" Error;
    PageDuplicateId "page/duplicate-id" Error;
    PageLinksToDraft "page/links-to-draft" Error;
    PageTransclusionCycle "page/transclusion-cycle" Error;
    PageSkippedHeading "page/skipped-heading" Warning;
    PageMissingAlt "page/missing-alt" Warning;
    PageInlineScript "page/inline-script" Warning;
    PageInlineStyle "page/inline-style" Warning;
    PageBlockedContent "page/blocked-content" Warning;
    PageOrphan "page/orphan" Note;

    DirectiveUnknown "directive/unknown" Error;
    DirectiveSyntax "directive/syntax" Error;
    DirectiveUnclosed "directive/unclosed" Error;
    DirectiveUnopened "directive/unopened" Error;
    DirectiveMisplaced "directive/misplaced" Error;
    DirectiveUnknownFilter "directive/unknown-filter" Error;

    LinkEmpty "link/empty" Warning;
    LinkMissingFile "link/missing-file" Error;
    LinkMissingAnchor "link/missing-anchor" Error;
    LinkOutsideRoot "link/outside-root" Error;
    LinkUnsafeUrl "link/unsafe-url" Error;
    LinkInvalidUrl "link/invalid-url" Error;
    LinkEmptyText "link/empty-text" Warning;
    LinkVagueText "link/vague-text" Warning;
    LinkMissingDefinition "link/missing-definition" Warning;
    LinkDuplicateDefinition "link/duplicate-definition" Warning;
    LinkUnusedDefinition "link/unused-definition" Note;
    LinkUnusedFootnote "link/unused-footnote" Warning;

    FlowSyntax "flow/syntax" Error;
    FlowUnknownKey "flow/unknown-key" Error;
    FlowMissingKey "flow/missing-key" Error;
    FlowInvalidValue "flow/invalid-value" Error;
    FlowDuplicateId "flow/duplicate-id" Error;
    FlowAmbiguousNode "flow/ambiguous-node" Error;
    FlowYamlTrap "flow/yaml-trap" Warning;
    FlowUnknownNode "flow/unknown-node" Error;
    FlowUnreachableNode "flow/unreachable-node" Error;
    FlowTrap "flow/trap" Error;
    FlowLoopWithoutChoice "flow/loop-without-choice" Error;
    FlowLoop "flow/loop" Warning;
    FlowSingleOption "flow/single-option" Warning;
    FlowIdleQuestion "flow/idle-question" Warning;
    FlowDuplicateOption "flow/duplicate-option" Warning;
    FlowTwinOutcomes "flow/twin-outcomes" Warning;
    FlowTooLong "flow/too-long" Warning;
    FlowRulesGap "flow/rules-gap" Error;
    FlowDeadRule "flow/dead-rule" Error;
    FlowOverlappingRules "flow/overlapping-rules" Warning;
    FlowUnknownName "flow/unknown-name" Error;
    FlowOperatorType "flow/operator-type" Error;
    FlowConstantOutOfRange "flow/constant-out-of-range" Error;
    FlowUnansweredInput "flow/unanswered-input" Error;
    FlowUnusedInput "flow/unused-input" Warning;
    FlowAskedTwice "flow/asked-twice" Warning;
    FlowPrivateInputExposed "flow/private-input-exposed" Error;
    FlowInvalidExample "flow/invalid-example" Error;
    FlowUnencodedInput "flow/unencoded-input" Error;
    FlowCalendarWithoutHolidays "flow/calendar-without-holidays" Warning;
    FlowMissingTitle "flow/missing-title" Error;
    FlowUnknownFlow "flow/unknown-flow" Error;
    FlowUnmappedOutcome "flow/unmapped-outcome" Error;
    FlowRecursiveCall "flow/recursive-call" Error;
    FlowMissingContent "flow/missing-content" Error;
    FlowForgottenSection "flow/forgotten-section" Warning;
    FlowUnfinishedText "flow/unfinished-text" Warning;
    FlowRepeatedConstant "flow/repeated-constant" Warning;
    FlowCopyWhitespace "flow/copy-whitespace" Warning;

    ScenarioUnknownName "scenario/unknown-name" Error;
    ScenarioWrongOutcome "scenario/wrong-outcome" Error;
    ScenarioWrongCopy "scenario/wrong-copy" Error;
    ScenarioWrongPath "scenario/wrong-path" Error;
    ScenarioWrongRecord "scenario/wrong-record" Error;
    ScenarioUnusedAnswer "scenario/unused-answer" Error;
    ScenarioUncoveredNode "scenario/uncovered-node" Warning;
    ScenarioUncoveredOption "scenario/uncovered-option" Warning;
    ScenarioUncoveredRule "scenario/uncovered-rule" Warning;

    ReviewOverdue "review/overdue" Warning;
    ReviewNoOwner "review/no-owner" Warning;

    IgnoreUnused "ignore/unused" Warning;
    IgnoreInvalid "ignore/invalid" Error;

    AssetCollision "asset/collision" Error;
    AssetUnused "asset/unused" Note;

    OutputMissingFile "output/missing-file" Error;
    OutputMissingAnchor "output/missing-anchor" Error;
    OutputOutsideRoot "output/outside-root" Error;
    OutputInvalidUrl "output/invalid-url" Error;
    OutputEmptyAddress "output/empty-address" Warning;
    OutputMissingId "output/missing-id" Warning;
    OutputDuplicateId "output/duplicate-id" Warning;

    ExternalGone "external/gone" Error;
    ExternalMissingAnchor "external/missing-anchor" Warning;
    ExternalUnreachable "external/unreachable" Warning;
    ExternalUnknownHost "external/unknown-host" Warning;
    ExternalTls "external/tls" Warning;
    ExternalUnexpectedStatus "external/unexpected-status" Warning;
    ExternalRedirectLoop "external/redirect-loop" Warning;
    ExternalPrivateAddress "external/private-address" Warning;
    ExternalRefused "external/refused" Note;
    ExternalTooManyRequests "external/too-many-requests" Note;
    ExternalMoved "external/moved" Note;
    ExternalInsecure "external/insecure" Note;
    ExternalSoft404 "external/soft-404" Note;
    ExternalExcludeExpired "external/exclude-expired" Warning;
    ExternalMissingVariable "external/missing-variable" Warning;

    ThemeUnknown "theme/unknown" Error;
    ThemeInvalid "theme/invalid" Error;
    ThemeSyntax "theme/syntax" Error;
    ThemeRender "theme/render" Error;
}

impl Code {
    /// True for what nobody can ask not to be told: with it a file cannot be read, the site cannot be made whole, or a reader would
    /// be harmed.
    pub fn is_essential(self) -> bool {
        use Code::{
            AssetCollision, FlowAmbiguousNode, FlowDuplicateId, FlowPrivateInputExposed, FlowRecursiveCall,
            FlowUnknownFlow, FlowUnknownNode, FrontMatterUnclosed, IgnoreInvalid, LinkUnsafeUrl, PageDuplicateRoute,
            PageInvalidUtf8, PageNoContent, PageSymlinkOutside, PageTransclusionCycle,
        };
        let (area, kind) = self.as_str().split_once('/').unwrap_or_default();
        let is_by_itself = matches!(
            self,
            AssetCollision
                | FlowAmbiguousNode
                | FlowDuplicateId
                | FlowPrivateInputExposed
                | FlowRecursiveCall
                | FlowUnknownFlow
                | FlowUnknownNode
                | FrontMatterUnclosed
                | IgnoreInvalid
                | LinkUnsafeUrl
                | PageDuplicateRoute
                | PageInvalidUtf8
                | PageNoContent
                | PageSymlinkOutside
                | PageTransclusionCycle
        );
        is_by_itself || kind == "syntax" || matches!(area, "config" | "theme")
    }

    /// Finds a code by its name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == name)
    }
}
