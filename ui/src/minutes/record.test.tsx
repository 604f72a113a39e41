// The record is saved as typed, in every field.
import { screen, waitFor, within } from "@testing-library/react";
import type { Record as SessionRecord } from "../ipc";
import type { FakeIpc } from "../ipc/fake";
import { shortSession } from "../ipc/fake/sessions";
import { expectAccessible, renderInAstra } from "../testing";
import { attendeeOf } from "./attendance_lines";
import { RecordPanel } from "./record";

const saved = async (ipc: FakeIpc): Promise<SessionRecord> => (await ipc.sessionOpen(shortSession)).record;

async function open(theme: "light" | "high_contrast" = "light") {
  const view = renderInAstra(<RecordPanel session={shortSession} />, { theme });
  await screen.findByRole("textbox", { name: "Entidad" });
  return view;
}

test("a field is saved when it is left", async () => {
  const { user, ipc } = await open();
  await user.clear(screen.getByRole("textbox", { name: "Número" }));
  await user.type(screen.getByRole("textbox", { name: "Número" }), "49");
  await user.tab();
  await waitFor(async () => expect((await saved(ipc)).number).toBe("49"));
  expect(await screen.findByText("Guardado")).toBeVisible();
});

test("an hour is understood as people type it, and a wrong one is said and not saved", async () => {
  const { user, ipc } = await open();
  const ends = screen.getByRole("textbox", { name: "Terminó" });
  await user.type(ends, "2:30 pm");
  await user.tab();
  expect(ends).toHaveValue("14:30");
  await waitFor(async () => expect((await saved(ipc)).ends).toBe("14:30"));
  await user.clear(ends);
  await user.type(ends, "27:00");
  await user.tab();
  expect(screen.getByText("Escriba la hora así: 08:30.")).toBeVisible();
  expect(ends).toHaveValue("27:00");
});

test("a date is typed day first", async () => {
  const { user, ipc } = await open();
  const date = screen.getByRole("combobox", { name: "Fecha" });
  await user.clear(date);
  await user.type(date, "5/10/2026");
  await user.tab();
  await waitFor(async () => expect((await saved(ipc)).date).toBe("2026-10-05"));
});

test("a date that is none stays in red to be corrected, and the former one stays kept", async () => {
  const { user, ipc } = await open();
  const date = screen.getByRole("combobox", { name: "Fecha" });
  const before = (await saved(ipc)).date;
  await user.clear(date);
  await user.type(date, "31/02/2026");
  await user.tab();
  expect(date).toHaveValue("31/02/2026");
  expect(date).toHaveAttribute("aria-invalid", "true");
  await user.type(screen.getByRole("textbox", { name: "Número" }), "9{Tab}");
  await screen.findByText("Guardado");
  expect(date).toHaveValue("31/02/2026");
  expect((await saved(ipc)).date).toBe(before);
  await user.clear(date);
  await user.type(date, "28/02/2026");
  await user.tab();
  expect(date).toHaveValue("28/02/2026");
  expect(date).not.toHaveAttribute("aria-invalid", "true");
  await waitFor(async () => expect((await saved(ipc)).date).toBe("2026-02-28"));
  await user.clear(date);
  await user.tab();
  await waitFor(async () => expect((await saved(ipc)).date).toBe(""));
  await user.type(date, "mañana");
  await user.tab();
  expect(date).toHaveValue("mañana");
  expect((await saved(ipc)).date).toBe("");
});

test("a pasted list adds everybody at once and each says how they attended", async () => {
  const { user, ipc } = await open();
  await user.click(screen.getByRole("textbox", { name: "Agregar asistentes" }));
  await user.paste("Nubia Salazar, Personera\nÉdgar Toro, Concejal");
  await user.selectOptions(screen.getByRole("combobox", { name: "Asistencia de Édgar Toro" }), "Se retiró antes");
  await waitFor(async () =>
    expect((await saved(ipc)).attendance.slice(-2)).toEqual([
      attendeeOf("Nubia Salazar", "Personera"),
      { ...attendeeOf("Édgar Toro", "Concejal"), attendance: "left_early" },
    ]),
  );
});

test("a person is added with Enter and taken off the list with one button", async () => {
  const { user } = await open();
  const list = screen.getByRole("list", { name: "Asistencia" });
  await user.type(screen.getByRole("textbox", { name: "Agregar asistentes" }), "Nubia Salazar, Personera{Enter}");
  expect(within(list).getByDisplayValue("Nubia Salazar")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Quitar a Nubia Salazar" }));
  expect(within(list).queryByDisplayValue("Nubia Salazar")).toBeNull();
  expect(screen.getByRole("textbox", { name: "Agregar asistentes" })).toHaveFocus();
});

test("call and mode are chosen, and not said again", async () => {
  const { user, ipc } = await open();
  await user.selectOptions(screen.getByRole("combobox", { name: "Convocatoria" }), "Segunda");
  await user.selectOptions(screen.getByRole("combobox", { name: "Modalidad" }), "Mixta");
  await waitFor(async () => expect(await saved(ipc)).toMatchObject({ call: "second", mode: "mixed" }));
  await user.selectOptions(screen.getByRole("combobox", { name: "Convocatoria" }), "Sin indicar");
  await waitFor(async () => expect((await saved(ipc)).call).toBeNull());
});

test("more is said of a person on demand, and stays in sight in one line", async () => {
  const { user, ipc } = await open();
  const name = (await saved(ipc)).attendance[0]?.name ?? "";
  const more = screen.getByRole("button", { name: `Más datos de ${name}` });
  await user.click(more);
  const details = within(screen.getByRole("group", { name: `Más datos de ${name}` }));
  await user.type(details.getByRole("textbox", { name: "Partido o bancada" }), "Partido Verde");
  await user.type(details.getByRole("textbox", { name: "Llegó" }), "9 10");
  await user.click(details.getByRole("checkbox", { name: "Asistió a distancia" }));
  await user.selectOptions(details.getByRole("combobox", { name: "El acta dice" }), "La concejala");
  await user.click(more);
  expect(screen.getByText("Partido Verde · llegó a las 09:10 · Asistió a distancia")).toBeVisible();
  await waitFor(async () =>
    expect((await saved(ipc)).attendance[0]).toMatchObject({
      party: "Partido Verde",
      arrived: "09:10",
      remote: true,
      gender: "feminine",
    }),
  );
});

test("a guest is added with the office they spoke for, and taken off", async () => {
  const { user, ipc } = await open();
  await user.type(screen.getByRole("textbox", { name: "Agregar invitados" }), "Nubia Salazar, Personera{Enter}");
  await waitFor(async () =>
    expect((await saved(ipc)).guests).toEqual([{ name: "Nubia Salazar", office: "Personera", gender: null }]),
  );
  await user.click(screen.getByRole("button", { name: "Quitar a Nubia Salazar" }));
  await waitFor(async () => expect((await saved(ipc)).guests).toEqual([]));
});

test("what was typed is there when the panel is opened again", async () => {
  const { user, ipc, unmount } = await open();
  await user.type(screen.getByRole("textbox", { name: "Lugar" }), " mayor");
  unmount();
  renderInAstra(<RecordPanel session={shortSession} />, { ipc });
  expect(await screen.findByRole("textbox", { name: "Lugar" })).toHaveValue("Recinto del Concejo mayor");
});

test.each(["light", "high_contrast"] as const)("has right roles and names (%s)", async (theme) => {
  await open(theme);
  await expectAccessible();
});
