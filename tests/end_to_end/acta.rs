//! The acta as a secretary without a window has it written.

use std::ffi::OsStr;

use crate::astra::{Astra, tool};

#[test]
fn the_acta_stands_in_its_template_says_what_it_lacks_and_spares_what_somebody_changed() {
    let astra = Astra::new();
    astra.transcribe_sample().event("job_done");
    let id = astra.run(&["sessions", "list", "--json"]).objects()[0]["id"].as_str().unwrap().to_owned();
    let written = |arguments: &[&str]| {
        let order: Vec<&str> = ["acta", &id, "--json"].iter().chain(arguments).copied().collect();
        astra.run(&order).objects().remove(0)
    };
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
