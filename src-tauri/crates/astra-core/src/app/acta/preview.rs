//! The acta as it would be written now, for the window.

use serde::{Deserialize, Serialize};

use super::Template;
use crate::app::{App, blocking};
use crate::error::Result;
use crate::export::page::Block;
use crate::id::SessionId;
use crate::minutes::Stretch;
use crate::minutes::acta::{Style, compose};
use crate::minutes::checks::{Check, checks};
use crate::settings::ActaChoices;

/// An acta that is not written yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ActaPreview {
    /// The whole document, with what stands in the template's places at its head.
    pub blocks: Vec<Block>,
    /// What somebody should look at before it is signed.
    pub checks: Vec<ShownCheck>,
    /// How many things that may be personal data the copy does without.
    pub hidden: usize,
}

/// Something to look at, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ShownCheck {
    /// What kind of thing.
    pub code: String,
    /// The Spanish sentence.
    pub text: String,
    /// The law that asks for it, if one does.
    pub base: Option<String>,
    /// Where it can be heard, if it can.
    pub heard: Option<Stretch>,
}

impl App {
    /// The acta as it would be written now. Nothing is written.
    ///
    /// # Errors
    /// [`crate::Error::SessionUnknown`] or those of the store.
    pub async fn acta_preview(&self, session: SessionId, choices: &ActaChoices) -> Result<ActaPreview> {
        let (_, material) = self.acta_material(session, choices.copy).await?;
        let approved = self.approved_before(session).await?;
        let choices = choices.clone();
        blocking(move || {
            let style = Style { titled: true, ..choices.style() };
            let page = compose(&material, choices.kind, choices.copy, &style);
            let checks = checks(&material, style.country).iter().chain(&approved).map(ShownCheck::of).collect();
            Ok(ActaPreview { blocks: page.blocks, checks, hidden: material.masks.len() })
        })
        .await
    }
}

impl ShownCheck {
    pub(super) fn of(check: &Check) -> Self {
        Self { code: check.finding.code(), text: check.sentence(), base: check.base.clone(), heard: check.heard }
    }
}

impl ActaChoices {
    /// The style that was chosen, or the usual one of the template's country.
    pub(crate) fn style(&self) -> Style {
        self.style.clone().unwrap_or_else(|| Template::named(&self.template).style())
    }
}
