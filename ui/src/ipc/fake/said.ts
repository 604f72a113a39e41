// What faked minutes find in what was said: turns in sentences, figures, what may be personal data. Values in, values out.
import type {
  Reason,
  RefusedProposal,
  SaidFigure,
  SaidSecret,
  SaidSentence,
  SaidTurn,
  Segment,
  Speaker,
  Stretch,
} from "../bindings";

/** Consecutive segments of one speaker; every segment is a sentence. */
export function fakeTurns(segments: readonly Segment[], speakers: readonly Speaker[]): SaidTurn[] {
  const turns: SaidTurn[] = [];
  let former: Segment | undefined;
  for (const segment of segments) {
    const heard = stretchOf(segment);
    const sentence = { text: segment.text, heard, reasons: reasonsOf(segment.text) };
    const turn = turns.at(-1);
    if (turn && former?.speaker === segment.speaker && former.part === segment.part) {
      turn.heard = { from: turn.heard.from, to: heard.to };
      turn.sentences.push(sentence);
      turn.asks = turn.asks || asks(sentence);
    } else {
      const speaker = speakers.find(({ id }) => id === segment.speaker)?.name ?? null;
      turns.push({ speaker, heard, sentences: [sentence], asks: asks(sentence) });
    }
    former = segment;
  }
  return turns;
}

export function fakeFigures(segments: readonly Segment[]): SaidFigure[] {
  const known = [
    { said: "doscientos cuarenta millones de pesos", kind: "money", written: "$ 240 millones" },
    { said: "número doce", kind: "number", written: "doce (12)" },
    { said: "once votos a favor y uno en contra", kind: "number", written: "once (11) y uno (1)" },
  ] as const;
  return segments.flatMap((segment) =>
    known
      .filter(({ said }) => segment.text.includes(said))
      .map((figure) => ({ ...figure, heard: stretchOf(segment), confirmed: segment.touched })),
  );
}

/** An identity number, an address and a passage about health, whatever was said. */
export function fakeSecrets(segments: readonly Segment[], refused: readonly RefusedProposal[]): SaidSecret[] {
  const known = [
    { said: "71.345.678", kind: "identity", confidence: "certain", replacement: "[identificación omitida]" },
    {
      said: "carrera séptima número 12-40",
      kind: "address",
      confidence: "possible",
      replacement: "[dirección omitida]",
    },
    { said: "está en tratamiento médico", kind: "health", confidence: "likely", replacement: null },
  ] as const;
  return known.flatMap((secret, place) => {
    const segment = segments[place * 2 + 1];
    if (!segment) return [];
    const heard = stretchOf(segment);
    const refusal = { kind: `mask:${secret.said}`, at: heard.from };
    return [{ ...secret, heard, refusal, shown: refused.some(({ kind }) => kind === refusal.kind) }];
  });
}

const asks = ({ text, reasons }: SaidSentence) =>
  text.split(" ").length >= 12 || reasons.some((reason) => reason !== "courtesy");

function stretchOf({ part, start_ms, end_ms }: Segment): Stretch {
  return { from: { part, ms: start_ms }, to: { part, ms: end_ms } };
}

function reasonsOf(text: string): Reason[] {
  const signs: [Reason, RegExp][] = [
    ["record", /constancia/i],
    ["request", /solicit|pido/i],
    ["figure", /millones|doce|once/i],
    ["courtesy", /gracias|buenos días/i],
  ];
  return signs.filter(([, sign]) => sign.test(text)).map(([reason]) => reason);
}
