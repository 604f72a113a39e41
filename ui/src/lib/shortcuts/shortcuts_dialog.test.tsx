// The list under F1: finding an action and giving it other keys.
import { screen, within } from "@testing-library/react";
import { useSettings } from "../../ipc/queries";
import { expectAccessible, renderInAstra } from "../../testing";
import { ShortcutsProvider, useKeysText, useShortcut } from ".";

function Page({ onExport = () => undefined }: { onExport?: () => void }) {
  const keysText = useKeysText();
  useShortcut("document.export", onExport);
  return <p>{keysText("player.back_5")}</p>;
}

function Window({ onExport }: { onExport?: () => void }) {
  const { data } = useSettings();
  return (
    <ShortcutsProvider overrides={data?.shortcuts ?? {}}>
      <Page onExport={onExport} />
    </ShortcutsProvider>
  );
}

// By label rather than by role: with eighty buttons in the list, jsdom takes seconds to tell every role.
const labelled = (name: string) => screen.getByLabelText(name);
const search = () => screen.getByPlaceholderText("Buscar por acción o por tecla");

/** Shows a window with the list open. */
async function showList(onExport?: () => void) {
  const shown = renderInAstra(<Window onExport={onExport} />);
  await shown.user.keyboard("{F1}");
  await screen.findByText("Atajos de teclado", {}, { timeout: 10_000 });
  return shown;
}

const rowOf = async (name: string) => {
  const row = (await screen.findByText(name)).closest("li");
  if (!row) throw new Error(`no row ${name}`);
  return row;
};

describe("the list of shortcuts", () => {
  it("opens with F1, names keys as they are printed, and is accessible", async () => {
    await showList();
    expect(screen.getByText("Mayús+F6")).toBeInTheDocument();
    expect(document.querySelector('[role="dialog"][aria-modal="true"]')).toBeInTheDocument();
    expect(screen.getByText("Habla la persona 9")).toBeInTheDocument();
    await expectAccessible();
  });

  it("is searched by action and by key, without accents", async () => {
    const { user } = await showList();
    await user.type(search(), "mas rap");
    expect(document.querySelectorAll("li")).toHaveLength(1);
    await user.clear(search());
    await user.type(search(), "supr");
    expect(screen.getByText("Eliminar el párrafo")).toBeInTheDocument();
    expect(document.querySelectorAll("li")).toHaveLength(1);
  });

  it("takes new keys, saves them and acts on them", async () => {
    const onExport = vi.fn();
    const { user, ipc } = await showList(onExport);
    await user.click(labelled("Cambiar las teclas de «Exportar a Word»"));
    await user.keyboard("{Control>}k{/Control}");
    await vi.waitFor(async () => expect((await ipc.settingsGet()).shortcuts).toEqual({ "document.export": "Ctrl+K" }));
    expect(within(await rowOf("Exportar a Word")).getByText("K")).toBeInTheDocument();
    await user.click(screen.getByText("Cerrar"));
    await vi.waitFor(() => expect(document.querySelector('[role="dialog"]')).toBeNull());
    await user.keyboard("{Control>}k{/Control}");
    expect(onExport).toHaveBeenCalledTimes(1);
  });

  it("names who has the keys, and moves them only when told to", async () => {
    const { user, ipc } = await showList();
    await user.click(labelled("Cambiar las teclas de «Exportar a Word»"));
    await user.keyboard("{F4}");
    expect(
      await screen.findByText("F4 ya sirve para «Reproducir o pausar». ¿Usarlas para «Exportar a Word»?"),
    ).toBeInTheDocument();
    expect((await ipc.settingsGet()).shortcuts).toEqual({});
    await user.click(screen.getByText("Usarlas"));
    await vi.waitFor(async () =>
      expect((await ipc.settingsGet()).shortcuts).toEqual({ "document.export": "F4", "player.toggle": "Ctrl+Space" }),
    );
    await user.click(screen.getByText("Restablecer todos"));
    await vi.waitFor(async () => expect((await ipc.settingsGet()).shortcuts).toEqual({}));
  });

  it("refuses keys that write, and Escape leaves things as they were without closing", async () => {
    const { user, ipc } = await showList();
    const change = labelled("Cambiar las teclas de «Deshacer»");
    await user.click(change);
    await user.keyboard("a");
    expect(await screen.findByText(/A no se puede usar/)).toBeInTheDocument();
    await user.keyboard("{Escape}");
    expect(document.querySelector('[role="dialog"]')).toBeInTheDocument();
    expect(screen.queryByText(/A no se puede usar/)).toBeNull();
    expect((await ipc.settingsGet()).shortcuts).toEqual({});
  });

  it("goes on to the next key when one was refused", async () => {
    const { user, ipc } = await showList();
    await user.click(labelled("Cambiar las teclas de «Deshacer»"));
    await user.keyboard("a");
    expect(await screen.findByText(/A no se puede usar/)).toBeInTheDocument();
    await user.keyboard("{Control>}{Delete}{/Control}");
    expect(await screen.findByText(/Ctrl\+Supr no se puede usar/)).toBeInTheDocument();
    await user.keyboard("{Control>}k{/Control}");
    await vi.waitFor(async () => expect((await ipc.settingsGet()).shortcuts).toEqual({ "transcript.undo": "Ctrl+K" }));
    expect(screen.queryByText(/no se puede usar/)).toBeNull();
  });
});
