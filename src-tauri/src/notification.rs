//! What the operating system tells the secretary while she looks at something else: that a session is ready, or that
//! it failed for good. One that is tried again by itself is no news yet.

use astra_core::Result;
use astra_core::app::App;
use astra_core::event::Event;
use astra_core::id::SessionId;
use astra_core::sentences::sentence;
use notify_rust::Notification;
use tauri::{AppHandle, Manager, async_runtime};

use crate::until_asked::UntilAsked;
use crate::{tray, window};

/// What was said aloud before the page listened, such as that a backup could not be made at the start.
#[derive(Default)]
pub struct Notices(pub UntilAsked);

/// What is worth a notification.
#[derive(Debug, Clone, PartialEq, Eq)]
enum News {
    /// Everything was heard.
    Ready(SessionId),
    /// It failed, for the reason in this sentence.
    Failed(SessionId, String),
}

impl News {
    fn session(&self) -> SessionId {
        match self {
            Self::Ready(session) | Self::Failed(session, _) => *session,
        }
    }
}

/// Tells what is news.
pub fn follow(handle: &AppHandle, event: &Event) {
    if let Event::NoticeGiven { message } = event {
        // One that the page can be told at once reaches it as every event does.
        let _told = handle.state::<Notices>().0.put(vec![message.clone()]);
    }
    let Some(news) = news(event) else { return };
    let handle = handle.clone();
    async_runtime::spawn(async move {
        if window::is_looked_at(&handle) {
            return;
        }
        // What ends in the very moment of the start was seen before.
        let Some(app) = handle.try_state::<App>() else { return };
        let session = news.session();
        match words(&app, news).await {
            Ok(Some((title, text))) => show(&handle, session, &title, &text),
            Ok(None) => {}
            Err(error) => tracing::warn!(code = error.code(), "nobody was notified"),
        }
    });
}

fn news(event: &Event) -> Option<News> {
    match event {
        Event::JobDone { job: Some(_), session } => Some(News::Ready(*session)),
        Event::JobFailed { session, message, retry_at_ms: None, .. } => Some(News::Failed(*session, message.clone())),
        _ => None,
    }
}

/// The title and the text, unless nobody wants them.
async fn words(app: &App, news: News) -> Result<Option<(String, String)>> {
    if !app.settings_get().await?.notify_when_ready {
        return Ok(None);
    }
    let title = app.session_row(news.session()).await?.title;
    Ok(Some(match news {
        News::Ready(_) => (sentence("notification.ready", &[]), title),
        News::Failed(_, message) => (sentence("notification.failed", &[("title", &title)]), message),
    }))
}

fn show(handle: &AppHandle, session: SessionId, title: &str, text: &str) {
    let mut notification = Notification::new();
    notification.appname("Astra").summary(title).body(text).auto_icon();
    // Windows only shows what comes from a program that was installed under this name.
    #[cfg(windows)]
    notification.app_id(&handle.config().identifier);
    #[cfg(all(unix, not(target_os = "macos")))]
    notification.action("default", &sentence("tray.open", &[]));
    let handle = handle.clone();
    // Where a click is told, it is waited for.
    async_runtime::spawn_blocking(move || match notification.show() {
        #[cfg(all(unix, not(target_os = "macos")))]
        Ok(shown) => shown.wait_for_action(|action| {
            if action == "default" {
                tray::open_window(&handle);
                handle.state::<App>().emit(Event::SessionAsked { session });
            }
        }),
        #[cfg(not(all(unix, not(target_os = "macos"))))]
        Ok(_) => drop((handle, session)),
        Err(error) => tracing::info!(%error, "this desktop shows no notifications"),
    });
}

#[cfg(test)]
mod tests {
    use astra_core::id::JobId;

    use super::*;

    #[test]
    fn a_session_that_is_ready_or_failed_for_good_is_news_and_one_that_is_tried_again_is_not() {
        let (job, session) = (JobId::new(), SessionId::new());
        let failed = |retry_at_ms| Event::JobFailed {
            job,
            session,
            code: "no_audio".to_owned(),
            message: "No tiene sonido".to_owned(),
            retry_at_ms,
        };
        assert_eq!(news(&Event::JobDone { job: Some(job), session }), Some(News::Ready(session)));
        assert_eq!(news(&Event::JobDone { job: None, session }), None);
        assert_eq!(news(&failed(None)), Some(News::Failed(session, "No tiene sonido".to_owned())));
        assert_eq!(news(&failed(Some(1))), None);
        assert_eq!(news(&Event::QueueChanged), None);
    }
}
