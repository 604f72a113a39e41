//! Edits as a person sees them, and their inverse as a property.

use proptest::prelude::*;

use super::*;
use crate::guard::Fault;

/// Segments of part 0, a second each for every word, two words unsure of each.
fn scene(texts: &[&str]) -> Scene {
    let mut start_ms = 1_000;
    let segments = texts.iter().map(|text| {
        let count = text.split_whitespace().count() as u64;
        let segment = Segment {
            id: SegmentId::new(),
            part: 0,
            start_ms,
            end_ms: start_ms + count * 1_000,
            text: (*text).to_owned(),
            times: (0..count).flat_map(|at| [at * 1_000, at * 1_000 + 800]).collect(),
            respelled: Vec::new(),
            unsure: vec![0],
            faults: vec![Fault::TooFast],
            doubtful: true,
            speaker: None,
            mark: None,
            touched: false,
        };
        start_ms = segment.end_ms + 500;
        segment
    });
    Scene { segments: segments.collect(), ..Scene::default() }
}

fn edited(scene: &Scene, edit: &Edit) -> Result<Scene, Refusal> {
    Ok(after(scene, &apply(edit, scene, (SegmentId::new(), SpeakerId::new()))?))
}

/// The scene once a change was made, as the store makes it.
fn after(scene: &Scene, change: &Change) -> Scene {
    let mut scene = scene.clone();
    for Altered { before, after } in &change.segments {
        scene.segments.retain(|one| Some(one.id) != before.as_ref().map(|before| before.id));
        scene.segments.extend(after.clone());
    }
    for Altered { before, after } in &change.speakers {
        scene.speakers.retain(|one| Some(one.id) != before.as_ref().map(|before| before.id));
        scene.speakers.extend(after.clone());
    }
    scene.segments.sort_by_key(|one| (one.part, one.start_ms, one.id));
    scene.speakers.sort_by_key(|one| one.id);
    scene
}

fn lines(scene: &Scene) -> Vec<(u64, u64, &str)> {
    scene.segments.iter().map(|one| (one.start_ms, one.end_ms, one.text.as_str())).collect()
}

#[test]
fn a_corrected_text_keeps_the_times_of_the_words_that_stay_and_settles_the_doubt() {
    let scene = scene(&["el concejal peres vota sí"]);
    let segment = scene.segments[0].id;
    let text = "  El concejal  Pérez vota sí. ".to_owned();
    let after = edited(&scene, &Edit::Retext { segment, text, continues: false }).unwrap();
    assert_eq!(after.segments[0].text, "El concejal Pérez vota sí.");
    assert_eq!(after.segments[0].times, scene.segments[0].times);
    assert!(after.segments[0].touched && !after.segments[0].doubtful);
}

#[test]
fn splitting_and_merging_again_gives_the_same_words_at_the_same_times() {
    let scene = scene(&["se abre la sesión"]);
    let segment = scene.segments[0].id;
    let split = edited(&scene, &Edit::Split { segment, at: 8 }).unwrap();
    assert_eq!(lines(&split), [(1_000, 2_800, "se abre"), (3_000, 5_000, "la sesión")]);
    let merged = edited(&split, &Edit::Merge { segment: split.segments[1].id }).unwrap();
    assert_eq!(lines(&merged), lines(&scene));
    assert_eq!(merged.segments[0].times, scene.segments[0].times);
}

#[test]
fn a_word_can_be_split_and_a_letter_of_two_units_cannot() {
    let glued = scene(&["buenosdías 😀 a todos"]);
    let segment = glued.segments[0].id;
    let split = edited(&glued, &Edit::Split { segment, at: 6 }).unwrap();
    assert_eq!(lines(&split), [(1_000, 1_480, "buenos"), (1_480, 5_000, "días 😀 a todos")]);
    let split = edited(&glued, &Edit::Split { segment, at: 12 }).unwrap();
    assert_eq!(split.segments[1].text, "😀 a todos");
}

