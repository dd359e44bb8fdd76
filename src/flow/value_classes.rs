//! Equivalence classes of values: all values of a name for which every test gives the same result.
//!
//! Classes of numbers, dates and times are intervals; choices and answers are finite. For all of these the classes are
//! exact. Values that match a pattern are only known from samples: other classes are possible, never certain.

use fixedbitset::FixedBitSet;
use indexmap::{IndexMap, IndexSet};
use jiff::ToSpan;
use jiff::civil::{Date, Time};

use super::FlowSet;
use super::condition::PreparedTest;
use super::input::{InputValue, ParsedValue, Refusal, ValueKind, read, read_constant, read_limit, read_value};
use crate::config::{Calendar, Input, InputType};
use crate::content::condition::{Constant, Operator, Test};
use crate::site::flow::AnswerOption;

/// Limit of patterns on one input.
const MOST_PATTERNS: usize = 8;

/// Limit of classes of a question with several answers.
const MOST_ANSWERS: usize = 512;

/// Days before and after each anchor: they include every weekday, and days that are no holidays.
const DAYS_AROUND: i32 = 8;

/// One equivalence class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ValueClass {
    /// The tests that hold, by their index.
    pub(crate) outcomes: FixedBitSet,
    /// A sample value of the class, as typed or answered.
    pub(crate) shown: String,
    /// False when the class may be empty.
    pub(crate) is_certain: bool,
}

