// What each edit of the contract does to a faked transcript: values in, values out.
import type { Edit, Segment, Speaker, Step } from "../bindings";
import { find } from "./find";
import { applyToMinutes, type Stated } from "./minutes";
import { spread } from "./sessions";

export type Text = { segments: Segment[]; speakers: Speaker[]; stated: Stated };

const wordsOf = (text: string) => text.split(/\s+/).filter(Boolean);

let made = 0;

export function apply(text: Text, edit: Edit): Text {
  const { segments, speakers, stated } = text;
  const change = (ids: string[], changed: (segment: Segment) => Segment): Text => {
    const chosen = new Set(ids);
    return {
      segments: segments.map((segment) => (chosen.has(segment.id) ? touched(changed(segment)) : segment)),
      speakers,
      stated,
    };
  };
  switch (edit.kind) {
    case "retext":
      return change([edit.segment], (segment) => retext(segment, edit.text));
    case "rehear": {
      const heard = new Map(edit.passages.map((one) => [one.segment.id, one]));
      const now = (segment: Segment) => {
        const one = heard.get(segment.id);
        return one && one.instead_of === segment.text ? one.segment : segment;
      };
      return { segments: segments.map(now), speakers, stated };
    }
    case "put_back":
      return change([edit.segment], (segment) => putBack(segment, edit.word));
    case "split":
      return {
        segments: segments.flatMap((segment) => (segment.id === edit.segment ? split(segment, edit.at) : [segment])),
        speakers,
        stated,
      };
    case "merge":
      return { segments: merge(segments, edit.segment), speakers, stated };
    case "retime":
      return change([edit.segment], (segment) => {
        const moved = segment.start_ms - edit.start_ms;
        const length = edit.end_ms - edit.start_ms;
        return {
          ...segment,
          start_ms: edit.start_ms,
          end_ms: edit.end_ms,
          times: segment.times.map((ms) => Math.min(Math.max(ms + moved, 0), length)),
        };
      });
    case "assign":
      return change(edit.segments, (segment) => ({ ...segment, speaker: edit.speaker }));
    case "name": {
      const same = speakers.find((speaker) => speaker.name.toLowerCase() === edit.name.trim().toLowerCase());
      const speaker = same ?? {
        id: `speaker-made-${++made}`,
        name: edit.name.trim(),
        role: "",
        colour: speakers.length % 12,
      };
      const named = change(edit.segments, (segment) => ({ ...segment, speaker: speaker.id }));
      return { segments: named.segments, speakers: same ? speakers : [...speakers, speaker], stated };
    }
    case "delete":
      return { segments: segments.filter((segment) => !edit.segments.includes(segment.id)), speakers, stated };
    case "mark":
      return change(edit.segments, (segment) => ({ ...segment, mark: edit.mark }));
    case "confirm":
      return change(edit.segments, (segment) => segment);
    case "replace": {
      const skipped = new Set(edit.skip);
      const chosen = find(segments, edit.query, edit.with).filter((_, i) => !skipped.has(i));
      return change([...new Set(chosen.map((match) => match.segment))], (segment) => {
        const text = chosen
          .filter((match) => match.segment === segment.id)
          .reduceRight(
            (before, match) => before.slice(0, match.from) + match.becomes + before.slice(match.to),
            segment.text,
          );
        return retext(segment, text);
      });
    }
    case "change_speaker": {
      const { speaker, name, role, colour } = edit;
      const same = speakers.find((each) => each.id !== speaker && each.name.toLowerCase() === name.toLowerCase());
      if (!same)
        return {
          segments,
          speakers: speakers.map((each) => (each.id === speaker ? { ...each, name, role, colour } : each)),
          stated,
        };
      return {
        segments: segments.map((segment) => (segment.speaker === speaker ? { ...segment, speaker: same.id } : segment)),
        speakers: speakers.filter((each) => each.id !== speaker),
        stated,
      };
    }
    case "accept_proposal": {
      const { floor } = edit;
      const named = floor ? apply(text, { kind: "name", segments: floor.segments, name: floor.name }) : text;
      return { ...named, stated: applyToMinutes(stated, edit) };
    }
    default:
      return { ...text, stated: applyToMinutes(stated, edit) };
  }
}

