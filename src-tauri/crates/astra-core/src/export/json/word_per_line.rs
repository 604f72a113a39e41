//! How the JSON of a transcript is laid out: indented, but with each word on one line, so that people
//! can read it and programs that compare texts can compare it.

use std::io;

use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};

/// Indents like everybody else down to the lists of words, and writes what is deeper on one line.
pub(crate) struct WordPerLine {
    depth: usize,
    outer: PrettyFormatter<'static>,
    inner: CompactFormatter,
}

impl WordPerLine {
    /// Object, `segments`, segment, `words`: the levels that are indented.
    const OUTER: usize = 4;

    /// For a whole transcript.
    pub(crate) fn new() -> Self {
        Self { depth: 0, outer: PrettyFormatter::new(), inner: CompactFormatter }
    }
}

/// Sends a step of the writer to whichever formatter has the level.
macro_rules! by_depth {
    ($self:ident.$step:ident($($argument:expr),*)) => {
        match $self.depth <= Self::OUTER {
            true => $self.outer.$step($($argument),*),
            false => $self.inner.$step($($argument),*),
        }
    };
}

impl Formatter for WordPerLine {
    fn begin_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth += 1;
        by_depth!(self.begin_array(writer))
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        by_depth!(self.end_array(writer))?;
        self.depth -= 1;
        Ok(())
    }

    fn begin_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        by_depth!(self.begin_array_value(writer, first))
    }

    fn end_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        by_depth!(self.end_array_value(writer))
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth += 1;
        by_depth!(self.begin_object(writer))
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        by_depth!(self.end_object(writer))?;
        self.depth -= 1;
        Ok(())
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        by_depth!(self.begin_object_key(writer, first))
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        by_depth!(self.begin_object_value(writer))
    }

    fn end_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        by_depth!(self.end_object_value(writer))
    }
}
