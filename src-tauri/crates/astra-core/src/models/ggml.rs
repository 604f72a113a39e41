//! Looks at a Whisper model in whisper.cpp's ggml format without loading it: walks its header, its
//! vocabulary and the header of every tensor, and asks that the file end where the last one does.
//!
//! That tells a download cut short, a saved web page and a Git LFS pointer from a model before an
//! engine sees it. The numbers in the tensors are skipped, not read, and memory stays bounded by a
//! read buffer and the names of the tensors, whatever the file claims. The format is the one `whisper_model_load` of
//! whisper.cpp 1.8.3 reads.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::ops::Range;
use std::path::Path;

use crate::engine::EngineError;
use crate::error::ModelDamage;
use crate::{Error, Result};

/// The first four bytes, read as a little-endian number: «ggml».
const MAGIC: u32 = 0x6767_6d6c;

/// A vocabulary of this size or more speaks more than English (whisper.cpp, `is_multilingual`).
const MULTILINGUAL: u32 = 51_865;

/// What a model says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// Tokens it can say.
    pub vocabulary: u32,
    /// Frames that come out of the encoder; twice as many go in.
    pub frames: u32,
    /// Layers of the encoder.
    pub encoder_layers: u32,
    /// Attention heads of each of them.
    pub heads: u32,
    /// Layers of the decoder.
    pub decoder_layers: u32,
    /// Width of the encoder.
    pub width: u32,
    /// Mel bands it listens to.
    pub mels: u32,
    /// Tensors in the file: all that the layers need, or none at all in whisper.cpp's own
    /// stand-ins for tests, which load and hear nothing.
    pub tensors: u32,
}

impl Shape {
    /// Whether it was trained on more than English.
    pub fn multilingual(&self) -> bool {
        self.vocabulary >= MULTILINGUAL
    }

    /// How many tensors the layers need: 15 for each of the encoder and 7 around them (positions,
    /// two convolutions, final norm), 24 for each of the decoder and 4 around them. Tiny has 167.
    fn tensors_needed(&self) -> u32 {
        7 + 15 * self.encoder_layers + 4 + 24 * self.decoder_layers
    }
}

/// A tensor of a model, and where it lies in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tensor {
    /// Its name.
    pub name: String,
    /// Its dimensions, the slowest first.
    pub shape: Vec<u64>,
    /// The number of its `ggml_type`.
    pub kind: u32,
    /// Where its header begins, in bytes.
    pub header: u64,
    /// Where its numbers are, in bytes.
    pub numbers: Range<u64>,
}

/// Checks that the file at `path` is a whole Whisper model.
///
/// # Errors
/// Those of [`tensors`].
pub fn check(path: &Path) -> Result<Shape> {
    tensors(path).map(|(shape, _)| shape)
}

/// What a whole Whisper model at `path` says of itself, and its tensors in the order of the file.
///
/// # Errors
/// [`Error::ModelBroken`] saying what it is instead; [`EngineError::ModelUnreadable`] when the
/// operating system does not let us read it.
pub fn tensors(path: &Path) -> Result<(Shape, Vec<Tensor>)> {
    let named = || path.display().to_string();
    let unreadable =
        |error: io::Error| Error::from(EngineError::ModelUnreadable { model: named(), reason: error.to_string() });
    let file = File::open(path).map_err(unreadable)?;
    let metadata = file.metadata().map_err(unreadable)?;
    if metadata.is_dir() {
        return Err(Error::ModelBroken { path: named(), reason: ModelDamage::UnknownFormat });
    }
    walked(BufReader::new(file), metadata.len()).map_err(|flaw| match flaw {
        Flaw::Damage(reason) => Error::ModelBroken { path: named(), reason },
        Flaw::Unread(error) => unreadable(error),
    })
}

/// Why a model could not be walked to its end.
#[derive(Debug)]
enum Flaw {
    Damage(ModelDamage),
    Unread(io::Error),
}

impl From<io::Error> for Flaw {
    fn from(error: io::Error) -> Self {
        // The length was known before: an early end now means that the file shrank meanwhile.
        match error.kind() {
            io::ErrorKind::UnexpectedEof => TRUNCATED,
            _ => Self::Unread(error),
        }
    }
}

