// What may be personal data is hidden in the public copy until somebody says that it is none.
import { screen } from "@testing-library/react";
import type { Edit } from "../ipc";
import { fakeSecrets } from "../ipc/fake/said";
import { fakeSessions, shortSession } from "../ipc/fake/sessions";
import { expectAccessible, renderInAstra } from "../testing";
import { SecretsList } from "./secrets_list";

beforeEach(() => {
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(600);
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(60);
});

const segments = fakeSessions().find(({ view }) => view.row.id === shortSession)?.segments ?? [];
const secrets = fakeSecrets(segments, []);

function open(shown = false) {
  const edits: Edit[] = [];
  const view = renderInAstra(
    <SecretsList secrets={secrets.map((secret) => ({ ...secret, shown }))} onEdit={(edit) => edits.push(edit)} />,
  );
  return { ...view, edits };
}

test("each says what the copy will say instead", () => {
  open();
  expect(screen.getByText("En la copia dirá: [identificación omitida]")).toBeVisible();
});

test("what is no personal data is refused as such, and can be hidden again", async () => {
  const { user, edits, unmount } = open();
  await user.click(screen.getByRole("switch", { name: "Ocultar «71.345.678»" }));
  const proposal = secrets[0]?.refusal;
  expect(edits).toEqual([{ kind: "refuse_proposal", proposal }]);
  unmount();
  const again = open(true);
  await again.user.click(screen.getByRole("switch", { name: "Ocultar «71.345.678»" }));
  expect(again.edits).toEqual([{ kind: "propose_again", proposal }]);
});

test("what Astra cannot hide by itself has no switch and says what to do", () => {
  open();
  expect(screen.getAllByRole("switch")).toHaveLength(2);
  expect(screen.getByText(/márquelo como reservado/)).toBeVisible();
});

test("has right roles and names", async () => {
  open();
  await expectAccessible();
});
