// The acta before it is written: how it is wanted, what it will look like, and what to look through before it is signed.
import { makeStyles, Spinner, Tab, TabList, tokens } from "@fluentui/react-components";
import { type ReactNode, type Ref, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ActaChoices, Edit, SessionId, Stretch } from "../ipc";
import { useSaveSettings, useSession, useSettings } from "../ipc/queries";
import { FailureMessage } from "../kit/failure_message";
import { ActaChoicesBar } from "./acta_choices";
import { ActaExportButton } from "./acta_export";
import { useActaPreview, useFigures, useIssued, useMinutesEdit, useSecrets, useTurns } from "./acta_queries";
import { ChecksList } from "./checks_list";
import type { ExportAction } from "./export_button";
import { FiguresList } from "./figures_list";
import { IssuedList } from "./issued_list";
import { type Sound, SoundProvider } from "./jump_button";
import { SecretsList } from "./secrets_list";
import { Sheet } from "./sheet";
import { useStated } from "./stated";
import { progressOf } from "./summaries";
import { TurnsList } from "./turns_list";

const useStyles = makeStyles({
  pane: {
    display: "flex",
    flexDirection: "column",
    flex: 1,
    minWidth: 0,
    minHeight: 0,
    // A low window, or large text: what is above the sheet may scroll away.
    "@media (max-height: 600px)": { overflowY: "auto" },
  },
  head: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "flex-end",
    gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
  },
  tabs: { flexWrap: "wrap", flexShrink: 0, borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  tab: { paddingInline: "9px" },
  count: { fontWeight: tokens.fontWeightRegular },
  part: {
    display: "flex",
    flexDirection: "column",
    flex: 1,
    minHeight: 0,
    "@media (max-height: 600px)": { flexShrink: 0, height: "340px" },
  },
});

type Props = {
  session: SessionId;
  /** What must be done before the acta is written: what was just typed belongs into it. */
  before: () => Promise<void>;
  /** Makes an edit in the journal of the session. */
  edit: (edit: Edit) => Promise<unknown>;
  /** Goes to the second where something was said. */
  onGo: (stretch: Stretch) => void;
  /** For the keys that export what is in sight. */
  ref?: Ref<ExportAction>;
};

type Part = "sheet" | "checks" | "secrets" | "turns" | "figures" | "issued";

export function ActaPreviewPane({ session, onGo, ...props }: Props) {
  const { data: settings, error } = useSettings();
  const { data: view } = useSession(session);
  const parts = view?.parts;
  const sound = useMemo((): Sound => ({ parts: parts ?? [], onGo }), [parts, onGo]);
  if (error) return <FailureMessage failure={error} />;
  if (!settings) return <Spinner />;
  return (
    <SoundProvider value={sound}>
      <Pane session={session} choices={settings.acta} {...props} />
    </SoundProvider>
  );
}

function Pane({ session, choices, before, edit, ref }: Omit<Props, "onGo"> & { choices: ActaChoices }) {
  const { t, i18n } = useTranslation();
  const styles = useStyles();
  const save = useSaveSettings();
  const change = useMinutesEdit(session, edit);
  const [chosen, setChosen] = useState<Part>("sheet");
  const preview = useActaPreview(session, choices);
  const secrets = useSecrets(session, choices.copy === "public");
  const turns = useTurns(session, choices.kind === "succinct");
  const stated = useStated(session);
  const figures = useFigures(session);
  const issued = useIssued(session);
  const entries = stated.data?.entries;
  const progress = useMemo(() => progressOf(turns.data ?? [], entries ?? []), [turns.data, entries]);

  const parts: { [part in Part]?: { count: string | null; content: () => ReactNode } } = {
    sheet: {
      count: null,
      content: () => (preview.data ? <Sheet blocks={preview.data.blocks} /> : <Waiting failure={preview.error} />),
    },
    checks: {
      count: counted(preview.data?.checks, i18n.language),
      content: () => (preview.data ? <ChecksList checks={preview.data.checks} /> : <Waiting failure={preview.error} />),
    },
    ...(choices.copy === "public" && {
      secrets: {
        count: counted(secrets.data, i18n.language),
        content: () =>
          secrets.data ? <SecretsList secrets={secrets.data} onEdit={change} /> : <Waiting failure={secrets.error} />,
      },
    }),
    ...(choices.kind === "succinct" && {
      turns: {
        count: turns.data ? t("preview.progress", progress) : null,
        content: () =>
          turns.data && entries ? (
            <TurnsList turns={turns.data} entries={entries} onEdit={change} />
          ) : (
            <Waiting failure={turns.error ?? stated.error} />
          ),
      },
    }),
    figures: {
      count: counted(
        figures.data?.filter(({ confirmed }) => !confirmed),
        i18n.language,
      ),
      content: () => (figures.data ? <FiguresList figures={figures.data} /> : <Waiting failure={figures.error} />),
    },
    ...(issued.data &&
      issued.data.length > 0 && {
        issued: {
          count: counted(issued.data, i18n.language),
          content: () => <IssuedList session={session} issued={issued.data} />,
        },
      }),
  };
  const shown = chosen in parts ? chosen : "sheet";
  return (
    <section className={styles.pane} aria-label={t("preview.pane")}>
      <div className={styles.head}>
        <ActaChoicesBar choices={choices} onChange={(acta) => save.mutate({ acta })} />
        <ActaExportButton session={session} choices={choices} before={before} ref={ref} />
      </div>
      {save.error && <FailureMessage failure={save.error} />}
      <TabList
        size="small"
        selectedValue={shown}
        onTabSelect={(_, { value }) => setChosen(value as Part)}
        className={styles.tabs}
        aria-label={t("preview.parts")}
      >
        {Object.entries(parts).map(([part, { count }]) => (
          <Tab key={part} value={part} id={`preview-${part}`} className={styles.tab}>
            {t(`preview.part_${part}`)}
            {count !== null && <span className={styles.count}>{` (${count})`}</span>}
          </Tab>
        ))}
      </TabList>
      <div role="tabpanel" aria-labelledby={`preview-${shown}`} className={styles.part}>
        {parts[shown]?.content()}
      </div>
    </section>
  );
}

function Waiting({ failure }: { failure: unknown }) {
  const { t } = useTranslation();
  return failure ? <FailureMessage failure={failure} /> : <Spinner label={t("preview.composing")} />;
}

/** How many there are; nothing while that is unknown. */
function counted(items: readonly unknown[] | undefined, language: string): string | null {
  return items ? items.length.toLocaleString(language) : null;
}
