// What keys and pasting do inside the text of a row, beyond what the engine does by itself.
import type { SegmentId } from "../ipc/bindings";
import { insertText, oneLine } from "./blocks";
import { caretBox, caretOffset, onEdgeLine, selectedRange } from "./caret";
import type { Editor } from "./editor";

/** The row's text block an event happened in, and its segment. */
export function textOf(target: EventTarget | null): { id: SegmentId; block: HTMLElement } | null {
  const block = target instanceof Element ? target.closest<HTMLElement>("[data-text]") : null;
  return block?.dataset.text ? { id: block.dataset.text, block } : null;
}

/** The keys of one transcript. It remembers the column from which the arrows came, as every text field does. */
export class TextKeys {
  readonly #editor: Editor;
  #column: number | null = null;

  constructor(editor: Editor) {
    this.#editor = editor;
  }

  /** True when the key was taken; the engine must not act on it then. */
  down(event: KeyboardEvent): boolean {
    const text = textOf(event.target);
    if (!text || event.isComposing) return false;
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown" && !event.key.startsWith("Page")) this.#column = null;
    if (event.altKey || event.metaKey) return false;
    if (event.ctrlKey) return this.#withControl(event.key);
    switch (event.key) {
      case "Enter":
        if (!this.#editor.keepKey("\n")) void this.#editor.split();
        return true;
      case "Backspace":
        if (this.#editor.keepKey("\b")) return true;
        return isAt(text.block, 0) && this.#merge(text.id);
      case "Delete":
        return (
          isAt(text.block, text.block.textContent?.length ?? 0) && this.#merge(this.#editor.store.neighbour(text.id, 1))
        );
      case "ArrowUp":
      case "ArrowDown":
        return !event.shiftKey && this.#vertical(text.block, event.key === "ArrowUp" ? -1 : 1);
      case "ArrowLeft":
        return !event.shiftKey && isAt(text.block, 0) && this.#editor.moveRows(-1, null);
      case "ArrowRight":
        return (
          !event.shiftKey && isAt(text.block, text.block.textContent?.length ?? 0) && this.#editor.moveRows(1, null)
        );
      case "PageUp":
      case "PageDown":
        return !event.shiftKey && this.#page(text.block, event.key === "PageUp" ? -1 : 1);
      case "Escape":
        if (this.#editor.selected.size === 0) return false;
        this.#editor.select([]);
        return true;
      default:
        return false;
    }
  }

  /** For what comes without a key: dictation, an on-screen keyboard, a menu. True when it was taken. */
  beforeInput(event: InputEvent): boolean {
    const text = textOf(event.target);
    if (!text) return false;
    switch (event.inputType) {
      case "historyUndo":
        void this.#editor.undo();
        return true;
      case "historyRedo":
        void this.#editor.redo();
        return true;
      case "insertParagraph":
      case "insertLineBreak":
        if (!this.#editor.keepKey("\n")) void this.#editor.split();
        return true;
      case "insertText":
        return event.data !== null && this.#editor.keepKey(event.data);
      case "insertFromDrop":
      case "insertFromPaste":
        return this.paste(event.target, event.dataTransfer);
      default:
        return event.inputType.startsWith("format");
    }
  }

  /** Puts plain text on one line, whatever was copied. */
  paste(target: EventTarget | null, data: DataTransfer | null): boolean {
    const text = textOf(target);
    if (!text || !data) return false;
    const pasted = oneLine(data.getData("text/plain"));
    if (pasted !== "" && !this.#editor.keepKey(pasted)) {
      insertText(text.block, pasted);
      this.#editor.typed(text.id, text.block);
    }
    return true;
  }

  #withControl(key: string): boolean {
    const { ids } = this.#editor.store;
    const [first, last] = [ids[0], ids.at(-1)];
    if (key === "Home" && first !== undefined) this.#editor.go({ segment: first, offset: 0 });
    else if (key === "End" && last !== undefined) this.#editor.go({ segment: last, line: "last", x: null });
    else return false;
    return true;
  }

  #merge(segment: SegmentId | undefined): boolean {
    void this.#editor.merge(segment);
    return true;
  }

  #vertical(block: HTMLElement, direction: -1 | 1): boolean {
    this.#column ??= caretBox(block)?.x ?? null;
    return onEdgeLine(block, direction) && this.#editor.moveRows(direction, this.#column);
  }

  #page(block: HTMLElement, direction: -1 | 1): boolean {
    this.#column ??= caretBox(block)?.x ?? null;
    this.#editor.moveRows(direction * Math.max(1, this.#editor.pageRows() - 1), this.#column);
    return true;
  }
}

/** Whether the cursor is at an offset with nothing selected. */
function isAt(block: HTMLElement, offset: number): boolean {
  const range = selectedRange(block);
  return range !== null && range[0] === range[1] && caretOffset(block) === offset;
}
