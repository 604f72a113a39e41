// What each edit of the minutes does to faked ones: values in, values out.
import type { Edit, Entry, Record, RecordChange, RefusedProposal } from "../bindings";

/** What the minutes of a session state, and the proposals that were refused. */
export type Stated = { record: Record; entries: Entry[]; refused: RefusedProposal[] };

export function applyToMinutes(stated: Stated, edit: Edit): Stated {
  switch (edit.kind) {
    case "put_entry":
      return { ...stated, entries: put(stated.entries, [edit.entry]) };
    case "put_entries":
      return { ...stated, entries: put(stated.entries, edit.entries) };
    case "remove_entry":
      return { ...stated, entries: stated.entries.filter((entry) => entry.id !== edit.entry) };
    case "set_record":
      return { ...stated, record: edit.record };
    case "accept_proposal":
      return {
        ...stated,
        entries: put(stated.entries, edit.entries),
        record: edit.record.reduce(changed, stated.record),
      };
    case "refuse_proposal":
      return { ...stated, refused: [...stated.refused, edit.proposal] };
    case "propose_again":
      return { ...stated, refused: stated.refused.filter((each) => each.kind !== edit.proposal.kind) };
    default:
      return stated;
  }
}

function changed(record: Record, change: RecordChange): Record {
  switch (change.kind) {
    case "starts":
      return { ...record, starts: change.time };
    case "ends":
      return { ...record, ends: change.time };
    case "attended": {
      const { name, attendance } = change;
      return {
        ...record,
        attendance: record.attendance.map((one) => (one.name === name ? { ...one, attendance } : one)),
      };
    }
  }
}

/** In the order of the sound; what cannot be heard comes last. */
function put(entries: Entry[], changed: Entry[]): Entry[] {
  const ids = new Set(changed.map((entry) => entry.id));
  const place = ({ heard }: Entry) => (heard ? [heard.from.part, heard.from.ms] : [Number.POSITIVE_INFINITY, 0]);
  return [...entries.filter((entry) => !ids.has(entry.id)), ...changed].sort((one, other) => {
    const [part = 0, ms = 0] = place(one);
    const [otherPart = 0, otherMs = 0] = place(other);
    return part === otherPart ? ms - otherMs : part - otherPart;
  });
}
