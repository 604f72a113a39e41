// The acta before it is written: its choices are kept, its warnings lead to the sound, and what is none stays visible.
import { configure, screen, waitFor, within } from "@testing-library/react";
import type { Edit, Stretch } from "../ipc";
import { createFakeIpc } from "../ipc/fake";
import { shortSession } from "../ipc/fake/sessions";
import { expectAccessible, renderInAstra } from "../testing";
import { ActaPreviewPane } from "./acta_preview_pane";

// Whether something is hidden costs jsdom seconds in a pane of this size.
configure({ defaultHidden: true });

// jsdom lays nothing out, so the heights that decide what is in sight are given.
beforeEach(() => {
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(600);
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(60);
});

function open({ ipc = createFakeIpc(), theme = "light" as "light" | "high_contrast" } = {}) {
  const gone: Stretch[] = [];
  const order: string[] = [];
  const edit = async (edit: Edit) => {
    const { revision } = await ipc.minutesOpen(shortSession);
    return ipc.transcriptEdit(shortSession, revision, edit);
  };
  const before = async () => void order.push("typing kept");
  const view = renderInAstra(
    <ActaPreviewPane session={shortSession} before={before} edit={edit} onGo={(stretch) => gone.push(stretch)} />,
    { ipc, theme },
  );
  return { ...view, gone, order };
}

const choose = async (user: ReturnType<typeof open>["user"], list: string, option: string) => {
  await user.click(await screen.findByRole("combobox", { name: list }));
  await user.click(screen.getByRole("option", { name: option }));
};

test("the sheet shows the acta as headings, facts and tables", async () => {
  open();
  const sheet = await screen.findByRole("region", { name: "Vista previa del acta" });
  expect(await within(sheet).findByRole("heading", { name: "Asistencia" })).toBeVisible();
  expect(within(sheet).getByRole("table", { name: "Asistencia" })).toBeVisible();
  expect(within(sheet).getByText("FECHA:")).toBeVisible();
});

test("a choice is composed anew and kept", async () => {
  const { user, ipc } = open();
  await choose(user, "Clase de acta", "De decisiones");
  await waitFor(async () => expect((await ipc.settingsGet()).acta.kind).toBe("decisions"));
  await waitFor(() =>
    expect(ipc.fake.calls.filter(({ command }) => command === "actaPreview").at(-1)?.values[1]).toMatchObject({
      kind: "decisions",
    }),
  );
});

test("the council's own template is looked at, and what it lacks is said", async () => {
  const ipc = createFakeIpc();
  ipc.templatePick = async () => ({ path: "/casa/Concejo.docx", warnings: ["Falta {{acta}}."] });
  const { user } = open({ ipc });
  await choose(user, "Plantilla", "La del concejo…");
  expect(await screen.findByText("Falta {{acta}}.")).toBeVisible();
  expect(screen.getByRole("combobox", { name: "Plantilla" })).toHaveTextContent("Concejo.docx");
  await waitFor(async () => expect((await ipc.settingsGet()).acta.template).toBe("/casa/Concejo.docx"));
});

test("what a template can hold is listed", async () => {
  const { user } = open();
  await user.click(await screen.findByRole("button", { name: "Qué puede llevar su plantilla" }));
  expect(await screen.findByText("{{titulo}}")).toBeVisible();
});

test("what was just typed is kept before the acta is written, and the acta can be opened", async () => {
  const { user, ipc, order } = open();
  const write = ipc.actaExport;
  ipc.actaExport = (...values) => {
    order.push("written");
    return write(...values);
  };
  await user.click(await screen.findByRole("button", { name: "Exportar acta" }));
  expect(await screen.findByText("Acta lista")).toBeVisible();
  expect(order).toEqual(["typing kept", "written"]);
  await user.click(screen.getByRole("button", { name: "Abrir" }));
  const opened = ipc.fake.calls.find(({ command }) => command === "documentOpen");
  expect(opened?.values).toEqual([expect.stringMatching(/\.docx$/)]);
});

test("an acta that could not be written says why, and can be tried again", async () => {
  const { user, ipc } = open();
  ipc.fake.failNext("actaExport", { code: "disk_full", message: "El disco está lleno.", details: {} });
  await user.click(await screen.findByRole("button", { name: "Exportar acta" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("El disco está lleno.");
  await user.click(screen.getByRole("button", { name: "Reintentar" }));
  expect(await screen.findByText("Acta lista")).toBeVisible();
});

test("a warning names its law and leads to its second", async () => {
  const { user, gone } = open();
  await user.click(await screen.findByRole("tab", { name: "Avisos (2)" }));
  expect(screen.getByText("Ley 136 de 1994, artículo 26")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Escuchar desde 1:01" }));
  expect(gone).toEqual([{ from: { part: 0, ms: 61_000 }, to: { part: 0, ms: 64_000 } }]);
});

test("personal data are looked through before a public copy, sentences before a succinct acta", async () => {
  const { user } = open();
  expect(await screen.findByRole("tab", { name: /^Cifras/ })).toBeVisible();
  expect(screen.queryByRole("tab", { name: /^Datos personales/ })).toBeNull();
  expect(screen.queryByRole("tab", { name: /^Frases/ })).toBeNull();
  await choose(user, "Copia", "Pública");
  expect(await screen.findByRole("tab", { name: "Datos personales (3)" })).toBeVisible();
  await choose(user, "Clase de acta", "Sucinta");
  expect(await screen.findByRole("tab", { name: /^Frases \(0 de \d+\)/ })).toBeVisible();
});

test("has right roles and names", async () => {
  open({ theme: "high_contrast" });
  await screen.findByRole("region", { name: "Vista previa del acta" });
  await expectAccessible();
});

test("an acta that was written is taken from draft to approved, after a question each time", async () => {
  const { user } = open();
  await user.click(await screen.findByRole("button", { name: "Exportar acta" }));
  await user.click(await screen.findByRole("tab", { name: /Documentos/ }));
  for (const [deed, stage] of [
    ["Marcar como enviada", "Enviada"],
    ["Marcar como aprobada", "Aprobada"],
  ] as const) {
    await user.click(await screen.findByRole("button", { name: deed }));
    await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: deed }));
    expect(await screen.findByText(stage)).toBeVisible();
  }
  expect(screen.getByRole("button", { name: "Marcar como firmada" })).toBeVisible();
});

test("the acta is written as a PDF or as open data from the menu beside the button", async () => {
  const { user, ipc } = open();
  await user.click(await screen.findByRole("button", { name: "Exportar de otra forma" }));
  await user.click(await screen.findByRole("menuitem", { name: /PDF/ }));
  expect(await screen.findByText("Acta lista")).toBeVisible();
  expect(ipc.fake.calls.find(({ command }) => command === "actaExport")?.values[2]).toBe("pdf");
});
