//! The block directives. Each is declared once, in its own file, and listed in [`ALL`].

mod callout;
mod details;
mod flow;
mod include;
mod steps;
mod tabs;

pub(super) use callout::open_alert;

use super::attributes::DirectiveLine;
use super::writer::{Directive, Writer};

/// Every directive. `markdown` passes the list to the writer.
pub(super) const ALL: &[Directive] =
    &[callout::CALLOUT, details::DETAILS, flow::FLOW, include::INCLUDE, steps::STEPS, tabs::TABS, tabs::TAB];
