// A list copied from anywhere becomes attendance.
import { addAttendance, readAttendance } from "./attendance_lines";

test("each line is a person, with the office after a comma, a tab or a dash", () => {
  expect(
    readAttendance(
      "1. Ana Zapata, Presidenta\n\n• Jorge Ospina\tSecretario\r\nLuz Dary Quintero – Concejala\nJuan-Pablo Gil",
    ),
  ).toEqual([
    { name: "Ana Zapata", office: "Presidenta", attendance: "present" },
    { name: "Jorge Ospina", office: "Secretario", attendance: "present" },
    { name: "Luz Dary Quintero", office: "Concejala", attendance: "present" },
    { name: "Juan-Pablo Gil", office: "", attendance: "present" },
  ]);
});

test("nobody is added twice, whatever the accents and the case", () => {
  const first = readAttendance("Óscar Giraldo");
  expect(
    addAttendance(first, readAttendance("OSCAR GIRALDO\nFabio Arias\nFabio Arias")).map((each) => each.name),
  ).toEqual(["Óscar Giraldo", "Fabio Arias"]);
});
