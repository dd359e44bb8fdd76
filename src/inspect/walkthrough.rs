//! An interactive walkthrough in the terminal, one screen per node.

use super::OpenFlow;
use crate::config::Input;
use crate::content::template::{Piece, Template};
use crate::diagnostic::{Text, walk as words};
use crate::flow::condition::Bindings;
use crate::flow::input::read;
use crate::flow::random_walk::clear_loop;
use crate::flow::record;
use crate::flow::template::fill;
use crate::flow::walk::{NodeAnswer, Walk, WalkEnd, WalkPosition, WalkState, find_input, walk};
use crate::site::flow::{AnswerOption, NodeKind, NodeLink, TemplatedText};

/// The state of a walkthrough.
#[derive(Debug)]
pub struct Walkthrough<'a> {
    open: &'a OpenFlow,
    state: WalkState,
    /// The state before each answer, for `back`.
    earlier: Vec<WalkState>,
}

/// The current screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Titles of the called flows, outermost first; empty in the flow itself.
    pub calls: Vec<String>,
    /// Number of the node in the document of its flow.
    pub number: usize,
    /// With placeholders filled.
    pub title: String,
    /// Labels and filled texts. A text with an input that is still missing is left out.
    pub copies: Vec<(String, String)>,
    /// Labels and filled addresses, with the same exception.
    pub links: Vec<(String, String)>,
    /// Items of the checklist.
    pub tasks: Vec<String>,
    /// What the user has to enter.
    pub prompt: Prompt,
}

/// What a screen waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Prompt {
    /// A value of an input.
    Input {
        /// Label of the input.
        label: String,
        /// A valid value.
        example: Option<String>,
    },
    /// One option, or several.
    Choice {
        /// Labels and hints, in order.
        options: Vec<(String, Option<String>)>,
        /// True when several options may be chosen.
        multiple: bool,
    },
    /// A confirmation.
    Continue,
    /// Nothing, because the walk reached an outcome.
    Outcome {
        /// Name of the result, in the language of the site.
        result: String,
        /// Status of the ticket.
        status: Option<String>,
        /// Text for the ticket.
        record: Option<String>,
    },
    /// Nothing, because the walk cannot go on, for this reason.
    Stuck(Text),
}

impl<'a> Walkthrough<'a> {
    /// Begins at the start of a flow.
    pub fn new(open: &'a OpenFlow) -> Self {
        Self { open, state: WalkState::default(), earlier: Vec::new() }
    }

    /// The current screen; `None` in a flow without nodes.
    pub fn screen(&mut self) -> Option<Screen> {
        let walk = self.follow();
        let position = walk.current.as_ref()?;
        let flow_set = self.open.flow_set();
        let (node, names) = (position.resolve(flow_set), walk.bindings(flow_set, position));
        let title = Some(record::title_of(flow_set, &walk, position)).filter(|title| !title.is_empty());
        let prompt = self.prompt(&walk, position);
        let is_waiting_for_input = matches!(prompt, Prompt::Input { .. });
        let is_ready = |template: &Template| !is_waiting_for_input || can_fill(template, &names);
        let text = |template: &Template| is_ready(template).then(|| fill(template, |name| names.find(name)));
        let link = |link: &NodeLink| Some((link.label.clone(), text(&link.source.text)?));
        let copy = |copy: &TemplatedText| Some((copy.label.clone(), text(&copy.template)?));
        Some(Screen {
            calls: self.calls_to(&walk, position),
            number: flow_set.flow(position.flow).number_of(position.node),
            title: title.unwrap_or_else(|| self.open.labels().title(position.flow, position.node)),
            copies: node.copy.iter().filter_map(copy).collect(),
            links: node.links.iter().filter_map(link).collect(),
            tasks: node.checklist.iter().map(|task| task.source.clone()).collect(),
            prompt,
        })
    }

    /// Enters a value, the numbers or ids of options, or nothing to continue.
    ///
    /// # Errors
    ///
    /// Why the entry is refused.
    pub fn answer(&mut self, typed: &str) -> Result<(), Text> {
        let walk = self.follow();
        let Some(position) = &walk.current else { return Err(words::at_the_end()) };
        let before = self.state.clone();
        if let Some(input) = self.find_missing_input(&walk, position) {
            read(input, typed, self.open.flow_set().zone()).map_err(|refusal| refusal.reason(input))?;
            self.state.inputs.insert(input.name.value.clone(), typed.to_owned());
        } else {
            let answer = self.read_answer(&walk, position, typed)?;
            self.state.answers.insert(position.key.clone(), answer);
        }
        self.earlier.push(before);
        Ok(())
    }

    /// Removes the last answer; false at the start.
    pub fn back(&mut self) -> bool {
        let earlier = self.earlier.pop();
        let has_earlier = earlier.is_some();
        self.state = earlier.unwrap_or_default();
        has_earlier
    }

    /// Returns to the start.
    pub fn restart(&mut self) {
        self.state = WalkState::default();
        self.earlier.clear();
    }

