//! What the tests of this folder share: a catalogue, a small model and where the test data lies.

use std::path::{Path, PathBuf};

use super::{Catalog, Installed};
use crate::fingerprint::Fingerprint;

/// SHA-256 of the recording the demo of [`catalog`] selects itself for.
pub(super) const SAMPLE: &str = "5555555555555555555555555555555555555555555555555555555555555555";

/// The files of `tdt`, a model that is a folder.
pub(super) const FOLDER: [(&str, &[u8]); 4] = [
    ("config.json", b"{}"),
    ("decoder_joint-model.onnx", b"\x08joint"),
    ("encoder-model.int8.onnx", b"\x08encoder"),
    ("vocab.txt", b"<unk> 0"),
];

/// A catalogue with a demo, two real models, a folder and a speech detector. `small` is
/// [`model_bytes`], `tdt` is [`FOLDER`].
pub(super) fn catalog() -> Catalog {
    let model = model_bytes();
    let entry = |id: &str, engine: &str, bytes: &[u8], rank: u32, rest: &str| {
        format!(
            "[[model]]\nid = \"{id}\"\nengine = \"{engine}\"\nbytes = {}\nsha256 = \"{}\"\nlicence = \"MIT\"\n\
             languages = [\"es\"]\nmemory_mb = 1\nrank = {rank}\n{rest}\n",
            bytes.len(),
            Fingerprint::of(bytes)
        )
    };
    let sums = FOLDER.map(|(name, bytes)| (name.to_owned(), Fingerprint::of(bytes))).to_vec();
    let files = FOLDER.map(|(name, bytes)| {
        let (length, sha256) = (bytes.len(), Fingerprint::of(bytes));
        format!("[[model.files]]\nname = \"{name}\"\nbytes = {length}\nsha256 = \"{sha256}\"\n")
    });
    let folder = format!(
        "[[model]]\nid = \"tdt\"\nengine = \"parakeet\"\nurl = \"https://example.org/tdt/\"\nbytes = {}\n\
         sha256 = \"{}\"\nlicence = \"CC-BY-4.0\"\nlanguages = [\"es\"]\nmemory_mb = 1\nrank = 5\n{}",
        FOLDER.iter().map(|(_, bytes)| bytes.len()).sum::<usize>(),
        super::folder::sha256(sums),
        files.concat()
    );
    let demo = format!("embedded = true\nfile = \"models/demo.bin\"\nrecordings = [\"{SAMPLE}\"]");
    let text = [
        "recommended = \"turbo\"\n".to_owned(),
        entry("turbo", "whisper", b"turbo", 1, "url = \"https://example.org/turbo.bin\""),
        entry("small", "whisper", &model, 2, "url = \"https://example.org/small.bin\""),
        entry("silero", "silero", b"silero", 3, "url = \"https://example.org/silero.bin\""),
        entry("demo", "whisper", b"demo", 4, &demo),
        folder,
    ];
    Catalog::parse(&text.concat()).expect("sound")
}

/// An installed model of this id; ids the catalogue lacks were brought along.
pub(super) fn installed(id: &str) -> Installed {
    let catalog = catalog();
    Installed {
        id: id.to_owned(),
        engine: catalog.find(id).map_or("whisper", |entry| &entry.engine).to_owned(),
        file: format!("{id}.bin"),
        bytes: 1,
        sha256: "0".repeat(64),
        modified_ms: 0,
        licence: None,
        languages: vec!["es".to_owned()],
        source: String::new(),
    }
}

/// The bytes of a whole, very small Whisper model with one layer on each side.
pub(crate) fn model_bytes() -> Vec<u8> {
    let mut bytes = Vec::new();
    let numbers = |bytes: &mut Vec<u8>, all: &[u32]| all.iter().for_each(|n| bytes.extend(n.to_le_bytes()));
    numbers(&mut bytes, &[0x6767_6d6c, 51_865, 1500, 32, 1, 1, 448, 32, 1, 1, 2, 2007]);
    numbers(&mut bytes, &[2, 3]);
    bytes.extend([0; 2 * 3 * 4]);
    numbers(&mut bytes, &[3]);
    for token in ["el", " concejo", ""] {
        numbers(&mut bytes, &[token.len() as u32]);
        bytes.extend(token.bytes());
    }
    let mut tensor = |name: &str, kind: u32, sizes: &[u32], length: usize| {
        numbers(&mut bytes, &[sizes.len() as u32, name.len() as u32, kind]);
        numbers(&mut bytes, sizes);
        bytes.extend(name.bytes());
        bytes.extend(std::iter::repeat_n(7, length));
    };
    tensor("encoder.positional_embedding", 0, &[32, 2], 256);
    tensor("encoder.conv1.weight", 1, &[3, 2], 12);
    tensor("decoder.token_embedding.weight", 8, &[32, 3], 102);
    for layer in 0..20 {
        tensor(&format!("encoder.blocks.0.part.{layer}"), 6, &[64, 1], 44);
    }
    for layer in 0..27 {
        tensor(&format!("decoder.blocks.0.part.{layer}"), 0, &[5], 20);
    }
    bytes
}

/// The path of a file of the shared test data.
///
/// # Panics
/// When it is missing, so that a check that did not happen is not mistaken for one that passed.
pub(super) fn testdata(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/testdata");
    let path = root.join(name);
    assert!(path.exists(), "test data is missing: put {name} at {}", path.display());
    path
}
