//! The documents, opened by programs that are not ours.

use std::ffi::OsStr;

use crate::astra::{Astra, sample, tool};
use crate::reference::{heard_words, words};
use crate::sound::piece;

#[test]
fn the_word_document_opens_in_libreoffice_and_holds_the_transcript() {
    let astra = Astra::with_the_sample_heard();
    let spoken: Vec<String> = heard_words(&astra.transcript()).into_iter().map(|word| word.text).collect();
    let word = astra.out().join("sesion-de-muestra.docx");
    let profile = format!("-env:UserInstallation=file://{}", astra.folder().join("perfil").display());
    let arguments: [&OsStr; 7] = [
        profile.as_ref(),
        "--headless".as_ref(),
        "--convert-to".as_ref(),
        "pdf".as_ref(),
        "--outdir".as_ref(),
        astra.folder().as_os_str(),
        word.as_os_str(),
    ];
    tool("soffice", &arguments);
    let pages = astra.folder().join("sesion-de-muestra.pdf");
    let text = tool("pdftotext", &["-layout".as_ref(), pages.as_os_str(), "-".as_ref()]);
    assert!(text.contains("Página 1 de "), "{text}");

    // Times, page numbers and running heads stand between the words of the page.
    let page: Vec<String> = words(&text);
    let mut rest = page.iter();
    let missing: Vec<&String> = spoken.iter().filter(|word| !rest.by_ref().any(|found| found == *word)).collect();
    assert!(missing.is_empty(), "{missing:?} are not on the pages, in order:\n{text}");
}

#[test]
fn two_recordings_of_one_name_have_their_documents_side_by_side() {
    let astra = Astra::new();
    let texts = [(0, "enero"), (15, "febrero")].map(|(start, month)| {
        let folder = astra.folder().join(month);
        std::fs::create_dir(&folder).unwrap();
        piece(&sample(), start, 15, &folder.join("sesión.mp3"));
        let recording = format!("{month}/sesión.mp3");
        let order = ["transcribe", &recording, "--model", "demo-es", "--out", "out", "--json"];
        let ran = astra.run(&order);
        ran.event("job_done");
        let written = ran.event("document_written");
        std::fs::read_to_string(std::path::Path::new(written["path"].as_str().unwrap()).with_extension("txt")).unwrap()
    });
    assert_ne!(texts[0], texts[1]);
    for extension in ["docx", "srt", "vtt", "txt", "json"] {
        for name in ["sesión", "sesión (2)"] {
            assert!(astra.out().join(format!("{name}.{extension}")).exists(), "{name}.{extension}");
        }
    }
    let now = |name: &str| std::fs::read_to_string(astra.out().join(name)).unwrap();
    assert_eq!([now("sesión.txt"), now("sesión (2).txt")], texts, "neither was written over");
    assert_eq!(std::fs::read_dir(astra.out()).unwrap().count(), 10);
}

#[test]
fn a_document_has_the_whole_name_of_its_recording() {
    let astra = Astra::new();
    piece(&sample(), 0, 15, &astra.folder().join("Acta #12.mp3"));
    let order = ["transcribe", "Acta #12.mp3", "--model", "demo-es", "--out", "out", "--formats", "txt,json", "--json"];
    astra.run(&order).event("job_done");
    assert!(astra.out().join("Acta #12.txt").exists());
    let text = std::fs::read_to_string(astra.out().join("Acta #12.json")).unwrap();
    let transcript: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(transcript["title"], "Acta #12");
    assert_eq!(transcript["recordings"][0]["name"], "Acta #12.mp3");
}
