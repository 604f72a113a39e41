//! Listening to speech, with the small model that comes with Astra where it is present.

use astra_core::engine::{Ask, Effort, Engine, Heard, Stop};

use crate::{ask, audio, host, models};

fn sane(heard: &Heard, audio_ms: u64) {
    let mut earliest = 0;
    for word in &heard.words {
        assert!(word.start_ms >= earliest && word.end_ms >= word.start_ms && word.end_ms <= audio_ms, "{word:?}");
        assert!((0.0..=1.0).contains(&word.confidence), "{word:?}");
        assert!(!word.text.is_empty() && !word.text.contains(char::is_whitespace), "{word:?}");
        earliest = word.end_ms;
    }
}

#[test]
fn silence_gives_no_words() {
    let Some(model) = models::demo() else { return };
    let mut faint = audio::murmur(1, 5.0);
    faint.pcm.iter_mut().for_each(|sample| *sample /= 400);
    for chunk in [audio::silence(0, 5), faint] {
        for effort in [Effort::Usual, Effort::Thorough] {
            let heard = host(model.clone()).listen(std::slice::from_ref(&chunk), &ask(effort), &Stop::default());
            assert_eq!(heard.expect("it listens")[0].words, []);
        }
    }
}

#[test]
fn whatever_is_heard_has_times_inside_the_audio_in_order() {
    let (Some(model), Some(recording)) = (models::demo(), models::testdata("speech_es/fleurs/fleurs-es-002.wav"))
    else {
        return;
    };
    let pcm = audio::wav(&recording);
    for placed in [models::alone(&model), models::beside_onnx_runtime(&model)] {
        let mut host = host(placed.path.clone());
        for (index, length) in [(0, pcm.len()), (1, 16_000), (2, 2000), (3, 40_000)] {
            let chunk = audio::chunk(index, pcm[..length].to_vec());
            for effort in [Effort::Usual, Effort::Thorough] {
                let vocabulary = vec!["Ximena\0 Restrepo".to_owned(), "Nariño".to_owned()];
                let ask = Ask { vocabulary, ..ask(effort) };
                let heard = host.listen(std::slice::from_ref(&chunk), &ask, &Stop::default()).expect("it listens");
                sane(&heard[0], chunk.span.end_ms());
                let again = host.listen(std::slice::from_ref(&chunk), &ask, &Stop::default()).expect("it listens");
                assert_eq!(heard[0].words, again[0].words);
            }
        }
    }
}
