//! What the parser of the command line says by itself, in the words of the catalogue: it has none but its own.

use std::io::{self, Write};
use std::num::{ParseFloatError, ParseIntError};
use std::process;

use astra_core::sentences::sentence;
use clap::error::{ContextKind, ErrorKind};
use clap::{Error, Parser};

use super::{Arguments, text};

/// What it writes around descriptions, and what stands for that in the catalogue. The longer of two that begin alike
/// comes first.
const WORDS: [(&str, &str); 13] = [
    ("Usage:", "cli.help.usage"),
    ("Commands:", "cli.help.commands"),
    ("Arguments:", "cli.help.arguments"),
    ("Options:", "cli.help.options"),
    ("[OPTIONS]", "cli.help.any_options"),
    ("<COMMAND>", "cli.help.a_command"),
    ("[COMMAND]", "cli.help.any_command"),
    ("[default:", "cli.help.default"),
    ("[env:", "cli.help.variable"),
    ("[possible values:", "cli.help.values"),
    ("Print this message or the help of the given subcommand(s)", "cli.help.help_of"),
    ("Print help", "cli.help.help"),
    ("Print version", "cli.help.version"),
];

/// What was typed. Who asked for help gets it, who typed something that cannot be is told what is wrong; then the
/// program ends.
pub fn typed() -> Arguments {
    Arguments::try_parse().unwrap_or_else(|error| {
        let said = format!("{}\n", said(&error));
        // Nobody is left to be told when this fails.
        let _ = if error.use_stderr() {
            io::stderr().write_all(said.as_bytes())
        } else {
            io::stdout().write_all(said.as_bytes())
        };
        process::exit(error.exit_code())
    })
}

fn said(error: &Error) -> String {
    match wrong(error) {
        Some(wrong) => {
            let usage = error.get(ContextKind::Usage).map(|usage| format!("\n\n{usage}")).unwrap_or_default();
            format!("{wrong}{}\n\n{}", translated(&usage), text("cli.wrong.more"))
        }
        None => translated(error.render().to_string().trim_end()),
    }
}

/// What is wrong with what was typed; nothing when nothing is, or it has no sentence.
fn wrong(error: &Error) -> Option<String> {
    let of = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let (argument, value) = (of(ContextKind::InvalidArg), of(ContextKind::InvalidValue));
    let wrong = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            sentence("cli.wrong.command", &[("typed", &of(ContextKind::InvalidSubcommand))])
        }
        ErrorKind::UnknownArgument => sentence("cli.wrong.argument", &[("typed", &argument)]),
        ErrorKind::InvalidValue if value.is_empty() => sentence("cli.wrong.no_value", &[("argument", &argument)]),
        ErrorKind::InvalidValue => {
            let values = of(ContextKind::ValidValue);
            sentence("cli.wrong.value", &[("value", &value), ("argument", &argument), ("values", &values)])
        }
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error)
                // Those of numbers are in English.
                .filter(|why| !why.is::<ParseIntError>() && !why.is::<ParseFloatError>())
                .map(|why| format!(": {why}"));
            let fields = [("value", &value), ("argument", &argument), ("why", &why.unwrap_or_default())];
            sentence("cli.wrong.refused", &fields.map(|(name, field)| (name, field.as_str())))
        }
        ErrorKind::MissingRequiredArgument => sentence("cli.wrong.missing", &[("argument", &argument)]),
        ErrorKind::ArgumentConflict => {
            sentence("cli.wrong.conflict", &[("argument", &argument), ("other", &of(ContextKind::PriorArg))])
        }
        _ => return None,
    };
    let similar = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let meant = similar.into_iter().find_map(|kind| error.get(kind));
    let meant = meant.map(|meant| format!(" {}", sentence("cli.wrong.meant", &[("meant", &meant.to_string())])));
    Some(wrong + &meant.unwrap_or_default())
}

fn translated(help: &str) -> String {
    WORDS.iter().fold(help.to_owned(), |help, (theirs, ours)| help.replace(theirs, &text(ours)))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    /// What is answered to this.
    fn answer(typed: &str) -> String {
        let typed = ["astra"].into_iter().chain(typed.split(' ').filter(|word| !word.is_empty()));
        said(&Arguments::try_parse_from(typed).expect_err("it is no order"))
    }

    /// How each command is typed.
    fn orders(command: &clap::Command, before: &str) -> Vec<String> {
        let below =
            command.get_subcommands().flat_map(|below| orders(below, &format!("{before}{} ", below.get_name())));
        [before.to_owned()].into_iter().chain(below).collect()
    }

    #[test]
    fn all_help_is_in_spanish() {
        let orders = orders(&Arguments::command(), "");
        assert!(orders.len() > 40);
        for order in orders {
            let help = answer(&format!("{order}--help"));
            assert!(help.contains("Uso: astra"), "{help}");
            let foreign = [
                "Usage",
                "Options",
                "Commands",
                "Arguments",
                "Print ",
                "default",
                "possible",
                "[env",
                "OPTIONS",
                "COMMAND",
            ];
            let found: Vec<_> = foreign.iter().filter(|word| help.contains(**word)).collect();
            assert!(found.is_empty(), "{found:?} in\n{help}");
        }
    }

    #[test]
    fn whoever_mistypes_is_told_what_is_wrong_and_how_it_is_typed() {
        for (typed, told) in [
            ("trascribe", "No existe la orden «trascribe». ¿Quiso decir «transcribe»?"),
            ("doctor --jsn", "No existe la opción «--jsn». ¿Quiso decir «--json»?"),
            ("transcribe", "Falta «<RECORDINGS>...»."),
            ("transcribe a.mp3 --model", "Falta el valor de «--model <MODEL>»."),
            ("transcribe a.mp3 --threads dos", "«dos» no sirve para «--threads <THREADS>»."),
            ("acta 1 --kind larga", "«larga» no sirve para «--kind <KIND>»: literal, decisiones o sucinta."),
            ("transcribe a.mp3 --formats mp3", "«mp3» no sirve para «--formats <FORMATS>»"),
            ("server agree --for-ever --never", "«--for-ever» no se puede pedir junto con «--never»."),
        ] {
            let answer = answer(typed);
            assert!(answer.starts_with(told) && answer.ends_with("se ve cómo se usa."), "{typed}:\n{answer}");
        }
        let answer = answer("doctor --ahora");
        assert!(answer.contains("Uso: astra doctor [OPCIONES]"), "{answer}");
    }
}