/** The edit in the words of the history. */
export function stepOf(edit: Edit, { segments }: Text): Step {
  const textOf = (id: string | undefined) => segments.find((segment) => segment.id === id)?.text.slice(0, 60) ?? "";
  switch (edit.kind) {
    case "retext":
      return { kind: edit.kind, text: edit.text.slice(0, 60), count: 1 };
    case "replace":
      return {
        kind: edit.kind,
        text: edit.query.text,
        count: find(segments, edit.query, "").length - edit.skip.length,
      };
    case "name":
      return { kind: edit.kind, text: edit.name, count: edit.segments.length };
    case "change_speaker":
      return { kind: edit.kind, text: edit.name, count: 1 };
    case "rehear":
      return { kind: edit.kind, text: edit.model, count: edit.passages.length };
    case "put_back": {
      const segment = segments.find(({ id }) => id === edit.segment);
      return { kind: edit.kind, text: segment?.respelled.find(({ at }) => at === edit.word)?.heard ?? "", count: 1 };
    }
    case "split":
    case "merge":
    case "retime":
      return { kind: edit.kind, text: textOf(edit.segment), count: 1 };
    case "put_entry":
    case "put_entries":
    case "remove_entry":
    case "set_record":
    case "accept_proposal":
    case "refuse_proposal":
    case "propose_again":
      return { kind: edit.kind, text: "", count: 0 };
    default:
      return { kind: edit.kind, text: textOf(edit.segments[0]), count: edit.segments.length };
  }
}

function touched(segment: Segment): Segment {
  return { ...segment, touched: true, doubtful: false };
}

/** Keeps the times of the words unchanged at the start and at the end; those between share what is left. */
function retext(segment: Segment, text: string): Segment {
  const before = wordsOf(segment.text);
  const after = wordsOf(text);
  let head = 0;
  while (head < Math.min(before.length, after.length) && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < Math.min(before.length, after.length) - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const from = head > 0 ? (segment.times[head * 2 - 1] ?? 0) : 0;
  const to = tail > 0 ? (segment.times[(before.length - tail) * 2] ?? 0) : segment.end_ms - segment.start_ms;
  const middle = spread(after.length - head - tail, Math.max(0, to - from), from);
  const times = [...segment.times.slice(0, head * 2), ...middle, ...segment.times.slice((before.length - tail) * 2)];
  const unsure = segment.unsure
    .filter((word) => word < head || word >= before.length - tail)
    .map((word) => (word < head ? word : word + after.length - before.length));
  const respelled = segment.respelled
    .filter(({ at, count }) => at + count <= head || at >= before.length - tail)
    .map((one) => (one.at < head ? one : { ...one, at: one.at + after.length - before.length }));
  return { ...segment, text, times, unsure, respelled };
}

function putBack(segment: Segment, word: number): Segment {
  const respelling = segment.respelled.find(({ at }) => at === word);
  if (!respelling) return segment;
  return retext(segment, wordsOf(segment.text).toSpliced(word, respelling.count, respelling.heard).join(" "));
}

function split(segment: Segment, at: number): Segment[] {
  const left = segment.text.slice(0, at).trim();
  const right = segment.text.slice(at).trim();
  if (!left || !right) return [segment];
  const count = wordsOf(left).length;
  const cut = segment.times[count * 2] ?? segment.end_ms - segment.start_ms;
  return [
    touched({
      ...segment,
      text: left,
      end_ms: segment.start_ms + (segment.times[count * 2 - 1] ?? cut),
      times: segment.times.slice(0, count * 2),
      unsure: segment.unsure.filter((word) => word < count),
    }),
    touched({
      ...segment,
      id: `${segment.id}-${++made}`,
      text: right,
      start_ms: segment.start_ms + cut,
      times: segment.times.slice(count * 2).map((ms) => ms - cut),
      unsure: segment.unsure.filter((word) => word >= count).map((word) => word - count),
    }),
  ];
}

function merge(segments: Segment[], id: string): Segment[] {
  const place = segments.findIndex((segment) => segment.id === id);
  const first = segments[place - 1];
  const second = segments[place];
  if (!first || !second || first.part !== second.part) return segments;
  const shift = second.start_ms - first.start_ms;
  const count = wordsOf(first.text).length;
  const joined = touched({
    ...first,
    text: `${first.text} ${second.text}`.trim(),
    end_ms: second.end_ms,
    times: [...first.times, ...second.times.map((ms) => ms + shift)],
    unsure: [...first.unsure, ...second.unsure.map((word) => word + count)],
    faults: [...new Set([...first.faults, ...second.faults])],
  });
  return [...segments.slice(0, place - 1), joined, ...segments.slice(place + 1)];
}
