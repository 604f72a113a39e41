//! A model of whisper.cpp, divided between the two that compute it: the weights of its encoder, and the rest.
//!
//! The rest is a file as whisper.cpp reads it, of a model whose encoder has no layers: where another encodes, they would
//! fill the memory twice.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use astra_core::models::ggml;
use whisper_rs::whisper_rs_sys as sys;

/// How many numbers of a matrix have a scale in common.
pub(super) const BLOCK: usize = 32;

/// What stands for nothing in a matrix of bytes.
const NOTHING: f32 = 128.0;

/// The greatest distance from it.
const FARTHEST: f32 = 127.0;

/// What all names of the encoder's tensors begin with.
const ENCODER: &str = "encoder.";

/// What the names of those in its layers begin with.
const LAYERS: &str = "encoder.blocks.";

/// How many matrices a layer has, each as high and as wide as a frame: four of its attention, and two that are four
/// times as large.
const MATRICES_OF_A_LAYER: u64 = 12;

/// How many bytes of memory four numbers of a matrix fill: ONNX Runtime keeps the byte and the share of a scale that it is
/// given, and the same again as it arranges them for its products.
const FILLED_BY_FOUR: u64 = 9;

/// Where in the file the number of the encoder's layers stands, in bytes.
const NUMBER_OF_LAYERS: std::ops::Range<usize> = 20..24;

/// The encoder of a model.
pub(super) struct Weights {
    /// Numbers in a frame.
    pub(super) width: usize,
    /// Attention heads.
    pub(super) heads: usize,
    /// Layers.
    pub(super) layers: usize,
    /// Bands of the mel spectrogram.
    pub(super) bands: usize,
    /// Frames that come out; twice as many go in.
    pub(super) frames: usize,
    tensors: HashMap<String, Tensor>,
}

/// One of the tensors.
pub(super) struct Tensor {
    /// Its dimensions, the slowest first.
    pub(super) shape: Vec<usize>,
    /// Its numbers as they lie in the file.
    packed: Vec<u8>,
    /// What turns them into numbers of 32 bits; nothing when they are that already.
    unpack: sys::ggml_to_float_t,
}

impl Weights {
    /// Reads the model at `path`: its encoder, if it fills at most so many bytes of memory, and the file of what is left.
    ///
    /// # Errors
    /// Why it cannot be divided, in words for the log.
    pub(super) fn divided(path: &Path, most: u64) -> Result<(Self, Vec<u8>), String> {
        let (shape, places) = ggml::tensors(path).map_err(|error| error.to_string())?;
        let numbers = u64::from(shape.encoder_layers) * MATRICES_OF_A_LAYER * u64::from(shape.width).pow(2);
        if numbers * FILLED_BY_FOUR / 4 > most {
            return Err("its encoder would fill more of the memory than there is to spare".to_owned());
        }
        let places: Vec<ggml::Tensor> = places.into_iter().filter(|place| place.name.starts_with(ENCODER)).collect();
        let (tensors, rest) = read(path, &places).map_err(|error| error.to_string())?;
        let [width, heads, layers, bands, frames] =
            [shape.width, shape.heads, shape.encoder_layers, shape.mels, shape.frames].map(|number| number as usize);
        Ok((Self { width, heads, layers, bands, frames, tensors }, rest))
    }

    /// Takes a tensor by its name without «encoder.».
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn take(&mut self, name: &str) -> Result<Tensor, String> {
        self.tensors.remove(&format!("{ENCODER}{name}")).ok_or_else(|| format!("{name} is missing"))
    }
}

impl Tensor {
    /// Its numbers, in 32 bits.
    pub(super) fn numbers(&self) -> Vec<f32> {
        let mut numbers = vec![0.0; self.shape.iter().product()];
        match self.unpack {
            // SAFETY: so many numbers are packed in there, and there is room for each. Blocks begin with numbers of 16 bits,
            // and what is allocated begins at a multiple of that.
            Some(unpack) => unsafe { unpack(self.packed.as_ptr().cast(), numbers.as_mut_ptr(), numbers.len() as i64) },
            None => {
                for (number, four) in numbers.iter_mut().zip(self.packed.chunks_exact(4)) {
                    *number = f32::from_le_bytes([four[0], four[1], four[2], four[3]]);
                }
            }
        }
        numbers
    }

    /// A matrix in bytes, and the scale of every [`BLOCK`] of them. The numbers of a model in eight bits stay what they
    /// are; those of one with fewer bits do but for less than a hundredth of the step between two of them.
    pub(super) fn in_bytes(&self) -> (Vec<u8>, Vec<f32>) {
        let numbers = self.numbers();
        let mut scales = Vec::with_capacity(numbers.len() / BLOCK);
        let mut bytes = Vec::with_capacity(numbers.len());
        for block in numbers.chunks(BLOCK) {
            let scale = block.iter().fold(0.0_f32, |most, number| most.max(number.abs())) / FARTHEST;
            let inverse = if scale > 0.0 { 1.0 / scale } else { 0.0 };
            bytes.extend(block.iter().map(|number| (number * inverse + NOTHING).round() as u8));
            scales.push(scale);
        }
        (bytes, scales)
    }
}

