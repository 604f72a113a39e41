//! What whisper.cpp calls back while it listens.
//!
//! whisper-rs wraps these callbacks too, but its abort callback casts its data to another type
//! than the one it stored (undefined behaviour), and the others leak a closure for each call.

use std::ffi::{c_int, c_void};
use std::ptr;
use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU32, Ordering};

use whisper_rs::FullParams;
use whisper_rs::whisper_rs_sys::{self as sys, whisper_context, whisper_state, whisper_token_data};

use super::instead;
use crate::pulse::Pulse;

/// One call of `whisper_full` as seen from inside.
pub(super) struct Watch<'a> {
    stop: &'a AtomicBool,
    pulse: &'a Pulse,
    threads: c_int,
    /// Whether the state is one that nothing was encoded in yet.
    fresh: bool,
    windows: AtomicU32,
    attempts: AtomicU32,
    /// What is being encoded and with which model, from the call before until the one after.
    encoding: (AtomicPtr<whisper_context>, AtomicPtr<whisper_state>),
    /// The bits of a number, of which there is no atomic kind.
    no_speech: AtomicU32,
}

impl<'a> Watch<'a> {
    /// Watches a call that computes with `threads`, gives up when `stop` is set and makes `pulse`
    /// beat meanwhile. A `fresh` state is one that nothing was encoded in yet.
    pub(super) fn new(stop: &'a AtomicBool, pulse: &'a Pulse, threads: c_int, fresh: bool) -> Self {
        Self {
            stop,
            pulse,
            threads,
            fresh,
            windows: AtomicU32::new(0),
            attempts: AtomicU32::new(0),
            encoding: (AtomicPtr::default(), AtomicPtr::default()),
            no_speech: AtomicU32::new(0),
        }
    }

    /// Hangs the callbacks into `params`, which must be used up before `self` is moved or gone.
    pub(super) fn attach(&self, params: &mut FullParams<'_, '_>) {
        let data = ptr::from_ref(self).cast_mut().cast::<c_void>();
        // SAFETY: the function has the signature whisper.cpp expects, does not unwind, and takes
        // its data for the `Watch` that is passed as such. So with each callback below.
        unsafe { params.set_abort_callback(Some(on_abort)) };
        // SAFETY: as above.
        unsafe { params.set_abort_callback_user_data(data) };
        // SAFETY: as above.
        unsafe { params.set_progress_callback(Some(on_progress)) };
        // SAFETY: as above.
        unsafe { params.set_progress_callback_user_data(data) };
        // SAFETY: as above.
        unsafe { params.set_start_encoder_callback(Some(on_window)) };
        // SAFETY: as above.
        unsafe { params.set_start_encoder_callback_user_data(data) };
        // SAFETY: as above.
        unsafe { params.set_filter_logits_callback(Some(on_logits)) };
        // SAFETY: as above.
        unsafe { params.set_filter_logits_callback_user_data(data) };
    }

    /// How many windows there were.
    pub(super) fn windows(&self) -> u32 {
        self.windows.load(Ordering::Relaxed)
    }

    /// Whether any window was decoded again at a higher temperature, which draws random numbers.
    pub(super) fn was_random(&self) -> bool {
        self.attempts.load(Ordering::Relaxed) > self.windows.load(Ordering::Relaxed)
    }

    /// How likely it is that nobody speaks in the first window, from 0 to 1.
    pub(super) fn no_speech(&self) -> f32 {
        f32::from_bits(self.no_speech.load(Ordering::Relaxed))
    }

