// The faked core keeps the contract: edits, undo, history and finding do what bindings.ts says.
import type { Segment } from "../bindings";
import { createFakeIpc } from "./index";
import { listeningSession, longSession, shortSession } from "./sessions";

const wordsOf = (segment: Segment) => segment.text.split(/\s+/).length;

test("the long session has 8,000 segments, some 63,000 words, and two times for each word", async () => {
  const { segments } = await createFakeIpc().transcriptOpen(longSession);
  const words = segments.reduce((sum, segment) => sum + wordsOf(segment), 0);
  expect(segments).toHaveLength(8000);
  expect(words).toBeGreaterThan(55_000);
  expect(words).toBeLessThan(75_000);
  expect(segments.every((segment) => segment.times.length === wordsOf(segment) * 2)).toBe(true);
});

test("retext keeps the times of the words that stay", async () => {
  const ipc = createFakeIpc();
  const { revision, segments } = await ipc.transcriptOpen(shortSession);
  const segment = segments.find((each) => wordsOf(each) > 5) as Segment;
  const text = segment.text.replace(/^\S+/, "Honorables");
  const change = await ipc.transcriptEdit(shortSession, revision, {
    kind: "retext",
    segment: segment.id,
    text,
    continues: false,
  });
  expect(change.segments[0]?.times.slice(2)).toEqual(segment.times.slice(2));
  expect(change.undo?.kind).toBe("retext");
});

test("splitting and merging back gives the text and times there were, and undo takes each back", async () => {
  const ipc = createFakeIpc();
  const before = await ipc.transcriptOpen(shortSession);
  const segment = before.segments.find((each) => wordsOf(each) > 5) as Segment;
  const split = await ipc.transcriptEdit(shortSession, before.revision, {
    kind: "split",
    segment: segment.id,
    at: segment.text.indexOf(" ", 12),
  });
  expect(split.segments).toHaveLength(2);
  const second = split.segments[1] as Segment;
  const merged = await ipc.transcriptEdit(shortSession, split.revision, { kind: "merge", segment: second.id });
  expect(merged.removed).toEqual([second.id]);
  expect(merged.segments[0]).toMatchObject({ text: segment.text, times: segment.times });
  const undone = await ipc.transcriptUndo(shortSession, merged.revision);
  await ipc.transcriptUndo(shortSession, undone.revision);
  expect((await ipc.transcriptOpen(shortSession)).segments).toEqual(before.segments);
  expect((await ipc.transcriptHistory(shortSession, null, 10)).map((entry) => entry.undone)).toEqual([true, true]);
});

test("an edit on an old revision is refused", async () => {
  const ipc = createFakeIpc();
  await expect(ipc.transcriptEdit(shortSession, 0, { kind: "delete", segments: [] })).rejects.toMatchObject({
    code: "revision_old",
  });
});

test("finding forgives accents and case, and replacing all is one undo", async () => {
  const ipc = createFakeIpc();
  const { revision } = await ipc.transcriptOpen(longSession);
  const query = {
    text: "SENOR",
    match_case: false,
    match_accents: false,
    whole_word: true,
    regular_expression: false,
    speaker: null,
  };
  const found = await ipc.transcriptFind(longSession, query, "");
  expect(found.length).toBeGreaterThan(100);
  const change = await ipc.transcriptEdit(longSession, revision, {
    kind: "replace",
    query,
    with: "Señora",
    skip: [0],
    remember: false,
  });
  expect(change.undo).toMatchObject({ kind: "replace", count: found.length - 1 });
  await ipc.transcriptUndo(longSession, change.revision);
  expect(await ipc.transcriptFind(longSession, query, "")).toEqual(found);
});

test("one session is heard at a time: the next one starts when that ends, and none while something forbids it", async () => {
  const ipc = createFakeIpc();
  const queue = async () => {
    const { listening, waiting } = await ipc.queueGet();
    return { listening, waiting };
  };
  const [first, second] = [`job-${listeningSession}`, "job-session-waiting"];
  expect(await queue()).toEqual({ listening: first, waiting: [second] });
  await ipc.jobPause(first);
  expect(await queue()).toEqual({ listening: second, waiting: [] });
  await ipc.jobResume(first);
  expect(await queue()).toEqual({ listening: second, waiting: [first] });
  ipc.fake.hold({ reason: "on_battery" });
  expect(await queue()).toEqual({ listening: null, waiting: [first, second] });
  await ipc.jobMove(second, { place: "before", job: first });
  ipc.fake.hold(null);
  expect(await queue()).toEqual({ listening: second, waiting: [first] });
});
