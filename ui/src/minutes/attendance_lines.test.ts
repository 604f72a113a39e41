// A list copied from anywhere becomes attendance.
import { addAttendance, attendeeOf, readAttendance } from "./attendance_lines";

test("each line is a person, with the office after a comma, a tab or a dash", () => {
  expect(
    readAttendance(
      "1. Ana Zapata, Presidenta\n\n• Jorge Ospina\tSecretario\r\nLuz Dary Quintero – Concejala\nJuan-Pablo Gil",
    ),
  ).toEqual([
    attendeeOf("Ana Zapata", "Presidenta"),
    attendeeOf("Jorge Ospina", "Secretario"),
    attendeeOf("Luz Dary Quintero", "Concejala"),
    attendeeOf("Juan-Pablo Gil"),
  ]);
});

test("nobody is added twice, whatever the accents and the case", () => {
  const first = readAttendance("Óscar Giraldo");
  expect(
    addAttendance(first, readAttendance("OSCAR GIRALDO\nFabio Arias\nFabio Arias")).map((each) => each.name),
  ).toEqual(["Óscar Giraldo", "Fabio Arias"]);
});
