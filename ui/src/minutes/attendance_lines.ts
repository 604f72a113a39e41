// A pasted list of people, read into attendance: one person a line, the office after a comma, semicolon, tab or dash.
import type { Attendee } from "../ipc";

export function readAttendance(pasted: string): Attendee[] {
  return (
    pasted
      .split(/\r?\n/)
      // Numbers and bullets of a list copied from Word are no part of a name.
      .map((line) => line.replace(/^\s*(?:\d+\s*[.)-]+|[-•*·–])\s*/, "").trim())
      .filter(Boolean)
      .map((line) => {
        const [name = "", ...office] = line.split(/\s*(?:\t|,|;|\s[-–—]\s)\s*/);
        return attendeeOf(name.trim(), office.join(", ").trim());
      })
  );
}

/** Somebody of whom nothing else is said. */
export function attendeeOf(name: string, office = ""): Attendee {
  return {
    name,
    office,
    party: "",
    attendance: "present",
    reason: "",
    arrived: "",
    left: "",
    gender: null,
    remote: false,
  };
}

/** Adds those who are not in the list yet; a name counts once, whatever its accents and case. */
export function addAttendance(attendance: Attendee[], more: Attendee[]): Attendee[] {
  const known = new Set(attendance.map((each) => plain(each.name)));
  const fresh = more.filter((each) => each.name && !known.has(plain(each.name)) && known.add(plain(each.name)));
  return [...attendance, ...fresh];
}

function plain(name: string): string {
  return name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