/// Reads the encoder's tensors, which lie at these places, and all of the file but those of its layers.
fn read(path: &Path, places: &[ggml::Tensor]) -> io::Result<(HashMap<String, Tensor>, Vec<u8>)> {
    let mut file = BufReader::with_capacity(1 << 20, File::open(path)?);
    let (mut tensors, mut rest, mut at) = (HashMap::new(), Vec::new(), 0);
    for place in places {
        let left = if place.name.starts_with(LAYERS) { place.header } else { place.numbers.start };
        copy(&mut file, left - at, &mut rest)?;
        io::copy(&mut file.by_ref().take(place.numbers.start - left), &mut io::sink())?;
        let mut packed = Vec::new();
        copy(&mut file, place.numbers.end - place.numbers.start, &mut packed)?;
        if !place.name.starts_with(LAYERS) {
            rest.extend(&packed);
        }
        let shape: Vec<usize> = place.shape.iter().map(|size| *size as usize).collect();
        let unpack = unpack(place.kind, shape.iter().product(), packed.len())?;
        tensors.insert(place.name.clone(), Tensor { shape, packed, unpack });
        at = place.numbers.end;
    }
    file.read_to_end(&mut rest)?;
    rest[NUMBER_OF_LAYERS].fill(0);
    Ok((tensors, rest))
}