const TRUNCATED: Flaw = Flaw::Damage(ModelDamage::Truncated);
const MALFORMED: Flaw = Flaw::Damage(ModelDamage::Malformed);

/// A reader that knows how much is left and refuses to go past it.
struct Walk<R> {
    reader: BufReader<R>,
    length: u64,
    left: u64,
}

impl<R: Read + Seek> Walk<R> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], Flaw> {
        self.left = self.left.checked_sub(N as u64).ok_or(TRUNCATED)?;
        let mut bytes = [0; N];
        self.reader.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    fn number(&mut self) -> Result<u32, Flaw> {
        self.take().map(u32::from_le_bytes)
    }

    /// A number that has to lie within `range`.
    fn number_in(&mut self, range: std::ops::RangeInclusive<u32>) -> Result<u32, Flaw> {
        let number = self.number()?;
        if range.contains(&number) { Ok(number) } else { Err(MALFORMED) }
    }

    /// Where it stands, in bytes from the beginning of the file.
    fn place(&self) -> u64 {
        self.length - self.left
    }

    fn skip(&mut self, bytes: u64) -> Result<(), Flaw> {
        self.left = self.left.checked_sub(bytes).ok_or(TRUNCATED)?;
        // Files are shorter than 2^63 bytes, and `bytes` is at most what is left of one.
        self.reader.seek_relative(i64::try_from(bytes).map_err(|_| MALFORMED)?)?;
        Ok(())
    }
}

fn walked<R: Read + Seek>(mut reader: BufReader<R>, length: u64) -> Result<(Shape, Vec<Tensor>), Flaw> {
    sniff(&mut reader, length)?;
    let mut walk = Walk { reader, length, left: length };
    walk.number()?;
    let mut shape = read_dimensions(&mut walk)?;
    read_vocabulary(&mut walk, shape)?;
    let mut tensors = Vec::new();
    while walk.left > 0 {
        if shape.tensors == shape.tensors_needed() {
            return Err(MALFORMED);
        }
        tensors.push(read_tensor(&mut walk)?);
        shape.tensors += 1;
    }
    if shape.tensors == 0 || shape.tensors == shape.tensors_needed() { Ok((shape, tensors)) } else { Err(TRUNCATED) }
}

/// Looks at the first bytes, then returns to the beginning.
fn sniff<R: Read + Seek>(reader: &mut BufReader<R>, length: u64) -> Result<(), Flaw> {
    let mut start = Vec::new();
    reader.by_ref().take(512).read_to_end(&mut start)?;
    reader.rewind()?;
    let magic = MAGIC.to_le_bytes();
    // Other files of the same family (Silero's speech detector) say what they are after the magic.
    let sibling = start.get(4..18).is_some_and(|next| next == b"\x0a\0\0\0silero-16k");
    if (start.starts_with(&magic) && !sibling) || (length < 4 && magic.starts_with(&start)) {
        return Ok(());
    }
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&start).trim_ascii_start();
    Err(Flaw::Damage(if text.starts_with(b"version https://git-lfs.github.com/spec/") {
        ModelDamage::LfsPointer
    } else if text.starts_with(b"<") {
        ModelDamage::WebPage
    } else {
        ModelDamage::UnknownFormat
    }))
}

/// The eleven hyper-parameters. The limits are far above any Whisper model there is and low
/// enough that nothing computed from them overflows.
fn read_dimensions<R: Read + Seek>(walk: &mut Walk<R>) -> Result<Shape, Flaw> {
    let vocabulary = walk.number_in(1..=1_000_000)?;
    let frames = walk.number_in(1..=100_000)?;
    let width = walk.number_in(1..=65_536)?;
    let heads = walk.number_in(1..=1_024)?;
    let encoder_layers = walk.number_in(1..=1_024)?;
    walk.number_in(1..=100_000)?; // text context
    let text_width = walk.number_in(1..=65_536)?;
    let text_heads = walk.number_in(1..=1_024)?;
    let decoder_layers = walk.number_in(1..=1_024)?;
    let mels = walk.number_in(1..=1_024)?;
    walk.number_in(0..=9_999)?; // kind of number, and thousands for the version of its packing
    if width % heads != 0 || text_width % text_heads != 0 {
        return Err(MALFORMED);
    }
    Ok(Shape { vocabulary, frames, encoder_layers, heads, decoder_layers, width, mels, tensors: 0 })
}

