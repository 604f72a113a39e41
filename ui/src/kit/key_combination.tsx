// Keys drawn as on a keyboard: «Ctrl» + «E».
import { makeStyles, tokens } from "@fluentui/react-components";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";

const useStyles = makeStyles({
  root: { whiteSpace: "nowrap", color: tokens.colorNeutralForeground2 },
  key: {
    fontFamily: tokens.fontFamilyBase,
    fontSize: tokens.fontSizeBase200,
    padding: "1px 6px",
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderBottomWidth: "2px",
    backgroundColor: tokens.colorNeutralBackground3,
    color: tokens.colorNeutralForeground1,
  },
});

/** `keys` as the shortcuts have them: «Ctrl+Shift+I», «Alt+ArrowUp», «F4». */
export function KeyCombination({ keys }: { keys: string }) {
  const { t } = useTranslation();
  const styles = useStyles();
  return (
    <span className={styles.root}>
      {keys.split("+").map((key, i) => (
        <Fragment key={key}>
          {i > 0 && "+"}
          <kbd className={styles.key}>{t(`kit.key.${key}`, { defaultValue: key })}</kbd>
        </Fragment>
      ))}
    </span>
  );
}
