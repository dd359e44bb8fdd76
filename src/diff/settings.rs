//! Changes of `vereda.yaml` (inputs, values, records, calendars) and of the inputs that flows declare.

use super::kind::{self, ChangeKind};
use super::{Change, FileChanges, FileKind, Versions};
use crate::config::{Calendar, Config, FILE_NAME, Input};
use crate::words::Words;

/// Kinds of change: added, removed, changed.
type Kinds = [ChangeKind; 3];

const INPUTS: Kinds = [ChangeKind::InputAdded, ChangeKind::InputRemoved, ChangeKind::InputChanged];
const VALUES: Kinds = [ChangeKind::ValueAdded, ChangeKind::ValueRemoved, ChangeKind::ValueChanged];
const RECORDS: Kinds = [ChangeKind::RecordAdded, ChangeKind::RecordRemoved, ChangeKind::RecordChanged];
const CALENDARS: Kinds = [ChangeKind::CalendarAdded, ChangeKind::CalendarRemoved, ChangeKind::CalendarChanged];

/// A named setting as text.
struct Setting {
    name: String,
    /// Name shown to an editor.
    label: String,
    /// Everything that can change, as YAML.
    text: String,
}

/// Changes of the settings.
pub(super) fn compare(versions: Versions<'_>) -> FileChanges {
    let (old, new) = (&versions.old.site.config, &versions.new.site.config);
    let mut changes = compare_inputs(&old.inputs, &new.inputs);
    for (kinds, read) in [(VALUES, values as fn(&Config) -> Vec<Setting>), (RECORDS, records), (CALENDARS, calendars)] {
        changes.extend(compare_settings(kinds, &read(old), &read(new)));
    }
    let title = kind::settings().in_language(versions.language).to_owned();
    let file = FILE_NAME.to_owned();
    FileChanges { kind: FileKind::Settings, title, file, route: None, entry: None, changes }
}

/// Changes of the inputs of one file.
pub(super) fn compare_inputs(old: &[Input], new: &[Input]) -> Vec<Change> {
    let settings = |inputs: &[Input]| inputs.iter().map(setting_of).collect::<Vec<_>>();
    compare_settings(INPUTS, &settings(old), &settings(new))
}

fn compare_settings([added, removed, changed]: Kinds, old: &[Setting], new: &[Setting]) -> Vec<Change> {
    let find = |settings: &[Setting], name: &str| settings.iter().position(|setting| setting.name == name);
    let mut changes = Vec::new();
    for now in new {
        match find(old, &now.name).map(|index| &old[index]) {
            None => changes.push(Change::new(added).item(&now.label).new_text(&now.text)),
            Some(before) if before.text != now.text => {
                changes.push(Change::new(changed).item(&now.label).old(&before.text).new_text(&now.text));
            }
            Some(_) => {}
        }
    }
    let gone = old.iter().filter(|before| find(new, &before.name).is_none());
    changes.extend(gone.map(|before| Change::new(removed).item(&before.label).old(&before.text)));
    changes
}

/// An input in the form of its YAML.
fn setting_of(input: &Input) -> Setting {
    let quoted = |key: &str, text: Option<&str>| text.map(|text| format!("{key}: {text}"));
    let choices: Vec<&str> = input.choices.iter().map(|choice| choice.label.as_str()).collect();
    let parts = [
        Some(format!("label: {}", input.label)),
        Some(format!("type: {}", input.kind.as_str())),
        quoted("pattern", input.pattern.as_ref().map(|pattern| pattern.text.as_str())),
        quoted("min", input.min.as_ref().map(|text| text.value.as_str())),
        quoted("max", input.max.as_ref().map(|text| text.value.as_str())),
        (!choices.is_empty()).then(|| format!("choices: {}", choices.join(" · "))),
        quoted("example", input.example.as_ref().map(|text| text.value.as_str())),
        quoted("error", input.error.as_deref()),
        (!input.required).then(|| "required: false".to_owned()),
        input.private.then(|| "private: true".to_owned()),
    ];
    let text = parts.into_iter().flatten().collect::<Vec<_>>().join("\n");
    Setting { name: input.name.value.clone(), label: input.label.clone(), text }
}

fn values(config: &Config) -> Vec<Setting> {
    config.values.iter().map(|value| named(&value.name.value, value.value.clone())).collect()
}

fn records(config: &Config) -> Vec<Setting> {
    config.records.iter().map(|record| named(&record.name.value, record.value.value.trim_end().to_owned())).collect()
}

fn calendars(config: &Config) -> Vec<Setting> {
    config.calendars.iter().map(|calendar| named(&calendar.name.value, text_of(&calendar.value))).collect()
}

fn named(name: &str, text: String) -> Setting {
    Setting { name: name.to_owned(), label: name.to_owned(), text }
}

/// A calendar in the form of its YAML.
fn text_of(calendar: &Calendar) -> String {
    let weekday = |day: &jiff::civil::Weekday| format!("{day:?}").to_lowercase().chars().take(3).collect::<String>();
    let weekdays: Vec<String> = calendar.weekdays.iter().map(weekday).collect();
    let clock = |time: jiff::civil::Time| format!("{:02}:{:02}", time.hour(), time.minute());
    let hours: Vec<String> =
        calendar.hours.iter().map(|hours| format!("{}-{}", clock(hours.from), clock(hours.to))).collect();
    let holidays: Vec<String> = calendar.holidays.iter().map(ToString::to_string).collect();
    let lines = [("weekdays", weekdays), ("hours", hours), ("holidays", holidays)];
    let lines = lines.iter().filter(|(_, items)| !items.is_empty());
    let lines: Vec<String> = lines.map(|(key, items)| format!("{key}: {}", items.join(", "))).collect();
    format!("{}\ntimezone: {}", lines.join("\n"), calendar.timezone.value)
}

#[cfg(test)]
mod tests {
    use crate::testing::diff::list_changes;

    #[test]
    fn reports_changed_settings() {
        let config = |value: &str, hours: &str, kind: &str| {
            format!(
                "title: S\nvalues: {{ v: {value} }}\nrecords: {{ r: 'r {value}' }}\ninputs: {{ i: {{ label: I, type: {kind} }} }}\n\
                 calendars: {{ c: {{ weekdays: [mon], hours: ['{hours}'], timezone: UTC }} }}\n"
            )
        };
        let (old, new) = (config("um", "08:00-18:00", "text"), config("dois", "08:00-17:00", "money"));
        let expected = [
            "input/changed: the input “I” changed [label: I\ntype: text → label: I\ntype: money]",
            "value/changed: the value `v` changed in the whole site [um → dois]",
            "record/changed: the record template `r` changed [r um → r dois]",
            "calendar/changed: the calendar `c` changed [weekdays: mon\nhours: 08:00-18:00\ntimezone: UTC → weekdays: mon\nhours: 08:00-17:00\ntimezone: UTC]",
        ];
        assert_eq!(list_changes(&[("vereda.yaml", &old)], &[("vereda.yaml", &new)]), expected);
    }
}
