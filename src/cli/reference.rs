//! `docs/cli.md`: the reference of all commands and options, written from the declarations of clap.
//!
//! The test compares the file with them. `VEREDA_UPDATE=1 cargo test --bin vereda reference` writes it.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use clap::builder::PossibleValue;
use clap::{Arg, Command, CommandFactory};

use super::arguments::Arguments;

const HEAD: &str = "\
# Commands

<!-- Made from src/cli/arguments.rs by VEREDA_UPDATE=1 cargo test --bin vereda reference -->

`vereda help COMMAND` prints the same at the terminal.

";

/// The whole reference.
fn write_reference() -> String {
    let mut vereda = Arguments::command();
    vereda.build();
    let mut text = HEAD.to_owned();
    text += "| command | purpose |\n|---|---|\n";
    for command in subcommands(&vereda) {
        let name = command.get_name();
        writeln!(text, "| [`{name}`](#vereda-{name}) | {} |", about(command)).unwrap();
    }
    write_common_options(&vereda, &mut text);
    write_examples(&vereda, &mut text);
    for command in subcommands(&vereda) {
        write_command(command, &mut text);
    }
    text
}

fn subcommands(command: &Command) -> impl Iterator<Item = &Command> {
    command.get_subcommands().filter(|command| command.get_name() != "help")
}

fn about(command: &Command) -> String {
    command.get_about().unwrap().to_string()
}

fn write_common_options(vereda: &Command, text: &mut String) {
    text.push_str("\nOptions of every command:\n\n");
    write_table(vereda.get_arguments().filter(|argument| argument.is_global_set()), text);
}

/// One command, then its subcommands.
fn write_command(command: &Command, text: &mut String) {
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ");
    let name = command.get_bin_name().unwrap();
    write!(text, "\n## {name}\n\n{}.\n\n```\n{usage}\n```\n", about(command)).unwrap();
    let own: Vec<&Arg> = command.get_arguments().filter(|argument| is_own(argument)).collect();
    if !own.is_empty() {
        text.push('\n');
        write_table(own.into_iter(), text);
    }
    write_examples(command, text);
    subcommands(command).for_each(|command| write_command(command, text));
}

/// False for common options, and for `--help` and `--version`.
fn is_own(argument: &Arg) -> bool {
    !argument.is_global_set() && !["help", "version"].contains(&argument.get_id().as_str())
}

fn write_table<'a>(arguments: impl Iterator<Item = &'a Arg>, text: &mut String) {
    text.push_str("| argument | meaning |\n|---|---|\n");
    for argument in arguments {
        let short = argument.get_short().map(|short| format!("`-{short}`, ")).unwrap_or_default();
        let cell = |text: String| text.replace('|', "\\|");
        writeln!(text, "| {short}`{}` | {} |", cell(argument.to_string()), cell(description(argument))).unwrap();
    }
}

/// The help of an argument, its default and its possible values.
fn description(argument: &Arg) -> String {
    let mut text = argument.get_help().unwrap().to_string();
    let defaults: Vec<_> = argument.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    let takes_value = argument.get_action().takes_values();
    if takes_value && !defaults.is_empty() {
        write!(text, " [default: `{}`]", defaults.join(" ")).unwrap();
    }
    let values = argument.get_possible_values();
    if takes_value && !values.is_empty() {
        let values: Vec<String> = values.iter().map(value_text).collect();
        write!(text, ".<br>{}", values.join("<br>")).unwrap();
    }
    text
}

fn value_text(value: &PossibleValue) -> String {
    let help = value.get_help().map(|help| format!(": {help}")).unwrap_or_default();
    format!("`{}`{help}", value.get_name())
}

/// The examples and notes below the options.
fn write_examples(command: &Command, text: &mut String) {
    let Some(help) = command.get_after_help().map(ToString::to_string) else { return };
    let (examples, notes) = help.split_once("\n\n").unwrap_or((&help, ""));
    let examples = examples.trim_start_matches("Examples:\n").lines().map(str::trim_start);
    writeln!(text, "\n```sh\n{}\n```", examples.collect::<Vec<_>>().join("\n")).unwrap();
    if !notes.is_empty() {
        writeln!(text, "\n{}", notes.replace('\n', " ")).unwrap();
    }
}

#[test]
fn reference_is_current() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/cli.md");
    let expected = write_reference();
    if std::env::var_os("VEREDA_UPDATE").is_some() {
        return fs::write(file, expected).unwrap();
    }
    let found = fs::read_to_string(file).unwrap_or_default();
    assert!(found == expected, "docs/cli.md is out of date: VEREDA_UPDATE=1 cargo test --bin vereda reference");
}
