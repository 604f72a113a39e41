//! Starting with the computer's user: Astra is then there, hidden in the tray when it may be, and goes on listening.

use auto_launch::{AutoLaunch, AutoLaunchBuilder};

/// The argument of a start that nobody asked for at this moment.
pub const HIDDEN: &str = "--hidden";

/// Has Astra start at log-in, or not any more.
///
/// # Errors
/// What the operating system said.
pub fn follow(wished: bool) -> Result<(), String> {
    let entry = entry().map_err(|error| error.to_string())?;
    let done = match (wished, entry.is_enabled().unwrap_or(false)) {
        // Anew each time: the program may lie elsewhere since.
        (true, _) => entry.enable(),
        (false, true) => entry.disable(),
        (false, false) => Ok(()),
    };
    done.map_err(|error| error.to_string())
}

fn entry() -> Result<AutoLaunch, Box<dyn std::error::Error>> {
    // An AppImage runs from a place that is gone when it ends.
    let program = match std::env::var_os("APPIMAGE") {
        Some(image) => image.into(),
        None => std::env::current_exe()?,
    };
    let path = program.to_str().ok_or("a path that is no text")?;
    let path = if cfg!(target_os = "linux") { quoted(path) } else { path.to_owned() };
    Ok(AutoLaunchBuilder::new().set_app_name("Astra").set_app_path(&path).set_args(&[HIDDEN]).build()?)
}

/// A program as a line `Exec=` names it, in quotes: an AppImage may lie in «Mis documentos». What quotes keep from being
/// itself has a backslash, which the line has twice (Desktop Entry Specification, «The Exec key»).
fn quoted(path: &str) -> String {
    let mut quoted = String::from('"');
    for letter in path.chars() {
        match letter {
            '\\' => quoted.push_str(r"\\\\"),
            '"' | '`' | '$' => quoted.extend(['\\', '\\', letter]),
            '%' => quoted.push_str("%%"),
            _ => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_spaces_and_signs_is_one_word_of_the_line() {
        assert_eq!(quoted("/home/rosa/Mis documentos/Astra.AppImage"), r#""/home/rosa/Mis documentos/Astra.AppImage""#);
        assert_eq!(quoted(r#"/a"b$c\d%"#), r#""/a\\"b\\$c\\\\d%%""#);
    }
}