/// The mel filters (numbers of four bytes) and the tokens (a length and that many bytes each).
fn read_vocabulary<R: Read + Seek>(walk: &mut Walk<R>, shape: Shape) -> Result<(), Flaw> {
    let bands = walk.number_in(shape.mels..=shape.mels)?;
    let bins = walk.number_in(1..=65_536)?;
    walk.skip(u64::from(bands) * u64::from(bins) * 4)?;
    let tokens = walk.number_in(1..=shape.vocabulary)?;
    for _ in 0..tokens {
        let length = walk.number_in(0..=4_096)?;
        walk.skip(u64::from(length))?;
    }
    Ok(())
}

fn read_tensor<R: Read + Seek>(walk: &mut Walk<R>) -> Result<Tensor, Flaw> {
    let header = walk.place();
    let dimensions = walk.number_in(1..=4)?;
    let name_length = walk.number_in(1..=256)?;
    let kind = walk.number()?;
    let (block, block_bytes) = packing(kind).ok_or(MALFORMED)?;
    let mut shape = Vec::new();
    for _ in 0..dimensions {
        shape.insert(0, u64::from(walk.number_in(1..=i32::MAX.unsigned_abs())?));
    }
    if shape.last().is_some_and(|row| row % block != 0) {
        return Err(MALFORMED);
    }
    let count = shape.iter().try_fold(1_u64, |count, size| count.checked_mul(*size)).ok_or(MALFORMED)?;
    let mut name = Vec::new();
    for _ in 0..name_length {
        name.extend(walk.take::<1>()?);
    }
    // Every tensor of Whisper belongs to one of its two halves; anything else means that we are
    // reading numbers as if they were a header.
    let name = String::from_utf8(name).map_err(|_| MALFORMED)?;
    if !name.starts_with("encoder.") && !name.starts_with("decoder.") {
        return Err(MALFORMED);
    }
    let begin = walk.place();
    walk.skip((count / block).checked_mul(block_bytes).ok_or(MALFORMED)?)?;
    Ok(Tensor { name, shape, kind, header, numbers: begin..walk.place() })
}

