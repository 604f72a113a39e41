//! Whether the files of recordings can be reached now. A share that went away may keep whoever asks waiting for
//! minutes, and a session must open all the same.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::future::join_all;
use tokio::sync::watch;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use crate::sessions::Source;

/// How long a drive may take to answer; a disk that sleeps needs less.
const PATIENCE: Duration = Duration::from_secs(3);

type Asked = BTreeMap<PathBuf, watch::Receiver<Option<bool>>>;

/// For each recording whether its file is there. One whose drive does not answer is not, and an address never is.
pub async fn within_reach(sources: impl Iterator<Item = &Source>) -> Vec<bool> {
    let looks = sources.map(async |source| match source {
        Source::File(path) => answered(path, PATIENCE, Path::is_file).await,
        Source::Url(_) => false,
    });
    join_all(looks).await
}

async fn answered(path: &Path, patience: Duration, look: impl FnOnce(&Path) -> bool + Send + 'static) -> bool {
    let mut answer = ask(path, look);
    matches!(timeout(patience, answer.wait_for(Option::is_some)).await, Ok(Ok(there)) if *there == Some(true))
}

/// Looks, unless somebody does so already: each look holds a thread until its drive answers.
fn ask(path: &Path, look: impl FnOnce(&Path) -> bool + Send + 'static) -> watch::Receiver<Option<bool>> {
    let mut asked = asked();
    if let Some(answer) = asked.get(path) {
        return answer.clone();
    }
    let (tell, answer) = watch::channel(None);
    asked.insert(path.to_owned(), answer.clone());
    let path = path.to_owned();
    spawn_blocking(move || {
        let there = look(&path);
        self::asked().remove(&path);
        tell.send_replace(Some(there));
    });
    answer
}

fn asked() -> MutexGuard<'static, Asked> {
    static ASKED: Mutex<Asked> = Mutex::new(Asked::new());
    ASKED.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[tokio::test]
    async fn a_file_is_within_reach_and_a_folder_or_nothing_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("sesión.mp3");
        std::fs::write(&file, "x").unwrap();
        let sources = [
            Source::File(file),
            Source::File(folder.path().to_owned()),
            Source::File(folder.path().join("otra.mp3")),
            Source::Url("https://concejo.gov.co/sesion.mp3".to_owned()),
        ];
        assert_eq!(within_reach(sources.iter()).await, [true, false, false, false]);
    }

    #[tokio::test]
    async fn a_drive_that_does_not_answer_keeps_nobody_waiting_and_one_thread_at_most() {
        let path = Path::new("/srv/lejos/sesión.mp3");
        let (answer, hangs) = mpsc::channel::<()>();
        let moment = Duration::from_millis(20);
        assert!(!answered(path, moment, move |_| hangs.recv().is_ok()).await);
        assert!(!answered(path, moment, |_| unreachable!("it was asked for twice")).await);
        answer.send(()).unwrap();
        assert!(answered(path, PATIENCE, |_| true).await);
        assert!(!asked().contains_key(path));
    }
}