    /// Walks to the next node with a screen. Forms pass when their inputs are complete; a loop clears its answers, so
    /// that
    /// they are asked again.
    fn follow(&mut self) -> Walk {
        let flow_set = self.open.flow_set();
        let mut has_cleared_loop = false;
        loop {
            let walk = walk(flow_set, self.open.id, &self.state);
            let Some(position) = walk.current.clone() else { return walk };
            let is_form = matches!(position.resolve(flow_set).kind, NodeKind::Branch { .. } | NodeKind::Call { .. });
            match walk.end {
                WalkEnd::NotPassed if is_form && self.find_missing_input(&walk, &position).is_none() => {
                    self.state.answers.insert(position.key, NodeAnswer::Passed);
                }
                WalkEnd::Loop if !has_cleared_loop => {
                    has_cleared_loop = true;
                    clear_loop(flow_set, &mut self.state, &walk);
                }
                _ => return walk,
            }
        }
    }

    /// The first input of the node that is missing or refused.
    fn find_missing_input(&self, walk: &Walk, position: &WalkPosition) -> Option<&'a Input> {
        let flow_set = self.open.flow_set();
        let refused = |name: &str| match &walk.end {
            WalkEnd::RefusedInputs(refused) => refused.iter().any(|(refused, _)| refused == name),
            _ => false,
        };
        let is_open = |name: &str| refused(name) || !self.state.inputs.contains_key(name);
        let mut asked = position.resolve(flow_set).ask.iter().filter(|name| is_open(&name.value));
        asked.find_map(|name| find_input(flow_set, position.flow, self.open.id, &name.value))
    }

    fn read_answer(&self, walk: &Walk, position: &WalkPosition, typed: &str) -> Result<NodeAnswer, Text> {
        match (&walk.end, &position.resolve(self.open.flow_set()).kind) {
            (WalkEnd::Outcome, _) => Err(words::at_the_end()),
            (WalkEnd::Unanswered, NodeKind::Question { options, multiple }) => read_options(options, *multiple, typed),
            (WalkEnd::NotPassed, _) if typed.trim().is_empty() => Ok(NodeAnswer::Passed),
            (WalkEnd::NotPassed, _) => Err(words::only_continue()),
            (end, _) => Err(stuck_reason(end)),
        }
    }

    fn prompt(&self, walk: &Walk, position: &WalkPosition) -> Prompt {
        if let Some(input) = self.find_missing_input(walk, position) {
            let example = input.example.as_ref().map(|example| example.value.clone());
            return Prompt::Input { label: input.label.clone(), example };
        }
        match (&walk.end, &position.resolve(self.open.flow_set()).kind) {
            (WalkEnd::Outcome, NodeKind::Outcome { result, status, .. }) => Prompt::Outcome {
                result: self.open.labels().result(*result),
                status: status.clone(),
                record: record::write(self.open.flow_set(), self.open.id, walk),
            },
            (WalkEnd::Unanswered, NodeKind::Question { options, multiple }) => {
                let options = options.iter().map(|option| (option.label.value.clone(), option.hint.clone())).collect();
                Prompt::Choice { options, multiple: *multiple }
            }
            (WalkEnd::NotPassed, _) => Prompt::Continue,
            (end, _) => Prompt::Stuck(stuck_reason(end)),
        }
    }

    fn calls_to(&self, walk: &Walk, position: &WalkPosition) -> Vec<String> {
        let flow_set = self.open.flow_set();
        let is_open = |call: &&WalkPosition| position.key.starts_with(&format!("{}/", call.key));
        let calls = walk.path.iter().map(|step| &step.position).filter(is_open);
        let called = calls.filter_map(|call| match &call.resolve(flow_set).kind {
            NodeKind::Call { flow, .. } => *flow,
            _ => None,
        });
        called.map(|flow| flow_set.flow(flow).metadata.title.value.clone()).collect()
    }
}

/// True when every placeholder has a value.
fn can_fill(template: &Template, names: &impl Bindings) -> bool {
    template.pieces.iter().all(|piece| match piece {
        Piece::Text(_) => true,
        Piece::Placeholder(placeholder) => names.find(&placeholder.name).is_some(),
    })
}

fn stuck_reason(end: &WalkEnd) -> Text {
    match end {
        WalkEnd::NoRule => words::no_rule(),
        WalkEnd::Loop | WalkEnd::TooLong => words::goes_round(),
        _ => words::leads_nowhere(),
    }
}

/// Reads numbers from 1, ids or labels; several are separated by commas.
fn read_options(options: &[AnswerOption], multiple: bool, typed: &str) -> Result<NodeAnswer, Text> {
    let is_it = |option: &AnswerOption, typed_option: &str| {
        option.id.value == typed_option || option.label.value.eq_ignore_ascii_case(typed_option)
    };
    let find = |typed_option: &str| {
        let by_number = typed_option.parse::<usize>().ok().and_then(|number| options.get(number.checked_sub(1)?));
        by_number
            .or_else(|| options.iter().find(|option| is_it(option, typed_option)))
            .map(|option| option.id.value.clone())
    };
    let typed = typed.trim();
    let typed_option: Vec<&str> = if multiple { typed.split(',').map(str::trim).collect() } else { vec![typed] };
    let chosen: Option<Vec<String>> = typed_option.into_iter().map(find).collect();
    chosen.map(NodeAnswer::Options).ok_or_else(|| words::no_such_option(options.len()))
}
