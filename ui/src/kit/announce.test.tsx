// What happens at once is all read, each sentence once; what comes later takes the place of what was read.
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { AnnounceProvider, useAnnounce } from "./announce";

const ready = "La sesión 48 está lista.";
const begun = "Empezó a escucharse la 49.";

function Two() {
  const announce = useAnnounce();
  const say = () => {
    announce(ready);
    announce(begun);
  };
  return (
    <button type="button" onClick={say}>
      Decir
    </button>
  );
}

test("of two sentences at once none is lost, and the next ones follow no old ones", async () => {
  const now = vi.spyOn(performance, "now").mockReturnValue(1000);
  const user = userEvent.setup();
  render(
    <AnnounceProvider>
      <Two />
    </AnnounceProvider>,
  );
  await user.click(screen.getByRole("button"));
  const [first, second] = [screen.getByText(ready), screen.getByText(begun)];
  now.mockReturnValue(9000);
  await user.click(screen.getByRole("button"));
  expect(screen.getByText(ready)).not.toBe(first);
  expect(screen.getByText(begun)).not.toBe(second);
});