fn copy(file: &mut impl Read, bytes: u64, to: &mut Vec<u8>) -> io::Result<()> {
    let before = to.len();
    file.take(bytes).read_to_end(to)?;
    if (to.len() - before) as u64 == bytes { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

/// What turns numbers of this kind into numbers of 32 bits; nothing when they are that already.
///
/// # Errors
/// When ggml cannot, or packs so many numbers into another number of bytes.
fn unpack(kind: u32, numbers: usize, bytes: usize) -> io::Result<sys::ggml_to_float_t> {
    let known = kind < sys::ggml_type_GGML_TYPE_COUNT;
    // SAFETY: the number is below the count.
    let about = known.then(|| unsafe { sys::ggml_get_type_traits(kind) });
    // SAFETY: what is known of kinds lives as long as the process.
    let about = about.and_then(|about| unsafe { about.as_ref() });
    let fits = |about: &&sys::ggml_type_traits| {
        let block = usize::try_from(about.blck_size).unwrap_or_default().max(1);
        numbers.is_multiple_of(block) && numbers / block * about.type_size == bytes
    };
    match about.filter(fits).map(|about| about.to_float) {
        Some(None) if kind == sys::ggml_type_GGML_TYPE_F32 => Ok(None),
        Some(Some(unpack)) if kind != sys::ggml_type_GGML_TYPE_F32 => Ok(Some(unpack)),
        _ => Err(io::Error::other("it has a kind of numbers that cannot be unpacked")),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::path::PathBuf;

    use proptest::prelude::*;
    use whisper_rs::{WhisperContext, WhisperContextParameters};

    use super::*;

    /// The model that comes with Astra, in eight bits.
    pub(in super::super) fn demo() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../models/demo-es-q8_0.bin")
    }

    fn whole(shape: &[usize], numbers: &[f32]) -> Tensor {
        let packed = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        Tensor { shape: shape.to_vec(), packed, unpack: None }
    }

    impl Weights {
        /// Those of an encoder that has this tensor and nothing else.
        pub(in super::super) fn of_one(name: &str, shape: &[usize], numbers: &[f32]) -> Self {
            let tensors = HashMap::from([(format!("{ENCODER}{name}"), whole(shape, numbers))]);
            Self { width: 0, heads: 0, layers: 0, bands: 0, frames: 0, tensors }
        }
    }

    /// An encoder of two layers with these numbers, which are asked for in order.
    pub(in super::super) fn small(mut number: impl FnMut() -> f32) -> Weights {
        let (width, heads, layers, bands, frames) = (64, 2, 2, 4, 6);
        let mut tensors = HashMap::new();
        let mut add = |name: String, shape: &[usize]| {
            let numbers: Vec<f32> = (0..shape.iter().product()).map(|_| number()).collect();
            tensors.insert(format!("{ENCODER}{name}"), whole(shape, &numbers));
        };
        add("positional_embedding".to_owned(), &[frames, width]);
        for (name, from) in [("conv1", bands), ("conv2", width)] {
            add(format!("{name}.weight"), &[width, from, 3]);
            add(format!("{name}.bias"), &[width, 1]);
        }
        let mut normals = vec!["ln_post".to_owned()];
        for layer in 0..layers {
            let name = |part: &str| format!("blocks.{layer}.{part}");
            normals.extend([name("attn_ln"), name("mlp_ln")]);
            for part in ["attn.query", "attn.key", "attn.value", "attn.out", "mlp.0", "mlp.2"] {
                let (high, deep) = match part {
                    "mlp.0" => (4 * width, width),
                    "mlp.2" => (width, 4 * width),
                    _ => (width, width),
                };
                add(format!("{}.weight", name(part)), &[high, deep]);
                if part != "attn.key" {
                    add(format!("{}.bias", name(part)), &[high]);
                }
            }
        }
        for name in normals {
            add(format!("{name}.weight"), &[width]);
            add(format!("{name}.bias"), &[width]);
        }
        Weights { width, heads, layers, bands, frames, tensors }
    }

    #[test]
    fn numbers_of_eight_bits_stay_what_they_are() {
        let numbers: Vec<f32> = (-127..=0).map(|number| number as f32 * 0.25).collect();
        let (bytes, scales) = whole(&[128], &numbers).in_bytes();
        assert_eq!((scales[0], bytes[0], bytes[1]), (0.25, 1, 2));
    }

    #[test]
    fn numbers_of_fewer_bits_are_unpacked() {
        let numbers: Vec<f32> = (0..256).map(|number| (number as f32 / 9.0).sin()).collect();
        let kinds = [
            (sys::ggml_type_GGML_TYPE_F16, 0.001),
            (sys::ggml_type_GGML_TYPE_Q8_0, 0.01),
            (sys::ggml_type_GGML_TYPE_Q6_K, 0.05),
            (sys::ggml_type_GGML_TYPE_Q5_0, 0.1),
            (sys::ggml_type_GGML_TYPE_Q5_1, 0.1),
            (sys::ggml_type_GGML_TYPE_Q4_0, 0.2),
        ];
        for (kind, apart) in kinds {
            let mut packed = vec![0_u8; 1_024];
            let (from, to, nothing) = (numbers.as_ptr(), packed.as_mut_ptr().cast(), std::ptr::null());
            // SAFETY: a row of so many numbers, and room for four bytes of each.
            let size = unsafe { sys::ggml_quantize_chunk(kind, from, to, 0, 1, 256, nothing) };
            packed.truncate(size);
            let unpack = unpack(kind, 256, size).expect("it can be unpacked");
            let unpacked = Tensor { shape: vec![256], packed, unpack }.numbers();
            let furthest =
                numbers.iter().zip(&unpacked).fold(0.0_f32, |most, (one, other)| most.max((one - other).abs()));
            assert!(furthest < apart, "{kind}: {furthest}");
        }
        assert!(unpack(sys::ggml_type_GGML_TYPE_Q8_0, 256, 271).is_err(), "a byte is missing");
    }

    #[test]
    fn a_model_is_divided_without_a_byte_that_both_or_neither_has() {
        let path = demo();
        let (mut weights, rest) = Weights::divided(&path, u64::MAX).expect("the model");
        assert_eq!((weights.layers, weights.frames, weights.bands), (4, 1_500, 80));
        let names: Vec<String> = weights.tensors.keys().filter(|name| name.starts_with(LAYERS)).cloned().collect();
        assert_eq!(names.len(), 15 * weights.layers);
        let headers = names.iter().map(|name| 12 + 4 * weights.tensors[name].shape.len() + name.len());
        let layers: usize =
            headers.sum::<usize>() + names.iter().map(|name| weights.tensors[name].packed.len()).sum::<usize>();
        assert_eq!(std::fs::metadata(&path).expect("the model").len() as usize, rest.len() + layers);
        assert!(weights.take("conv1.weight").is_ok() && weights.take("conv1.weight").is_err());
        let left = WhisperContext::new_from_buffer_with_params(&rest, WhisperContextParameters::default());
        assert_eq!(left.expect("whisper.cpp takes what is left").model_n_audio_layer(), 0);
    }

    #[test]
    fn an_encoder_that_would_fill_too_much_memory_is_left_to_whisper_cpp() {
        // Four layers of twelve matrices of 128 times 128 numbers.
        let filled = 4 * 12 * 128 * 128 * 9 / 4;
        assert!(Weights::divided(&demo(), filled).is_ok());
        assert!(Weights::divided(&demo(), filled - 1).is_err_and(|error| error.contains("memory")));
    }

    #[test]
    fn a_file_that_is_no_whole_model_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("model.bin");
        let bytes = std::fs::read(demo()).expect("the model");
        for length in [0, 52, bytes.len() / 2, bytes.len() - 1] {
            std::fs::write(&path, &bytes[..length]).expect("room");
            assert!(Weights::divided(&path, u64::MAX).is_err(), "{length} bytes");
        }
    }

    proptest! {
        #[test]
        fn a_number_in_bytes_is_half_a_step_away_at_most(numbers in proptest::collection::vec(-9.0_f32..9.0, BLOCK * 3)) {
            let (bytes, scales) = whole(&[BLOCK * 3], &numbers).in_bytes();
            for ((number, byte), place) in numbers.iter().zip(bytes).zip(0..) {
                let scale = scales[place / BLOCK];
                prop_assert!(((f32::from(byte) - NOTHING) * scale - number).abs() <= scale * 0.501);
            }
        }
    }
}
