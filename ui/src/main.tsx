// Starts the page: with the real core inside the application, with the faked one in a plain browser.
import { createRoot } from "react-dom/client";
import { App } from "./app";
import type { Ipc } from "./ipc";
import "./styles/fonts.css";
import "./styles/page.css";
import "./styles/scrollbars.css";

async function core(): Promise<Ipc> {
  if ("__TAURI_INTERNALS__" in window) return (await import("./ipc/tauri")).createTauriIpc();
  const { createFakeIpc, settingsOfAddress } = await import("./ipc/fake");
  return createFakeIpc({ delay_ms: 300, settings: settingsOfAddress(window.location.search) });
}

const root = document.getElementById("root");
if (root) void core().then((ipc) => createRoot(root).render(<App ipc={ipc} />));
