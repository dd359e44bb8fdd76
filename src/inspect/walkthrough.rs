//! A flow walked by a person, a screen at a time: what was said so far → what is shown and asked next.

use super::OpenFlow;
use crate::config::Input;
use crate::content::template::{Piece, Template};
use crate::diagnostic::{Text, walk as words};
use crate::flow::condition::Names;
use crate::flow::input::read;
use crate::flow::random_walk::go_round;
use crate::flow::record;
use crate::flow::template::fill;
use crate::flow::walk::{Answer, End, NodeRef, State, Walk, find_input, walk};
use crate::site::flow::{AnswerOption, NodeKind, NodeLink, TemplatedText};

/// A walk that goes on.
#[derive(Debug)]
pub struct Walkthrough<'a> {
    open: &'a OpenFlow,
    state: State,
    /// What was said before each answer, for the way back.
    earlier: Vec<State>,
}

/// Where a walk stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screen {
    /// The titles of the called flows it stands in, outermost first; empty in the flow itself.
    pub calls: Vec<String>,
    /// In the numbered document of its flow.
    pub number: usize,
    /// Filled.
    pub title: String,
    /// Labels and filled texts; those that name what is still being asked are left out until then.
    pub copies: Vec<(String, String)>,
    /// Labels and filled addresses, likewise.
    pub links: Vec<(String, String)>,
    /// What is ticked off.
    pub tasks: Vec<String>,
    /// What is asked.
    pub wait: Wait,
}

/// What a walk waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wait {
    /// A value.
    Input {
        /// What it is called.
        label: String,
        /// A value that would do.
        example: Option<String>,
    },
    /// One option, or several.
    Choice {
        /// Labels with their hints, in order.
        options: Vec<(String, Option<String>)>,
        /// True where several may be chosen.
        multiple: bool,
    },
    /// To be told to go on.
    Continue,
    /// Nothing: it is the end.
    Outcome {
        /// The word of the result, in the language of the site.
        result: String,
        /// The status of the ticket.
        status: Option<String>,
        /// The text for the ticket.
        record: Option<String>,
    },
    /// Nothing: it cannot go on.
    Stuck(Text),
}

impl<'a> Walkthrough<'a> {
    /// Stands at the start of a flow.
    pub fn new(open: &'a OpenFlow) -> Self {
        Self { open, state: State::default(), earlier: Vec::new() }
    }

    /// Where it stands; `None` in a flow without nodes.
    pub fn screen(&mut self) -> Option<Screen> {
        let walk = self.follow();
        let place = walk.current.as_ref()?;
        let flow_set = self.open.flow_set();
        let (node, names) = (place.in_flows(flow_set), walk.names(flow_set, place));
        let title = Some(record::title_of(flow_set, &walk, place)).filter(|title| !title.is_empty());
        let wait = self.wait(&walk, place);
        let is_asking = matches!(wait, Wait::Input { .. });
        let is_ready = |template: &Template| !is_asking || is_known(template, &names);
        let text = |template: &Template| is_ready(template).then(|| fill(template, |name| names.find(name)));
        let link = |link: &NodeLink| Some((link.label.clone(), text(&link.source.text)?));
        let copy = |copy: &TemplatedText| Some((copy.label.clone(), text(&copy.template)?));
        Some(Screen {
            calls: self.calls_to(&walk, place),
            number: flow_set.flow(place.flow).number_of(place.node),
            title: title.unwrap_or_else(|| self.open.labels().title(place.flow, place.node)),
            copies: node.copy.iter().filter_map(copy).collect(),
            links: node.links.iter().filter_map(link).collect(),
            tasks: node.checklist.iter().map(|task| task.source.clone()).collect(),
            wait,
        })
    }

    /// Answers what is asked: a value, the numbers or ids of options, or nothing to go on. `Err` says why it is refused.
    pub fn say(&mut self, typed: &str) -> Result<(), Text> {
        let walk = self.follow();
        let Some(place) = &walk.current else { return Err(words::at_the_end()) };
        let before = self.state.clone();
        if let Some(input) = self.find_asked(&walk, place) {
            read(input, typed, self.open.flow_set().zone()).map_err(|refusal| refusal.reason(input))?;
            self.state.inputs.insert(input.name.value.clone(), typed.to_owned());
        } else {
            let answer = self.read_answer(&walk, place, typed)?;
            self.state.answers.insert(place.key.clone(), answer);
        }
        self.earlier.push(before);
        Ok(())
    }

    /// Takes back what was said last; false at the start.
    pub fn back(&mut self) -> bool {
        let earlier = self.earlier.pop();
        let has_earlier = earlier.is_some();
        self.state = earlier.unwrap_or_default();
        has_earlier
    }

    /// Goes back to the start.
    pub fn restart(&mut self) {
        self.state = State::default();
        self.earlier.clear();
    }

