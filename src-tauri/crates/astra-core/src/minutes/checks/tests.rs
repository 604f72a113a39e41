//! What is found in the sample sitting, and in sittings with one thing wrong.

use super::*;
use crate::minutes::acta::{Material, sample};
use crate::minutes::{Bill, Mode, Outcome, Vote, VoteNames, What};
use crate::transcript::Utterance;

/// The kinds of what is found, without the figures: those are in every sitting.
fn found(material: &Material, country: Country) -> Vec<String> {
    let checks = checks(material, country);
    let codes = checks.iter().map(|check| check.finding.code());
    codes.filter(|code| code != "figure_not_heard").collect()
}

/// The sample after a change, and what is found in it that was not found before.
fn after(change: impl Fn(&mut Material)) -> Vec<Finding> {
    let before: Vec<Finding> = checks(&sample::session(), Country::Colombia).into_iter().map(|it| it.finding).collect();
    let mut material = sample::session();
    change(&mut material);
    let found = checks(&material, Country::Colombia).into_iter().map(|check| check.finding);
    found.filter(|finding| !before.contains(finding)).collect()
}

fn vote_on<'a>(material: &'a mut Material, about: &str) -> &'a mut Vote {
    let votes = material.minutes.entries.iter_mut().filter_map(|entry| match &mut entry.what {
        What::Vote(vote) if vote.about.contains(about) && vote.outcome != Some(Outcome::Void) => Some(vote),
        _ => None,
    });
    votes.last().unwrap()
}

fn bill(material: &mut Material) -> &mut Bill {
    let bill = material.minutes.entries.iter_mut().find_map(|entry| match &mut entry.what {
        What::Bill(bill) => Some(bill),
        _ => None,
    });
    bill.unwrap()
}

#[test]
fn a_sitting_in_order_asks_only_for_its_figures_and_the_nameless_voice_of_the_recess() {
    assert_eq!(found(&sample::session(), Country::Colombia), ["speaker_missing"]);
}

#[test]
fn every_finding_has_a_sentence_with_its_own_words() {
    let mut material = Material::default();
    material.minutes.record.date = "2026-02-30".to_owned();
    for check in checks(&material, Country::Colombia).iter().chain(&checks(&sample::session(), Country::Spain)) {
        let sentence = check.sentence();
        assert!(!sentence.contains('{') && !sentence.contains("check."), "{sentence}");
    }
    let finding = Finding::FieldMissing { field: "place".to_owned() };
    assert_eq!(finding.sentence(), "Falta el lugar.");
}

#[test]
fn a_check_names_the_law_of_the_country() {
    let base = |country| checks(&Material::default(), country)[0].base.clone();
    assert_eq!(base(Country::Colombia).as_deref(), Some("Ley 136 de 1994, art. 26"));
    assert_eq!(base(Country::Spain).as_deref(), Some("ROF, art. 109.1"));
}

#[test]
fn votes_and_those_present_add_up_or_are_shown() {
    let about = "Proyecto de Acuerdo 012 de 2026".to_owned();
    let found = after(|material| vote_on(material, "012").against = Some(3));
    assert!(found.contains(&Finding::VotesAndPresent { about: about.clone(), votes: 12, present: 11 }), "{found:?}");
    assert!(found.contains(&Finding::VotesAndNames { about, announced: 3, listed: 2 }), "{found:?}");
}

#[test]
fn whoever_is_away_unknown_or_named_twice_cannot_have_voted() {
    let found = after(|material| {
        let vote = vote_on(material, "012");
        let double = vote.names.in_favour[0].clone();
        vote.names.against = ["Óscar Iván Zuluaga Mejía".to_owned(), "Nadie Conocido".to_owned(), double].to_vec();
    });
    let codes: Vec<String> = found.iter().map(Finding::code).collect();
    for code in ["voted_absent", "voted_unknown", "voted_twice"] {
        assert!(codes.iter().any(|it| it == code), "{code}: {codes:?}");
    }
}

#[test]
fn a_result_follows_from_the_votes() {
    let about = "la proposición".to_owned();
    let wrong = after(|material| vote_on(material, "proposición").outcome = Some(Outcome::Approved));
    assert_eq!(wrong, [Finding::VoteAndOutcome { about: about.clone() }]);
    let unsaid = after(|material| vote_on(material, "proposición").outcome = None);
    assert_eq!(unsaid, [Finding::VoteWithoutOutcome { about: about.clone() }]);
    let tied = after(|material| {
        let vote = vote_on(material, "proposición");
        *vote = Vote { in_favour: Some(5), against: Some(5), outcome: Some(Outcome::Tied), ..vote.clone() };
    });
    assert_eq!(tied, [Finding::VoteNotRepeated { about }]);
}

#[test]
fn an_annulled_vote_that_was_repeated_is_in_order_and_one_that_was_not_is_shown() {
    let found = after(|material| {
        material.minutes.entries.retain(|entry| match &entry.what {
            What::Vote(vote) => !(vote.about.contains("012") && vote.outcome == Some(Outcome::Approved)),
            _ => true,
        });
    });
    assert!(found.iter().any(|finding| matches!(finding, Finding::VoteNotRepeated { .. })), "{found:?}");
}

