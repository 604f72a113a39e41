// The first start: three steps, all of them passable, and never again afterwards.
import { act, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { App } from "./app";
import { createFakeIpc } from "./ipc/fake";
import { shortSession } from "./ipc/fake/sessions";
import { expectAccessible } from "./testing";

const council = { entity: "", body: "", place: "", president: "", secretary: "" };

test("tells what Astra does, asks for the council and offers the model; then the window opens", async () => {
  const ipc = createFakeIpc({ settings: { welcomed: false, council } });
  const user = userEvent.setup();
  render(<App ipc={ipc} />);
  expect(await screen.findByRole("heading", { level: 1, name: "Le damos la bienvenida a Astra" })).toHaveFocus();
  expect(screen.getByText("Nada sale de este computador")).toBeVisible();
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "Siguiente" }));
  expect(screen.getByRole("heading", { level: 1 })).toHaveFocus();
  await user.type(screen.getByRole("textbox", { name: "Entidad" }), "Municipio de Anorí");
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "Siguiente" }));
  expect(await screen.findByRole("button", { name: "Instalar: Grande turbo compacto" })).toBeVisible();
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "Comenzar" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Sesiones" })).toBeVisible();
  await waitFor(async () =>
    expect(await ipc.settingsGet()).toMatchObject({ welcomed: true, council: { entity: "Municipio de Anorí" } }),
  );
});

test("what was typed is not lost by going back", async () => {
  const user = userEvent.setup();
  render(<App ipc={createFakeIpc({ settings: { welcomed: false, council } })} />);
  await user.click(await screen.findByRole("button", { name: "Siguiente" }));
  await user.type(screen.getByRole("textbox", { name: "Entidad" }), "Anorí");
  await user.click(screen.getByRole("button", { name: "Atrás" }));
  await user.click(screen.getByRole("button", { name: "Siguiente" }));
  expect(screen.getByRole("textbox", { name: "Entidad" })).toHaveValue("Anorí");
});

test("once the sample was heard, it is known what each model should take on this computer", async () => {
  const ipc = createFakeIpc({ settings: { welcomed: false, council } });
  const known = await ipc.modelList();
  let heard = false;
  ipc.modelList = async () => (heard ? known : known.map((model) => ({ ...model, speed: null, estimate: null })));
  const user = userEvent.setup();
  render(<App ipc={ipc} />);
  await user.click(await screen.findByRole("button", { name: "Siguiente" }));
  await user.click(screen.getByRole("button", { name: "Siguiente" }));
  await screen.findByRole("button", { name: "Instalar: Grande turbo compacto" });
  expect(screen.queryByText(/una sesión de 4 horas/)).toBeNull();
  heard = true;
  act(() => ipc.fake.emit({ event: "job_done", job: null, session: shortSession }));
  expect(await screen.findByText(/una sesión de 4 horas en más o menos 2 h 30 min, calculado/)).toBeVisible();
  expect(screen.getByText(/en este computador, más o menos: Grande, 3 h 30 min\./)).toBeVisible();
  await expectAccessible();
});