/// The class of a name without a value.
pub(crate) fn unanswered_class(tests: &[PreparedTest<'_>]) -> ValueClass {
    ValueClass { outcomes: outcomes_of(tests, None), shown: String::new(), is_certain: true }
}

/// The class of one value.
pub(crate) fn class_of(tests: &[PreparedTest<'_>], parsed: &ParsedValue) -> ValueClass {
    ValueClass { outcomes: outcomes_of(tests, Some(parsed)), shown: parsed.text.clone(), is_certain: true }
}

/// The classes of values that a user can type; `None` when there are too many.
pub(crate) fn input_classes(
    flow_set: FlowSet<'_>,
    input: &Input,
    tests: &[PreparedTest<'_>],
) -> Option<Vec<ValueClass>> {
    let mut classes = ClassSet::default();
    for typed in candidates(flow_set, input, tests) {
        if let Some(class) = class_of_typed(flow_set, input, tests, &typed) {
            classes.insert(class);
        }
    }
    if !input.required {
        classes.insert(unanswered_class(tests));
    }
    unknown_texts(input, tests)?.into_iter().for_each(|class| classes.insert(class));
    Some(classes.0.into_values().collect())
}

/// Classes by their outcomes, in the order of their discovery.
#[derive(Default)]
struct ClassSet(IndexMap<FixedBitSet, ValueClass>);

impl ClassSet {
    /// Adds a class unless it is known; a certain one replaces an uncertain one.
    fn insert(&mut self, class: ValueClass) {
        match self.0.get_mut(&class.outcomes) {
            Some(known) if class.is_certain && !known.is_certain => *known = class,
            Some(_) => {}
            None => drop(self.0.insert(class.outcomes.clone(), class)),
        }
    }
}

/// The class of a typed text. A text that only the pattern refuses stands for similar values that may match.
fn class_of_typed(flow_set: FlowSet<'_>, input: &Input, tests: &[PreparedTest<'_>], typed: &str) -> Option<ValueClass> {
    match read(input, typed, flow_set.zone()) {
        Ok(parsed) => Some(class_of(tests, &parsed)),
        Err(Refusal::Pattern) => {
            let value = read_value(input.kind, typed, flow_set.zone()).ok();
            let parsed = ParsedValue { kind: ValueKind::Input(input.kind), text: typed.to_owned(), value };
            Some(ValueClass { is_certain: false, ..class_of(tests, &parsed) })
        }
        Err(_) => None,
    }
}

/// The classes of answers to a question, each with the option that decides the target; `None` when there are too many.
pub(crate) fn answer_classes(
    options: &[AnswerOption],
    multiple: bool,
    tests: &[PreparedTest<'_>],
) -> Option<Vec<(usize, ValueClass)>> {
    let class = |ids: &[usize]| {
        let ids = ids.iter().map(|index| options[*index].id.value.clone()).collect();
        class_of(tests, &ParsedValue::of_answers(ids))
    };
    let mut classes: Vec<(usize, Vec<usize>, ValueClass)> = Vec::new();
    let mut pending: Vec<Vec<usize>> = (0..options.len()).map(|index| vec![index]).collect();
    while let Some(ids) = pending.pop() {
        let (first, class) = (ids[0], class(&ids));
        if classes.iter().any(|(other, _, known)| *other == first && known.outcomes == class.outcomes) {
            continue;
        }
        let last = ids[ids.len() - 1];
        let more = (last + 1..options.len()).filter(|_| multiple);
        pending.extend(more.map(|next| ids.iter().copied().chain([next]).collect()));
        classes.push((first, ids, class));
        if classes.len() > MOST_ANSWERS {
            return None;
        }
    }
    classes.sort_by(|(_, one, _), (_, other, _)| one.cmp(other));
    Some(classes.into_iter().map(|(first, _, class)| (first, class)).collect())
}

/// Reads the constants of tests for a name of this kind.
pub(crate) fn prepare<'a>(flow_set: FlowSet<'a>, tests: &[&'a Test], kind: ValueKind) -> Vec<PreparedTest<'a>> {
    let prepare =
        |test: &&'a Test| PreparedTest::new(test, kind, flow_set.zone(), |calendar| flow_set.find_calendar(calendar));
    tests.iter().map(prepare).collect()
}

fn outcomes_of(tests: &[PreparedTest<'_>], parsed: Option<&ParsedValue>) -> FixedBitSet {
    let mut outcomes = FixedBitSet::with_capacity(tests.len());
    tests.iter().enumerate().for_each(|(index, test)| outcomes.set(index, test.holds(parsed)));
    outcomes
}

/// Candidate texts: at least one for each non-empty class of the input's type.
fn candidates(flow_set: FlowSet<'_>, input: &Input, tests: &[PreparedTest<'_>]) -> Vec<String> {
    let constants = constants_of(flow_set, input, tests);
    match input.kind {
        InputType::Number | InputType::Money => numbers(&constants),
        InputType::Date => days(&constants, flow_set, tests).iter().map(Date::to_string).collect(),
        InputType::Time => times(&constants, flow_set, tests).into_iter().map(written_time).collect(),
        InputType::Datetime => moments(&constants, flow_set, tests),
        InputType::Choice => input.choices.iter().map(|choice| choice.id.clone()).collect(),
        _ => texts(input, &constants),
    }
}

/// Constants of tests, and the limits of the input.
fn constants_of(flow_set: FlowSet<'_>, input: &Input, tests: &[PreparedTest<'_>]) -> Vec<InputValue> {
    let is_value = |test: &&PreparedTest<'_>| {
        !matches!(test.test.operator.value, Operator::Matches | Operator::Within | Operator::Outside)
    };
    let items = tests.iter().filter(is_value).flat_map(|test| match &test.test.constant.value {
        Constant::List(items) => items.iter().map(|item| &item.value).collect(),
        constant => vec![constant],
    });
    let kind = ValueKind::Input(input.kind);
    let named = items.filter_map(|constant| read_constant(kind, constant, flow_set.zone()));
    let limits = [&input.min, &input.max].into_iter().flatten();
    let limits = limits.filter_map(|limit| read_limit(input.kind, &limit.value, flow_set.zone()));
    named.chain(limits).collect()
}

/// The constants, their neighbours and the midpoints between them.
fn numbers(constants: &[InputValue]) -> Vec<String> {
    let number = |value: &InputValue| if let InputValue::Number(number) = value { Some(*number) } else { None };
    let mut anchors: Vec<f64> = constants.iter().filter_map(number).collect();
    anchors.sort_by(f64::total_cmp);
    if anchors.is_empty() {
        anchors.push(0.0);
    }
    let cents = |number: f64| (number * 100.0).round() / 100.0;
    let near = anchors
        .iter()
        .flat_map(|number| [*number, cents(number - 0.01), cents(number + 0.01), number - 1.0, number + 1.0]);
    let between = anchors.windows(2).flat_map(|pair| {
        let middle = f64::midpoint(pair[0], pair[1]);
        [middle, middle.floor(), middle.ceil()]
    });
    let texts: IndexSet<String> = near.chain(between).map(|number| number.to_string().replace('.', ",")).collect();
    texts.into_iter().collect()
}

/// Calendars named by the tests.
fn calendars<'a>(flow_set: FlowSet<'a>, tests: &[PreparedTest<'_>]) -> Vec<&'a Calendar> {
    let is_calendar =
        |test: &&PreparedTest<'_>| matches!(test.test.operator.value, Operator::Within | Operator::Outside);
    tests
        .iter()
        .filter(is_calendar)
        .filter_map(|test| flow_set.find_calendar(&test.test.constant.value.text()))
        .collect()
}

/// The year of the anchors of holidays that have a name.
const ANCHOR_YEAR: i16 = 2026;

/// Days of constants and holidays, with the days around them.
fn days(constants: &[InputValue], flow_set: FlowSet<'_>, tests: &[PreparedTest<'_>]) -> Vec<Date> {
    let day = |value: &InputValue| match value {
        InputValue::Date(date) => Some(*date),
        InputValue::DateTime(moment) => Some(moment.wall.date()),
        _ => None,
    };
    let mut anchors: Vec<Date> = constants.iter().filter_map(day).collect();
    let holidays = calendars(flow_set, tests).into_iter().flat_map(|calendar| &calendar.holidays);
    anchors.extend(holidays.flat_map(|holiday| holiday.days(ANCHOR_YEAR, ANCHOR_YEAR)));
    if anchors.is_empty() {
        anchors.push(jiff::civil::date(2026, 6, 15));
    }
    let near = |anchor: &Date| {
        let anchor = *anchor;
        (-DAYS_AROUND..=DAYS_AROUND).filter_map(move |days| anchor.checked_add(days.days()).ok())
    };
    let mut days: Vec<Date> = anchors.iter().flat_map(near).collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// Times of constants and opening hours, each with the adjacent minutes; and midnight, noon and 23:59.
fn times(constants: &[InputValue], flow_set: FlowSet<'_>, tests: &[PreparedTest<'_>]) -> Vec<Time> {
    let time = |value: &InputValue| match value {
        InputValue::Time(time) => Some(*time),
        InputValue::DateTime(moment) => Some(moment.wall.time()),
        _ => None,
    };
    let hours = calendars(flow_set, tests)
        .into_iter()
        .flat_map(|calendar| &calendar.hours)
        .flat_map(|hours| [hours.from, hours.to]);
    let anchors = constants.iter().filter_map(time).chain(hours);
    let near = |time: Time| [time.wrapping_sub(1.minute()), time, time.wrapping_add(1.minute())];
    let ends = [Time::midnight(), Time::constant(12, 0, 0, 0), Time::constant(23, 59, 0, 0)];
    let mut times: Vec<Time> = anchors.flat_map(near).chain(ends).collect();
    times.sort_unstable();
    times.dedup();
    times
}

fn written_time(time: Time) -> String {
    InputValue::Time(time).text()
}

fn moments(constants: &[InputValue], flow_set: FlowSet<'_>, tests: &[PreparedTest<'_>]) -> Vec<String> {
    let times = times(constants, flow_set, tests);
    let at = |day: Date| times.iter().map(move |time| format!("{day}T{}", written_time(*time)));
    days(constants, flow_set, tests).into_iter().flat_map(at).collect()
}

/// The constants, the example, and texts that most patterns match.
fn texts(input: &Input, constants: &[InputValue]) -> Vec<String> {
    let others: &[&str] = match input.kind {
        InputType::Cnpj => &["12.345.678/0001-95", "12.ABC.345/01DE-35", "11.222.333/0001-81"],
        InputType::Cpf => &["529.982.247-25", "111.444.777-35", "123.456.789-09"],
        InputType::Phone => &["(11) 4003-0015", "(11) 98765-4321", "0800 123 4567"],
        InputType::Email => &["a@exemplo.com", "b@exemplo.com.br", "c@exemplo.org"],
        InputType::Url => &["https://exemplo.com", "https://exemplo.org/a", "http://exemplo.net"],
        _ => &["☃", "x", "0", "00000000", "Xx 0"],
    };
    let example = input.example.iter().map(|example| example.value.clone());
    constants.iter().map(InputValue::text).chain(example).chain(others.iter().map(|text| (*text).to_owned())).collect()
}

/// Classes of untried texts: no constant, and any combination of pattern matches.
fn unknown_texts(input: &Input, tests: &[PreparedTest<'_>]) -> Option<Vec<ValueClass>> {
    let patterns: Vec<usize> =
        (0..tests.len()).filter(|index| tests[*index].test.operator.value == Operator::Matches).collect();
    if patterns.len() > MOST_PATTERNS {
        return None;
    }
    let is_known = patterns.is_empty() && input.pattern.is_none();
    if is_known || has_finite_form(input.kind) {
        return Some(Vec::new());
    }
    let other = ParsedValue { kind: ValueKind::Input(input.kind), ..ParsedValue::of_text("…") };
    let outcomes = outcomes_of(tests, Some(&other));
    let mixture = |bits: usize| {
        let mut outcomes = outcomes.clone();
        patterns.iter().enumerate().for_each(|(bit, index)| outcomes.set(*index, bits >> bit & 1 == 1));
        ValueClass { outcomes, shown: "…".to_owned(), is_certain: false }
    };
    Some((0..1 << patterns.len()).map(mixture).collect())
}

/// True for types whose classes are exact.
fn has_finite_form(kind: InputType) -> bool {
    use InputType::{Choice, Date, Datetime, Money, Number, Time};
    matches!(kind, Choice | Date | Datetime | Money | Number | Time)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::flow::NodeKind;
    use crate::testing::fixture::Fixture;

    /// The classes of an input, or of the question `q`, under the rules of a branch.
    fn classes(input: &str, rules: &[&str]) -> Vec<String> {
        let rules: Vec<_> = rules.iter().map(|rule| format!("{{ when: {{ {rule} }}, next: fim }}")).collect();
        let config = "title: S\ncalendars: { comercial: { weekdays: [mon, tue, wed, thu, fri], hours: ['08:00-18:00'], \
                      holidays: [2026-12-25], timezone: America/Sao_Paulo } }\n";
        let flow = format!(
            "title: F\ninputs: {{ x: {{ label: X, {input} }} }}\nnodes:\n  q: {{ title: Q, multiple: true, options: \
             [{{ id: a, label: A, next: b }}, {{ id: b, label: B, next: b }}, {{ id: c, label: C, next: b }}] }}\n  \
             b: {{ rules: [{}, {{ otherwise: fim }}] }}\n  fim: {{ title: Fim, result: open }}\n",
            rules.join(", ")
        );
        let fixture = Fixture::of(&[("vereda.yaml", config), ("f.flow.yaml", &flow)]);
        let (flow_set, flow) = (fixture.flow_set(), &fixture.site.flows[0]);
        let NodeKind::Branch { rules } = &flow.nodes[1].kind else { panic!("the second node is a branch") };
        let tests: Vec<&Test> =
            rules.iter().filter_map(|rule| rule.when.as_ref()).flat_map(|when| when.tests()).collect();
        let written = |class: &ValueClass| {
            let outcomes: String =
                (0..tests.len()).map(|index| if class.outcomes.contains(index) { '1' } else { '0' }).collect();
            if class.is_certain { outcomes } else { format!("{outcomes}?") }
        };
        let mut classes: Vec<String> = if tests[0].name.value == "q" {
            let NodeKind::Question { options, multiple } = &flow.nodes[0].kind else { panic!("q is a question") };
            let tests = prepare(flow_set, &tests, ValueKind::Answer);
            let classes = answer_classes(options, *multiple, &tests).unwrap();
            classes.iter().map(|(first, class)| format!("{first}:{}", written(class))).collect()
        } else {
            let input = flow.find_input("x").unwrap();
            let tests = prepare(flow_set, &tests, ValueKind::Input(input.kind));
            input_classes(flow_set, input, &tests).unwrap().iter().map(written).collect()
        };
        classes.sort();
        classes
    }

    #[test]
    fn splits_numbers_into_intervals() {
        assert_eq!(classes("type: money", &["x: { gt: 500 }", "x: { gt: 100 }"]), ["00", "01", "11"]);
        assert_eq!(classes("type: money", &["x: { lt: 0.02 }", "x: { gt: 0.02 }"]), ["00", "01", "10"]);
        assert_eq!(classes("type: money, min: 0.01", &["x: { gt: 0 }"]), ["1"]);
        assert_eq!(classes("type: number, min: 1, max: 2", &["x: { gt: 1, lt: 2 }"]), ["01", "10", "11"]);
    }

    #[test]
    fn has_no_money_between_adjacent_cents() {
        assert_eq!(classes("type: money", &["x: { gt: 0.01 }", "x: { lt: 0.02 }"]), ["01", "10"]);
        assert_eq!(classes("type: number", &["x: { gt: 0.01 }", "x: { lt: 0.02 }"]), ["01", "10", "11"]);
    }

    #[test]
    fn splits_dates_and_times_by_calendar() {
        assert_eq!(classes("type: datetime", &["x: { within: comercial }", "x: { outside: comercial }"]), ["01", "10"]);
        assert_eq!(classes("type: time", &["x: { within: comercial }", "x: { lt: '08:00' }"]), ["00", "01", "10"]);
        assert_eq!(classes("type: date", &["x: { within: comercial }", "x: { is: 2026-12-25 }"]), ["00", "01", "10"]);
    }

    #[test]
    fn enumerates_choices_and_answers() {
        assert_eq!(classes("type: choice, choices: [a, b]", &["x: a", "x: b"]), ["01", "10"]);
        assert_eq!(classes("type: text", &["q: a", "q: { in: [b, c] }"]), ["0:10", "0:11", "1:01", "2:01"]);
    }

    #[test]
    fn marks_pattern_classes_as_uncertain() {
        assert_eq!(classes("type: text", &["x: a", "x: b"]), ["00", "01", "10"]);
        assert_eq!(classes("type: text, pattern: 'a|b'", &["x: a", "x: b"]), ["00?", "01", "10"]);
        assert_eq!(classes("type: text", &["x: { matches: '[0-9]+' }"]), ["0", "1"]);
        assert_eq!(classes("type: text", &["x: { matches: 'qwerty' }"]), ["0", "1?"]);
    }

    #[test]
    fn includes_the_empty_class_of_optional_inputs() {
        assert_eq!(classes("type: money, required: false", &["x: { answered: true }"]), ["0", "1"]);
    }
}
