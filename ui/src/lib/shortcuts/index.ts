// Keyboard shortcuts of the window.
export { type ActionId, actions } from "./actions";
export { keysOf, type Overrides } from "./keyboard";
export { ShortcutsProvider, useKeysText, useShortcut } from "./shortcuts";
export { ShortcutsDialog } from "./shortcuts_dialog";
