// The whole window takes recordings: dropped, picked, or handed over by «Abrir con». All end in the same proposal.
// Documents alone, dropped on the list of sessions, are minutes of the past, from which the vocabulary learns.

import { makeStyles, Subtitle1, Text, tokens } from "@fluentui/react-components";
import { ArrowDownloadRegular } from "@fluentui/react-icons";
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { useIpc } from "../ipc";
import { isClaimed, leaveForClaim } from "../ipc/drop_claim";
import { useNotify } from "../kit/notify";
import { isDocument } from "../lib/paths";
import { type Draft, draftOf, filesOf, withMore } from "./draft";
import { IntakeContext } from "./intake";
import { usePromise } from "./promise";
import { ProposalDialog } from "./proposal_dialog";

/** What hangs over the window, to be dropped on it. */
type Hanging = "recordings" | "minutes";

/** Mounted once, around everything that may bring recordings in with `useIntake()`. */
export function DropTarget({ children }: { children: ReactNode }) {
  const ipc = useIpc();
  const [draft, setDraft] = useState<Draft | null>(null);
  const [reading, setReading] = useState(0);
  const [failure, setFailure] = useState<unknown>(null);
  const [over, setOver] = useState<Hanging | null>(null);
  const [place, go] = useLocation();
  // Whatever comes while a proposal is open belongs to it, and nobody is taken away from an open session.
  const mayLearn = useRef(false);
  mayLearn.current = place === "/" && draft === null && reading === 0 && failure === null;
  // Closing the dialog makes what is still being read come too late.
  const round = useRef(0);
  const { aside, goToModels, comeBack } = useAside();
  // As it is between two drawings too: recordings that come are looked at together with those that are there.
  const latest = useRef<Draft | null>(null);
  const turn = useRef(Promise.resolve());
  const change = useCallback((draft: Draft | null) => {
    latest.current = draft;
    setDraft(draft);
  }, []);

  const close = useCallback(() => {
    round.current++;
    change(null);
    setReading(0);
    setFailure(null);
  }, [change]);
  const propose = useCallback(
    async (sources: string[]) => {
      if (sources.length === 0) return;
      const now = round.current;
      comeBack();
      setReading((count) => count + 1);
      setFailure(null);
      const look = async () => {
        if (now !== round.current) return;
        const there = filesOf(latest.current);
        try {
          const proposal = await ipc.recordingPropose([...there, ...sources]);
          if (now !== round.current) return;
          change(latest.current === null ? draftOf(proposal) : withMore(latest.current, proposal, there));
        } catch (thrown) {
          if (now === round.current) setFailure(thrown);
        } finally {
          if (now === round.current) setReading((count) => count - 1);
        }
      };
      turn.current = turn.current.then(look);
      await turn.current;
    },
    [change, comeBack, ipc],
  );
  const pick = useCallback(async () => propose(await ipc.recordingPick()), [ipc, propose]);
  const pickFolder = useCallback(async () => {
    const folder = await ipc.folderPick("recordings");
    if (folder !== null) await propose([folder]);
  }, [ipc, propose]);

  useEffect(() => {
    const kindOf = (paths: string[]): Hanging | null => {
      if (isClaimed(paths)) return null;
      return mayLearn.current && paths.length > 0 && paths.every(isDocument) ? "minutes" : "recordings";
    };
    let hanging: Hanging | null = null;
    return ipc.onDrop((phase, paths) => {
      if (phase === "enter" || phase === "drop") hanging = kindOf(paths);
      setOver(phase === "enter" || phase === "over" ? hanging : null);
      if (phase !== "drop") return;
      if (hanging === "recordings") void propose(paths);
      if (hanging === "minutes") {
        leaveForClaim(paths);
        go("/settings/vocabulary");
      }
    });
  }, [go, ipc, propose]);
  useEffect(() => {
    // What was handed over before the page listened is given once, so it is asked for without a way to cancel.
    void ipc.recordingOffered().then(propose);
    return ipc.listen((event) => {
      if (event.event === "recordings_offered") void propose(event.paths);
    });
  }, [ipc, propose]);

  return (
    <IntakeContext.Provider value={useMemo(() => ({ pick, pickFolder, propose }), [pick, pickFolder, propose])}>
      {children}
      {(draft !== null || reading > 0 || failure !== null) && !aside && (
        <ProposalDialog
          draft={draft}
          reading={reading > 0}
          failure={failure}
          onChange={change}
          onClose={close}
          onModels={goToModels}
        />
      )}
      {over && <Veil over={over} />}
    </IntakeContext.Provider>
  );
}

/** Ajustes for a model, while the proposal waits; it is there again when she comes back or brings more. */
function useAside() {
  const { t } = useTranslation();
  const notify = useNotify();
  const [place, go] = useLocation();
  const [aside, setAside] = useState(false);
  const inSettings = place.startsWith("/settings");
  useEffect(() => {
    if (!inSettings) setAside(false);
  }, [inSettings]);
  const goToModels = () => {
    setAside(true);
    go("/settings/model");
    notify({ intent: "info", title: t("sessions.proposal.waits"), timeout_ms: 15_000 });
  };
  return { aside, goToModels, comeBack: useCallback(() => setAside(false), []) };
}

/** What will happen, written over the window while something hangs above it. */
function Veil({ over }: { over: Hanging }) {
  const { t } = useTranslation();
  const promise = usePromise();
  const styles = useStyles();
  return (
    <div className={styles.veil} data-testid="drop-veil">
      <div className={styles.frame}>
        <ArrowDownloadRegular className={styles.icon} />
        <Subtitle1 align="center">
          {over === "minutes" ? t("sessions.drop.minutes_title") : t("sessions.drop.title")}
        </Subtitle1>
        <Text align="center">{over === "minutes" ? t("sessions.drop.minutes_promise") : promise.short}</Text>
      </div>
    </div>
  );
}

const useStyles = makeStyles({
  veil: {
    position: "fixed",
    inset: 0,
    // Above the dialogs too: more parts can be dropped on an open proposal.
    zIndex: 2_000_000,
    padding: tokens.spacingHorizontalXXL,
    boxSizing: "border-box",
    backgroundColor: tokens.colorBackgroundOverlay,
    pointerEvents: "none",
  },
  frame: {
    height: "100%",
    boxSizing: "border-box",
    padding: tokens.spacingHorizontalXXL,
    display: "flex",
    flexDirection: "column",
    alignItems: "center",
    justifyContent: "center",
    gap: tokens.spacingVerticalM,
    borderRadius: tokens.borderRadiusXLarge,
    border: `2px dashed ${tokens.colorBrandStroke1}`,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
  },
  icon: { fontSize: "48px", color: tokens.colorBrandForeground1 },
});
