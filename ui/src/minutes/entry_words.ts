// What an entry or a proposal says, in the words of the outline.
import type { TFunction } from "i18next";
import type { Attendee, ProposalKind, Vote, What } from "../ipc/bindings";
import { lengthText } from "../lib/time";
import { typedDay } from "./days_and_hours";

/** `title` names it, `detail` tells the rest; empty when there is nothing more to say. */
export type Words = { title: string; detail: string };

const away: readonly Attendee["attendance"][] = ["absent", "excused", "unstated"];

export function entryWords(t: TFunction, what: What): Words {
  const bare = (detail = ""): Words => ({ title: t(`outline.kind.${what.kind}`), detail });
  const named = (name: string, detail = ""): Words =>
    name.trim() === "" ? bare(detail) : { title: t(`outline.named.${what.kind}`, { name: name.trim() }), detail };
  switch (what.kind) {
    case "quorum":
      return quorumWords(t, what.holds, what.count);
    case "item":
      return { title: `${what.number}. ${what.title.trim() || t("outline.untitled")}`, detail: "" };
    case "vote":
      return { title: voteTitle(t, what), detail: voteDetail(t, what) };
    case "motion":
      return named(listed(what.by), what.text);
    case "constancia":
      return named(what.by);
    case "recess": {
      const length = what.lasted_ms == null ? "" : t("outline.lasted", { length: lengthText(what.lasted_ms) });
      return bare(joined(length, what.reason));
    }
    case "reserved":
      return bare(what.reason);
    case "bill":
      return named(what.number, what.title);
    case "communication":
      return named(what.from, joined(what.reference, what.date && typedDay(what.date), what.subject));
    case "task":
      return named(what.who, joined(what.text, what.due && t("outline.due", { day: typedDay(what.due) })));
    case "annex":
      return named(what.title, what.folios === null ? "" : t("outline.folios", { count: what.folios }));
    case "next_session":
      return bare(joined(what.date && typedDay(what.date), what.time, what.place));
    case "earlier_minutes":
      return named(what.number, what.observations);
    case "summary":
      return bare(what.text);
  }
}

export function proposalWords(t: TFunction, what: ProposalKind): Words {
  switch (what.kind) {
    case "opening":
    case "adjournment": {
      const title = what.time
        ? t(`outline.proposal.${what.kind}`, { time: what.time })
        : t(`outline.kind.${what.kind}`);
      return { title, detail: "" };
    }
    case "roll_call": {
      const count = what.answers.filter(({ answer }) => answer === "present").length;
      const detail = t("outline.present", { count, total: what.answers.length });
      return { title: t("outline.kind.roll_call"), detail };
    }
    case "arrival":
    case "departure":
    case "floor":
      return { title: t(`outline.proposal.${what.kind}`, { name: what.name }), detail: "" };
    case "agenda":
      return {
        title: t("outline.proposal.agenda", { count: what.items.length }),
        detail: what.items.map((title, at) => `${at + 1}. ${title}`).join(" · "),
      };
    case "item":
      return { title: `${what.number}. ${what.title.trim() || t("outline.untitled")}`, detail: "" };
    case "quorum":
      return quorumWords(t, what.holds, what.count);
    case "vote":
      return { title: voteTitle(t, what), detail: voteDetail(t, what) };
    case "motion":
      return entryWords(t, { kind: "motion", by: what.by ? [what.by] : [], text: what.about });
    case "constancia":
      return entryWords(t, { kind: "constancia", by: what.by ?? "" });
    case "recess": {
      const detail = what.minutes === null ? "" : t("outline.minutes", { count: what.minutes });
      return { title: t("outline.kind.recess"), detail };
    }
    case "next_session":
      return entryWords(t, { kind: "next_session", date: what.date ?? "", time: what.time ?? "", place: "" });
  }
}

/** «11 de 13 presentes». */
export function attendanceWords(t: TFunction, attendance: readonly Attendee[]): string {
  const count = attendance.filter((one) => !away.includes(one.attendance)).length;
  return attendance.length === 0 ? t("outline.nobody") : t("outline.present", { count, total: attendance.length });
}

function quorumWords(t: TFunction, holds: boolean, count: number | null): Words {
  const detail = count === null ? "" : t("outline.attending", { count });
  return { title: t(holds ? "outline.quorum" : "outline.no_quorum"), detail };
}

function voteTitle(t: TFunction, vote: Vote): string {
  const about = vote.about.trim();
  return about === "" ? t("outline.kind.vote") : t("outline.named.vote", { name: about });
}

function voteDetail(t: TFunction, vote: Vote): string {
  const count = (side: "in_favour" | "against" | "abstaining" | "blank") => {
    const number = vote[side];
    return number === null ? "" : t(`outline.count.${side}`, { number });
  };
  return joined(
    count("in_favour"),
    count("against"),
    count("abstaining"),
    count("blank"),
    vote.candidates.map(({ name, votes }) => `${name}: ${votes}`).join(", "),
    vote.outcome && t(`outline.outcome.${vote.outcome}`),
  );
}

function joined(...words: readonly (string | null | false)[]): string {
  return words.filter(Boolean).join(" · ");
}

/** «Ana Zapata, Luis Cano». */
function listed(names: readonly string[]): string {
  return names.filter((name) => name.trim() !== "").join(", ");
}
