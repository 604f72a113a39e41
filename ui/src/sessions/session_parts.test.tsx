// Sessions are joined, split and put into another order from the list, each after saying what will be of them.
import { act, configure, screen, waitFor, within } from "@testing-library/react";
import { createFakeIpc } from "../ipc/fake";
import { fakeSessions, longSession, shortSession } from "../ipc/fake/sessions";
import { expectAccessible, renderInAstra } from "../testing";
import { DropTarget, SessionsPage } from ".";
import { neighboursOf } from "./neighbours";

configure({ asyncUtilTimeout: 5000 });

beforeEach(() => {
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(800);
  vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(1000);
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(64);
});

const line = (session: string) => document.querySelector<HTMLElement>(`[data-session="${session}"]`);

/** The dialog that an action of the long session's menu opens; the list has it, its neighbours and the sample. */
async function ask(action: string) {
  const known = new Set(["session-waiting", longSession, shortSession, "session-sample"]);
  const sessions = fakeSessions().filter(({ view }) => known.has(view.row.id));
  const view = renderInAstra(
    <DropTarget>
      <SessionsPage renditions={() => null} />
    </DropTarget>,
    { ipc: createFakeIpc({ sessions }) },
  );
  await waitFor(() => expect(line(longSession)).not.toBeNull());
  act(() => line(longSession)?.focus());
  await view.user.keyboard("{Shift>}{F10}{/Shift}");
  await view.user.click(await screen.findByRole("menuitem", { name: action }));
  const dialog = await screen.findByRole("alertdialog");
  return { ...view, dialog, inside: within(dialog) };
}

test("a session is joined with the one before it, after saying what stays and what does not", async () => {
  const { user, ipc, fake, dialog, inside } = await ask("Unir con otra sesión…");
  expect(inside.getByRole("radio", { name: /^Con la de antes: «Instalación del período de sesiones»/ })).toBeChecked();
  expect(dialog).toHaveTextContent(/Las grabaciones de «Sesión plenaria.*» siguen a las de «Instalación/);
  expect(dialog).toHaveTextContent("Los archivos no se tocan.");
  expect(dialog).toHaveTextContent(
    /Queda el título de «Instalación.* y los de «Sesión plenaria.*» completan lo que les falta/,
  );
  expect(dialog).toHaveTextContent("Las correcciones hechas antes en las dos se siguen pudiendo deshacer una por una.");
  await expectAccessible(dialog);
  await user.click(inside.getByRole("button", { name: "Unir las dos sesiones" }));
  await waitFor(() => expect(line(longSession)).toBeNull());
  expect(fake.calls).toContainEqual({ command: "sessionJoin", values: [shortSession, longSession] });
  expect((await ipc.sessionOpen(shortSession)).parts).toHaveLength(3);
  await waitFor(() => expect(line(shortSession)).toHaveFocus());
});

test("joined with the one after it, it is the earlier of the two", async () => {
  const { user, fake, dialog, inside } = await ask("Unir con otra sesión…");
  await user.click(inside.getByRole("radio", { name: /^Con la de después: «Comisión Tercera: presupuesto»/ }));
  expect(dialog).toHaveTextContent(/siguen a las de «Sesión plenaria extraordinaria n\.º 47»/);
  await user.click(inside.getByRole("button", { name: "Unir las dos sesiones" }));
  await waitFor(() =>
    expect(fake.calls).toContainEqual({ command: "sessionJoin", values: [longSession, "session-waiting"] }),
  );
});

test("a session is split where one of its parts begins", async () => {
  const { user, ipc, dialog, inside } = await ask("Separar en dos sesiones…");
  expect(await inside.findByRole("radio", { name: /^Parte 2: SES_LONG_2\.MP3/ })).toBeChecked();
  expect(dialog).toHaveTextContent("queda con 1 parte y la sesión nueva con 1 parte");
  await expectAccessible(dialog);
  await user.click(inside.getByRole("button", { name: "Separar" }));
  await waitFor(async () => expect((await ipc.sessionOpen(longSession)).parts).toHaveLength(1));
  expect(await screen.findByText("La sesión nueva se llama «SES_LONG_2.MP3».")).toBeInTheDocument();
  await waitFor(() => expect(line(longSession)).toHaveFocus());
});

test("parts are moved by keys, keep the focus, and are kept in that order", async () => {
  const { user, fake, dialog, inside } = await ask("Ordenar las partes…");
  const down = await inside.findByRole("button", { name: "Bajar «SES_LONG_1.MP3»" });
  await expectAccessible(dialog);
  act(() => down.focus());
  await user.keyboard("{Alt>}{ArrowDown}{/Alt}");
  expect(inside.getAllByRole("listitem")[0]).toHaveTextContent("1. SES_LONG_2.MP3");
  expect(inside.getByRole("button", { name: "Bajar «SES_LONG_1.MP3»" })).toHaveFocus();
  await user.click(inside.getByRole("button", { name: "Guardar el orden" }));
  await waitFor(() => expect(fake.calls).toContainEqual({ command: "sessionReorder", values: [longSession, [1, 0]] }));
});

test("an order that nobody changed is not saved, and a failure is told in the dialog", async () => {
  const { user, fake, inside } = await ask("Ordenar las partes…");
  fake.failNext("sessionReorder", { code: "session_busy", message: "Otro Astra está escuchando.", details: {} });
  await user.click(await inside.findByRole("button", { name: "Subir «SES_LONG_2.MP3»" }));
  await user.click(inside.getByRole("button", { name: "Guardar el orden" }));
  expect(await inside.findByRole("alert")).toHaveTextContent("Otro Astra está escuchando.");
  await user.click(inside.getByRole("button", { name: "Bajar «SES_LONG_2.MP3»" }));
  await user.click(inside.getByRole("button", { name: "Guardar el orden" }));
  await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
  expect(fake.calls.filter(({ command }) => command === "sessionReorder")).toHaveLength(1);
});

test("neighbours are those in time, whatever the order of the list, and the sample is none", () => {
  const rows = fakeSessions().map(({ view }) => view.row);
  const oldest = rows.find(({ id }) => id === "session-44");
  if (!oldest) throw new Error("the fake lacks it");
  expect(neighboursOf(oldest, [...rows].reverse())).toEqual({
    after: expect.objectContaining({ id: "session-cancelled" }),
  });
});
