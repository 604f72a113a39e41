// What is typed is saved by itself, and the sign tells the truth.
import { act, screen } from "@testing-library/react";
import { renderInAstra } from "../testing";
import { SavedSign, useAutosave } from "./autosave";

function Line({ save }: { save: (text: string) => Promise<unknown> }) {
  const autosave = useAutosave<string>("", save, 20);
  return (
    <>
      <input
        aria-label="texto"
        value={autosave.draft}
        onChange={(event) => autosave.change(event.target.value)}
        onBlur={autosave.flush}
      />
      <SavedSign autosave={autosave as never} />
    </>
  );
}

test("saves once after the last key, and says so", async () => {
  const save = vi.fn(async (_: string) => undefined);
  const { user } = renderInAstra(<Line save={save} />);
  await user.type(screen.getByLabelText("texto"), "acta");
  expect(await screen.findByText("Guardado")).toBeVisible();
  expect(save.mock.lastCall).toEqual(["acta"]);
});

test("saves at once when the place is left", async () => {
  const save = vi.fn(async (_: string) => undefined);
  const { user, unmount } = renderInAstra(<Line save={save} />);
  await user.type(screen.getByLabelText("texto"), "a");
  unmount();
  expect(save.mock.lastCall).toEqual(["a"]);
});

test("what is typed while saving is saved afterwards, never at the same time", async () => {
  const ends: (() => void)[] = [];
  const save = vi.fn((_: string) => new Promise<void>((resolve) => ends.push(resolve)));
  const { user } = renderInAstra(<Line save={save} />);
  await user.type(screen.getByLabelText("texto"), "a");
  await user.tab();
  await user.type(screen.getByLabelText("texto"), "b");
  await user.tab();
  expect(save.mock.calls).toEqual([["a"]]);
  expect(screen.getByText("Guardando…")).toBeVisible();
  await act(async () => ends[0]?.());
  expect(save.mock.calls).toEqual([["a"], ["ab"]]);
  await act(async () => ends[1]?.());
  expect(screen.getByText("Guardado")).toBeVisible();
});

test("a failed save says why, keeps what was typed and can be tried again", async () => {
  const save = vi
    .fn<(text: string) => Promise<unknown>>()
    .mockRejectedValueOnce({ code: "disk_full", message: "El disco está lleno.", details: {} })
    .mockResolvedValue(null);
  const { user } = renderInAstra(<Line save={save} />);
  await user.type(screen.getByLabelText("texto"), "a");
  expect(await screen.findByRole("alert")).toHaveTextContent("Sin guardar. El disco está lleno.");
  await user.click(screen.getByRole("button", { name: "Reintentar" }));
  expect(await screen.findByText("Guardado")).toBeVisible();
  expect(screen.getByLabelText("texto")).toHaveValue("a");
});