    /// Walks on to the next place that shows something: forms pass by themselves once they are filled in, and a way back asks
    /// again what it comes to.
    fn follow(&mut self) -> Walk {
        let flow_set = self.open.flow_set();
        let mut has_gone_round = false;
        loop {
            let walk = walk(flow_set, self.open.id, &self.state);
            let Some(place) = walk.current.clone() else { return walk };
            let is_form = matches!(place.in_flows(flow_set).kind, NodeKind::Branch { .. } | NodeKind::Call { .. });
            match walk.end {
                End::Unseen if is_form && self.find_asked(&walk, &place).is_none() => {
                    self.state.answers.insert(place.key, Answer::Seen);
                }
                End::Loop if !has_gone_round => {
                    has_gone_round = true;
                    go_round(flow_set, &mut self.state, &walk);
                }
                _ => return walk,
            }
        }
    }

    /// The first input of the place that nobody typed yet, or that is refused here.
    fn find_asked(&self, walk: &Walk, place: &NodeRef) -> Option<&'a Input> {
        let flow_set = self.open.flow_set();
        let refused = |name: &str| match &walk.end {
            End::Inputs(refused) => refused.iter().any(|(refused, _)| refused == name),
            _ => false,
        };
        let is_open = |name: &str| refused(name) || !self.state.inputs.contains_key(name);
        let mut asked = place.in_flows(flow_set).ask.iter().filter(|name| is_open(&name.value));
        asked.find_map(|name| find_input(flow_set, place.flow, self.open.id, &name.value))
    }

    fn read_answer(&self, walk: &Walk, place: &NodeRef, typed: &str) -> Result<Answer, Text> {
        match (&walk.end, &place.in_flows(self.open.flow_set()).kind) {
            (End::Outcome, _) => Err(words::at_the_end()),
            (End::Unanswered, NodeKind::Question { options, multiple }) => read_options(options, *multiple, typed),
            (End::Unseen, _) if typed.trim().is_empty() => Ok(Answer::Seen),
            (End::Unseen, _) => Err(words::only_continue()),
            (end, _) => Err(stuck(end)),
        }
    }

    fn wait(&self, walk: &Walk, place: &NodeRef) -> Wait {
        if let Some(input) = self.find_asked(walk, place) {
            let example = input.example.as_ref().map(|example| example.value.clone());
            return Wait::Input { label: input.label.clone(), example };
        }
        match (&walk.end, &place.in_flows(self.open.flow_set()).kind) {
            (End::Outcome, NodeKind::Outcome { result, status, .. }) => Wait::Outcome {
                result: self.open.labels().result(*result),
                status: status.clone(),
                record: record::write(self.open.flow_set(), self.open.id, walk),
            },
            (End::Unanswered, NodeKind::Question { options, multiple }) => {
                let options = options.iter().map(|option| (option.label.value.clone(), option.hint.clone())).collect();
                Wait::Choice { options, multiple: *multiple }
            }
            (End::Unseen, _) => Wait::Continue,
            (end, _) => Wait::Stuck(stuck(end)),
        }
    }

    fn calls_to(&self, walk: &Walk, place: &NodeRef) -> Vec<String> {
        let flow_set = self.open.flow_set();
        let is_open = |call: &&NodeRef| place.key.starts_with(&format!("{}/", call.key));
        let calls = walk.path.iter().map(|stop| &stop.place).filter(is_open);
        let called = calls.filter_map(|call| match &call.in_flows(flow_set).kind {
            NodeKind::Call { flow, .. } => *flow,
            _ => None,
        });
        called.map(|flow| flow_set.flow(flow).metadata.title.value.clone()).collect()
    }
}

/// True when everything that a text names has been said.
fn is_known(template: &Template, names: &impl Names) -> bool {
    template.pieces.iter().all(|piece| match piece {
        Piece::Text(_) => true,
        Piece::Placeholder(placeholder) => names.find(&placeholder.name).is_some(),
    })
}

fn stuck(end: &End) -> Text {
    match end {
        End::NoRule => words::no_rule(),
        End::Loop | End::Endless => words::goes_round(),
        _ => words::leads_nowhere(),
    }
}

/// Numbers from 1, ids or labels, several with commas between them.
fn read_options(options: &[AnswerOption], multiple: bool, typed: &str) -> Result<Answer, Text> {
    let is_it =
        |option: &AnswerOption, said: &str| option.id.value == said || option.label.value.eq_ignore_ascii_case(said);
    let find = |said: &str| {
        let by_number = said.parse::<usize>().ok().and_then(|number| options.get(number.checked_sub(1)?));
        by_number.or_else(|| options.iter().find(|option| is_it(option, said))).map(|option| option.id.value.clone())
    };
    let typed = typed.trim();
    let said: Vec<&str> = if multiple { typed.split(',').map(str::trim).collect() } else { vec![typed] };
    let chosen: Option<Vec<String>> = said.into_iter().map(find).collect();
    chosen.map(Answer::Options).ok_or_else(|| words::no_such_option(options.len()))
}
