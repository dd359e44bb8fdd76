//! Calendars: when a service is open. `flow::calendar` decides the conditions `within` and `outside`.

use jiff::civil::{Date, Time, Weekday};
use schemars::{Schema, SchemaGenerator};

use super::holiday::Holiday;
use crate::diagnostic::catalogue;
use crate::source::Spanned;
use crate::yaml::{Context, FromYaml, Meaning, Node, describe_words, read_word, yaml_map, yaml_scalar};

yaml_map! {
    /// Um horário de atendimento.
    #[derive(Clone, Debug, PartialEq)]
    #[owner("calendar")]
    #[title("Calendário")]
    pub(crate) struct Calendar {
        /// Os dias da semana em que se atende. Sem esta chave, todos. Exemplo: `weekdays: [mon, tue, wed, thu, fri]`.
        optional weekdays: Vec<Weekday> = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
        /// As horas em que se atende, entre aspas. As duas pontas contam: às 18:00 ainda se atende, às 18:01 não. Podem passar da
        /// meia-noite. Sem esta chave, o dia inteiro.
        ///
        /// Exemplo: `hours: ['08:00-12:00', '13:00-18:00']`.
        optional hours: Vec<Hours> = ["00:00-23:59"],
        /// Os dias em que não se atende, seja qual for o dia da semana: datas, `brasil` (os feriados nacionais de qualquer ano,
        /// também os móveis), `carnaval` (segunda e terça) e `corpus-christi`.
        ///
        /// Exemplo: `holidays: [brasil, 2026-07-09]`.
        optional holidays: Vec<Holiday>,
        /// O fuso horário. Sem esta chave, UTC.
        #[examples("America/Sao_Paulo")]
        optional timezone: Spanned<TimeZoneName> = "UTC",
    }
}

/// From the first minute to the last, both included; `to` before `from` crosses midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hours {
    pub(crate) from: Time,
    pub(crate) to: Time,
}

impl Calendar {
    /// True for a day on which the service is closed whatever the weekday.
    pub(crate) fn is_holiday(&self, day: Date) -> bool {
        self.holidays.iter().any(|holiday| holiday.includes(day))
    }
}

impl Hours {
    /// Reads `08:00-18:00`.
    fn parse(text: &str) -> Option<Self> {
        let (from, to) = text.split_once('-')?;
        Some(Self { from: parse_time(from.trim())?, to: parse_time(to.trim())? })
    }
}

/// Reads `08:00`.
fn parse_time(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(':')?;
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

yaml_scalar! {
    Hours: Other => Self,
    read: |node| Self::parse(node.as_text()?),
    message: catalogue::yaml::expected_hours,
    schema: {
        "type": "string",
        "pattern": "^ *([01]?[0-9]|2[0-3]):[0-5]?[0-9] *- *([01]?[0-9]|2[0-3]):[0-5]?[0-9] *$",
        "patternErrorMessage": "Escreva as duas horas com um hífen entre elas, como '08:00-18:00'."
    },
}

/// The IANA name of a time zone, such as `America/Sao_Paulo`.
pub(crate) struct TimeZoneName;

impl FromYaml for TimeZoneName {
    type Value = String;
    const MEANING: Meaning = Meaning::Text;

    fn from_yaml(key: &Spanned<String>, node: &Node, context: &mut Context<'_>) -> Option<String> {
        let name = String::from_yaml(key, node, context)?;
        if jiff::tz::TimeZone::get(&name).is_err() {
            return context.refuse(node.span, catalogue::yaml::unknown_time_zone(&name));
        }
        Some(name)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        String::schema(generator)
    }
}

const WEEKDAYS: [(&str, Weekday, &str); 7] = [
    ("mon", Weekday::Monday, "Segunda-feira."),
    ("tue", Weekday::Tuesday, "Terça-feira."),
    ("wed", Weekday::Wednesday, "Quarta-feira."),
    ("thu", Weekday::Thursday, "Quinta-feira."),
    ("fri", Weekday::Friday, "Sexta-feira."),
    ("sat", Weekday::Saturday, "Sábado."),
    ("sun", Weekday::Sunday, "Domingo."),
];

impl FromYaml for Weekday {
    type Value = Self;
    const MEANING: Meaning = Meaning::Other;

    fn from_yaml(key: &Spanned<String>, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        read_word(&key.value, node, &WEEKDAYS, context)
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        describe_words(&WEEKDAYS)
    }
}
