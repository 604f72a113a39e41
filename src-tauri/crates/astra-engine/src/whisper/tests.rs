//! Whisper whose encoder ONNX Runtime computes, and what comes of it when it cannot.

use ort::session::RunOptions;

use super::weights::tests::{demo, small};
use super::*;

fn whisper() -> Whisper {
    whisper_rs::install_logging_hooks();
    onnx::of_tests();
    let load = Load { engine: "whisper".to_owned(), model: demo(), threads: 1 };
    Whisper::load(&load, Arc::default()).expect("the model")
}

fn murmur() -> Chunk {
    let pcm: Vec<i16> = (0..40_000_i32).map(|at| (at * at % 6_007 - 3_000) as i16).collect();
    let span = astra_core::chunks::Span { start: 0, end: pcm.len() as u64 };
    Chunk { index: 0, span, pieces: vec![span], speech: vec![span], overlap: 0, pcm }
}

fn ask() -> Ask {
    Ask { language: "es".to_owned(), vocabulary: Vec::new(), effort: Effort::Usual }
}

fn listen(whisper: &mut Whisper) -> Result<Vec<Heard>, EngineError> {
    whisper.listen(&[murmur()], &ask(), &Stop::default())
}

#[test]
fn an_encoder_that_fails_is_an_error_and_what_comes_after_is_heard() {
    let mut whisper = whisper();
    let well = listen(&mut whisper).expect("it listens");
    let other = Encoder::load(onnx::of_tests(), small(|| 0.5), 1).expect("an encoder");
    let own = whisper.encoder.replace(Arc::new(other));
    for _ in 0..2 {
        match listen(&mut whisper) {
            Err(EngineError::Failed { reason }) => assert!(reason.contains("another size"), "{reason}"),
            other => panic!("{other:?}"),
        }
    }
    whisper.encoder = own;
    let again = listen(&mut whisper).expect("it listens");
    assert_eq!(again[0].words, well[0].words);
}

#[test]
fn what_nobody_encoded_is_an_error_and_not_a_text() {
    let mut whisper = whisper();
    // One that was never attached, and looks as if it had been used.
    whisper.states[0] = Some(whisper.context.create_state().expect("room"));
    match listen(&mut whisper) {
        Err(EngineError::Failed { reason }) => assert!(reason.contains("0 of 1 windows"), "{reason}"),
        other => panic!("{other:?}"),
    }
    assert!(whisper.states[0].is_none());
    listen(&mut whisper).expect("it listens with another one");
}

#[test]
fn a_stop_ends_the_encoder_and_leaves_no_state_behind() {
    let mut whisper = whisper();
    let stop = Stop::default();
    stop.set();
    assert_eq!(whisper.hear(&[murmur()], &ask(), &stop).err(), Some(EngineError::Stopped));
    assert!(whisper.states[0].is_none());

    let encoder = whisper.encoder.as_ref().expect("an encoder");
    let (taken, given) = encoder.sizes();
    let options = RunOptions::new().expect("options");
    options.terminate().expect("it takes it");
    assert!(encoder.encode(&vec![0.0; taken], &mut vec![0.0; given], &options).is_err());
}

#[test]
fn a_divided_model_knows_what_the_whole_one_knows() {
    onnx::of_tests();
    let (divided, _) = divided(&demo(), 1).expect("it can be divided, after cargo clean -p whisper-rs-sys");
    let whole = WhisperContext::new_with_params(demo(), parameters()).expect("the model");
    assert_eq!(languages(&divided), languages(&whole));
    assert!(states::count(64, &divided, true) >= states::count(64, &whole, false), "a state takes less memory");
}
