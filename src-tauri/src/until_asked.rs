//! What the page would miss while it does not listen yet: it is given to it once, when it asks.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// What waits for the page, and whether the page has asked yet.
#[derive(Default)]
pub struct UntilAsked(Mutex<Waiting>);

#[derive(Default)]
struct Waiting {
    texts: Vec<String>,
    page_listens: bool,
}

impl UntilAsked {
    /// Takes what waits. From now on the page is told of more by an event.
    pub fn take(&self) -> Vec<String> {
        let mut waiting = self.lock();
        waiting.page_listens = true;
        std::mem::take(&mut waiting.texts)
    }

    /// Keeps texts for the page, or gives them back when it can be told at once.
    pub fn put(&self, texts: Vec<String>) -> Option<Vec<String>> {
        let mut waiting = self.lock();
        if waiting.page_listens {
            return Some(texts);
        }
        waiting.texts.extend(texts);
        None
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_before_the_page_listened_waits_for_it_and_is_given_once() {
        let waiting = UntilAsked::default();
        assert_eq!(waiting.put(vec!["a".to_owned()]), None);
        assert_eq!(waiting.put(vec!["b".to_owned()]), None);
        assert_eq!(waiting.take(), ["a", "b"]);
        assert!(waiting.take().is_empty());
        assert_eq!(waiting.put(vec!["c".to_owned()]), Some(vec!["c".to_owned()]));
        assert!(waiting.take().is_empty());
    }
}
