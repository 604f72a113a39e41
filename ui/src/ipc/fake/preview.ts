// The preview of faked minutes: every kind of block, and in the literal kind all that was said.
import type { ActaChoices, ActaPreview, Block, Entry, PageStyle, Run, SaidTurn } from "../bindings";
import type { Stated } from "./minutes";

export function fakePreview(
  { record, entries }: Stated,
  turns: readonly SaidTurn[],
  choices: ActaChoices,
): ActaPreview {
  return {
    blocks: [
      paragraph("title", `ACTA No. ${record.number} de 2026`),
      { kind: "paragraph", of: { style: "fact", runs: [bold("FECHA:"), ...plain(`\t${record.date}`)] } },
      { kind: "paragraph", of: { style: "fact", runs: [bold("LUGAR:"), ...plain(`\t${record.place}`)] } },
      { kind: "index", of: { title: "Contenido" } },
      heading("Asistencia"),
      {
        kind: "table",
        of: {
          head: ["Nombre", "Asistencia"],
          rows: record.attendance.map((one) => [plain(one.name), plain(one.attendance)]),
          widths: [2, 1],
          description: "Asistencia",
        },
      },
      heading("Orden del día"),
      { kind: "list", of: { ordered: true, items: ["Llamado a lista", "Proposiciones y varios"].map(plain) } },
      heading("Desarrollo"),
      ...entries.filter(({ what }) => what.kind !== "summary").map(({ what }) => paragraph("normal", what.kind)),
      ...turns.flatMap((turn) => said(turn, choices, entries)),
      { kind: "signatures", of: [record.president, record.secretary].map((name) => ({ name, office: "" })) },
      { kind: "page_break" },
      heading("Certificado"),
      paragraph("note", "Una parte del texto fue corregida por una persona."),
    ],
    checks: [
      { code: "field_missing", text: "Falta la hora de cierre.", base: "Ley 136 de 1994, artículo 26", heard: null },
      {
        code: "speaker_unnamed",
        text: "Nadie dijo quién habla.",
        base: null,
        heard: { from: { part: 0, ms: 61_000 }, to: { part: 0, ms: 64_000 } },
      },
    ],
    hidden: choices.copy === "public" ? 2 : 0,
  };
}

function said({ speaker, heard, sentences }: SaidTurn, { kind }: ActaChoices, entries: readonly Entry[]): Block[] {
  const leadIn = paragraph("lead_in", `Intervino ${speaker ?? "una persona sin identificar"}:`);
  const words = (text: string) => [leadIn, paragraph("speech", text)];
  if (kind === "decisions") return [];
  if (kind === "literal") return words(`“${sentences.map(({ text }) => text).join(" ")}”`);
  const written = entries.flatMap(({ what, heard: at }) =>
    what.kind === "summary" && at && at.from.part === heard.from.part && within(at.from.ms, heard) ? [what.text] : [],
  );
  return words(written.join(" ") || "[pendiente de redactar]");
}

const within = (ms: number, { from, to }: SaidTurn["heard"]) => from.ms <= ms && ms <= to.ms;
const plain = (text: string): Run[] => [{ text, bold: false, italic: false }];
const bold = (text: string): Run => ({ text, bold: true, italic: false });
const paragraph = (style: PageStyle, text: string): Block => ({ kind: "paragraph", of: { style, runs: plain(text) } });
const heading = (text: string): Block => ({ kind: "heading", of: { level: "one", text, bookmark: null } });
