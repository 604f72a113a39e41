//! Recordings that reach Astra from outside the window: given at the start, by «Abrir con», or by a
//! second start. Each is given to the page once: those that come before it listens, when it asks.

use std::path::Path;

use astra_core::app::App;
use astra_core::event::Event;
use tauri::{AppHandle, Manager};

use crate::until_asked::UntilAsked;

/// The recordings that wait for the page.
#[derive(Default)]
pub struct Offered(pub UntilAsked);

/// The recordings among a program's arguments, the first of which is the program itself. A relative
/// path was meant from `folder`.
pub fn recordings(arguments: impl IntoIterator<Item = String>, folder: &Path) -> Vec<String> {
    let given = arguments.into_iter().skip(1).filter(|argument| !argument.is_empty() && !argument.starts_with('-'));
    given
        .map(|argument| match url_of(&argument) {
            Some(Ok(path)) => path.display().to_string(),
            Some(Err(())) => argument,
            None => folder.join(&argument).display().to_string(),
        })
        .collect()
}

/// Hands recordings to the page.
pub fn offer(handle: &AppHandle, paths: Vec<String>) {
    if paths.is_empty() {
        return;
    }
    if let Some(paths) = handle.state::<Offered>().0.put(paths) {
        handle.state::<App>().emit(Event::RecordingsOffered { paths });
    }
}

/// Some file managers give addresses: of a file, or of a recording elsewhere.
fn url_of(argument: &str) -> Option<Result<std::path::PathBuf, ()>> {
    let url = tauri::Url::parse(argument).ok().filter(|url| matches!(url.scheme(), "file" | "http" | "https"))?;
    Some(if url.scheme() == "file" { url.to_file_path() } else { Err(()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(arguments: &[&str]) -> Vec<String> {
        recordings(arguments.iter().map(|&argument| argument.to_owned()), Path::new("/home/ana"))
    }

    #[test]
    fn paths_are_meant_from_the_folder_where_they_were_typed() {
        assert_eq!(given(&["astra", "sesión.mp3", "/media/usb/b.wav"]), ["/home/ana/sesión.mp3", "/media/usb/b.wav"]);
    }

    #[test]
    fn addresses_of_files_become_paths_and_other_addresses_stay() {
        assert_eq!(
            given(&["astra", "file:///media/usb/acta%20uno.mp3", "https://ejemplo.gov.co/a.mp3"]),
            ["/media/usb/acta uno.mp3", "https://ejemplo.gov.co/a.mp3"]
        );
    }

    #[test]
    fn options_are_no_recordings() {
        assert!(given(&["astra", "--flag", ""]).is_empty());
        assert!(given(&["astra"]).is_empty());
    }
}
