// Who voted for what, and what was announced.
import { noVote } from "./new_entry";
import { candidateLines, differences, readCandidates, sideOf, voters, withSide } from "./vote_names";

const roll = ["Ana Zapata", "Luis Cano", "Sofía Mejía"];

test("a person is on one side only, in the order of the roll", () => {
  const first = withSide(noVote.names, "Sofía Mejía", "in_favour", roll);
  const second = withSide(first, "Ana Zapata", "in_favour", roll);
  expect(second.in_favour).toEqual(["Ana Zapata", "Sofía Mejía"]);
  const third = withSide(second, "Ana Zapata", "against", roll);
  expect([third.in_favour, third.against]).toEqual([["Sofía Mejía"], ["Ana Zapata"]]);
  expect(sideOf(withSide(third, "Ana Zapata", null, roll), "Ana Zapata")).toBeNull();
});

test("whoever the vote names stays on it, on the roll or not", () => {
  const names = { ...noVote.names, against: ["Iván Peña"] };
  const all = voters(roll, names);
  expect(all).toEqual([...roll, "Iván Peña"]);
  expect(withSide(names, "Luis Cano", "abstaining", all).against).toEqual(["Iván Peña"]);
});

test("counts are held against names once there are names", () => {
  const vote = { ...noVote, in_favour: 3, against: 0, abstaining: null };
  expect(differences(vote)).toEqual([]);
  const names = { ...noVote.names, in_favour: ["Ana Zapata"], abstaining: ["Luis Cano"] };
  expect(differences({ ...vote, names })).toEqual([{ side: "in_favour", announced: 3, named: 1 }]);
});

test("candidates are read as they are written, and in other usual ways", () => {
  const candidates = [
    { name: "Ana Zapata", votes: 7 },
    { name: "Luis Ángel Cano", votes: 0 },
  ];
  expect(readCandidates(candidateLines(candidates))).toEqual(candidates);
  expect(readCandidates("Ana Zapata 7\n\n Luis Ángel Cano –")).toEqual(candidates);
});
