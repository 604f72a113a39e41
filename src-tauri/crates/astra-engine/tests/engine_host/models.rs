//! Models to load: files that are kept for tests, and one with random weights made on the spot.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

/// A file of the test data beside the repository, or `None`, said aloud.
pub(crate) fn testdata(path: &str) -> Option<PathBuf> {
    present(repository().join("../shared/testdata").join(path))
}

/// The model with the true vocabulary and no weights: loads, and hears nothing.
pub(crate) fn dummy() -> Option<PathBuf> {
    testdata("whisper_dummy/for-tests-ggml-tiny.bin")
}

/// The small Spanish model that comes with Astra.
pub(crate) fn demo() -> Option<PathBuf> {
    present(repository().join("models/demo-es-q8_0.bin"))
}

/// A model in a folder of its own.
pub(crate) struct Placed {
    _folder: tempfile::TempDir,
    pub(crate) path: PathBuf,
}

/// The same model beside the ONNX Runtime library, which then encodes in place of whisper.cpp.
pub(crate) fn beside_onnx_runtime(model: &Path) -> Placed {
    let placed = alone(model);
    link_onnx_runtime(placed._folder.path());
    placed
}

/// The same model in a folder of its own.
pub(crate) fn alone(model: &Path) -> Placed {
    let named = std::env::var_os(astra_core::engine::onnx_runtime::VARIABLE);
    assert_eq!(named, None, "these tests place the library themselves");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("model.bin");
    std::fs::copy(model, &path).expect("room for a model");
    Placed { _folder: folder, path }
}

/// Puts the ONNX Runtime library into a folder with models.
pub(crate) fn link_onnx_runtime(models: &Path) {
    let library = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/parakeet/onnxruntime");
    let files = std::fs::read_dir(&library).expect("the library: node installers/prerequisites.mjs --test brings it");
    let folder = models.join("onnxruntime");
    std::fs::create_dir(&folder).expect("room");
    for file in files.flatten() {
        std::fs::copy(file.path(), folder.join(file.file_name())).expect("room for the library");
    }
}

fn present(path: PathBuf) -> Option<PathBuf> {
    if path.is_file() {
        return Some(path);
    }
    let _ = writeln!(std::io::stderr(), "SKIPPED: {} is missing", path.display());
    None
}

/// A model with random weights, of a size that keeps a core busy for seconds with each chunk. It
/// says nothing that makes sense, at all temperatures and at length.
pub(crate) fn babbler() -> Option<PathBuf> {
    static MADE: OnceLock<Option<(tempfile::TempDir, PathBuf)>> = OnceLock::new();
    made(&MADE, &Shape { state: 256, encoder_layers: 12, mute: false })
}

/// A small model that ends every text at its beginning.
pub(crate) fn mute() -> Option<PathBuf> {
    static MADE: OnceLock<Option<(tempfile::TempDir, PathBuf)>> = OnceLock::new();
    made(&MADE, &Shape { state: 64, encoder_layers: 1, mute: true })
}

/// The same with rows of a length that no true model has.
pub(crate) fn narrow() -> Option<PathBuf> {
    static MADE: OnceLock<Option<(tempfile::TempDir, PathBuf)>> = OnceLock::new();
    made(&MADE, &Shape { state: 80, encoder_layers: 1, mute: true })
}

struct Shape {
    state: i32,
    encoder_layers: i32,
    mute: bool,
}

fn made(model: &OnceLock<Option<(tempfile::TempDir, PathBuf)>>, shape: &Shape) -> Option<PathBuf> {
    let made = model.get_or_init(|| {
        let bytes = std::fs::read(dummy()?).expect("the model can be read");
        let folder = tempfile::tempdir().expect("there is room for a model");
        let path = folder.path().join("model.bin");
        std::fs::write(&path, with_weights(&bytes, shape)).expect("there is room for a model");
        Some((folder, path))
    });
    made.as_ref().map(|(_, path)| path.clone())
}

/// Four, because whisper.cpp takes a model with two for a kind that knows no times.
const DECODER_LAYERS: i32 = 4;

/// The token that ends a text, in the vocabulary of all models with many languages.
const END_OF_TEXT: i32 = 50_257;

/// The token for the time 0.00.
const FIRST_TIME: i32 = 50_364;

