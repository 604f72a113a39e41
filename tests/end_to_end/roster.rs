//! The roster through the command line: a council's list of last year, as a spreadsheet saved it.

use crate::astra::Astra;

/// Thirty councillors in the Latin alphabet of Windows, two of them of one name.
fn list() -> Vec<u8> {
    let given = ["María", "José", "Íñigo", "Ángela", "Nuria"];
    let surnames = ["Peña", "Muñoz", "Gómez", "Ibáñez", "Ríos", "Núñez"];
    let names = surnames.iter().flat_map(|surname| given.map(|given| format!("{given} {surname} Agüero")));
    let mut names: Vec<String> = names.collect();
    names[29] = names[0].clone();
    let rows = (1..).zip(names).map(|(seat, name)| format!("{seat};{name};Partido {};Concejal;x\r\n", seat % 3));
    let text = format!("N.º;Nombres y apellidos;Partido;Cargo;Cédula\r\n{}", rows.collect::<String>());
    // Every letter of it has the same number in Latin-1.
    text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect()
}

#[test]
fn a_list_of_thirty_in_latin_letters_becomes_the_roster_and_two_of_one_name_stay_two() {
    let astra = Astra::new();
    std::fs::write(astra.folder().join("concejales.csv"), list()).unwrap();
    let only_shown = astra.run(&["roster", "import", "concejales.csv", "--dry-run", "--json"]).objects();
    assert_eq!(only_shown.len(), 30);
    assert!(astra.run(&["roster", "list", "--json"]).objects().is_empty(), "nothing is kept before it is agreed to");

    for _ in 0..2 {
        let taken = astra.run(&["roster", "import", "concejales.csv", "--json"]).objects();
        assert!(taken.iter().all(|row| row["taken"] == true), "{taken:#?}");
        let namesakes = taken.iter().filter(|row| row["notes"] == serde_json::json!(["namesake"])).count();
        assert_eq!(namesakes, 2);
        let roster = astra.run(&["roster", "list", "--json"]).objects();
        assert_eq!(roster.len(), 30, "the same list again adds nobody");
        assert_eq!(roster[2]["name"], "Íñigo Peña Agüero");
        assert_eq!(roster[0]["name"], roster[29]["name"]);
        assert_ne!(roster[0]["party"], roster[29]["party"]);
        assert_ne!(roster[0]["id"], roster[29]["id"]);
    }
    let shown = astra.run(&["roster", "list"]);
    assert!(shown.stdout.contains("Íñigo Peña Agüero"), "{}", shown.stdout);
}

#[test]
fn a_new_session_has_the_roll_of_the_roster_and_says_of_nobody_that_they_were_there() {
    let astra = Astra::new();
    std::fs::write(
        astra.folder().join("lista.csv"),
        "Nombre,Cargo,Hasta\nAna Zapata,Presidenta,\nLuz Ríos,,2020-12-31\n",
    )
    .unwrap();
    astra.run(&["roster", "import", "lista.csv", "--json"]).objects();
    astra.transcribe_sample().event("job_done");
    let record = &astra.transcript()["record"];
    assert_eq!(record["attendance"].as_array().unwrap().len(), 1, "{record}");
    assert_eq!(record["attendance"][0]["name"], "Ana Zapata");
    assert_eq!(record["attendance"][0]["attendance"], "unstated");
}

#[test]
fn what_is_no_list_is_said_and_changes_nothing() {
    let astra = Astra::new();
    std::fs::write(astra.folder().join("nada.csv"), "a;1\nb;2\n").unwrap();
    assert_eq!(astra.run(&["roster", "import", "nada.csv", "--json"]).error(), "roster_unreadable");
    assert_eq!(astra.run(&["roster", "import", "no está.csv", "--json"]).error(), "recording_missing");
    assert!(astra.run(&["roster", "list", "--json"]).objects().is_empty());
}
