// One press writes the Word document and offers to open it.
import { act, screen, waitFor } from "@testing-library/react";
import { createRef } from "react";
import { createFakeIpc, type FakeIpc } from "../ipc/fake";
import { shortSession } from "../ipc/fake/sessions";
import { expectAccessible, renderInAstra } from "../testing";
import { type ExportAction, ExportButton } from "./export_button";

const exported = (ipc: FakeIpc) =>
  ipc.fake.calls.filter(({ command }) => command === "documentExport").map(({ values }) => values[1]);
const main = () => screen.getByRole("button", { name: "Exportar a Word" });

test("writes the document, says so, and opens it or shows it in its folder", async () => {
  const { user, ipc } = renderInAstra(<ExportButton session={shortSession} />);
  await user.click(main());
  expect(await screen.findByText("Documento listo")).toBeVisible();
  expect(exported(ipc)).toEqual([["docx"]]);
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "Abrir" }));
  expect(ipc.fake.calls.at(-1)).toMatchObject({ command: "documentOpen", values: [expect.stringMatching(/\.docx$/)] });
});

test("the message that it is ready goes away by keyboard, wherever the focus is", async () => {
  const { user } = renderInAstra(
    <>
      <ExportButton session={shortSession} />
      <input aria-label="Entidad" />
    </>,
  );
  await user.click(main());
  expect(await screen.findByText("Documento listo")).toBeVisible();
  await user.click(screen.getByRole("textbox", { name: "Entidad" }));
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByText("Documento listo")).toBeNull());
});

test("the message that it is ready has a button that closes it", async () => {
  const { user } = renderInAstra(<ExportButton session={shortSession} />);
  await user.click(main());
  await user.click(await screen.findByRole("button", { name: "Cerrar (Esc)" }));
  await waitFor(() => expect(screen.queryByText("Documento listo")).toBeNull());
});

test("what else to write is chosen in the menu, remembered, and written with the next press", async () => {
  const { user, ipc } = renderInAstra(<ExportButton session={shortSession} />);
  await user.click(screen.getByRole("button", { name: "Más formatos" }));
  await user.click(await screen.findByRole("menuitemcheckbox", { name: "Subtítulos SRT" }));
  await waitFor(async () => expect((await ipc.settingsGet()).formats).toEqual(["docx", "srt"]));
  await user.keyboard("{Escape}");
  await user.click(main());
  await waitFor(() => expect(exported(ipc)).toEqual([["docx", "srt"]]));
});

test("the page's Ctrl+E does the same as the button", async () => {
  const action = createRef<ExportAction>();
  const { ipc } = renderInAstra(<ExportButton session={shortSession} ref={action} />);
  await act(async () => action.current?.exportNow());
  await waitFor(() => expect(exported(ipc)).toHaveLength(1));
});

test("a failure is told with its remedy and can be tried again", async () => {
  const ipc = createFakeIpc();
  ipc.fake.failNext("documentExport", {
    code: "not_writable",
    message: "con --out",
    details: { path: "/actas", reason: "sin permiso" },
  });
  const { user } = renderInAstra(<ExportButton session={shortSession} />, { ipc });
  await user.click(main());
  expect(await screen.findByRole("alert")).toHaveTextContent(
    "No se puede escribir en «/actas»: sin permiso. Elija otra carpeta para los documentos en Ajustes.",
  );
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "Reintentar" }));
  expect(await screen.findByText("Documento listo")).toBeVisible();
});
