//! `astra roster`.

use std::path::Path;

use astra_core::Result;
use astra_core::app::App;
use astra_core::roster::{Councillor, Note, ProposedCouncillor, merged};
use astra_core::sentences::sentence;

use crate::arguments::Roster;
use crate::output::Output;

/// Lists the roster or takes it from a file.
pub async fn run(app: &App, asked: Roster, output: &Output) -> Result<()> {
    match asked {
        Roster::List => list(app, output).await,
        Roster::Import { file, dry_run, doubtful } => import(app, &file, dry_run, doubtful, output).await,
    }
}

async fn list(app: &App, output: &Output) -> Result<()> {
    let roster = app.roster_list().await?;
    if roster.is_empty() {
        output.line(&sentence("cli.roster.none", &[]));
    }
    for one in &roster {
        output.item(one, &line(one));
    }
    Ok(())
}

/// Says everything that it reads, with what to look at, before it keeps it. Whoever types the order
/// agrees to what is certain; the rest needs a second word.
async fn import(app: &App, file: &Path, dry_run: bool, doubtful: bool, output: &Output) -> Result<()> {
    let proposal = app.roster_import(file).await?;
    let unread = proposal.columns.iter().filter(|column| column.field.is_none() && !column.heading.is_empty());
    let unread: Vec<&str> = unread.map(|column| column.heading.as_str()).collect();
    if !unread.is_empty() {
        output.aside(&sentence("cli.roster.unread", &[("columns", &unread.join(", "))]));
    }
    if !proposal.headed {
        output.aside(&sentence("cli.roster.guessed", &[]));
    }
    let (taken, left): (Vec<ProposedCouncillor>, Vec<ProposedCouncillor>) =
        proposal.rows.into_iter().partition(|row| doubtful || !row.is_doubtful());
    for (rows, taken) in [(&taken, true), (&left, false)] {
        for row in rows {
            let object = serde_json::json!({
                "councillor": row.councillor, "line": row.line, "known": row.known, "notes": row.notes, "taken": taken,
            });
            output.item(&object, &shown(row, taken));
        }
    }
    let count = taken.len().to_string();
    if dry_run {
        output.line(&sentence("cli.roster.only_shown", &[("count", &count)]));
        return Ok(());
    }
    app.roster_save(&merged(&app.roster_list().await?, &taken)).await?;
    output.line(&sentence("cli.roster.imported", &[("count", &count)]));
    Ok(())
}

fn shown(row: &ProposedCouncillor, taken: bool) -> String {
    let mut notes: Vec<String> = row.notes.iter().map(|note| sentence(note_key(*note), &[])).collect();
    if row.known {
        notes.push(sentence("cli.roster.known", &[]));
    }
    if !taken {
        notes.push(sentence("cli.roster.left_out", &[]));
    }
    let line = line(&row.councillor);
    if notes.is_empty() { line } else { format!("{line}  ({})", notes.join("; ")) }
}

fn line(one: &Councillor) -> String {
    let rest = [&one.office, &one.party, &one.term].into_iter().filter(|text| !text.is_empty());
    let rest: Vec<&str> = rest.map(String::as_str).collect();
    format!("{:>3}  {:<36}  {}", one.seat, one.name, rest.join(" · ")).trim_end().to_owned()
}

fn note_key(note: Note) -> &'static str {
    match note {
        Note::Namesake => "cli.roster.note_namesake",
        Note::OddName => "cli.roster.note_odd_name",
        Note::Capitals => "cli.roster.note_capitals",
        Note::SurnamesFirst => "cli.roster.note_surnames_first",
        Note::DayUnread => "cli.roster.note_day_unread",
    }
}
