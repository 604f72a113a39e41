//! The binary on its own: what it answers to requests no Astra would send.

use std::io::Write;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use astra_core::engine::wire::{self, FromHost, ToHost};
use astra_core::engine::{Effort, EngineError};

use crate::{ask, load, models, soon};

fn binary(arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_astra-engine-cpu"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the host starts")
}

fn ended(child: &mut Child) -> Option<ExitStatus> {
    let mut status = None;
    soon(Duration::from_secs(3), || {
        status = child.try_wait().expect("its status can be asked");
        status.is_some()
    });
    status
}

fn answers(child: &mut Child) -> Vec<FromHost> {
    let mut stdout = child.stdout.take().expect("a pipe");
    let mut answers = Vec::new();
    while let Ok(Some((answer, _))) = wire::read(&mut stdout) {
        answers.push(answer);
    }
    answers
}

#[test]
fn garbage_is_answered_with_an_error_and_an_end() {
    for garbage in
        [b"GET / HTTP/1.1\r\n\r\n".as_slice(), &[0xff; 64], b"ASTR\x01\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff"]
    {
        let mut child = binary(&[]);
        child.stdin.as_mut().expect("a pipe").write_all(garbage).expect("it reads");
        let status = ended(&mut child).expect("it ends");
        assert_eq!(status.code(), Some(2));
        let answers = answers(&mut child);
        assert!(matches!(answers.as_slice(), [FromHost::Failed { id: 0, .. }]), "{answers:?}");
    }
}

#[test]
fn another_version_of_the_protocol_is_refused_in_plain_words() {
    let mut child = binary(&[]);
    let mut frame = wire::frame(&ToHost::Stop, &[]).expect("a frame");
    frame[4] = 77;
    child.stdin.as_mut().expect("a pipe").write_all(&frame).expect("it reads");
    assert_eq!(ended(&mut child).expect("it ends").code(), Some(2));
    match answers(&mut child).as_slice() {
        [FromHost::Failed { failure: EngineError::Failed { reason }, .. }] => {
            assert!(reason.contains("version 77"), "{reason}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_closed_pipe_ends_the_host() {
    let mut child = binary(&[]);
    drop(child.stdin.take());
    assert_eq!(ended(&mut child).expect("it ends").code(), Some(0));
}

#[test]
fn a_closed_pipe_ends_the_host_in_the_middle_of_listening() {
    let Some(model) = models::babbler() else { return };
    let mut child = binary(&[]);
    let mut stdin = child.stdin.take().expect("a pipe");
    let mut stdout = child.stdout.take().expect("a pipe");
    wire::write(&mut stdin, &ToHost::Load { load: load(model) }, &[]).expect("it reads");
    let chunks = vec![crate::audio::murmur(0, 30.0); 20];
    let pcm: Vec<&[i16]> = chunks.iter().map(|chunk| chunk.pcm.as_slice()).collect();
    let message = ToHost::Listen { id: 1, ask: ask(Effort::Usual), chunks: wire::outlines(&chunks) };
    wire::write(&mut stdin, &message, &pcm).expect("it reads");
    loop {
        match wire::read(&mut stdout).expect("an answer") {
            Some((FromHost::Progress { id: 1, .. }, _)) => break,
            Some((FromHost::Ready { .. } | FromHost::Progress { .. }, _)) => (),
            other => panic!("{other:?}"),
        }
    }
    drop(stdin);
    let asked = std::time::Instant::now();
    assert_eq!(ended(&mut child).expect("it ends").code(), Some(0));
    assert!(asked.elapsed() < Duration::from_secs(1), "{:?}", asked.elapsed());
}

#[test]
fn listening_before_loading_is_an_error_and_not_an_end() {
    let mut child = binary(&["--idle-seconds", "1"]);
    let message = ToHost::Listen { id: 5, ask: ask(Effort::Usual), chunks: Vec::new() };
    wire::write(child.stdin.as_mut().expect("a pipe"), &message, &[]).expect("it reads");
    let status = ended(&mut child).expect("it ends when idle");
    assert_eq!(status.code(), Some(0));
    let answers = answers(&mut child);
    assert!(matches!(answers.as_slice(), [FromHost::Failed { id: 5, .. }]), "{answers:?}");
}

#[test]
fn an_option_nobody_knows_is_refused() {
    for arguments in [["--colour", "red"].as_slice(), &["--idle-seconds", "soon"], &["--log-dir"]] {
        let mut child = binary(arguments);
        assert_eq!(ended(&mut child).expect("it ends").code(), Some(2), "{arguments:?}");
    }
}
