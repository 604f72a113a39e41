//! One recording through the whole of Astra in this process, with an engine of our choice.

use std::path::Path;

use anyhow::Result;
use astra_core::app::{App, Done, Request};
use astra_core::engine::device::Device;
use astra_core::engine::{Engine, Load, Stop};
use astra_core::event::Event;
use astra_core::export::Format;
use astra_core::models;
use astra_core::settings::DataFolder;

/// Listens to `recording` and writes all documents. Data and documents go below `folder`; `model`
/// is brought in first, or else the built-in one stands for it; `watch` is told every event.
///
/// # Errors
/// Those of Astra.
pub fn listen(
    recording: &Path,
    folder: &Path,
    model: Option<&Path>,
    watch: impl Fn(&Event) + Send + Sync + 'static,
    open_engine: impl Fn(Load, Vec<Device>) -> astra_core::Result<Box<dyn Engine>> + Send + Sync + 'static,
) -> Result<Done> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let data = DataFolder::open(Some(&folder.join("data")))?;
        let app = App::open_with(data, move |event| watch(&event), open_engine).await?;
        let stop = Stop::default();
        let model = match model {
            Some(file) => app.library().import(file, &stop, &mut |_, _| {})?.id,
            None => models::DEMO.to_owned(),
        };
        let request = Request {
            model: Some(model),
            out: Some(folder.join("out")),
            formats: Format::all().to_vec(),
            keep_copy: Some(false),
            ..Request::of(vec![recording.as_os_str().to_owned()])
        };
        let done = app.transcribe(request, &stop).await?;
        app.store().close().await;
        Ok(done)
    })
}
