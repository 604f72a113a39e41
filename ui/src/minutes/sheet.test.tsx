// The sheet shows what Word will: each kind of block, and of a long acta only what is on screen.
import { screen, within } from "@testing-library/react";
import type { Block, Run } from "../ipc";
import { expectAccessible, renderInAstra } from "../testing";
import { Sheet } from "./sheet";

beforeEach(() => {
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(600);
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(60);
});

const run = (text: string, more: Partial<Run> = {}): Run => ({ text, bold: false, italic: false, ...more });
const paragraph = (...runs: Run[]): Block => ({ kind: "paragraph", of: { style: "normal", runs } });
const sheet = () => within(screen.getByRole("region", { name: "Vista previa del acta" }));

test("a fact stands in two columns, parted where its tab is", () => {
  const runs = [run("FECHA:", { bold: true }), run("\t10 de noviembre de 2025")];
  renderInAstra(<Sheet blocks={[{ kind: "paragraph", of: { style: "fact", runs } }]} />);
  expect(sheet().getByText("FECHA:").tagName).toBe("STRONG");
  expect(sheet().getByText("10 de noviembre de 2025")).toBeVisible();
});

test("a form has the names of its rows as headings, and a short row is filled up", () => {
  const rows = [[[run("Lugar")], [run("Recinto")]], [[run("Hora")]]];
  renderInAstra(<Sheet blocks={[{ kind: "table", of: { head: [], rows, widths: [1, 3], description: "Datos" } }]} />);
  const table = within(sheet().getByRole("table", { name: "Datos" }));
  expect(table.getAllByRole("rowheader").map(({ textContent }) => textContent)).toEqual(["Lugar", "Hora"]);
  expect(table.getAllByRole("cell")).toHaveLength(2);
});

test("the index lists the headings, each a way to its place", () => {
  const heading = (text: string): Block => ({ kind: "heading", of: { level: "one", text, bookmark: null } });
  renderInAstra(<Sheet blocks={[{ kind: "index", of: { title: "Contenido" } }, heading("Asistencia")]} />);
  const index = within(sheet().getByRole("navigation", { name: "Contenido" }));
  expect(index.getByRole("button", { name: "Asistencia" })).toBeVisible();
});

test("of eight thousand paragraphs only those on screen exist", async () => {
  const blocks = Array.from({ length: 8000 }, (_, at) => paragraph(run(`Párrafo ${at + 1}`)));
  renderInAstra(<Sheet blocks={blocks} />);
  expect(sheet().getByText("Párrafo 1")).toBeVisible();
  expect(sheet().getAllByText(/^Párrafo/).length).toBeLessThan(60);
  await expectAccessible();
});
