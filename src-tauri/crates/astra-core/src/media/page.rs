//! Web pages with a player (YouTube, Facebook Live): yt-dlp finds the sound and hands it over.

use std::ffi::OsStr;
use std::io::{self, Read};
use std::process::ChildStdout;

use super::priority::Priority;
use super::program::Program;
use crate::engine::Stop;
use crate::error::{Error, Result};

/// The sound of a page, as bytes.
///
/// # Errors
/// [`Error::PageNeedsYtDlp`] when yt-dlp is not installed. What yt-dlp says when it fails comes
/// out of the reader as [`Error::UrlUnreachable`].
pub fn open(url: &str, stop: &Stop) -> Result<Box<dyn Read + Send>> {
    let arguments =
        ["--no-playlist", "--quiet", "--no-progress", "--format", "bestaudio/best", "--output", "-", "--", url];
    let arguments = arguments.map(OsStr::new);
    let program =
        Program::start("yt-dlp", &arguments, false, Priority::Usual, stop, |_| false).map_err(|error| match error {
            Error::ProgramMissing { .. } => Error::PageNeedsYtDlp { url: url.to_owned() },
            other => other,
        })?;
    let output = program.take_output();
    Ok(Box::new(Page { url: url.to_owned(), program: Some(program), output }))
}

struct Page {
    url: String,
    program: Option<Program>,
    output: Option<ChildStdout>,
}

impl Read for Page {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let count = self.output.as_mut().map_or(Ok(0), |output| output.read(bytes))?;
        if count > 0 || bytes.is_empty() {
            return Ok(count);
        }
        let Some(program) = self.program.take() else { return Ok(0) };
        let (status, said) = program.finish().map_err(io::Error::other)?;
        if status.success() {
            return Ok(0);
        }
        Err(io::Error::other(Error::UrlUnreachable { url: self.url.clone(), reason: said }))
    }
}
