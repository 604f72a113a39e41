// The acta beside the text: what was said becomes a proposal, the proposal a statement, and undo takes it back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Computer } from "./harness/computer.js";
import { openOnlySession, putCursorBefore, saved } from "./harness/steps.js";
import { until } from "./harness/wait.js";

const sentence = "Se aprueba el orden del día con once votos a favor. ";
const proposedVote = /Propuesto\s*Votación.*11 a favor/;
const statedVote = /^(?!.*Propuesto).*Votación.*11 a favor/;

test("a vote that is written in the text is proposed, accepted with one key, stated in the acta, and undone", async (t) => {
  const { astra, votes } = await openSample(t);
  await putCursorBefore(astra, "Con gusto");
  await astra.type(sentence);
  await saved(astra);

  await astra.press("Control", "2");
  await astra.sees(/Quedan? \d+ propuestas? por revisar/);
  assert.match(await astra.focused(), /^tree /);
  await walkTo(astra, proposedVote);
  await astra.press("Enter");
  await astra.find("treeitem", statedVote);
  await until("eleven votes", async () => String(await votes()) === "11");
  assert.ok(!(await astra.has("treeitem", proposedVote)));

  await astra.press("Control", "z");
  await astra.find("treeitem", proposedVote);
  await until("no vote", async () => String(await votes()) === "");
  await astra.drawn();
  assert.deepEqual(await astra.seriousProblems(), []);

  await astra.press("Control", "1");
  await until("the cursor where it was", async () => (await astra.focused()).startsWith(`textbox «${sentence.trim()}`));
});

test("a proposal that was refused is not proposed again, and one that was corrected says what she typed", async (t) => {
  const { astra, votes } = await openSample(t);
  await putCursorBefore(astra, "Con gusto");
  await astra.type(sentence);
  await saved(astra);

  await astra.press("Control", "2");
  await astra.find("treeitem", proposedVote);
  await walkTo(astra, proposedVote);
  await astra.press("F2");
  await astra.fill("spinbutton", "A favor", "12");
  await astra.press("Control", "Enter");
  await astra.find("treeitem", /^(?!.*Propuesto).*12 a favor/);
  await until("twelve votes", async () => String(await votes()) === "12");

  await astra.press("Control", "z");
  await walkTo(astra, proposedVote);
  await astra.press("Delete");
  await until("no such proposal", async () => !(await astra.has("treeitem", proposedVote)));
  await astra.sees("Guardado");
  await astra.reload();
  await astra.find("textbox", "Título de la sesión");
  await astra.press("Control", "2");
  await astra.sees(/propuestas? por revisar/);
  assert.ok(!(await astra.has("treeitem", proposedVote)));
  await until("no vote", async () => String(await votes()) === "");
});

test("a point of the order of the day is added at the playhead and its beginning moved by key", async (t) => {
  const { astra, entries } = await openSample(t);
  await astra.press("Control", "2");
  await astra.sees(/propuestas? por revisar/);
  await astra.press("F7");
  await astra.click("button", "Añadir");
  await astra.click("menuitem", "Punto del orden del día");
  await astra.fill("textbox", "Título", "Himno del municipio");
  await astra.press("Control", "Enter");
  await astra.find("treeitem", /1\. Himno del municipio/);
  await astra.seesNoMore("De qué se trata");

  await astra.click("treeitem", /1\. Himno del municipio/);
  await astra.press("F7");
  await astra.press("Alt", "Home");
  await until("a later beginning", async () => (await entries())[0].heard.from.ms === 4000);
  await astra.press("Control", "z");
  await until("the former beginning", async () => (await entries())[0].heard.from.ms === 2000);
});

test("a part that is reserved by its hours marks what was said there, and undo takes both back", async (t) => {
  const { astra, marks, entries } = await openSample(t);
  await astra.press("Control", "2");
  await astra.sees(/propuestas? por revisar/);
  await astra.click("button", "Añadir");
  await astra.click("menuitem", "Parte reservada");
  await astra.fill("textbox", "Desde", "0:00:00");
  await astra.fill("textbox", "Hasta", "0:00:05");
  await astra.fill("textbox", "Motivo", "Reserva de ley");
  await astra.press("Control", "Enter");
  await astra.find("treeitem", /Parte reservada/);
  assert.equal((await marks())[0], "reserved");
  assert.equal((await marks()).at(-1), null);

  await astra.press("Control", "z");
  await until("nothing reserved", async () => (await marks()).every((mark) => mark === null));
  assert.deepEqual(await entries(), []);
});

/** The sample, open, and what the minutes of it state. */
async function openSample(t) {
  const computer = await Computer.new(t);
  computer.takeSampleHeard();
  const astra = await computer.open();
  await openOnlySession(astra);
  const [{ id: session }] = computer.astra("sessions", "list");
  const entries = async () => (await astra.core("minutes_open", { session })).answer.entries;
  const votes = async () => (await entries()).flatMap(({ what }) => (what.kind === "vote" ? [what.in_favour] : []));
  const marks = async () => (await astra.core("transcript_open", { session })).answer.segments.map(({ mark }) => mark);
  return { astra, entries, votes, marks };
}

/** Walks the outline with the arrows until the row of that name is selected. */
async function walkTo(astra, name) {
  await astra.find("tree");
  await astra.press("Home");
  await until(`${name} selected`, async () => {
    const row = (await astra.all("treeitem", name))[0];
    if (row && (await row.getAttribute("aria-selected")) === "true") return true;
    await astra.press("ArrowDown");
    return false;
  });
}