    /// Decodes the start of a transcript, where a model says whether anybody speaks at all.
    ///
    /// whisper.cpp 1.8.3 reads that from the first row of the logits, as is right; but then it
    /// decodes the start together with the prompt, which fills the last row only, and finds in the
    /// first what was left there by the *previous* chunk. Done here, between encoder and decoder,
    /// the first row holds the true numbers when whisper.cpp looks at it: silence is passed over
    /// without trying five temperatures, and no chunk depends on the one before.
    fn look_for_silence(&self) {
        let context = self.encoding.0.swap(ptr::null_mut(), Ordering::Relaxed);
        let state = self.encoding.1.swap(ptr::null_mut(), Ordering::Relaxed);
        if context.is_null() || state.is_null() {
            return;
        }
        // SAFETY: both pointers are those whisper.cpp is working with, on this very thread.
        let start = unsafe { sys::whisper_token_sot(context) };
        // SAFETY: as above.
        let silence = unsafe { sys::whisper_token_nosp(context) };
        // SAFETY: as above.
        let tokens = unsafe { sys::whisper_n_vocab(context) };
        // SAFETY: as above, with one token. The encoder is done and the decoder has not begun; what
        // this leaves in the state but for the logits, the decoder clears when it begins.
        if unsafe { sys::whisper_decode_with_state(context, state, &raw const start, 1, 0, self.threads) } != 0 {
            return;
        }
        // SAFETY: as above.
        let logits = unsafe { sys::whisper_get_logits_from_state(state) };
        let (Ok(tokens), Ok(silence)) = (usize::try_from(tokens), usize::try_from(silence)) else { return };
        if logits.is_null() || silence >= tokens {
            return;
        }
        // SAFETY: one token was decoded, so there is one row with a number for each token, and
        // nobody writes to it before the decoder begins.
        let logits = unsafe { std::slice::from_raw_parts(logits, tokens) };
        let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let sum: f32 = logits.iter().map(|logit| (logit - highest).exp()).sum();
        let probability = (logits[silence] - highest).exp() / sum;
        if probability.is_finite() && self.windows.load(Ordering::Relaxed) == 1 {
            self.no_speech.store(probability.to_bits(), Ordering::Relaxed);
        }
    }

    /// # Safety
    /// `data` is what [`Watch::attach`] passed, and the `Watch` still lives.
    unsafe fn of(data: *mut c_void) -> &'a Self {
        // SAFETY: the caller's promise. All fields are atomic or shared, so a shared reference on
        // any thread is right.
        unsafe { &*data.cast::<Self>() }
    }
}

/// Asked after every step of the encoder and of the decoder: whether to give up.
unsafe extern "C" fn on_abort(data: *mut c_void) -> bool {
    // SAFETY: whisper.cpp passes the data given with the callback, during the call only.
    let watch = unsafe { Watch::of(data) };
    watch.pulse.beat();
    let stop = watch.stop.load(Ordering::Relaxed) || instead::failed();
    if !stop {
        watch.look_for_silence();
    }
    stop
}

unsafe extern "C" fn on_progress(_: *mut whisper_context, _: *mut whisper_state, percent: c_int, data: *mut c_void) {
    // SAFETY: whisper.cpp passes the data given with the callback, during the call only.
    let watch = unsafe { Watch::of(data) };
    watch.pulse.pass(u8::try_from(percent.clamp(0, 100)).unwrap_or(100));
}

/// Called before each window of at most 30 s is encoded. There is more than one when the model
/// ends its text well before the audio ends.
unsafe extern "C" fn on_window(context: *mut whisper_context, state: *mut whisper_state, data: *mut c_void) -> bool {
    // SAFETY: whisper.cpp passes the data given with the callback, during the call only.
    let watch = unsafe { Watch::of(data) };
    if watch.windows.fetch_add(1, Ordering::Relaxed) == 0 && watch.fresh {
        // SAFETY: whisper.cpp is working with both pointers, and a fresh state was never attached.
        unsafe { instead::attach(context, state) };
    }
    watch.encoding.0.store(context, Ordering::Relaxed);
    watch.encoding.1.store(state, Ordering::Relaxed);
    true
}

/// Called for each token to come, possibly from several threads when there are several hypotheses.
unsafe extern "C" fn on_logits(
    _: *mut whisper_context,
    _: *mut whisper_state,
    _: *const whisper_token_data,
    tokens: c_int,
    _: *mut f32,
    data: *mut c_void,
) {
    // SAFETY: whisper.cpp passes the data given with the callback, during the call only.
    let watch = unsafe { Watch::of(data) };
    watch.pulse.beat();
    if tokens == 0 {
        watch.attempts.fetch_add(1, Ordering::Relaxed);
    }
}
