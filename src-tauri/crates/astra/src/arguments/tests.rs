//! Whether what is typed is described in the words of the catalogue.

use clap::CommandFactory;
use serde_json::Value;

use super::*;

/// Every text in the catalogue.
fn sentences(catalogue: &Value, found: &mut Vec<String>) {
    match catalogue {
        Value::String(text) => found.push(text.clone()),
        Value::Object(group) => group.values().for_each(|value| sentences(value, found)),
        _ => (),
    }
}

/// What is said about a command and its arguments, and about those below it; clap's own help is left out.
fn said(command: &clap::Command, found: &mut Vec<(String, String)>) {
    let name = command.get_name();
    found.push((name.to_owned(), command.get_about().map(ToString::to_string).unwrap_or_default()));
    for argument in
        command.get_arguments().filter(|argument| !["help", "version"].contains(&argument.get_id().as_str()))
    {
        let text = argument.get_help().map(ToString::to_string).unwrap_or_default();
        found.push((format!("{name} {}", argument.get_id()), text));
    }
    command.get_subcommands().for_each(|command| said(command, found));
}

#[test]
fn every_command_and_argument_is_described_in_the_words_of_the_catalogue() {
    let catalogue = include_str!("../../../../../ui/src/i18n/es-CO.json");
    let mut known = Vec::new();
    sentences(&serde_json::from_str(catalogue).expect("a catalogue"), &mut known);
    let mut all = Vec::new();
    said(&Arguments::command(), &mut all);
    assert!(all.len() > 100);
    let foreign: Vec<_> = all.iter().filter(|(_, text)| !known.contains(text)).collect();
    assert!(foreign.is_empty(), "{foreign:#?}");
}
