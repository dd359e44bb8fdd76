//! What a resolved flow can do: how a walk through it goes, what its scenarios visit, what its graph allows.
//!
//! In: the [`Flow`]s of a site and the settings they share ([`FlowSet`]). Out: values; nothing here reports, and nothing
//! reads the clock. Entry points: [`walk::walk`], [`scenario::run`], [`coverage::measure`], [`graph::Graph::of`],
//! [`record::write`], [`paths::list`], [`random_walk::random_walks`]. The browser's walker (`themes/*/js/logic`) follows the same rules:
//! `tests/vectors` holds both to them.

pub(crate) mod asked;
pub(crate) mod calendar;
pub(crate) mod cases;
pub(crate) mod condition;
mod contact;
pub(crate) mod counts;
pub(crate) mod coverage;
pub(crate) mod divergence;
mod dominators;
pub(crate) mod exploration;
pub(crate) mod filter;
pub(crate) mod graph;
pub(crate) mod input;
mod moment;
mod number;
pub(crate) mod paths;
pub(crate) mod random_walk;
pub(crate) mod record;
pub(crate) mod samples;
pub(crate) mod scenario;
pub(crate) mod suggest;
mod taxpayer;
pub(crate) mod template;
pub(crate) mod walk;

use crate::config::{Calendar, Config};
use crate::site::flow::{Flow, FlowId};

/// The zone of date-times where no calendar names another.
const DEFAULT_ZONE: &str = "America/Sao_Paulo";

/// What the flows of a site share.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FlowSet<'a> {
    pub(crate) flows: &'a [Flow],
    pub(crate) config: &'a Config,
}

impl<'a> FlowSet<'a> {
    /// The flow of an index.
    pub(crate) fn flow(self, id: FlowId) -> &'a Flow {
        &self.flows[id.0]
    }

    /// Finds a calendar by its name.
    pub(crate) fn find_calendar(self, name: &str) -> Option<&'a Calendar> {
        self.config.calendars.iter().find(|calendar| calendar.name.value == name).map(|calendar| &calendar.value)
    }

    /// Where a date-time with an offset is told: the zone of the calendars, of the first by name should they differ.
    pub(crate) fn zone(self) -> &'a str {
        let first = self.config.calendars.iter().min_by_key(|calendar| &calendar.name.value);
        first.map_or(DEFAULT_ZONE, |calendar| calendar.value.timezone.value.as_str())
    }
}
