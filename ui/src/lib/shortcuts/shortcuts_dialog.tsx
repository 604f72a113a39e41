// The list of all shortcuts: to look one up, and to give an action other keys.
import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  makeStyles,
  mergeClasses,
  SearchBox,
  Text,
  tokens,
} from "@fluentui/react-components";
import { ArrowResetRegular } from "@fluentui/react-icons";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSaveSettings, useSettings } from "../../ipc/queries";
import { KeyCombination } from "../../kit/key_combination";
import { Modal } from "../../kit/modal";
import { type ActionId, actions, groups } from "./actions";
import { combinationOf, isFree } from "./combination";
import { actionOf, combinationsOf, type Overrides, recordKeys } from "./keyboard";
import { keysText } from "./keys_text";
import { rebind, reset } from "./rebind";

const useStyles = makeStyles({
  surface: { maxWidth: "680px", width: "calc(100vw - 48px)" },
  content: { display: "flex", flexDirection: "column", gap: "12px", height: "min(60vh, 620px)", minHeight: 0 },
  search: { maxWidth: "none", flexShrink: 0 },
  list: { overflowY: "auto", flex: 1, overflowX: "hidden", minHeight: 0, paddingRight: "8px" },
  group: { margin: "16px 0 4px", ":first-child": { marginTop: 0 } },
  rows: { listStyle: "none", margin: 0, padding: 0 },
  row: {
    display: "flex",
    alignItems: "center",
    flexWrap: "wrap",
    gap: "4px 12px",
    minHeight: "36px",
    padding: "2px 4px 2px 8px",
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  recording: { backgroundColor: tokens.colorBrandBackground2 },
  name: { flex: "1 1 240px" },
  keys: { display: "flex", flexWrap: "wrap", justifyContent: "flex-end", gap: "4px 12px" },
  none: { color: tokens.colorNeutralForeground3 },
  action: { display: "flex", justifyContent: "flex-end", gap: "4px", minWidth: "116px" },
  notice: { flexShrink: 0 },
});

/** What was pressed for an action and cannot simply be taken. */
type Objection = { action: ActionId; combination: string; taken: ActionId | null };

export function ShortcutsDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const styles = useStyles();
  return (
    <Modal open={open} onOpenChange={(_, { open }) => !open && onClose()}>
      <DialogSurface className={styles.surface}>{open && <ShortcutsList onClose={onClose} />}</DialogSurface>
    </Modal>
  );
}

