//! Lines for a person or JSON objects for a program.

use std::io::{self, Write};

use astra_core::Error;
use astra_core::sentences::error_sentence;
use serde::Serialize;

/// Where results go.
#[derive(Debug, Clone, Copy)]
pub struct Output {
    json: bool,
}

impl Output {
    /// Lines of JSON, or of text.
    pub fn new(json: bool) -> Self {
        Self { json }
    }

    /// Whether a program reads along.
    pub fn is_json(self) -> bool {
        self.json
    }

    /// Prints `object` to programs and `line` to people.
    pub fn item(self, object: &impl Serialize, line: &str) {
        if self.json {
            self.object(object);
        } else {
            self.line(line);
        }
    }

    /// Prints an object to programs only.
    pub fn object(self, object: &impl Serialize) {
        if self.json
            && let Ok(text) = serde_json::to_string(object)
        {
            write_line(io::stdout(), &text);
        }
    }

    /// Prints a line to people only.
    pub fn line(self, line: &str) {
        if !self.json {
            write_line(io::stdout(), line);
        }
    }

    /// Says something beside the results, to people only.
    pub fn aside(self, line: &str) {
        if !self.json {
            write_line(io::stderr(), line);
        }
    }

    /// Tells an error: `{event, code, message, details}` to programs, the sentence to people.
    pub fn error(self, error: &Error) {
        let message = error_sentence(error);
        if self.json {
            self.object(&serde_json::json!({
                "event": "error", "code": error.code(), "message": message, "details": error,
            }));
        } else {
            write_line(io::stderr(), &message);
        }
        // File names may name people, so only the code goes into a log that somebody may send us.
        tracing::error!(code = error.code());
        tracing::debug!("{error}");
    }
}

/// A reader that went away (`astra … | head`) is no error of ours.
fn write_line(mut stream: impl Write, line: &str) {
    let _ = writeln!(stream, "{line}");
    let _ = stream.flush();
}
