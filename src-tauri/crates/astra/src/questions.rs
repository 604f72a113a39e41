//! `astra questions`.

use astra_core::Result;
use astra_core::app::App;
use astra_core::sentences::sentence;
use astra_core::watch::{Question, Reply};

use crate::arguments::Questions;
use crate::output::Output;

/// Lists the questions about recordings that came by themselves, or answers one.
pub async fn run(app: &App, asked: Questions, output: &Output) -> Result<()> {
    if let (Some(id), Some(answer)) = (asked.id, asked.answer) {
        app.watch_answer(id, answer).await?;
    }
    let questions = app.watch_questions().await?;
    if questions.is_empty() {
        output.line(&sentence("cli.questions.none", &[]));
    }
    for question in questions {
        output.item(&question, &words(&question));
    }
    Ok(())
}

/// The question, and beneath it what can be answered and what that means.
fn words(question: &Question) -> String {
    let answers = question.answers.iter().map(|answer| {
        let (typed, means) = match answer {
            Reply::Join => ("join", "cli.questions.join"),
            Reply::Apart => ("apart", "cli.questions.apart"),
            Reply::Mix => ("mix", "cli.questions.mix"),
            Reply::Leave => ("leave", "cli.questions.leave"),
        };
        format!("\n   {typed:<6}  {}", sentence(means, &[]))
    });
    format!("{}  {}{}", question.id, question.message, answers.collect::<String>())
}