function ShortcutsList({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const styles = useStyles();
  const { data: settings } = useSettings();
  const { mutate: save } = useSaveSettings();
  const [sought, setSought] = useState("");
  const [recording, setRecording] = useState<ActionId | null>(null);
  const [objection, setObjection] = useState<Objection | null>(null);
  const overrides: Overrides = settings?.shortcuts ?? {};
  const name = useActionName();

  const take = (shortcuts: Overrides) => {
    setObjection(null);
    save({ shortcuts });
  };

  useEffect(() => {
    if (!recording) return;
    return recordKeys((event) => {
      if (event.key === "Escape" || event.key === "Tab") {
        setRecording(null);
        setObjection(null);
        return;
      }
      const combination = combinationOf(event);
      if (combination === null) return;
      const shortcuts = settings?.shortcuts ?? {};
      const taken = actionOf(combination, shortcuts, recording);
      // «Choose another one»: the next key is that one.
      if (isFree(combination)) setRecording(null);
      if (!isFree(combination) || taken) return setObjection({ action: recording, combination, taken });
      setObjection(null);
      save({ shortcuts: rebind(shortcuts, recording, combination) });
    });
  }, [recording, settings?.shortcuts, save]);

  const matches = (action: ActionId) => {
    const words = [name(action), ...combinationsOf(action, overrides).map((keys) => keysText(t, keys))].join(" ");
    return plain(words).includes(plain(sought));
  };
  const found = groups
    .map((group) => ({ group, rows: actions.filter((action) => action.group === group && matches(action.id)) }))
    .filter(({ rows }) => rows.length > 0);

  return (
    <DialogBody>
      <DialogTitle>{t("shortcuts.title")}</DialogTitle>
      <DialogContent className={styles.content}>
        <SearchBox
          className={styles.search}
          value={sought}
          onChange={(_, { value }) => setSought(value)}
          placeholder={t("shortcuts.search")}
          aria-label={t("shortcuts.search")}
        />
        {objection && (
          <MessageBar className={styles.notice} intent="warning" layout="multiline" politeness="assertive">
            <MessageBarBody>{objectionText(t, name, objection)}</MessageBarBody>
            <MessageBarActions>
              {objection.taken && isFree(objection.combination) && (
                <Button onClick={() => take(rebind(overrides, objection.action, objection.combination))}>
                  {t("shortcuts.take")}
                </Button>
              )}
              <Button
                onClick={() => {
                  setRecording(null);
                  setObjection(null);
                }}
              >
                {t("shortcuts.leave")}
              </Button>
            </MessageBarActions>
          </MessageBar>
        )}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <section className={styles.list} tabIndex={0} aria-label={t("shortcuts.title")}>
          {found.length === 0 && <Text>{t("shortcuts.none_found")}</Text>}
          {found.map(({ group, rows }) => (
            <div key={group}>
              <Text as="h3" block weight="semibold" className={styles.group}>
                {t(`shortcuts.group.${group}`)}
              </Text>
              <ul className={styles.rows}>
                {rows.map(({ id }) => (
                  <li key={id} className={mergeClasses(styles.row, recording === id && styles.recording)}>
                    <Text className={styles.name}>{name(id)}</Text>
                    <span className={styles.keys} aria-live={recording === id ? "polite" : undefined}>
                      {recording === id ? t("shortcuts.press") : <Keys combinations={combinationsOf(id, overrides)} />}
                    </span>
                    <span className={styles.action}>
                      {overrides[id] !== undefined && (
                        <Button
                          size="small"
                          appearance="subtle"
                          icon={<ArrowResetRegular />}
                          title={t("shortcuts.reset_one")}
                          aria-label={t("shortcuts.reset_one_of", { action: name(id) })}
                          onClick={() => take(reset(overrides, id))}
                        />
                      )}
                      <Button
                        size="small"
                        aria-label={t("shortcuts.change_of", { action: name(id) })}
                        onClick={() => {
                          setObjection(null);
                          setRecording(id);
                        }}
                      >
                        {t("shortcuts.change")}
                      </Button>
                    </span>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </section>
      </DialogContent>
      <DialogActions position="start">
        <Button disabled={Object.keys(overrides).length === 0} onClick={() => take({})}>
          {t("shortcuts.reset_all")}
        </Button>
      </DialogActions>
      <DialogActions position="end">
        <Button appearance="primary" onClick={onClose}>
          {t("kit.close")}
        </Button>
      </DialogActions>
    </DialogBody>
  );
}

function Keys({ combinations }: { combinations: readonly string[] }) {
  const { t } = useTranslation();
  const styles = useStyles();
  if (combinations.length === 0) return <span className={styles.none}>{t("shortcuts.no_keys")}</span>;
  return combinations.map((keys) => <KeyCombination key={keys} keys={keys} />);
}

function useActionName(): (action: ActionId) => string {
  const { t } = useTranslation();
  return (action) => {
    const digit = /^speaker\.(\d)$/.exec(action)?.[1];
    return digit ? t("shortcuts.action.speaker.number", { number: digit }) : t(`shortcuts.action.${action}`);
  };
}

type Translate = ReturnType<typeof useTranslation>["t"];

function objectionText(t: Translate, name: (action: ActionId) => string, objection: Objection): string {
  const keys = keysText(t, objection.combination);
  if (!isFree(objection.combination)) return t("shortcuts.not_free", { keys });
  return t("shortcuts.taken", { keys, by: objection.taken && name(objection.taken), action: name(objection.action) });
}

/** Without accents and case, as people search. */
function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase();
}