#[test]
fn there_is_nothing_to_split_at_the_ends_and_nothing_to_merge_at_the_beginning() {
    let scene = scene(&["se abre", "la sesión"]);
    let segment = scene.segments[0].id;
    for at in [0, 7, 99] {
        assert_eq!(edited(&scene, &Edit::Split { segment, at }).unwrap_err(), Refusal::NothingToSplit);
    }
    assert_eq!(edited(&scene, &Edit::Merge { segment }).unwrap_err(), Refusal::NothingBefore);
}

#[test]
fn a_merge_never_makes_reserved_words_public() {
    let mut scene = scene(&["lo que se dijo", "a puerta cerrada"]);
    scene.segments[1].mark = Some(Mark::Reserved);
    let merged = edited(&scene, &Edit::Merge { segment: scene.segments[1].id }).unwrap();
    assert_eq!(merged.segments[0].mark, Some(Mark::Reserved));
}

#[test]
fn segments_of_two_recordings_are_never_merged() {
    let mut scene = scene(&["fin de la primera", "comienzo de la segunda"]);
    scene.segments[1].part = 1;
    let merge = Edit::Merge { segment: scene.segments[1].id };
    assert_eq!(edited(&scene, &merge).unwrap_err(), Refusal::NothingBefore);
}

#[test]
fn an_edge_never_passes_a_neighbour_and_words_move_with_it() {
    let scene = scene(&["uno dos", "tres cuatro", "cinco"]);
    let retime = Edit::Retime { segment: scene.segments[1].id, start_ms: 0, end_ms: 99_000 };
    let after = edited(&scene, &retime).unwrap();
    assert_eq!(lines(&after)[1], (3_000, 6_000, "tres cuatro"));
    assert_eq!(after.segments[1].times, [0, 1_200, 1_500, 2_700]);
    let none = Edit::Retime { segment: scene.segments[1].id, start_ms: 5_000, end_ms: 4_000 };
    assert_eq!(edited(&scene, &none).unwrap_err(), Refusal::NoRoom);
}

#[test]
fn a_name_makes_a_speaker_once_however_it_is_typed() {
    let scene = scene(&["uno", "dos"]);
    let name = |at: usize, name: &str| Edit::Name { segments: vec![scene.segments[at].id], name: name.to_owned() };
    let one = edited(&scene, &name(0, "María  Pérez")).unwrap();
    let both = edited(&one, &name(1, "maria perez")).unwrap();
    assert_eq!(both.speakers.len(), 1);
    assert_eq!(both.speakers[0].name, "María Pérez");
    assert_eq!(both.segments[0].speaker, both.segments[1].speaker);
    assert!(both.segments[0].doubtful, "a name says nothing about the words");
    assert_eq!(edited(&scene, &name(0, "  ")).unwrap_err(), Refusal::NameEmpty);
}

#[test]
fn a_speaker_renamed_to_another_one_becomes_that_one() {
    let scene = scene(&["uno", "dos"]);
    let name = |at: usize, name: &str| Edit::Name { segments: vec![scene.segments[at].id], name: name.to_owned() };
    let named = edited(&edited(&scene, &name(0, "Ana")).unwrap(), &name(1, "Anna")).unwrap();
    let anna = named.segments[1].speaker.unwrap();
    let edit = Edit::ChangeSpeaker { speaker: anna, name: "Ana".to_owned(), role: String::new(), colour: 3 };
    let one = edited(&named, &edit).unwrap();
    assert_eq!(one.speakers.len(), 1);
    assert_eq!(one.segments[0].speaker, one.segments[1].speaker);
}

