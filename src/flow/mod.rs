//! Analysis of resolved flows: walks, conditions, scenarios, coverage, reachability and paths.
//!
//! In: the [`Flow`]s of a site and the settings that they share ([`FlowSet`]). Out: values. Nothing here adds
//! diagnostics or reads the clock. `tests/vectors` holds this walker and the browser's to the same rules.
//!
//! 1. `input` parses typed values; `condition` and `calendar` evaluate rules; `template`, `filter` and `record` write
//!    texts.
//! 2. `walk` follows the answers of one session; `scenario` runs a flow's tests; `coverage` measures what they visit.
//! 3. `graph` and `paths` answer questions about the graph alone.
//! 4. `value_classes`, `assigned_inputs` and `state_space` decide what can happen for every possible value.
//! 5. `sample_values`, `random_walk` and `suggest` generate walks and scenarios; `usage_counts` sums counts of browsers.

pub(crate) mod assigned_inputs;
pub(crate) mod calendar;
pub(crate) mod condition;
pub(crate) mod coverage;
pub(crate) mod filter;
pub(crate) mod graph;
pub(crate) mod input;
pub(crate) mod missed_outcome;
pub(crate) mod paths;
pub(crate) mod random_walk;
pub(crate) mod record;
pub(crate) mod sample_values;
pub(crate) mod scenario;
pub(crate) mod state_space;
pub(crate) mod suggest;
pub(crate) mod template;
pub(crate) mod usage_counts;
pub(crate) mod value_classes;
pub(crate) mod walk;

use crate::config::{Calendar, Config};
use crate::site::flow::{Flow, FlowId};

/// Time zone of date-times when no calendar names one.
const DEFAULT_ZONE: &str = "America/Sao_Paulo";

/// All flows of a site and the settings that they share.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FlowSet<'a> {
    pub(crate) flows: &'a [Flow],
    pub(crate) config: &'a Config,
}

impl<'a> FlowSet<'a> {
    pub(crate) fn flow(self, id: FlowId) -> &'a Flow {
        &self.flows[id.0]
    }

    pub(crate) fn find_calendar(self, name: &str) -> Option<&'a Calendar> {
        self.config.calendars.iter().find(|calendar| calendar.name.value == name).map(|calendar| &calendar.value)
    }

    /// Time zone to which date-times with an offset are converted: the calendars' zone, the first by name if they differ.
    pub(crate) fn zone(self) -> &'a str {
        let first = self.config.calendars.iter().min_by_key(|calendar| &calendar.name.value);
        first.map_or(DEFAULT_ZONE, |calendar| calendar.value.timezone.value.as_str())
    }
}
