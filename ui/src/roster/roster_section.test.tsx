// The councillors are typed, ordered by keyboard, and brought from a file, of which only what is agreed to is kept.
import { configure, screen, waitFor, within } from "@testing-library/react";
import { useState } from "react";
import { createFakeIpc } from "../ipc/fake";
import { expectAccessible, renderInAstra } from "../testing";
import { councillorOf } from "./roster";
import { RosterSection } from "./roster_section";

configure({ defaultHidden: true });

const three = () => ["Ana Zapata", "Jorge Ospina", "Luz Quintero"].map((name) => councillorOf(name));

async function open(roster = three()) {
  const view = renderInAstra(<RosterSection />, { ipc: createFakeIpc({ roster }) });
  await screen.findByRole("textbox", { name: "Nombre y apellidos" });
  const saved = async () => (await view.ipc.rosterList()).map(({ name, seat }) => `${seat} ${name}`);
  return { ...view, saved };
}

test("somebody is added at the end of the roll", async () => {
  const { user, saved } = await open();
  await user.type(screen.getByRole("textbox", { name: "Nombre y apellidos" }), "Fabio Arias{Enter}");
  await waitFor(async () =>
    expect(await saved()).toEqual(["1 Ana Zapata", "2 Jorge Ospina", "3 Luz Quintero", "4 Fabio Arias"]),
  );
});

test("Alt and an arrow move somebody in the roll, and the field keeps the focus", async () => {
  const { user, saved } = await open();
  const party = screen.getByRole("textbox", { name: "Partido o bancada: Luz Quintero" });
  await user.click(party);
  await user.keyboard("{Alt>}{ArrowUp}{/Alt}");
  await waitFor(async () => expect(await saved()).toEqual(["1 Ana Zapata", "2 Luz Quintero", "3 Jorge Ospina"]));
  expect(party).toHaveFocus();
});

test("days and wrong spellings are typed on demand and told in one line", async () => {
  const { user, ipc } = await open();
  const more = screen.getByRole("button", { name: "Más datos de Ana Zapata" });
  await user.click(more);
  await user.type(screen.getByRole("combobox", { name: "Desde" }), "1/1/2024");
  await user.tab();
  await user.type(screen.getByRole("textbox", { name: "Así no se escribe: Ana Zapata" }), "Ana Sapata, Anna Zapata");
  await user.click(more);
  expect(screen.getByText("desde 01/01/2024 · no se escribe: Ana Sapata, Anna Zapata")).toBeVisible();
  await waitFor(async () =>
    expect((await ipc.rosterList())[0]).toMatchObject({
      since: "2024-01-01",
      instead_of: ["Ana Sapata", "Anna Zapata"],
    }),
  );
});

test("somebody is taken off the roll", async () => {
  const { user, saved } = await open();
  await user.click(screen.getByRole("button", { name: "Quitar a Jorge Ospina" }));
  await waitFor(async () => expect(await saved()).toEqual(["1 Ana Zapata", "2 Luz Quintero"]));
});

test("of a file only who is agreed to is kept, and what is no name is left out at first", async () => {
  const { user, saved } = await open([]);
  await user.click(screen.getByRole("button", { name: "Traer de un archivo…" }));
  const dialog = within(await screen.findByRole("dialog"));
  expect(dialog.getByText("Columnas que no se leyeron: Celular")).toBeVisible();
  expect(dialog.getByRole("checkbox", { name: /^TOTAL/ })).not.toBeChecked();
  await user.click(dialog.getByRole("checkbox", { name: /^Óscar/ }));
  await user.click(dialog.getByRole("button", { name: "Agregar 1" }));
  await waitFor(async () => expect(await saved()).toEqual(["1 Ana Milena Zapata"]));
});

test("whoever comes back at once finds the roll again", async () => {
  function Visit() {
    const [there, setThere] = useState(false);
    return (
      <>
        <button type="button" onClick={() => setThere(!there)}>
          Ir o venir
        </button>
        {there && <RosterSection />}
      </>
    );
  }
  const { user, queries } = renderInAstra(<Visit />, { ipc: createFakeIpc({ roster: three() }) });
  // As in the window, where what was read a moment ago is not read again.
  queries.setDefaultOptions({ queries: { retry: false, staleTime: 30_000 } });
  const door = screen.getByRole("button", { name: "Ir o venir" });
  for (const _visit of [1, 2]) {
    await user.click(door);
    expect(await screen.findByRole("textbox", { name: "Partido o bancada: Luz Quintero" })).toBeVisible();
    await user.click(door);
  }
});

test("has right roles and names", async () => {
  const { user } = await open();
  await user.click(screen.getByRole("button", { name: "Más datos de Ana Zapata" }));
  await expectAccessible();
});
