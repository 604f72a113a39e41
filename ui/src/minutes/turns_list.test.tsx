// The sentences of the succinct acta are picked by keyboard, changed and written.
import { configure, screen, waitFor, within } from "@testing-library/react";
import { useState } from "react";
import type { Edit, Entry } from "../ipc";
import { applyToMinutes, type Stated } from "../ipc/fake/minutes";
import { fakeTurns } from "../ipc/fake/said";
import { fakeSessions, shortSession } from "../ipc/fake/sessions";
import { expectAccessible, renderInAstra } from "../testing";
import { TurnsList } from "./turns_list";

configure({ defaultHidden: true });

beforeEach(() => {
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(600);
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(60);
});

const session = fakeSessions().find(({ view }) => view.row.id === shortSession);
const turns = fakeTurns(session?.segments ?? [], session?.speakers ?? []);

function open() {
  const stated: { entries: Entry[] } = { entries: [] };
  function Kept() {
    const [entries, setEntries] = useState<Entry[]>([]);
    stated.entries = entries;
    const change = (edit: Edit) =>
      setEntries((former) => applyToMinutes({ entries: former, refused: [] } as unknown as Stated, edit).entries);
    return <TurnsList turns={turns} entries={entries} onEdit={change} />;
  }
  const view = renderInAstra(<Kept />);
  const card = (at: number) => document.querySelector<HTMLElement>(`[data-turn="${at}"]`) as HTMLElement;
  const texts = () => stated.entries.map(({ what }) => (what.kind === "summary" ? what.text : what.kind));
  return { ...view, card, texts };
}

test("Space ticks, arrows walk on, Enter goes to the next turn", async () => {
  const { user, card, texts } = open();
  const boxes = within(card(0)).getAllByRole("checkbox");
  boxes[0]?.focus();
  await user.keyboard(" ");
  expect(texts()).toHaveLength(1);
  expect(within(card(0)).getByRole("img", { name: "Lista" })).toBeVisible();
  await user.keyboard("{Enter}");
  await waitFor(() => expect(card(1)).toContainElement(document.activeElement as HTMLElement));
  await user.keyboard("{ArrowUp}");
  await waitFor(() => expect(document.activeElement).toBe(boxes.at(-1)));
});

test("a ticked sentence is said in other words, and Escape leaves them as they were", async () => {
  const { user, card, texts } = open();
  await user.click(within(card(0)).getAllByRole("checkbox")[0] as HTMLElement);
  await user.click(within(card(0)).getByRole("button", { name: "Cambiar las palabras" }));
  const field = () => within(card(0)).getByRole("textbox", { name: "Palabras del acta" });
  await user.clear(field());
  await user.keyboard("Pidió el informe.{Control>}{Enter}{/Control}");
  expect(texts()).toEqual(["Pidió el informe."]);
  await user.click(field());
  await user.keyboard(" Y más.{Escape}");
  expect(texts()).toEqual(["Pidió el informe."]);
  expect(field()).toHaveValue("Pidió el informe.");
});

test("one's own sentence is kept once, when the field is left", async () => {
  const { user, card, texts } = open();
  await user.click(within(card(0)).getByRole("button", { name: "Escribir una frase" }));
  await user.keyboard("Saludó a todos.");
  await user.tab();
  expect(texts()).toEqual(["Saludó a todos."]);
});

test("what was typed is kept when the list goes away under it", async () => {
  const kept: Edit[] = [];
  const { user, unmount } = renderInAstra(<TurnsList turns={turns} entries={[]} onEdit={(edit) => kept.push(edit)} />);
  await user.click(screen.getAllByRole("button", { name: "Escribir una frase" })[0] as HTMLElement);
  await user.keyboard("Saludó");
  unmount();
  expect(kept).toMatchObject([{ kind: "put_entry", entry: { what: { text: "Saludó" } } }]);
});

test("nothing of a turn is for the acta", async () => {
  const { user, card, texts } = open();
  await user.click(within(card(0)).getByRole("button", { name: "Nada de esta intervención" }));
  expect(texts()).toEqual([""]);
  expect(screen.getByRole("progressbar")).toHaveAttribute("aria-valuenow", expect.not.stringMatching(/^0$/));
});

test("has right roles and names", async () => {
  open();
  await expectAccessible();
});
