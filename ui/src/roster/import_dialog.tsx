// The people that a file names, to be agreed to one by one: those that do not look like a name are left out at first.
import {
  Badge,
  Button,
  Caption1,
  Checkbox,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  MessageBar,
  MessageBarBody,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CouncillorId, ProposedCouncillor, RosterProposal } from "../ipc";
import { Modal } from "../kit/modal";
import { isDoubtful } from "./roster";

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: 0, padding: 0 },
  row: { borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  hint: { display: "block", color: tokens.colorNeutralForeground2 },
});

type Props = {
  proposal: RosterProposal;
  onAgree: (rows: ProposedCouncillor[]) => void;
  onClose: () => void;
};

export function ImportDialog({ proposal, onAgree, onClose }: Props) {
  const { t } = useTranslation();
  const styles = useStyles();
  const { rows, headed, columns } = proposal;
  const [left, setLeft] = useState<ReadonlySet<CouncillorId>>(
    () => new Set(rows.filter(isDoubtful).map(({ councillor }) => councillor.id)),
  );
  const agreed = rows.filter(({ councillor }) => !left.has(councillor.id));
  const unread = columns.filter(({ heading, field }) => heading && !field).map(({ heading }) => heading);
  const tick = (id: CouncillorId, wanted: boolean) => {
    const next = new Set(left);
    if (wanted) next.delete(id);
    else next.add(id);
    setLeft(next);
  };
  return (
    <Modal onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t("roster.found", { count: rows.length })}</DialogTitle>
          <DialogContent>
            {!headed && (
              <MessageBar intent="warning" layout="multiline">
                <MessageBarBody>{t("roster.guessed")}</MessageBarBody>
              </MessageBar>
            )}
            {unread.length > 0 && (
              <Caption1 className={styles.hint}>{t("roster.unread", { columns: unread.join(", ") })}</Caption1>
            )}
            <ul className={styles.list} aria-label={t("roster.section")}>
              {rows.map((row) => (
                <li key={row.councillor.id} className={styles.row}>
                  <Checkbox
                    checked={!left.has(row.councillor.id)}
                    onChange={(_, { checked }) => tick(row.councillor.id, checked === true)}
                    label={<Found row={row} />}
                  />
                </li>
              ))}
            </ul>
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{t("kit.cancel")}</Button>
            <Button
              appearance="primary"
              disabledFocusable={agreed.length === 0}
              onClick={() => {
                onAgree(agreed);
                onClose();
              }}
            >
              {t("roster.take", { count: agreed.length })}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Modal>
  );
}

function Found({ row: { councillor, known, notes } }: { row: ProposedCouncillor }) {
  const { t } = useTranslation();
  const styles = useStyles();
  const small = [
    councillor.office,
    councillor.party,
    councillor.term,
    ...notes.map((note) => t(`roster.note_${note}`)),
  ];
  return (
    <>
      {councillor.name} {known && <Badge appearance="outline">{t("roster.known")}</Badge>}
      <Caption1 className={styles.hint}>{small.filter(Boolean).join(" · ")}</Caption1>
    </>
  );
}
