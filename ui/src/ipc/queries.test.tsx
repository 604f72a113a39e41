// Events of the core reach what the window has read.
import { QueryClient } from "@tanstack/react-query";
import { act, screen } from "@testing-library/react";
import { renderInAstra } from "../testing";
import type { LogLine, SessionRow, SessionView } from "./bindings";
import { createFakeIpc } from "./fake";
import { listeningSession } from "./fake/sessions";
import { fakeLine } from "./fake/watch";
import { applyEvent, queryKeys, useSession } from "./queries";

async function read() {
  const client = new QueryClient();
  client.setQueryData(queryKeys.sessions, await createFakeIpc().sessionList());
  const row = () =>
    client.getQueryData<SessionRow[]>(queryKeys.sessions)?.find(({ id }) => id === listeningSession) as SessionRow;
  return { client, row };
}

test("progress is written into the row without reading the list again", async () => {
  const { client, row } = await read();
  const heard_ms = row().heard_ms + 30_000;
  applyEvent(client, {
    event: "chunk_heard",
    session: listeningSession,
    recording: 0,
    chunk: 9,
    heard_ms,
    left_ms: 60_000,
    faults: [],
  });
  expect(row()).toMatchObject({ heard_ms, left_ms: 60_000 });
  expect(client.getQueryState(queryKeys.sessions)?.isInvalidated).toBe(false);
});

test("a late event never takes progress back", async () => {
  const { client, row } = await read();
  const { heard_ms } = row();
  applyEvent(client, {
    event: "chunk_heard",
    session: listeningSession,
    recording: 0,
    chunk: 1,
    heard_ms: 5,
    left_ms: null,
    faults: [],
  });
  expect(row().heard_ms).toBe(heard_ms);
});

test("a session that ended is read again", async () => {
  const { client } = await read();
  applyEvent(client, { event: "job_done", job: null, session: listeningSession });
  expect(client.getQueryState(queryKeys.sessions)?.isInvalidated).toBe(true);
});

test("a backup that was made or went is read again, and so is the room that they take", () => {
  const client = new QueryClient();
  client.setQueryData(queryKeys.backups, []);
  client.setQueryData(queryKeys.usage, {});
  applyEvent(client, { event: "backups_changed" });
  for (const key of [queryKeys.backups, queryKeys.usage]) expect(client.getQueryState(key)?.isInvalidated).toBe(true);
});

test("what happens in a folder comes to the head of the log once, and folders and questions are read again", () => {
  const client = new QueryClient();
  client.setQueryData(queryKeys.watchLog, { pages: [[fakeLine(1, "waiting")]], pageParams: [null] });
  client.setQueryData(queryKeys.folders, []);
  client.setQueryData(queryKeys.questions, []);
  const line = fakeLine(2, "begun");
  applyEvent(client, { event: "file_noticed", line });
  applyEvent(client, { event: "file_noticed", line });
  applyEvent(client, { event: "folder_changed", folder: "folder-1" });
  applyEvent(client, { event: "questions_changed" });
  const log = client.getQueryData<{ pages: LogLine[][] }>(queryKeys.watchLog);
  expect(log?.pages.flat().map(({ id }) => id)).toEqual([2, 1]);
  for (const key of [queryKeys.folders, queryKeys.questions])
    expect(client.getQueryState(key)?.isInvalidated).toBe(true);
});

test("a page of a session is not drawn anew when an edit only settled a doubt", async () => {
  let drawn = 0;
  function Page() {
    drawn += 1;
    return <p>{useSession(listeningSession).data?.row.title}</p>;
  }
  const { queries, ipc } = renderInAstra(<Page />);
  const view = await ipc.sessionOpen(listeningSession);
  await screen.findByText(view.row.title);
  const tell = (row: Partial<SessionRow>) =>
    act(async () => {
      queries.setQueryData<SessionView>(queryKeys.session(listeningSession), { ...view, row: { ...view.row, ...row } });
      await new Promise((resolve) => setTimeout(resolve, 20));
    });
  const before = drawn;
  await tell({ doubts: view.row.doubts + 1 });
  expect(drawn).toBe(before);
  await tell({ title: "Sesión plenaria" });
  expect(screen.getByText("Sesión plenaria")).toBeVisible();
  expect(drawn).toBe(before + 1);
});
