// The roster is kept in the order of its list.
import type { Councillor } from "../ipc";
import { councillorOf, moved, seated } from "./roster";

const one = (id: string, changed: Partial<Councillor> = {}): Councillor => ({
  ...councillorOf(`Nombre ${id}`),
  id,
  ...changed,
});

test("places in the roll follow the order of the list, and a row without a name is nobody", () => {
  expect(seated([one("b"), one("empty", { name: " " }), one("a")]).map(({ id, seat }) => [id, seat])).toEqual([
    ["b", 1],
    ["a", 2],
  ]);
});

test("nobody moves over the ends of the list", () => {
  const roster = [one("a"), one("b")];
  expect(moved(roster, 0, 1).map(({ id }) => id)).toEqual(["b", "a"]);
  expect(moved(roster, 0, -1)).toBe(roster);
  expect(moved(roster, 1, 1)).toBe(roster);
});

test("who is added has the term of those before", () => {
  expect(councillorOf("Ana", one("a", { term: "2024-2027", since: "2024-01-01", party: "Verde" }))).toMatchObject({
    name: "Ana",
    term: "2024-2027",
    since: "2024-01-01",
    party: "",
  });
});
