//! What whisper.cpp calls instead of its own encoder.
//!
//! whisper.cpp lets OpenVINO encode in its place and calls three functions for it, when it is compiled with that name
//! (`.cargo/instructions.toml`). These are they, and what they call is [`Encoder`]. Whoever listens says first, on the
//! thread that will, which encoder that is; without one, whisper.cpp encodes as it always does.

use std::cell::RefCell;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;
use std::sync::Arc;

use astra_core::engine::{EngineError, Stop};
use ort::session::RunOptions;
use whisper_rs::whisper_rs_sys::{self as sys, ggml_tensor, whisper_context, whisper_state};

use super::encoder::Encoder;
use crate::onnx;

thread_local! {
    static LISTENING: RefCell<Option<Listening>> = const { RefCell::new(None) };
}

/// What a thread that listens encodes with.
struct Listening {
    encoder: Arc<Encoder>,
    stop: Stop,
    done: Encodings,
}

/// What became of the encodings while somebody listened.
#[derive(Debug, Default)]
pub(super) struct Encodings {
    /// How many were computed.
    pub(super) count: u32,
    /// What one failed with; what was listened to is worth nothing then.
    pub(super) failure: Option<EngineError>,
}

/// Whether whisper.cpp was compiled with a place for another encoder.
pub(super) fn possible() -> bool {
    // SAFETY: takes nothing.
    let about = unsafe { sys::whisper_print_system_info() };
    // SAFETY: a text that whisper.cpp keeps.
    let about = unsafe { CStr::from_ptr(about) };
    about.to_string_lossy().contains("OPENVINO = 1")
}

/// Lets what `listen` does on this thread encode with `encoder`, until the stop is set.
pub(super) fn encoding_with<T>(encoder: &Arc<Encoder>, stop: &Stop, listen: impl FnOnce() -> T) -> (T, Encodings) {
    let (encoder, stop) = (Arc::clone(encoder), stop.clone());
    LISTENING.set(Some(Listening { encoder, stop, done: Encodings::default() }));
    let heard = listen();
    (heard, LISTENING.take().map(|listening| listening.done).unwrap_or_default())
}

/// Whether encoding failed on this thread, so that there is nothing to go on with.
pub(super) fn failed() -> bool {
    LISTENING.with_borrow(|listening| listening.as_ref().is_some_and(|listening| listening.done.failure.is_some()))
}

/// Makes a new state encode with the encoder of this thread, if it has one.
///
/// # Safety
/// The pointers are those that whisper.cpp is working with on this thread, and the state was never attached.
pub(super) unsafe fn attach(context: *mut whisper_context, state: *mut whisper_state) {
    if LISTENING.with_borrow(Option::is_some) {
        let name = c"ONNX Runtime".as_ptr();
        // SAFETY: the caller's promise; the names are copied.
        unsafe { sys::whisper_ctx_init_openvino_encoder_with_state(context, state, name, name, name) };
    }
}

/// Nothing is kept in a state: what encodes is known on the thread that listens.
static HERE: u8 = 0;

#[unsafe(no_mangle)]
extern "C" fn whisper_openvino_init(_: *const c_char, _: *const c_char, _: *const c_char) -> *mut c_void {
    ptr::from_ref(&HERE).cast_mut().cast()
}

#[unsafe(no_mangle)]
extern "C" fn whisper_openvino_free(_: *mut c_void) {}

/// # Safety
/// whisper.cpp gives two tensors of numbers of 32 bits that lie in this program's memory, and looks at neither meanwhile.
#[unsafe(no_mangle)]
unsafe extern "C" fn whisper_openvino_encode(
    _: *mut c_void,
    mel: *const ggml_tensor,
    out: *const ggml_tensor,
) -> c_int {
    LISTENING.with_borrow_mut(|listening| {
        let Some(Listening { encoder, stop, done }) = listening else { return 0 };
        // SAFETY: the caller's promise.
        let encode = || unsafe { encode(encoder, mel, out, stop) };
        let encoded = catch_unwind(AssertUnwindSafe(encode)).unwrap_or_else(|_| Err(wrong("the encoder panicked")));
        match encoded {
            Ok(()) => done.count += 1,
            Err(error) => done.failure = Some(error),
        }
        c_int::from(done.failure.is_none())
    })
}

/// # Safety
/// As [`whisper_openvino_encode`].
unsafe fn encode(
    encoder: &Encoder,
    mel: *const ggml_tensor,
    out: *const ggml_tensor,
    stop: &Stop,
) -> Result<(), EngineError> {
    // SAFETY: the caller's promise.
    let Some(mel) = (unsafe { mel.as_ref() }) else { return Err(wrong("whisper.cpp has nothing to encode")) };
    // SAFETY: the caller's promise.
    let Some(out) = (unsafe { out.as_ref() }) else { return Err(wrong("whisper.cpp has nowhere to encode to")) };
    let count = |tensor: &ggml_tensor| tensor.ne.iter().product::<i64>() as usize;
    if (count(mel), count(out)) != encoder.sizes() {
        return Err(wrong("whisper.cpp has tensors of another size than the encoder"));
    }
    // SAFETY: the caller's promise, and there are as many numbers.
    let spectrogram = unsafe { std::slice::from_raw_parts(mel.data.cast::<f32>(), count(mel)) };
    // SAFETY: as above; the two do not overlap.
    let encoded = unsafe { std::slice::from_raw_parts_mut(out.data.cast::<f32>(), count(out)) };
    let options = RunOptions::new().map_err(onnx::failed)?;
    onnx::ending_with(stop, &options, || encoder.encode(spectrogram, encoded, &options).map_err(onnx::failed))
}

fn wrong(reason: &str) -> EngineError {
    EngineError::Failed { reason: reason.to_owned() }
}