/// The header of `model` with other dimensions, and tensors for them.
fn with_weights(model: &[u8], shape: &Shape) -> Vec<u8> {
    let number = |at: usize| i32::from_le_bytes(model[at..at + 4].try_into().expect("four bytes"));
    let (tokens, audio, text, mels) = (number(4), number(8), number(24), number(40));
    let filters = 48 + 8 + 4 * usize::try_from(number(48) * number(52)).expect("a size");
    let mut end = filters + 4;
    for _ in 0..number(filters) {
        end += 4 + usize::try_from(number(end)).expect("a length");
    }
    let mut made = model[..end].to_vec();
    let d = shape.state;
    for (place, value) in
        [(12, d), (16, 4), (20, shape.encoder_layers), (28, d), (32, 4), (36, DECODER_LAYERS), (44, 1)]
    {
        made[place..place + 4].copy_from_slice(&value.to_le_bytes());
    }

    let mut seed = 1;
    let mut tensor = |name: &str, dimensions: &[i32], half: bool| {
        for number in [dimensions.len() as i32, name.len() as i32, i32::from(half)] {
            made.extend(number.to_le_bytes());
        }
        made.extend(dimensions.iter().rev().flat_map(|size| size.to_le_bytes()));
        made.extend(name.as_bytes());
        for position in 0..dimensions.iter().product::<i32>() {
            seed = 1_664_525_u32.wrapping_mul(seed).wrapping_add(1_013_904_223);
            let bits = (seed >> 16) as u16;
            // What the decoder ends with is always ones, so that the rows of the embedding add up
            // to how likely their tokens are: first the first time, which may come but once, then
            // the end.
            let told = match name {
                "decoder.token_embedding.weight" if position / d == END_OF_TEXT => Some(1.0),
                "decoder.token_embedding.weight" if position / d == FIRST_TIME => Some(0.5),
                "decoder.token_embedding.weight" | "decoder.ln.weight" => Some(0.0),
                "decoder.ln.bias" => Some(1.0_f32),
                _ => None,
            };
            if let Some(told) = told.filter(|_| shape.mute) {
                let halved: u16 = if told == 1.0 {
                    0x3c00
                } else if told == 0.5 {
                    0x3800
                } else {
                    0
                };
                let bytes = if half { halved.to_le_bytes().to_vec() } else { told.to_le_bytes().to_vec() };
                made.extend(bytes);
            } else if half {
                // A random sign and fraction, and the exponent of 2⁻⁵.
                made.extend(((bits & 0x83ff) | 10 << 10).to_le_bytes());
            } else {
                made.extend((f32::from(bits) / 65_536.0).to_le_bytes());
            }
        }
    };
    tensor("encoder.positional_embedding", &[audio, d], false);
    tensor("encoder.conv1.weight", &[d, mels, 3], true);
    tensor("encoder.conv1.bias", &[d, 1], false);
    tensor("encoder.conv2.weight", &[d, d, 3], true);
    tensor("encoder.conv2.bias", &[d, 1], false);
    tensor("decoder.positional_embedding", &[text, d], false);
    tensor("decoder.token_embedding.weight", &[tokens, d], true);
    for name in ["encoder.ln_post", "decoder.ln"] {
        tensor(&format!("{name}.weight"), &[d], false);
        tensor(&format!("{name}.bias"), &[d], false);
    }
    for (side, layers) in [("encoder", shape.encoder_layers), ("decoder", DECODER_LAYERS)] {
        for layer in 0..layers {
            let block = format!("{side}.blocks.{layer}");
            let attentions: &[&str] = if side == "decoder" { &["attn", "cross_attn"] } else { &["attn"] };
            for attention in attentions {
                for part in ["query", "key", "value", "out"] {
                    tensor(&format!("{block}.{attention}.{part}.weight"), &[d, d], true);
                    if part != "key" {
                        tensor(&format!("{block}.{attention}.{part}.bias"), &[d], false);
                    }
                }
                tensor(&format!("{block}.{attention}_ln.weight"), &[d], false);
                tensor(&format!("{block}.{attention}_ln.bias"), &[d], false);
            }
            tensor(&format!("{block}.mlp_ln.weight"), &[d], false);
            tensor(&format!("{block}.mlp_ln.bias"), &[d], false);
            tensor(&format!("{block}.mlp.0.weight"), &[4 * d, d], true);
            tensor(&format!("{block}.mlp.0.bias"), &[4 * d], false);
            tensor(&format!("{block}.mlp.2.weight"), &[d, 4 * d], true);
            tensor(&format!("{block}.mlp.2.bias"), &[d], false);
        }
    }
    made
}
