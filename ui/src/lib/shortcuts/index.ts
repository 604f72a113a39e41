// Keyboard shortcuts of the window.
export { type ActionId, actions } from "./actions";
export { combinationOf } from "./combination";
export { keysOf, type Overrides } from "./keyboard";
export { keysText } from "./keys_text";
export { ShortcutsProvider, useKeysText, useShortcut } from "./shortcuts";
export { ShortcutsDialog } from "./shortcuts_dialog";
