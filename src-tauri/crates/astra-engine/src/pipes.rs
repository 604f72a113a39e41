//! The host's standard output, taken away from native code.

use std::fs::File;
use std::io;

/// Keeps standard output for frames and points descriptor 1 at standard error, where whatever
/// C++ code prints does no harm. To be called before any native code runs.
///
/// # Errors
/// When the operating system refuses to copy the descriptors.
pub fn take_stdout() -> io::Result<File> {
    let kept = copy_of_stdout()?;
    // SAFETY: `dup2` only changes what descriptor 1 refers to. Rust's own `Stdout` looks the
    // descriptor up at each write, and nothing else in this process owns it.
    let result = unsafe { libc::dup2(2, 1) };
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(kept) }
}

#[cfg(unix)]
fn copy_of_stdout() -> io::Result<File> {
    use std::os::fd::AsFd;
    Ok(File::from(io::stdout().as_fd().try_clone_to_owned()?))
}

#[cfg(windows)]
fn copy_of_stdout() -> io::Result<File> {
    use std::os::windows::io::AsHandle;
    Ok(File::from(io::stdout().as_handle().try_clone_to_owned()?))
}

/// Ends the process without running anything that waits for native threads: the destructors of
/// graphics drivers are known to hang while a computation is under way.
pub fn leave(status: i32) -> ! {
    // SAFETY: `_exit` takes any status and does not return. Everything written so far went
    // straight to the operating system, so no buffer is lost.
    unsafe { libc::_exit(status) }
}
