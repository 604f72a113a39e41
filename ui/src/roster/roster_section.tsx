// Ajustes › the councillors: who sits in the council, in the order of the roll, and how they come from a file.
import { Button, Caption1, Card, Input, makeStyles, tokens } from "@fluentui/react-components";
import { AddRegular, ArrowImportRegular, PeopleTeamRegular } from "@fluentui/react-icons";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Councillor, type ProposedCouncillor, type RosterProposal, useIpc } from "../ipc";
import { queryKeys, useRoster } from "../ipc/queries";
import { useAnnounce } from "../kit/announce";
import { SavedSign, useAutosave } from "../kit/autosave";
import { EmptyState } from "../kit/empty_state";
import { FailureMessage } from "../kit/failure_message";
import { CouncillorRow } from "./councillor_row";
import { ImportDialog } from "./import_dialog";
import { councillorOf, moved, seated } from "./roster";

const useStyles = makeStyles({
  card: {
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    boxShadow: "none",
    border: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  list: { listStyleType: "none", margin: 0, padding: 0 },
  line: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalS },
  foot: { justifyContent: "space-between" },
  name: { flex: "0 1 320px", minWidth: 0 },
  hint: { color: tokens.colorNeutralForeground2 },
});

export function RosterSection() {
  const { data, error, isFetchedAfterMount } = useRoster({ anew: true });
  if (error) return <FailureMessage failure={error} />;
  // An older roster would become what is saved.
  return data && isFetchedAfterMount ? <Roster stored={data} /> : null;
}

function Roster({ stored }: { stored: Councillor[] }) {
  const { t } = useTranslation();
  const styles = useStyles();
  const ipc = useIpc();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const [found, setFound] = useState<RosterProposal | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const autosave = useAutosave<readonly Councillor[]>(stored, async (draft) => {
    const roster = seated(draft);
    await ipc.rosterSave(roster);
    queries.setQueryData(queryKeys.roster, roster);
  });
  const roster = autosave.draft;
  const changeOne = (id: string, changed: Partial<Councillor>) =>
    autosave.change(roster.map((one) => (one.id === id ? { ...one, ...changed } : one)));
  const move = (from: number, by: -1 | 1) => {
    const next = moved(roster, from, by);
    if (next === roster) return;
    autosave.change(next);
    announce(t("roster.moved", { name: roster[from]?.name, seat: from + by + 1 }));
  };
  const pick = () => {
    setFailure(null);
    ipc.rosterImport(null).then(setFound, setFailure);
  };
  const agree = (rows: ProposedCouncillor[]) => {
    ipc.rosterMerged(seated(roster), rows).then(autosave.change, setFailure);
  };
  return (
    <>
      <div className={styles.line}>
        <AddCouncillor onAdd={(name) => autosave.change([...roster, councillorOf(name, roster.at(-1))])} />
        <Button icon={<ArrowImportRegular />} onClick={pick}>
          {t("roster.import")}
        </Button>
      </div>
      <Caption1 className={styles.hint}>{t("roster.import_hint")}</Caption1>
      {failure !== null && <FailureMessage failure={failure} />}
      {roster.length === 0 ? (
        <EmptyState icon={<PeopleTeamRegular />} title={t("roster.empty")} body={t("roster.empty_hint")} />
      ) : (
        <Card className={styles.card}>
          <ol className={styles.list} aria-label={t("roster.section")}>
            {roster.map((one, at) => (
              <CouncillorRow
                key={one.id}
                councillor={one}
                place={at}
                last={at === roster.length - 1}
                onChange={(changed) => changeOne(one.id, changed)}
                onMove={(by) => move(at, by)}
                onRemove={() => {
                  autosave.change(roster.filter(({ id }) => id !== one.id));
                  announce(t("roster.removed", { name: one.name }));
                }}
                onBlur={autosave.flush}
              />
            ))}
          </ol>
        </Card>
      )}
      <div className={`${styles.line} ${styles.foot}`}>
        <Caption1 className={styles.hint}>{t("roster.order_hint")}</Caption1>
        <SavedSign autosave={autosave as never} />
      </div>
      {found && <ImportDialog proposal={found} onAgree={agree} onClose={() => setFound(null)} />}
    </>
  );
}

function AddCouncillor({ onAdd }: { onAdd: (name: string) => void }) {
  const { t } = useTranslation();
  const styles = useStyles();
  const [name, setName] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) onAdd(name.trim());
    setName("");
  };
  return (
    <form className={`${styles.line} ${styles.name}`} onSubmit={submit}>
      <Input
        style={{ flex: 1, minWidth: 0 }}
        aria-label={t("roster.new_name")}
        placeholder={t("roster.new_name")}
        value={name}
        onChange={(_, { value }) => setName(value)}
      />
      <Button type="submit" icon={<AddRegular />} disabledFocusable={!name.trim()}>
        {t("roster.add")}
      </Button>
    </form>
  );
}