#[test]
fn too_few_to_decide_are_counted_against_all_members() {
    let found = after(|material| {
        let vote = vote_on(material, "proposición");
        *vote = Vote { in_favour: Some(4), against: Some(2), outcome: Some(Outcome::Approved), ..vote.clone() };
    });
    let needed = Finding::TooFewToDecide { about: "la proposición".to_owned(), votes: 6, needed: 7 };
    assert!(found.contains(&needed), "{found:?}");
}

#[test]
fn a_quorum_that_was_announced_otherwise_than_listed_is_shown() {
    let found = after(|material| {
        for entry in &mut material.minutes.entries {
            if let What::Quorum { count, .. } = &mut entry.what {
                *count = Some(12);
            }
        }
    });
    assert_eq!(found, [Finding::QuorumAndList { announced: 12, listed: 10 }]);
}

#[test]
fn a_bill_asks_for_its_debates_a_rapporteur_and_names() {
    let number = "012 de 2026".to_owned();
    let soon = after(|material| bill(material).first_debate = "2026-11-19".to_owned());
    assert_eq!(soon, [Finding::SecondDebateTooSoon { number: number.clone(), first: "2026-11-19".to_owned() }]);
    let unsaid = after(|material| bill(material).first_debate.clear());
    assert_eq!(unsaid, [Finding::FirstDebateMissing { number: number.clone() }]);
    let nobody = after(|material| bill(material).rapporteurs.clear());
    assert_eq!(nobody, [Finding::RapporteurMissing { number: number.clone() }]);
    let ordinary = after(|material| {
        let vote = vote_on(material, "012");
        *vote = Vote { mode: Mode::Ordinary, names: VoteNames::default(), ..vote.clone() };
    });
    assert_eq!(ordinary, [Finding::BillWithoutNames { number }]);
}

#[test]
fn hours_that_were_said_otherwise_are_shown() {
    let said = |typed: &str, ends: &str| {
        after(|material| {
            material.minutes.record.starts = typed.to_owned();
            material.minutes.record.ends = ends.to_owned();
        })
    };
    let found = said("09:15", "12:40");
    assert!(matches!(&found[..], [Finding::HourSaid { typed, .. }] if typed == "09:15"), "{found:?}");
    let found = said("09:05", "00:40");
    assert!(matches!(&found[..], [Finding::EndsBeforeStart { .. }, ..]), "{found:?}");
}

#[test]
fn who_came_late_without_an_hour_or_before_the_sitting_is_shown() {
    let hour = |hour: &str| {
        after(|material| {
            let roll = &mut material.minutes.record.attendance;
            let person = roll.iter_mut().find(|person| person.name.contains("Castaño")).unwrap();
            person.arrived = hour.to_owned();
        })
    };
    let name = "Hernán Darío Castaño".to_owned();
    assert_eq!(hour(""), [Finding::HourMissing { name: name.clone() }]);
    assert_eq!(hour("08:00"), [Finding::HourOutside { name, hour: "08:00".to_owned() }]);
}

#[test]
fn one_person_with_two_spellings_is_shown_and_two_people_are_not() {
    let renamed = |name: &str| {
        after(|material| {
            let hers = material.utterances.iter_mut().filter(|it| it.speaker.as_deref() == Some("Rosalba Hincapié"));
            hers.for_each(|utterance: &mut Utterance| utterance.speaker = Some(name.to_owned()));
        })
    };
    for name in ["Rosalba Hincapie", "Hincapié Rosalba", "Rosalba Hincapíe Gil", "Rosalva Hincapié"] {
        let found = renamed(name);
        assert!(matches!(&found[..], [Finding::TwoSpellings { .. }]), "{name}: {found:?}");
    }
    for name in ["Rosalbo Hincapié", "Rosa Hincapié", "Rosalba Henao", "Marta Hincapié"] {
        assert_eq!(renamed(name), [], "{name}");
    }
}

#[test]
fn a_figure_is_asked_for_until_somebody_listened_to_it() {
    let material = sample::session();
    let asked = checks(&material, Country::Colombia);
    let figures: Vec<(&str, Option<Stretch>)> = asked
        .iter()
        .filter_map(|check| match &check.finding {
            Finding::FigureNotHeard { text } => Some((text.as_str(), check.heard)),
            _ => None,
        })
        .collect();
    let texts: Vec<&str> = figures.iter().map(|(text, _)| *text).collect();
    assert!(texts.contains(&"veinticinco mil millones de pesos") && texts.contains(&"Ley 1622 de 2013"), "{texts:?}");
    let heard: Vec<Stretch> = figures.iter().filter_map(|(_, heard)| *heard).collect();
    let listened = Material { figures_heard: heard, ..material };
    let asked = checks(&listened, Country::Colombia);
    assert!(!asked.iter().any(|check| matches!(check.finding, Finding::FigureNotHeard { .. })), "{asked:?}");
}

#[test]
fn an_item_that_nobody_dealt_with_is_shown_and_one_that_came_back_is_in_order() {
    let found = after(|material| {
        for entry in &mut material.minutes.entries {
            if matches!(&entry.what, What::Item(item) if item.number == 2) {
                entry.heard = None;
            }
        }
    });
    let title = "Lectura y aprobación del orden del día".to_owned();
    assert_eq!(found, [Finding::ItemWithoutDevelopment { number: 2, title }]);
}
