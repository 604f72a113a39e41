//! Native speech engines, and the host they run in.
//!
//! Only this crate links native speech code and only here is `unsafe` written: a process that
//! may crash without taking anything along. [`host`] answers Astra through a pipe, [`whisper`] and
//! [`parakeet`] listen, [`pulse`] tells a busy engine from a hung one, [`pipes`] keeps native code from
//! printing into the answers, and [`diary`] keeps the log.

pub mod diary;
pub mod host;
mod onnx;
pub mod parakeet;
pub mod pipes;
pub mod pulse;
pub mod whisper;
