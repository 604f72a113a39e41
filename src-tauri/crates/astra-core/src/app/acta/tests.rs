//! From what was said to the acta, through the calls that the window makes.

use std::time::Duration;

use crate::app::tests::desk;
use crate::export::acta::ActaFormat;
use crate::id::EntryId;
use crate::minutes::acta::{Copy, Kind};
use crate::minutes::{Entry, What};
use crate::settings::ActaChoices;
use crate::transcript::Edit;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_accepted_stands_in_the_acta_and_what_is_refused_does_not_come_back() {
    let desk = desk(Duration::ZERO).await;
    let session = desk.heard_sample().await;
    let app = &desk.app;
    let text = app.transcript_open(session).await.unwrap();
    let said = [
        "Siendo las ocho y diez de la mañana se abre la sesión.",
        "Señor presidente, hay quórum decisorio con once concejales.",
        "Mi celular es 310 555 01 42 para quien lo necesite.",
    ];
    let mut revision = text.revision;
    for (segment, said) in text.segments.iter().zip(said) {
        let edit = Edit::Retext { segment: segment.id, text: said.to_owned(), continues: false };
        revision = app.transcript_edit(session, revision, &edit).await.unwrap().revision;
    }

    let kinds = async || {
        let proposals = app.minutes_proposals(session).await.unwrap();
        proposals.iter().map(|proposed| proposed.refusal.kind.clone()).collect::<Vec<_>>()
    };
    assert_eq!(kinds().await, ["opening", "quorum"]);
    let proposals = app.minutes_proposals(session).await.unwrap();
    revision = app.transcript_edit(session, revision, &proposals[0].edit).await.unwrap().revision;
    assert_eq!(app.minutes_open(session).await.unwrap().record.starts, "08:10");
    let refuse = Edit::RefuseProposal { proposal: proposals[1].refusal.clone() };
    revision = app.transcript_edit(session, revision, &refuse).await.unwrap().revision;
    assert_eq!(kinds().await, Vec::<String>::new());
    revision = app.transcript_undo(session, revision).await.unwrap().revision;
    assert_eq!(kinds().await, ["quorum"]);

    let summary = What::Summary { text: "Dio su número.".to_owned(), confirmed: true };
    let turns = app.minutes_turns(session).await.unwrap();
    let entry = Entry { id: EntryId::new(), heard: Some(turns[0].heard), what: summary };
    let put = Edit::PutEntry { entry: Box::new(entry), continues: false };
    revision = app.transcript_edit(session, revision, &put).await.unwrap().revision;
    let shown = async |kind, copy| {
        let choices = ActaChoices { kind, copy, ..ActaChoices::default() };
        let preview = app.acta_preview(session, &choices).await.unwrap();
        (format!("{:?}", preview.blocks), preview.hidden)
    };
    assert!(shown(Kind::Succinct, Copy::Complete).await.0.contains("Dio su número."));
    assert!(shown(Kind::Literal, Copy::Complete).await.0.contains("310 555 01 42"));
    let (public, hidden) = shown(Kind::Literal, Copy::Public).await;
    assert!(!public.contains("555") && hidden == 1, "{public}");

    let secrets = app.minutes_secrets(session).await.unwrap();
    let shown_after = Edit::RefuseProposal { proposal: secrets[0].refusal.clone() };
    revision = app.transcript_edit(session, revision, &shown_after).await.unwrap().revision;
    assert!(shown(Kind::Literal, Copy::Public).await.0.contains("310 555 01 42"));
    let hide = Edit::ProposeAgain { proposal: secrets[0].refusal.clone() };
    app.transcript_edit(session, revision, &hide).await.unwrap();
    assert!(!shown(Kind::Literal, Copy::Public).await.0.contains("555"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_acta_is_written_as_chosen_and_the_choices_are_offered_again() {
    let desk = desk(Duration::ZERO).await;
    let session = desk.heard_sample().await;
    let mut settings = desk.app.settings_get().await.unwrap();
    settings.output_folder = Some(desk.app.folder().path().join("actas"));
    desk.app.settings_save(&settings).await.unwrap();

    let choices = ActaChoices { kind: Kind::Decisions, template: "es-rof109".to_owned(), ..ActaChoices::default() };
    let written = desk.app.acta_export(session, &choices, ActaFormat::Docx).await.unwrap();
    assert!(std::path::Path::new(&written.path).is_file(), "{written:?}");
    assert!(written.checks.iter().any(|check| check.code == "field_missing") && written.warnings.is_empty());
    assert_eq!(desk.app.settings_get().await.unwrap().acta, choices);
    assert!(desk.app.document_is_ours(std::path::Path::new(&written.path)).await.unwrap(), "the window may open it");
}
