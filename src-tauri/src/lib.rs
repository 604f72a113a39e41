//! The shell: windows and wires around what Astra knows, without any knowledge of its own.
//!
//! `opening` brings up the core and the window, `commands` carries what the page asks to the core,
//! events of the core go to the page under the one name `astra`, and `closing` sees to it that
//! nothing is lost when the window goes.

mod closing;
mod commands;
mod diary;
mod login;
mod media_server;
mod notification;
mod offered;
mod opening;
mod tray;
mod until_asked;
mod window;

/// Opens Astra and returns only when it was closed.
///
/// # Panics
/// When the platform has no window to give: without a display, say.
#[expect(clippy::expect_used, reason = "there is nobody left who could be told")]
pub fn run() {
    let mut builder = tauri::Builder::default();
    // Tests open many at once.
    if std::env::var_os("ASTRA_MANY_INSTANCES").is_none() {
        builder = builder.plugin(tauri_plugin_single_instance::init(|handle, arguments, folder| {
            let arguments_hidden = arguments.iter().any(|argument| argument == login::HIDDEN);
            offered::offer(handle, offered::recordings(arguments, folder.as_ref()));
            // A start at log-in asks for nothing.
            if !arguments_hidden {
                tray::open_window(handle);
            }
        }));
    }
    builder
        .plugin(tauri_plugin_dialog::init())
        .plugin(window::place_keeper())
        .invoke_handler(commands::all().invoke_handler())
        .setup(|app| Ok(opening::open(app.handle())?))
        .on_window_event(|window, event| {
            if let tauri::WindowEvent::CloseRequested { api, .. } = event {
                api.prevent_close();
                closing::close(window);
            }
        })
        .run(tauri::generate_context!())
        .expect("the window cannot be opened");
}
