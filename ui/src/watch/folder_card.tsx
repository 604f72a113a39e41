// A watched folder: how it is in words, whether the folders in it count too, and what it holds that nobody decided on.
import { Badge, type BadgeProps, Button, makeStyles, Switch, tokens } from "@fluentui/react-components";
import {
  ClockRegular,
  EyeRegular,
  FolderRegular,
  LockClosedRegular,
  PlugDisconnectedRegular,
} from "@fluentui/react-icons";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { ExistingAnswer, FolderState, WatchedFolder } from "../ipc";
import { SettingCard } from "../kit/setting_card";
import { fileName } from "../lib/paths";
import { ExistingQuestion } from "./existing_question";

const LOOKS: { [state in FolderState]: { colour: BadgeProps["color"]; icon: BadgeProps["icon"] } } = {
  resting: { colour: "subtle", icon: <ClockRegular /> },
  watched: { colour: "success", icon: <EyeRegular /> },
  unreachable: { colour: "warning", icon: <PlugDisconnectedRegular /> },
  forbidden: { colour: "danger", icon: <LockClosedRegular /> },
};

const useStyles = makeStyles({
  item: { borderRadius: tokens.borderRadiusMedium, outlineStyle: "none" },
  name: {
    display: "block",
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
    fontWeight: tokens.fontWeightSemibold,
  },
  path: { display: "block" },
  badge: { whiteSpace: "nowrap" },
});

type Props = {
  folder: WatchedFolder;
  onSubfolders: (wanted: boolean) => void;
  onExisting: (answer: ExistingAnswer) => void;
  onRemove: () => void;
};

export function FolderCard({ folder, onSubfolders, onExisting, onRemove }: Props) {
  const { t } = useTranslation();
  const styles = useStyles();
  const item = useRef<HTMLLIElement>(null);
  const name = fileName(folder.path);
  const { colour, icon } = LOOKS[folder.state];
  const facts = [
    folder.state !== "watched" && t(`watched.state_hint_${folder.state}`),
    folder.waiting > 0 && t("watched.waiting", { count: folder.waiting }),
  ].filter(Boolean);
  const decide = (answer: ExistingAnswer) => {
    // The buttons of the question go with it.
    item.current?.focus();
    onExisting(answer);
  };
  return (
    <li ref={item} tabIndex={-1} className={styles.item} aria-label={name}>
      <SettingCard
        icon={<FolderRegular />}
        title={
          <span className={styles.name} title={folder.path}>
            {name}
          </span>
        }
        hint={
          <>
            <span className={styles.path}>{folder.path}</span>
            {facts.join(" ")}
          </>
        }
        control={
          <>
            <Badge appearance="tint" color={colour} icon={icon} className={styles.badge}>
              {t(`watched.state_${folder.state}`)}
            </Badge>
            <Button onClick={onRemove} aria-label={t("watched.remove_name", { name })}>
              {t("watched.remove")}
            </Button>
          </>
        }
      >
        {folder.existing && <ExistingQuestion existing={folder.existing} onAnswer={decide} />}
        <Switch
          label={t("watched.subfolders")}
          checked={folder.subfolders}
          onChange={(_, { checked }) => onSubfolders(checked)}
        />
      </SettingCard>
    </li>
  );
}
