//! The kinds of engine that hear recordings, and what is known of each before a model of it is opened.
//!
//! Another kind is a line here, a file in `astra-engine`, and an arm of its host that opens it.

/// A kind of engine.
struct Kind {
    /// What it is called in the catalogue, and to the host.
    name: &'static str,
    /// Whether it can be told which language is spoken.
    takes_a_language: bool,
    /// Whether its models are folders of files.
    is_folder: bool,
    /// Whether it can do nothing without ONNX Runtime.
    needs_onnx_runtime: bool,
    /// How many of the council's words it is told.
    most_told: usize,
}

const KINDS: [Kind; 2] = [
    // It reads the first hundred tokens of what it is told.
    Kind { name: "whisper", takes_a_language: true, is_folder: false, needs_onnx_runtime: false, most_told: 60 },
    // It drifts into English where people speak Spanish freely. So many words were measured to do no harm.
    Kind { name: "parakeet", takes_a_language: false, is_folder: true, needs_onnx_runtime: true, most_told: 200 },
];

fn kind(engine: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == engine)
}

/// Whether models of this kind of engine hear recordings.
pub fn listens(engine: &str) -> bool {
    kind(engine).is_some()
}

/// Whether this kind of engine can be told which language is spoken; a server can.
pub fn takes_a_language(engine: &str) -> bool {
    kind(engine).is_none_or(|kind| kind.takes_a_language)
}

/// Whether models of this kind of engine are folders.
pub fn is_folder(engine: &str) -> bool {
    kind(engine).is_some_and(|kind| kind.is_folder)
}

/// Whether this kind of engine can do nothing without ONNX Runtime.
pub fn needs_onnx_runtime(engine: &str) -> bool {
    kind(engine).is_some_and(|kind| kind.needs_onnx_runtime)
}

/// How many of the council's words this kind of engine is told; a server is told as many as Whisper.
pub fn most_told(engine: &str) -> usize {
    kind(engine).unwrap_or(&KINDS[0]).most_told
}
