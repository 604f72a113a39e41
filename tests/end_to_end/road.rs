//! The whole road: the sample session from audio to documents.

use std::ffi::OsStr;

use crate::astra::{Astra, sample, say, testdata};
use crate::reference::{Comparison, compared, heard_words};

#[test]
fn the_sample_is_transcribed_with_few_errors_and_right_times() {
    let astra = Astra::new();
    astra.transcribe_sample().event("job_done");

    let sample = compared(&astra.transcript());
    let Comparison { utterances, heard, spoken, rate, matches } = &sample;
    say(&format!("word error rate of the sample: {:.1} % of {} words", rate * 100.0, spoken));
    assert!(*rate <= 0.10, "word error rate {rate:.3}\nheard: {}", sample.text());

    let mut position = 0;
    let mut distances = Vec::new();
    for utterance in utterances {
        if let Some(word) = matches[position].map(|index| &heard[index])
            && word.starts_segment
        {
            distances.push(word.start_ms.abs_diff(utterance.start_ms));
        }
        position += utterance.words.len();
    }
    let mean = distances.iter().sum::<u64>() as f64 / distances.len() as f64;
    say(&format!("segments that start a sentence: {} of {}, off by {mean:.0} ms", distances.len(), utterances.len()));
    assert!(
        distances.len() * 2 >= utterances.len(),
        "only {} of {} sentences start a segment",
        distances.len(),
        utterances.len()
    );
    assert!(mean <= 500.0, "segments start {mean:.0} ms off");
}

#[test]
fn the_same_recording_under_another_name_is_offered_and_not_heard_again() {
    let astra = Astra::new();
    let first = astra.bring(&sample(), "sesión 1.ogg");
    let second = astra.bring(&sample(), "copia.OGG");
    let listen = |path: &std::path::Path, more: &[&str]| {
        let mut arguments: Vec<&OsStr> =
            vec!["transcribe".as_ref(), path.as_os_str(), "--json".as_ref(), "--formats".as_ref(), "txt".as_ref()];
        arguments.extend(more.iter().map(OsStr::new));
        astra.run(&arguments)
    };
    let session = listen(&first, &[]).event("job_done")["session"].clone();
    let heard = astra.chunks_heard();
    assert!(heard > 3);

    let offered = listen(&second, &[]).event("job_done");
    assert_eq!(offered["session"], session);
    assert_eq!(astra.chunks_heard(), heard);

    let again = listen(&second, &["--again"]).event("job_done");
    assert_ne!(again["session"], session);
    assert_eq!(astra.chunks_heard(), heard * 2);
}

#[test]
fn a_real_recording_is_not_given_to_the_demonstration_model() {
    let Some(speech) = testdata("speech_es/picovoice/test_es.wav") else { return };
    let astra = Astra::new();
    let speech = astra.bring(&speech, "plenaria.wav");
    let refused = astra.run(&[OsStr::new("transcribe"), speech.as_os_str(), "--json".as_ref()]);
    assert_eq!(refused.error(), "model_missing");
    assert_eq!(refused.code, Some(5));
    assert_eq!(astra.chunks_heard(), 0);

    // By name it may, with a warning that stands in every document.
    let arguments = ["transcribe", "plenaria.wav", "--model", "demo-es", "--out", "out", "--json"];
    astra.run(&arguments).event("notice_given");
    for name in ["plenaria.txt", "plenaria.vtt", "plenaria.srt", "plenaria.json"] {
        let text = std::fs::read_to_string(astra.out().join(name)).unwrap();
        assert!(text.contains("demostración"), "{name}: {text}");
    }
}

#[test]
fn a_subtitle_file_of_the_sample_reads_back_as_its_text() {
    let astra = Astra::new();
    astra.transcribe_sample().event("job_done");
    let spoken: Vec<String> = heard_words(&astra.transcript()).into_iter().map(|word| word.text).collect();
    for name in ["sesion-de-muestra.srt", "sesion-de-muestra.vtt"] {
        let path = astra.out().join(name);
        // ffmpeg's own demuxers and encoder are the independent reader.
        let arguments = ["-v", "error", "-i", path.to_str().unwrap(), "-f", "srt", "-"];
        let text = crate::astra::tool("ffmpeg", &arguments.map(OsStr::new));
        let lines = text.lines().filter(|line| !line.contains("-->") && line.parse::<u32>().is_err());
        let read = crate::reference::words(&lines.collect::<Vec<_>>().join(" ").replace("<i>", "").replace("</i>", ""));
        assert!(read.ends_with(&spoken), "{name} is not the transcript:\n{}\n{}", read.join(" "), spoken.join(" "));
    }
}

#[test]
fn parts_make_one_session_on_one_clock_in_the_order_of_their_names() {
    let astra = Astra::new();
    crate::sound::piece(&sample(), 0, 60, &astra.folder().join("REC10.mp3"));
    crate::sound::piece(&sample(), 60, 60, &astra.folder().join("REC9.mp3"));
    let arguments =
        ["transcribe", "REC10.mp3", "REC9.mp3", "--model", "demo-es", "--out", "out", "--formats", "json", "--json"];
    astra.run(&arguments).event("job_done");
    let transcript = astra.transcript();
    let names: Vec<&str> =
        transcript["recordings"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["REC9.mp3", "REC10.mp3"]);
    let offset = transcript["recordings"][1]["offset_ms"].as_u64().unwrap();
    assert!(offset.abs_diff(60_000) < 200, "{offset}");
    let segments = transcript["segments"].as_array().unwrap();
    assert!(segments.windows(2).all(|pair| pair[0]["start_ms"].as_u64() <= pair[1]["start_ms"].as_u64()));
    let second = segments.iter().find(|segment| segment["recording"] == 1).unwrap();
    assert!(second["start_ms"].as_u64().unwrap() >= offset);
}
