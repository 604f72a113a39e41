// The session's page open before a secretary, and what she does with it.
import { act, configure, fireEvent, screen, waitFor } from "@testing-library/react";
import type { Query } from "../ipc";
import { createFakeIpc, type FakeIpc } from "../ipc/fake";
import { shortSession } from "../ipc/fake/sessions";
import { type Overrides, ShortcutsProvider } from "../lib/shortcuts";
import { SessionPage } from "../session_page";
import { renderInAstra } from ".";

// A whole page in jsdom is slow, above all finding by role, which works out the styles of every element.
configure({ asyncUtilTimeout: 5000 });

/** Before each test of a file. */
export function layOut(): void {
  // jsdom lays nothing out: the lists are 300 px high, the text in them long enough, and rows are 34 px.
  const isList = (element: Element) => element.matches(".transcript-scroller, .panel-list");
  const measured = (list: number) =>
    function (this: Element) {
      return isList(this) ? list : 34;
    };
  vi.spyOn(Element.prototype, "clientHeight", "get").mockImplementation(measured(300));
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockImplementation(measured(300));
  vi.spyOn(Element.prototype, "scrollHeight", "get").mockImplementation(measured(1_000_000));
  Element.prototype.scrollTo = function (this: Element, options?: unknown) {
    this.scrollTop = (options as ScrollToOptions).top ?? 0;
    fireEvent.scroll(this);
  } as never;
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
}

export async function open(
  session = shortSession,
  ipc: FakeIpc = createFakeIpc(),
  at?: string,
  overrides: Overrides = {},
) {
  const view = renderInAstra(
    <ShortcutsProvider overrides={overrides}>
      <SessionPage session={session} at={at} />
    </ShortcutsProvider>,
    { ipc },
  );
  await waitFor(() => expect(document.querySelector("[data-text]")).not.toBeNull());
  await screen.findByRole("timer");
  return view;
}

export const blocks = () => [...document.querySelectorAll<HTMLElement>("[data-text]")];
export const texts = () => blocks().map((block) => block.textContent);
export const plain: Query = {
  text: "",
  match_case: false,
  match_accents: false,
  whole_word: false,
  regular_expression: false,
  speaker: null,
};
export const edits = (ipc: FakeIpc) =>
  ipc.fake.calls.filter((call) => call.command === "transcriptEdit").map((call) => call.values[2]);

export function putCursor(row: number, offset: number) {
  const block = blocks()[row] as HTMLElement;
  act(() => {
    block.focus();
    getSelection()?.collapse(block.firstChild ?? block, offset);
  });
  return block;
}

/** Types as the web view does: it changes the text by itself and tells afterwards. */
export function type(block: HTMLElement, text: string) {
  block.textContent = text;
  getSelection()?.collapse(block.firstChild, text.length);
  fireEvent.input(block);
}

export const cursor = () => ({
  row: blocks().indexOf(document.activeElement as HTMLElement),
  offset: getSelection()?.focusOffset,
});

/** A button, tab, option or field by its name. */
export function control(name: string | RegExp, within: ParentNode = document): HTMLElement {
  const all = [...within.querySelectorAll<HTMLElement>("button, input, [role=option], [role=checkbox]")];
  const fits = (own: string | null | undefined) => (typeof name === "string" ? own === name : name.test(own ?? ""));
  const found = all.find((each) => fits(each.getAttribute("aria-label") ?? each.textContent) || fits(labelOf(each)));
  if (!found) throw new Error(`there is no control called ${name}`);
  return found;
}
const labelOf = (element: HTMLElement) =>
  element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : null;
export const click = (name: string | RegExp, within?: ParentNode) => fireEvent.click(control(name, within));
export const fill = (name: string, value: string) => fireEvent.change(control(name), { target: { value } });

export const press = (key: string, modifiers: object = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, code: key, ...modifiers });
