// The real core behind the window: the generated commands, the events of the channel «astra», and the little of the
// window itself that the page needs.
import { listen } from "@tauri-apps/api/event";
import { getCurrentWebview } from "@tauri-apps/api/webview";
import { getCurrentWindow } from "@tauri-apps/api/window";
import { commands, type Event } from "./bindings";
import type { DropHandler, Ipc } from "./index";

/** The core of the running application. */
export function createTauriIpc(): Ipc {
  return {
    ...commands,
    listen: (handler) => unlistenOf(listen<Event>("astra", ({ payload }) => handler(payload))),
    onDrop: (handler: DropHandler) =>
      unlistenOf(
        getCurrentWebview().onDragDropEvent(({ payload }) =>
          handler(payload.type, "paths" in payload ? payload.paths : []),
        ),
      ),
    setTitle: (title) => getCurrentWindow().setTitle(title),
    setZoom: (factor) => getCurrentWebview().setZoom(factor),
  };
}

/** Tauri hands the way to stop listening later; React wants it at once. */
function unlistenOf(registered: Promise<() => void>): () => void {
  return () => void registered.then((unlisten) => unlisten());
}
