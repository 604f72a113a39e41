//! «Recording in, Word out»: the documents of every session that was heard go by themselves into a folder that the
//! secretary chose. One that is away is no error of the session: it is tried again until it is there.

use std::path::Path;

use super::{ActaWish, App, Template};
use crate::clock;
use crate::engine::Stop;
use crate::error::Result;
use crate::event::Event;
use crate::export::Format;
use crate::export::acta::ActaFormat;
use crate::id::SessionId;
use crate::jobs::retry;
use crate::sentences::{error_sentence, sentence};
use crate::settings::Settings;
use crate::store::{Delivery, Wish};

impl App {
    /// Delivers the documents of a session that was just heard, when that was chosen.
    pub(crate) async fn deliver_if_wished(&self, session: SessionId) {
        let begun = async {
            if self.settings_get().await?.deliver_to.is_some() {
                self.store().add_delivery(session).await?;
                self.deliver_all_due().await?;
            }
            Ok::<_, crate::Error>(())
        };
        if let Err(error) = begun.await {
            tracing::error!(code = error.code(), "a session is not delivered");
        }
    }

    /// Delivers what could not be delivered before and is due.
    pub(crate) async fn deliver_due(&self) {
        if let Err(error) = self.deliver_all_due().await {
            tracing::error!(code = error.code(), "what is to be delivered cannot be read");
        }
    }

    async fn deliver_all_due(&self) -> Result<()> {
        let due = |delivery: &Delivery| {
            let now_ms = clock::now_ms();
            delivery.retry.is_none_or(|(failed_at_ms, retry_at_ms)| retry::is_due(now_ms, failed_at_ms, retry_at_ms))
        };
        if !self.store().deliveries().await?.iter().any(due) {
            return Ok(());
        }
        let _one_at_a_time = self.delivering.lock().await;
        let settings = self.settings_get().await?;
        let Some(folder) = &settings.deliver_to else { return Ok(()) };
        for delivery in self.store().deliveries().await?.into_iter().filter(due) {
            self.deliver(&delivery, folder, &settings).await?;
        }
        Ok(())
    }

    async fn deliver(&self, delivery: &Delivery, folder: &Path, settings: &Settings) -> Result<()> {
        let session = delivery.session;
        match self.write_delivery(session, folder, settings).await {
            Ok(()) => self.store().end_delivery(session).await?,
            Err(error) => {
                let tries = delivery.tries + 1;
                let retry_at_ms = clock::now_ms() + retry::endless_pause_ms(tries);
                self.store().put_off_delivery(session, &error, tries, retry_at_ms).await?;
                if tries == 1 {
                    let title = self.store().session(session).await?.session.title;
                    let reason = error_sentence(&error);
                    let fields = [("title", title.as_str()), ("reason", &reason)];
                    self.emit(Event::NoticeGiven { message: sentence("notice.undelivered", &fields) });
                }
            }
        }
        self.tell_session(session);
        Ok(())
    }

    /// The transcript in the formats exported last, and the acta as it was chosen last when Word is among them.
    async fn write_delivery(&self, session: SessionId, folder: &Path, settings: &Settings) -> Result<()> {
        let wish = Wish { out: folder.to_owned(), formats: settings.formats.clone(), threads: None, keep_copy: None };
        self.write_documents(session, &wish).await?;
        if settings.formats.contains(&Format::Docx) {
            let acta = &settings.acta;
            let wish = ActaWish {
                kind: acta.kind,
                copy: acta.copy,
                format: ActaFormat::Docx,
                template: Template::named(&acta.template),
                style: acta.style.clone(),
                folder: folder.to_owned(),
                name: None,
            };
            self.acta_write(session, &wish, &Stop::default()).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
