// What happens at once is all read; what comes later takes the place of what was read.
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { AnnounceProvider, useAnnounce } from "./announce";

function Two() {
  const announce = useAnnounce();
  const say = () => {
    announce("La sesión 48 está lista.");
    announce("Empezó a escucharse la 49.");
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
  const both = "La sesión 48 está lista. Empezó a escucharse la 49.";
  await user.click(screen.getByRole("button"));
  expect(screen.getByText(both)).toBeInTheDocument();
  now.mockReturnValue(9000);
  await user.click(screen.getByRole("button"));
  expect(screen.getByText(both)).toBeInTheDocument();
});
