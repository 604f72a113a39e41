// The real core is called as Tauri wants it: snake_case commands, arguments by name.
import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { createTauriIpc } from "./tauri";

afterEach(clearMocks);

test("a command carries its arguments by the names of the contract", async () => {
  const called: [string, unknown][] = [];
  mockIPC((command, values) => {
    called.push([command, values]);
    return null;
  });
  const ipc = createTauriIpc();
  await ipc.sessionList();
  await ipc.transcriptEdit("s", 3, { kind: "confirm", segments: ["a"] });
  await ipc.transcriptHistory("s", null, 50);
  expect(called).toEqual([
    ["session_list", {}],
    ["transcript_edit", { session: "s", revision: 3, edit: { kind: "confirm", segments: ["a"] } }],
    ["transcript_history", { session: "s", before: null, limit: 50 }],
  ]);
});

test("what a command throws arrives as it is", async () => {
  const failure = { code: "no_audio", message: "sin sonido", details: {} };
  mockIPC(() => {
    throw failure;
  });
  await expect(createTauriIpc().about()).rejects.toEqual(failure);
});