#[test]
fn replacing_everything_is_one_change_and_leaves_out_what_was_skipped() {
    let scene = scene(&["nieva y Nieva", "en nieva", "nada"]);
    let query = Query {
        text: "nieva".to_owned(),
        match_case: false,
        match_accents: false,
        whole_word: true,
        regular_expression: false,
        speaker: None,
    };
    let edit = Edit::Replace { query, with: "Neiva".to_owned(), skip: vec![1], remember: false };
    let change = apply(&edit, &scene, (SegmentId::new(), SpeakerId::new())).unwrap();
    assert_eq!(change.step.count, 2);
    let after = after(&scene, &change);
    assert_eq!(after.segments[0].text, "Neiva y Nieva");
    assert_eq!(after.segments[1].text, "en Neiva");
}

#[test]
fn an_edit_that_changes_nothing_is_refused_so_that_undo_never_does_nothing() {
    let scene = scene(&["uno"]);
    let segment = scene.segments[0].id;
    let same = Edit::Retext { segment, text: "uno ".to_owned(), continues: false };
    assert_eq!(edited(&scene, &same).unwrap_err(), Refusal::NothingToDo);
    let confirmed = edited(&scene, &Edit::Confirm { segments: vec![segment] }).unwrap();
    assert!(!confirmed.segments[0].doubtful);
    let again = edited(&confirmed, &Edit::Confirm { segments: vec![segment] });
    assert_eq!(again.unwrap_err(), Refusal::NothingToDo);
}

/// Any edit to a scene of four segments and up to two speakers, sensible or not.
fn any_edit() -> impl Strategy<Value = (usize, usize, String, u32, u32)> {
    ((0_usize..11), (0_usize..4), "[a-zñ ]{0,24}", (0_u32..40), (0_u32..20_000))
}

fn edit_of(scene: &Scene, (kind, at, text, units, ms): (usize, usize, String, u32, u32)) -> Option<Edit> {
    let segment = scene.segments.get(at % scene.segments.len().max(1))?.id;
    let segments = vec![segment];
    let speaker = scene.speakers.first().map(|speaker| speaker.id);
    let query = Query {
        text: text.chars().take(2).collect(),
        match_case: false,
        match_accents: false,
        whole_word: false,
        regular_expression: false,
        speaker: None,
    };
    Some(match kind {
        0 => Edit::Retext { segment, text, continues: false },
        1 | 2 => Edit::Split { segment, at: units },
        3 => Edit::Merge { segment },
        4 => Edit::Retime { segment, start_ms: ms.into(), end_ms: u64::from(ms) + u64::from(units) * 100 },
        5 => Edit::Assign { segments, speaker },
        6 => Edit::Name { segments, name: text },
        7 => Edit::Mark { segments, mark: [None, Some(Mark::Reserved), Some(Mark::Inaudible)][units as usize % 3] },
        8 => Edit::Confirm { segments },
        9 => Edit::Replace { query, with: text, skip: vec![units], remember: false },
        _ => Edit::ChangeSpeaker { speaker: speaker?, name: text, role: String::new(), colour: units },
    })
}

proptest! {
    #[test]
    fn every_edit_is_taken_back_by_its_inverse_and_leaves_an_ordered_transcript(
        edits in proptest::collection::vec(any_edit(), 1..12)
    ) {
        let mut scenes = vec![scene(&["se abre la sesión", "señor presidente", "pido la palabra para el punto", "sí"])];
        let mut changes = Vec::new();
        for drawn in edits {
            let now = scenes.last().unwrap().clone();
            let Some(edit) = edit_of(&now, drawn) else { continue };
            let Ok(change) = apply(&edit, &now, (SegmentId::new(), SpeakerId::new())) else { continue };
            let next = after(&now, &change);
            for one in &next.segments {
                prop_assert!(one.start_ms <= one.end_ms);
                prop_assert_eq!(one.times.len(), one.word_count() * 2, "{:?}", one);
                prop_assert!(one.unsure.iter().all(|at| (*at as usize) < one.word_count().max(1)));
            }
            changes.push(change);
            scenes.push(next);
        }
        while let Some(change) = changes.pop() {
            let undone = after(&scenes.pop().unwrap(), &change.inverse());
            prop_assert_eq!(&undone, scenes.last().unwrap());
        }
    }
}
