//! A folder with a Parakeet model, laid out as onnx-asr has it: `encoder-model.onnx` with its data
//! beside it, `decoder_joint-model.onnx`, `vocab.txt` and `config.json`; other forms of a file have an
//! infix, as `encoder-model.fp16.onnx` and, quantised, `encoder-model.int8.onnx`.

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

/// With what numbers a network computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    /// Of 32 bits.
    Whole,
    /// Of 16 bits; what goes in and comes out has 32.
    Half,
    /// Whole numbers of 8 or fewer bits.
    Quantised,
}

/// The order in which forms are looked for. A processor computes with 16 bits by way of 32.
const ON_A_CARD: [Form; 3] = [Form::Half, Form::Whole, Form::Quantised];
const ON_A_PROCESSOR: [Form; 3] = [Form::Quantised, Form::Whole, Form::Half];
const WHOLE_FIRST: [Form; 3] = [Form::Whole, Form::Half, Form::Quantised];

impl Form {
    /// The form that the infix of a file stands for.
    fn of(infix: &str) -> Option<Self> {
        match infix {
            "" => Some(Self::Whole),
            ".fp16" => Some(Self::Half),
            infix => infix.starts_with('.').then_some(Self::Quantised),
        }
    }
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
    /// Reads the small files and finds the large ones. Where there are several forms of the encoder a
    /// graphics card takes the one of 16 bits before the whole and the quantised one, and a processor
    /// the quantised before the whole one; the joint network is cheap, so its whole form is taken
    /// when there is one.
    ///
    /// # Errors
    /// What is missing or wrong, in words for the log.
    pub(super) fn read(path: &Path, for_graphics_cards: bool) -> Result<Self, String> {
        let text = |name: &str| std::fs::read_to_string(path.join(name)).map_err(|error| format!("{name}: {error}"));
        let config: Config =
            serde_json::from_str(&text("config.json")?).map_err(|error| format!("config.json: {error}"))?;
        if config.model_type != KIND || config.features_size != BANDS || !(1..=64).contains(&config.subsampling_factor)
        {
            return Err(format!("config.json: not a {KIND} model for {BANDS} bands"));
        }
        Ok(Self {
            encoder: part(path, "encoder-model", if for_graphics_cards { &ON_A_CARD } else { &ON_A_PROCESSOR })?,
            joint: part(path, "decoder_joint-model", &WHOLE_FIRST)?,
            pieces: Pieces::parse(&text("vocab.txt")?)?,
            subsampling: config.subsampling_factor,
        })
    }
}

/// The file called `name` in the first of these forms that is there.
fn part(folder: &Path, name: &str, forms: &[Form]) -> Result<Part, String> {
    let mut parts: Vec<(Form, PathBuf)> = std::fs::read_dir(folder)
        .map_err(|error| error.to_string())?
        .flatten()
        .filter_map(|file| {
            let form = Form::of(file.file_name().to_str()?.strip_prefix(name)?.strip_suffix(".onnx")?)?;
            Some((form, file.path()))
        })
        .filter(|(_, path)| path.is_file())
        .collect();
    parts.sort();
    let of = |form: &Form| parts.iter().rfind(|(other, _)| other == form);
    let (form, path) = forms.iter().find_map(of).ok_or_else(|| format!("{name}.onnx is missing"))?;
    Ok(Part { path: path.clone(), quantised: *form == Form::Quantised })
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

    fn found(files: &[&str], for_graphics_cards: bool) -> Result<(String, String), String> {
        let read = Folder::read(folder(files).path(), for_graphics_cards)?;
        let name = |part: Part| {
            let name = part.path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
            assert_eq!(part.quantised, name.contains("int8"));
            name
        };
        Ok((name(read.encoder), name(read.joint)))
    }

    const WHOLE: [&str; 3] = ["encoder-model.onnx", "encoder-model.onnx.data", "decoder_joint-model.onnx"];
    const HALF: [&str; 2] = ["encoder-model.fp16.onnx", "decoder_joint-model.fp16.onnx"];
    const SMALL: [&str; 2] = ["encoder-model.int8.onnx", "decoder_joint-model.int8.onnx"];

    #[test]
    fn what_is_alone_is_taken_in_whatever_form_and_on_whatever_device() {
        let names = |encoder: &str, joint: &str| Ok((encoder.to_owned(), joint.to_owned()));
        for for_graphics_cards in [false, true] {
            assert_eq!(found(&WHOLE, for_graphics_cards), names(WHOLE[0], WHOLE[2]));
            assert_eq!(found(&SMALL, for_graphics_cards), names(SMALL[0], SMALL[1]));
            assert_eq!(found(&HALF, for_graphics_cards), names(HALF[0], HALF[1]));
        }
    }

    #[test]
    fn of_several_forms_the_encoder_is_the_one_for_the_device_and_the_joint_network_whole() {
        let encoder = |forms: &[&[&str]], for_graphics_cards| {
            let (encoder, joint) = found(&forms.concat(), for_graphics_cards).expect("a model");
            assert_eq!(joint, WHOLE[2]);
            encoder
        };
        assert_eq!(encoder(&[&WHOLE, &HALF, &SMALL], true), HALF[0]);
        assert_eq!(encoder(&[&WHOLE, &SMALL], true), WHOLE[0]);
        assert_eq!(encoder(&[&WHOLE, &HALF, &SMALL], false), SMALL[0]);
        assert_eq!(encoder(&[&WHOLE, &HALF], false), WHOLE[0]);
    }

    #[test]
    fn what_is_missing_or_wrong_is_named() {
        assert!(found(&WHOLE[..2], false).is_err_and(|reason| reason.contains("decoder_joint-model")));
        assert!(found(&WHOLE[1..], false).is_err_and(|reason| reason.contains("encoder-model")));
        for (file, text) in [
            ("config.json", r#"{"model_type":"whisper","features_size":128,"subsampling_factor":8}"#),
            ("config.json", r#"{"model_type":"nemo-conformer-tdt","features_size":80,"subsampling_factor":8}"#),
            ("config.json", "<html>"),
            ("vocab.txt", "<html>"),
        ] {
            let folder = folder(&WHOLE);
            std::fs::write(folder.path().join(file), text).expect("room");
            assert!(Folder::read(folder.path(), false).is_err_and(|reason| reason.contains(file)), "{file}: {text}");
        }
    }
}
