//! The acta as a secretary without a window has it written.

use std::ffi::OsStr;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::astra::{Astra, Ran, tool};

#[test]
fn the_acta_stands_in_its_template_says_what_it_lacks_and_spares_what_somebody_changed() {
    let (astra, id) = heard();
    let written = |arguments: &[&str]| written(&astra, &id, arguments);
    let literal = written(&["--template", "co-formulario", "--out", "out/acta.docx"]);
    let text = pages(&astra, literal["path"].as_str().unwrap());
    assert!(text.contains("Página 1 de ") && text.contains("Muy buenos días a todos los asistentes."), "{text}");
    assert!(literal["checks"].as_array().unwrap().iter().any(|check| check == "Falta la fecha."), "{literal}");

    let decisions = written(&["--kind", "decisiones", "--template", "es-rof109", "--out", "out/decisiones.docx"]);
    assert!(!pages(&astra, decisions["path"].as_str().unwrap()).contains("Muy buenos días"));

    let path = astra.out().join("acta.docx");
    let theirs = [std::fs::read(&path).unwrap(), b"changed".to_vec()].concat();
    std::fs::write(&path, &theirs).unwrap();
    let again = written(&["--template", "co-formulario", "--out", "out/acta.docx"]);
    assert!(again["path"].as_str().unwrap().ends_with("acta (2).docx"), "{again}");
    assert_eq!(std::fs::read(&path).unwrap(), theirs);

    let template = astra.folder().join("nota.docx");
    std::fs::write(&template, "Esto no es Word").unwrap();
    assert_eq!(astra.run(&["acta", &id, "--template", "nota.docx", "--json"]).error(), "template_unusable");
}

#[test]
fn the_acta_is_also_a_pdf_and_open_data_by_the_name_of_its_file_and_the_journal_is_lines() {
    let (astra, id) = heard();
    let pdf = written(&astra, &id, &["--out", "out/Acta 45.pdf"]);
    assert!(pdf["path"].as_str().unwrap().ends_with("out/Acta 45.pdf"), "{pdf}");
    let text = tool("pdftotext", &["-layout".as_ref(), pdf["path"].as_str().unwrap().as_ref(), "-".as_ref()]);
    assert!(text.contains("Muy buenos días a todos los asistentes."), "{text}");
    assert!(!astra.data().join("office").exists(), "nothing of it stays with LibreOffice");

    let json = written(&astra, &id, &["--kind", "decisiones", "--out", "out/acta.json"]);
    let data: Value = serde_json::from_slice(&std::fs::read(json["path"].as_str().unwrap()).unwrap()).unwrap();
    assert_eq!((&data["schema"], &data["kind"]), (&"astra-acta".into(), &"decisiones".into()));

    let word = written(&astra, &id, &["--out", "out/Acta No. 45"]);
    assert!(word["path"].as_str().unwrap().ends_with("out/Acta No. 45.docx"), "{word}");

    let journal = astra.run(&["journal", &id, "--copy", "publica", "--out", "out/cambios.jsonl", "--json"]).objects();
    let lines = std::fs::read_to_string(journal[0]["path"].as_str().unwrap()).unwrap();
    let head: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!((&head["schema"], &head["edits"]), (&"astra-journal".into(), &0.into()), "{lines}");

    let mut elsewhere = astra.command(&["acta", &id, "--out", "out/otra.pdf", "--json"]);
    let without_office = Ran::from(elsewhere.env("PATH", astra.out()).output().unwrap());
    assert_eq!((without_office.error().as_str(), without_office.code), ("libre_office_missing", Some(4)));
}

#[test]
fn an_acta_is_sent_approved_and_signed_and_then_nothing_is_written_over_it() {
    let (astra, id) = heard();
    let state = |arguments: &[&str]| {
        let order: Vec<&str> = ["acta", "state", &id, "--json"].iter().chain(arguments).copied().collect();
        astra.run(&order)
    };
    assert_eq!(state(&["--advance", "enviada"]).error(), "acta_out_of_turn");
    let order = ["--out", "out/acta.docx"];
    let path = written(&astra, &id, &order)["path"].as_str().unwrap().to_owned();
    written(&astra, &id, &order);
    assert_eq!(state(&[]).objects().len(), 1, "a draft is written anew");
    assert_eq!(state(&["--advance", "aprobada"]).error(), "acta_out_of_turn");

    // Somebody went on in Word.
    let sent = [std::fs::read(&path).unwrap(), b"polished".to_vec()].concat();
    std::fs::write(&path, &sent).unwrap();
    assert_eq!(state(&[]).objects()[0]["file"], "changed");
    let known = state(&["--advance", "enviada"]).objects().remove(0);
    assert_eq!((&known["stage"], &known["sha256"]), (&"sent".into(), &sha256(&sent).into()));
    let approved = state(&["--advance", "aprobada"]).objects().remove(0);
    assert_eq!((&approved["stage"], &approved["file"]), (&"approved".into(), &"same".into()));

    let again = written(&astra, &id, &order);
    assert!(again["path"].as_str().unwrap().ends_with("acta (2).docx"), "{again}");
    assert_eq!(std::fs::read(&path).unwrap(), sent);
    std::fs::remove_file(&path).unwrap();
    let third = written(&astra, &id, &order);
    assert!(!third["path"].as_str().unwrap().ends_with("/acta.docx"), "its name stays its own: {third}");

    assert_eq!(state(&["--file", "out/acta.docx", "--advance", "firmada"]).error(), "acta_unreadable");
    let restored = state(&["--file", "out/acta.docx", "--restore", "out/aprobada.docx"]).objects().remove(0);
    assert_eq!(std::fs::read(restored["path"].as_str().unwrap()).unwrap(), sent);
    std::fs::write(&path, &sent).unwrap();
    assert_eq!(state(&["--advance", "firmada"]).objects()[0]["stage"], "signed");
    assert_eq!(state(&["--file", "out/ajena.docx", "--advance", "enviada"]).error(), "acta_unknown");
}

/// A computer on which the sample was heard, and its session.
fn heard() -> (Astra, String) {
    let astra = Astra::with_the_sample_heard();
    let id = astra.run(&["sessions", "list", "--json"]).objects()[0]["id"].as_str().unwrap().to_owned();
    (astra, id)
}

/// What `astra acta` says it wrote.
fn written(astra: &Astra, id: &str, arguments: &[&str]) -> Value {
    let order: Vec<&str> = ["acta", id, "--json"].iter().chain(arguments).copied().collect();
    astra.run(&order).objects().remove(0)
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What the pages of a document say, as another program lays them out.
fn pages(astra: &Astra, document: &str) -> String {
    let profile = format!("-env:UserInstallation=file://{}", astra.folder().join("perfil").display());
    let folder = astra.folder().as_os_str();
    let arguments: [&OsStr; 7] = [
        profile.as_ref(),
        "--headless".as_ref(),
        "--convert-to".as_ref(),
        "pdf".as_ref(),
        "--outdir".as_ref(),
        folder,
        document.as_ref(),
    ];
    tool("soffice", &arguments);
    let stem = std::path::Path::new(document).with_extension("pdf");
    let pages = astra.folder().join(stem.file_name().unwrap());
    tool("pdftotext", &["-layout".as_ref(), pages.as_os_str(), "-".as_ref()])
}
