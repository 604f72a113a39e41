// A microphone proposes who speaks, and names nobody by itself.
import { screen, within } from "@testing-library/react";
import type { Speaker } from "../ipc";
import { renderInAstra } from "../testing";
import { SpeakerPicker } from "./speaker_picker";

const speaker = (id: string, name: string, colour: number): Speaker => ({ id, name, role: "", colour });
const speakers = [speaker("luis", "Luis Rey", 0), speaker("ana", "Ana Gómez", 1)];

function open(hint?: { microphone: string; speaker: string | null }) {
  const at = document.createElement("div");
  document.body.append(at);
  const onAssign = vi.fn();
  const view = renderInAstra(
    <SpeakerPicker
      at={at}
      speakers={speakers}
      count={1}
      current={null}
      hint={hint}
      onAssign={onAssign}
      onName={vi.fn()}
      onClose={vi.fn()}
    />,
  );
  return { ...view, onAssign };
}
const names = () =>
  within(screen.getByRole("listbox"))
    .getAllByRole("option")
    .map((option) => option.textContent);

test("whoever mostly speaks at the microphone that heard it best is offered first, with the same key", async () => {
  const { user, onAssign } = open({ microphone: "D2.WAV", speaker: "ana" });
  const field = await screen.findByRole("combobox");
  expect(field).toHaveAccessibleDescription("Se oye más cerca en el micrófono «D2.WAV».");
  expect(names()).toEqual(["Ana GómezAlt+2", "Luis ReyAlt+1"]);
  expect(onAssign).not.toHaveBeenCalled();
  await user.keyboard("{Enter}");
  expect(onAssign).toHaveBeenCalledWith("ana");
});

test("a microphone at which nobody was named yet is only told, and one that is unknown is not", async () => {
  const { unmount } = open({ microphone: "D2.WAV", speaker: null });
  expect(await screen.findByText("Se oye más cerca en el micrófono «D2.WAV».")).toBeVisible();
  expect(names()).toEqual(["Luis ReyAlt+1", "Ana GómezAlt+2"]);
  unmount();
  open();
  await screen.findByRole("combobox");
  expect(screen.queryByText(/micrófono/)).not.toBeInTheDocument();
});
