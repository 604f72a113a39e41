//! A folder with a Parakeet model, laid out as onnx-asr has it: `encoder-model.onnx` with its data
//! beside it, `decoder_joint-model.onnx`, `vocab.txt` and `config.json`; quantised files have an
//! infix, as in `encoder-model.int8.onnx`.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::features::BANDS;
use super::pieces::Pieces;

/// The kind of model that is supported.
const KIND: &str = "nemo-conformer-tdt";

/// A part of the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// The file.
    pub(super) path: PathBuf,
    /// Whether it computes with small whole numbers. Their scale is found anew for all that is
    /// computed at once, so what is heard in a chunk would depend on which others it is with.
    pub(super) quantised: bool,
}

/// What there is in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Folder {
    /// From features to encoded frames.
    pub(super) encoder: Part,
    /// From an encoded frame and the piece said last to the next one.
    pub(super) joint: Part,
    /// The pieces of words.
    pub(super) pieces: Pieces,
    /// Feature frames in an encoded one.
    pub(super) subsampling: usize,
}

#[derive(Deserialize)]
struct Config {
    model_type: String,
    features_size: usize,
    subsampling_factor: usize,
}

impl Folder {
    /// Reads the small files and finds the large ones. Where the encoder is there whole and
    /// quantised, `small` says which; the joint network is cheap, so its whole form is taken when
    /// there is one.
    ///
    /// # Errors
    /// What is missing or wrong, in words for the log.
    pub(super) fn read(path: &Path, small: bool) -> Result<Self, String> {
        let text = |name: &str| std::fs::read_to_string(path.join(name)).map_err(|error| format!("{name}: {error}"));
        let config: Config =
            serde_json::from_str(&text("config.json")?).map_err(|error| format!("config.json: {error}"))?;
        if config.model_type != KIND || config.features_size != BANDS || !(1..=64).contains(&config.subsampling_factor)
        {
            return Err(format!("config.json: not a {KIND} model for {BANDS} bands"));
        }
        Ok(Self {
            encoder: part(path, "encoder-model", small)?,
            joint: part(path, "decoder_joint-model", false)?,
            pieces: Pieces::parse(&text("vocab.txt")?)?,
            subsampling: config.subsampling_factor,
        })
    }
}

/// The file called `name`, quantised or not; `small` says which is taken when there are both.
fn part(folder: &Path, name: &str, small: bool) -> Result<Part, String> {
    let plain = Part { path: folder.join(format!("{name}.onnx")), quantised: false };
    let mut quantised: Vec<PathBuf> = std::fs::read_dir(folder)
        .map_err(|error| error.to_string())?
        .flatten()
        .filter(|file| {
            let file = file.file_name();
            let infix = file.to_str().and_then(|file| file.strip_prefix(name)?.strip_suffix(".onnx"));
            infix.is_some_and(|infix| infix.starts_with('.'))
        })
        .map(|file| file.path())
        .collect();
    quantised.sort();
    let quantised = quantised.pop().map(|path| Part { path, quantised: true });
    let plain = Some(plain).filter(|part| part.path.is_file());
    let found = if small { quantised.or(plain) } else { plain.or(quantised) };
    found.ok_or_else(|| format!("{name}.onnx is missing"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with these files; `config.json` and `vocab.txt` are sound.
    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        let config = format!(r#"{{"model_type":"{KIND}","features_size":128,"subsampling_factor":8,"more":1}}"#);
        std::fs::write(folder.path().join("config.json"), config).expect("room");
        std::fs::write(folder.path().join("vocab.txt"), "▁a 0\n<blk> 1\n").expect("room");
        for file in files {
            std::fs::write(folder.path().join(file), "").expect("room");
        }
        folder
    }

    fn found(files: &[&str], small: bool) -> Result<(String, String), String> {
        let read = Folder::read(folder(files).path(), small)?;
        let name = |part: Part| {
            let name = part.path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
            assert_eq!(part.quantised, name.contains("int8"));
            name
        };
        Ok((name(read.encoder), name(read.joint)))
    }

    const WHOLE: [&str; 3] = ["encoder-model.onnx", "encoder-model.onnx.data", "decoder_joint-model.onnx"];
    const SMALL: [&str; 2] = ["encoder-model.int8.onnx", "decoder_joint-model.int8.onnx"];

    #[test]
    fn a_whole_and_a_quantised_model_are_found() {
        let names = |encoder: &str, joint: &str| Ok((encoder.to_owned(), joint.to_owned()));
        assert_eq!(found(&WHOLE, true), names(WHOLE[0], WHOLE[2]));
        assert_eq!(found(&SMALL, false), names(SMALL[0], SMALL[1]));
    }

    #[test]
    fn of_both_the_encoder_is_as_asked_and_the_joint_network_whole() {
        let both = [WHOLE.as_slice(), &SMALL].concat();
        assert_eq!(found(&both, true), Ok((SMALL[0].to_owned(), WHOLE[2].to_owned())));
        assert_eq!(found(&both, false), Ok((WHOLE[0].to_owned(), WHOLE[2].to_owned())));
    }

    #[test]
    fn what_is_missing_or_wrong_is_named() {
        assert!(found(&WHOLE[..2], true).is_err_and(|reason| reason.contains("decoder_joint-model")));
        assert!(found(&WHOLE[1..], true).is_err_and(|reason| reason.contains("encoder-model")));
        for (file, text) in [
            ("config.json", r#"{"model_type":"whisper","features_size":128,"subsampling_factor":8}"#),
            ("config.json", r#"{"model_type":"nemo-conformer-tdt","features_size":80,"subsampling_factor":8}"#),
            ("config.json", "<html>"),
            ("vocab.txt", "<html>"),
        ] {
            let folder = folder(&WHOLE);
            std::fs::write(folder.path().join(file), text).expect("room");
            assert!(Folder::read(folder.path(), true).is_err_and(|reason| reason.contains(file)), "{file}: {text}");
        }
    }
}
