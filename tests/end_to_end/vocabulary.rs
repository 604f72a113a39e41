//! The council's own words through the command line: found in the minutes of the years before, kept in a table.

use std::fs;

use serde_json::Value;

use crate::astra::Astra;
use crate::reference::compared;

/// A folder with so many minutes, and one document that is none.
fn minutes(astra: &Astra, count: usize) {
    let folder = astra.folder().join("actas");
    fs::create_dir(&folder).unwrap();
    for number in 0..count {
        let text = "El concejal Ramiro Quintabara Soler pidió agua para la vereda Chachafruto.\n\
            Se ajusta el Plan de Ordenamiento Territorial (POT) según la Ley 388 de 1997.\n\
            Se aprueba, por unanimidad, la proposición que pide reparar la escuela.\n";
        fs::write(folder.join(format!("acta {number:03}.txt")), text).unwrap();
    }
    fs::write(folder.join("dañada.docx"), b"PK\x03\x04 cortado").unwrap();
}

fn texts(objects: &[Value]) -> Vec<&str> {
    objects.iter().filter_map(|object| object["text"].as_str()).collect()
}

#[test]
fn what_past_minutes_name_is_shown_and_then_kept_without_what_is_doubtful() {
    let astra = Astra::new();
    minutes(&astra, 3);
    let shown = astra.run(&["vocabulary", "learn", "actas", "--dry-run", "--json"]).objects();
    let unread = shown.iter().find(|object| object["code"] == "document_unreadable").unwrap();
    assert!(unread["path"].as_str().unwrap().ends_with("dañada.docx"), "{unread}");
    let plan = shown.iter().find(|object| object["term"]["text"] == "POT").unwrap();
    assert_eq!(plan["term"]["expansion"], "Plan de Ordenamiento Territorial");
    assert_eq!((&plan["term"]["documents"], &plan["count"], &plan["taken"]), (&3.into(), &3.into(), &true.into()));
    assert!(
        astra.run(&["vocabulary", "list", "--json"]).objects().is_empty(),
        "nothing is kept before it is agreed to"
    );

    astra.run(&["vocabulary", "learn", "actas", "--json"]).objects();
    let kept = astra.run(&["vocabulary", "list", "--json"]).objects();
    for name in ["Ramiro Quintabara Soler", "vereda Chachafruto", "POT", "Ley 388 de 1997"] {
        assert!(texts(&kept).contains(&name), "{name}: {kept:?}");
    }
    assert!(kept.iter().all(|term| term["kind"] != "phrase"), "{kept:?}");
}

#[test]
fn the_vocabulary_goes_through_a_table_and_back() {
    let astra = Astra::new();
    fs::write(astra.folder().join("palabras.txt"), "Anorí\nChachafruto\n").unwrap();
    astra.run(&["vocabulary", "import", "palabras.txt", "--json"]).objects();
    astra.run(&["vocabulary", "export", "vocabulario.csv", "--json"]).objects();
    let table = fs::read_to_string(astra.folder().join("vocabulario.csv")).unwrap();
    assert!(table.contains("\"Se escribe\"") && table.contains("\"Anorí\""), "{table}");
    let again = Astra::new();
    fs::copy(astra.folder().join("vocabulario.csv"), again.folder().join("v.csv")).unwrap();
    again.run(&["vocabulary", "import", "v.csv", "--json"]).objects();
    let mut kept = again.run(&["vocabulary", "list", "--json"]).objects();
    kept.sort_by_key(|term| term["text"].as_str().map(str::to_owned));
    assert_eq!(texts(&kept), ["Anorí", "Chachafruto"]);
}

#[test]
fn documents_that_cannot_be_read_say_why_and_change_nothing() {
    let astra = Astra::new();
    for (name, bytes) in
        [("vieja.doc", &b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..]), ("rota.pdf", b"%PDF-1.7 cortado"), ("nada.txt", b"")]
    {
        fs::write(astra.folder().join(name), bytes).unwrap();
        let ran = astra.run(&["vocabulary", "learn", name, "--json"]);
        assert_eq!(ran.error(), "document_unreadable", "{name}");
        let message = ran.event("error")["message"].as_str().unwrap().to_owned();
        assert!(message.contains(name) && !message.contains('{'), "{message}");
    }
    assert!(astra.run(&["vocabulary", "list", "--json"]).objects().is_empty());
}

#[test]
fn a_name_that_was_taught_is_written_so_in_what_is_heard_next() {
    let astra = Astra::new();
    fs::write(astra.folder().join("palabras.txt"), "Hernán Kintero\n").unwrap();
    astra.run(&["vocabulary", "import", "palabras.txt", "--json"]).objects();
    astra.transcribe_sample().event("job_done");
    let transcript = astra.transcript();
    // Two words of the sample are Quintero, which is written otherwise now.
    let rate = compared(&transcript).rate * 100.0;
    assert!(rate <= 10.0, "{rate:.1} % of the words are wrong");
    let text = transcript.to_string();
    assert!(text.contains("Kintero") && !text.contains("Hernán Quintero"), "{text}");
}
