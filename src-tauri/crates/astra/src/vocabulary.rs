//! `astra vocabulary`.

use std::path::{Path, PathBuf};

use astra_core::Result;
use astra_core::app::App;
use astra_core::sentences::sentence;
use astra_core::vocabulary::sheet::kind_word;
use astra_core::vocabulary::{ProposedTerm, Term, merged};

use crate::arguments::Vocabulary;
use crate::output::Output;

/// Learns, lists, imports or exports the council's own words.
pub async fn run(app: &App, asked: Vocabulary, output: &Output) -> Result<()> {
    match asked {
        Vocabulary::Learn { documents, dry_run, doubtful } => learn(app, &documents, dry_run, doubtful, output).await,
        Vocabulary::List => list(app, output).await,
        Vocabulary::Import { file } => import(app, &file, output).await,
        Vocabulary::Export { file } => {
            let count = app.vocabulary_export(&file).await?.to_string();
            let path = file.display().to_string();
            let told = sentence("cli.vocabulary.exported", &[("count", &count), ("path", &path)]);
            output.item(&serde_json::json!({ "path": path }), &told);
            Ok(())
        }
    }
}

/// Says everything that it finds before it keeps any of it. Whoever types the order agrees to what is sure; the rest
/// needs a second word.
async fn learn(app: &App, documents: &[PathBuf], dry_run: bool, doubtful: bool, output: &Output) -> Result<()> {
    let learned = app.vocabulary_learn(documents).await?;
    for unread in &learned.unread {
        output.object(
            &serde_json::json!({ "path": unread.path, "code": unread.failure.code, "details": unread.failure.details }),
        );
        output.aside(&unread.failure.message);
    }
    let (taken, left): (Vec<ProposedTerm>, Vec<ProposedTerm>) =
        learned.candidates.into_iter().partition(|one| doubtful || one.sure);
    for (candidates, taken) in [(&taken, true), (&left, false)] {
        for one in candidates {
            let object = serde_json::json!({
                "term": one.term, "count": one.count, "sure": one.sure, "known": one.known, "taken": taken,
            });
            output.item(&object, &shown(one, taken));
        }
    }
    let (documents, count) = (learned.documents.to_string(), taken.len().to_string());
    let told = [("documents", documents.as_str()), ("count", &count)];
    if dry_run {
        output.line(&sentence("cli.vocabulary.only_shown", &told));
        return Ok(());
    }
    let agreed: Vec<Term> = taken.into_iter().map(|one| one.term).collect();
    app.vocabulary_save(&merged(&app.vocabulary_list().await?, &agreed)).await?;
    output.line(&sentence("cli.vocabulary.learned", &told));
    Ok(())
}

async fn list(app: &App, output: &Output) -> Result<()> {
    let terms = app.vocabulary_list().await?;
    if terms.is_empty() {
        output.line(&sentence("cli.vocabulary.none", &[]));
    }
    for term in &terms {
        output.item(term, &line(term));
    }
    Ok(())
}

async fn import(app: &App, file: &Path, output: &Output) -> Result<()> {
    let terms = app.vocabulary_import(file).await?;
    for term in &terms {
        output.item(term, &line(term));
    }
    app.vocabulary_save(&merged(&app.vocabulary_list().await?, &terms)).await?;
    output.line(&sentence("cli.vocabulary.imported", &[("count", &terms.len().to_string())]));
    Ok(())
}

fn shown(one: &ProposedTerm, taken: bool) -> String {
    let documents = one.term.documents.to_string();
    let key = if one.term.documents == 1 { "cli.vocabulary.uses_one" } else { "cli.vocabulary.uses" };
    let mut notes = vec![sentence(key, &[("documents", &documents), ("count", &one.count.to_string())])];
    if one.known {
        notes.push(sentence("cli.vocabulary.known", &[]));
    }
    if !taken {
        notes.push(sentence("cli.vocabulary.left_out", &[]));
    }
    format!("{}  ({})", line(&one.term), notes.join("; "))
}

fn line(term: &Term) -> String {
    let mut line = format!("{:<12}  {}", kind_word(term.kind), term.text);
    if !term.expansion.is_empty() {
        line.push_str(&format!(" · {}", term.expansion));
    }
    if !term.instead_of.is_empty() {
        let spellings = term.instead_of.join(", ");
        line.push_str(&format!(" · {}", sentence("cli.vocabulary.also", &[("spellings", &spellings)])));
    }
    line
}