/// How many numbers a block of this ggml type holds, and in how many bytes (ggml.h, `ggml_type`;
/// sizes from ggml-common.h).
fn packing(kind: u32) -> Option<(u64, u64)> {
    Some(match kind {
        0 => (1, 4),      // f32
        1 | 30 => (1, 2), // f16, bf16
        2 => (32, 18),    // q4_0
        3 => (32, 20),    // q4_1
        6 => (32, 22),    // q5_0
        7 => (32, 24),    // q5_1
        8 => (32, 34),    // q8_0
        10 => (256, 84),  // q2_K
        11 => (256, 110), // q3_K
        12 => (256, 144), // q4_K
        13 => (256, 176), // q5_K
        14 => (256, 210), // q6_K
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use proptest::prelude::*;

    use super::super::testing::{model_bytes, testdata};
    use super::*;

    fn walk(bytes: &[u8]) -> Result<Shape, ModelDamage> {
        match walked(BufReader::new(Cursor::new(bytes)), bytes.len() as u64) {
            Ok((shape, _)) => Ok(shape),
            Err(Flaw::Damage(damage)) => Err(damage),
            Err(Flaw::Unread(error)) => panic!("{error}"),
        }
    }

    fn damage_of(name: &str) -> Result<Shape, ModelDamage> {
        match check(&testdata(name)) {
            Ok(shape) => Ok(shape),
            Err(Error::ModelBroken { reason, .. }) => Err(reason),
            Err(error) => panic!("{error}"),
        }
    }

    #[test]
    fn a_whole_model_is_recognised() {
        let shape = walk(&model_bytes()).expect("whole");
        assert_eq!((shape.encoder_layers, shape.decoder_layers, shape.tensors), (1, 1, 50));
    }

    #[test]
    fn every_tensor_is_found_where_it_lies() {
        let bytes = model_bytes();
        let (_, tensors) = walked(BufReader::new(Cursor::new(&bytes)), bytes.len() as u64).expect("whole");
        assert_eq!(tensors.last().map(|tensor| tensor.numbers.end), Some(bytes.len() as u64));
        for (tensor, next) in tensors.iter().zip(&tensors[1..]) {
            assert_eq!(tensor.numbers.end, next.header);
            let named = &bytes[tensor.header as usize..tensor.numbers.start as usize];
            assert!(named.ends_with(tensor.name.as_bytes()), "{tensor:?}");
        }
    }

    #[test]
    fn the_stand_in_of_whisper_cpp_is_recognised() {
        let shape = damage_of("whisper_dummy/for-tests-ggml-tiny.bin").expect("valid");
        assert_eq!((shape.encoder_layers, shape.decoder_layers, shape.mels, shape.tensors), (4, 4, 80, 0));
        assert!(shape.multilingual());
    }

    #[test]
    fn what_people_really_save_as_a_model_is_told_apart() {
        assert_eq!(damage_of("whisper_broken/ggml-tiny.html-page.bin"), Err(ModelDamage::WebPage));
        assert_eq!(damage_of("whisper_broken/ggml-base.lfs-pointer.bin"), Err(ModelDamage::LfsPointer));
        assert_eq!(damage_of("whisper_broken/ggml-base.truncated.bin"), Err(ModelDamage::Truncated));
        assert_eq!(damage_of("vad/ggml-silero-v6.2.0.bin"), Err(ModelDamage::UnknownFormat));
        assert_eq!(damage_of("speech_en/jfk.wav"), Err(ModelDamage::UnknownFormat));
        assert_eq!(damage_of("whisper_dummy/for-tests-ggml-parakeet-tdt.bin"), Err(ModelDamage::Malformed));
    }

    #[test]
    fn a_folder_or_nothing_at_all_is_no_model() {
        let folder = tempfile::tempdir().expect("folder");
        assert!(matches!(check(folder.path()), Err(Error::ModelBroken { .. } | Error::Engine { .. })));
        assert!(matches!(check(&folder.path().join("none.bin")), Err(Error::Engine { .. })));
    }

    #[test]
    fn an_empty_file_ends_too_early() {
        assert_eq!(walk(b""), Err(ModelDamage::Truncated));
        assert_eq!(walk(b"lm"), Err(ModelDamage::Truncated));
    }

    #[test]
    fn bytes_after_the_last_tensor_are_damage() {
        let mut bytes = model_bytes();
        bytes.push(0);
        assert_eq!(walk(&bytes), Err(ModelDamage::Malformed));
    }

    #[test]
    fn a_size_no_file_could_have_is_damage_and_not_an_overflow() {
        let mut bytes = model_bytes();
        let name = b"encoder.positional_embedding";
        let at = bytes.windows(name.len()).position(|window| window == name).expect("there");
        bytes[at - 8..at].fill(0x7f);
        assert!(matches!(walk(&bytes), Err(ModelDamage::Truncated | ModelDamage::Malformed)));
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
            let _ = walk(&bytes);
            let mut named = MAGIC.to_le_bytes().to_vec();
            named.extend(&bytes);
            let _ = walk(&named);
        }

        #[test]
        fn a_model_with_changed_bytes_never_panics(
            changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        ) {
            let mut bytes = model_bytes();
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            let _ = walk(&bytes);
        }

        #[test]
        fn every_part_of_a_model_cut_short_is_truncated(cut in any::<prop::sample::Index>()) {
            let bytes = model_bytes();
            let cut = cut.index(bytes.len());
            match walk(&bytes[..cut]) {
                Err(damage) => prop_assert_eq!(damage, ModelDamage::Truncated),
                // The one place where nothing tells: right before the first tensor.
                Ok(shape) => prop_assert_eq!(shape.tensors, 0),
            }
        }
    }
}
