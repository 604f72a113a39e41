// A question about recordings is read, answered with one press, and the next one takes its place.
import { act, screen, waitFor, within } from "@testing-library/react";
import type { Question, Reply } from "../ipc";
import { createFakeIpc } from "../ipc/fake";
import { fakeSessions, longSession, shortSession } from "../ipc/fake/sessions";
import { fakeQuestion } from "../ipc/fake/watch";
import { applyEvent } from "../ipc/queries";
import { PageHeader } from "../kit/page_header";
import { expectAccessible, renderInAstra } from "../testing";
import { WaitingQuestions } from "./waiting_questions";

const rowOf = (id: string) => {
  const found = fakeSessions().find(({ view }) => view.row.id === id);
  if (!found) throw new Error(id);
  return found.view.row;
};
const question = (id: number, traits: Partial<Question> = {}) =>
  fakeQuestion(rowOf(longSession), rowOf(shortSession), { id, ...traits });
const microphones = question(3, {
  about: { doubt: "microphones" },
  later: null,
  later_title: null,
  files: ["D:\\MIC_2.WAV", "D:\\MIC_3.WAV"],
  answers: ["mix", "apart", "leave"],
});

function open(questions: Question[]) {
  const view = renderInAstra(
    <>
      <PageHeader title="Sesiones" />
      <WaitingQuestions />
    </>,
    { ipc: createFakeIpc({ watched: { questions } }) },
  );
  view.ipc.listen((event) => act(() => applyEvent(view.queries, event)));
  return view;
}

test("a long pause names both sessions, their hours, their files and the reason", async () => {
  open([question(1)]);
  const card = await screen.findByRole("group", { name: "¿Fue un receso, o es otra sesión?" });
  expect(card).toHaveAccessibleDescription("Entre las dos pasaron 40 min sin grabación.");
  expect(await within(card).findByText(/ · SES_LONG_2\.MP3$/)).toHaveTextContent(/15 de sept de 2026/);
  expect(within(card).getByText("Instalación del período de sesiones")).toBeVisible();
  await expectAccessible();
});

test("one press answers, is told, and the focus goes on to the next question and then to the page", async () => {
  const { user, fake } = open([question(1), question(2, { about: { doubt: "named" } })]);
  await screen.findByText("2 preguntas sobre las grabaciones");
  screen.getByRole("button", { name: "Receso de la misma sesión" }).focus();
  await user.keyboard("{Enter}");
  const next = await screen.findByRole("group", { name: "¿Es la misma sesión?" });
  await waitFor(() => expect(next).toHaveFocus());
  expect(screen.getByText(/Quedaron en una sola sesión\.$/)).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Es otra sesión" }));
  await waitFor(() => expect(screen.getByRole("heading", { level: 1 })).toHaveFocus());
  expect(fake.calls.filter(({ command }) => command === "watchAnswer").map(({ values }) => values)).toEqual([
    [1, "join"],
    [2, "apart"],
  ]);
});

test("recordings of one moment may be microphones", async () => {
  const { user, fake } = open([microphones]);
  const card = within(await screen.findByRole("group", { name: /un archivo por micrófono/ }));
  expect(card.getByText("Hay otras 2 grabaciones que empiezan y terminan al mismo tiempo.")).toBeVisible();
  expect(card.getByText("MIC_2.WAV")).toHaveAttribute("title", "D:\\MIC_2.WAV");
  await user.click(card.getByRole("button", { name: "Sí, son sus micrófonos" }));
  await waitFor(() => expect(fake.calls).toContainEqual({ command: "watchAnswer", values: [3, "mix"] }));
});

test("a question that comes up is read to who does not see it", async () => {
  const { ipc, fake } = open([]);
  await waitFor(() => expect(fake.calls.some(({ command }) => command === "watchQuestions")).toBe(true));
  ipc.watchQuestions = async () => [question(1, { about: { doubt: "bridge" } })];
  act(() => fake.emit({ event: "questions_changed" }));
  const said = "¿Es la misma sesión? Llegó una grabación y ya no hay corte entre las dos.";
  await waitFor(() => expect(document.querySelector(".visually-hidden[aria-live=polite]")).toHaveTextContent(said));
});

test("an answer that came too late says so, and the question stays until it is read anew", async () => {
  const { user, fake } = open([question(1)]);
  fake.failNext("watchAnswer", { code: "question_unknown", message: "Esa pregunta ya se respondió.", details: {} });
  await user.click(await screen.findByRole("button", { name: "Es otra sesión" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("Esa pregunta ya se respondió.");
});

test("every answer has words of its own", async () => {
  const answers: Reply[] = ["join", "apart", "mix", "leave"];
  open([question(1, { answers })]);
  const card = within(await screen.findByRole("group"));
  expect(card.getAllByRole("button").map(({ textContent }) => textContent)).toEqual([
    "Receso de la misma sesión",
    "Es otra sesión",
    "Sí, son sus micrófonos",
    "No escuchar esos archivos",
  ]);
});
