// What a faked file names: two people, one of them known when the roster has the name, and a line that is no name.
import type { Councillor, Note, ProposedCouncillor, RosterProposal } from "../bindings";

export function fakeRosterProposal(roster: readonly Councillor[]): RosterProposal {
  const row = (name: string, line: number, notes: Note[] = []): ProposedCouncillor => {
    const known = roster.find((one) => one.name === name);
    const councillor: Councillor = {
      id: known?.id ?? `councillor-${line}`,
      term: "2024-2027",
      name,
      instead_of: [],
      party: line === 2 ? "Partido Verde" : "",
      office: "Concejal",
      seat: line - 1,
      since: "",
      until: "",
    };
    return { councillor, line, known: known !== undefined, notes };
  };
  return {
    format: "xlsx",
    headed: true,
    columns: [
      { heading: "Nombre", field: "name" },
      { heading: "Celular", field: null },
    ],
    rows: [row("Ana Milena Zapata", 2), row("Óscar Iván Giraldo", 3), row("TOTAL", 4, ["odd_name"])],
  };
}
