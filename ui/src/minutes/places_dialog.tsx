// What a council can write into its own template, for Astra to fill in.
import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import type { TemplatePlace } from "../ipc";
import { Modal } from "../kit/modal";

const useStyles = makeStyles({
  places: {
    display: "grid",
    gridTemplateColumns: "max-content minmax(0, 1fr)",
    gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    margin: `${tokens.spacingVerticalM} 0 0`,
    "@media (max-width: 480px)": { gridTemplateColumns: "minmax(0, 1fr)" },
  },
  written: { fontFamily: tokens.fontFamilyMonospace, userSelect: "text" },
  explanation: { margin: 0 },
});

export function PlacesDialog({
  open,
  places,
  onClose,
}: {
  open: boolean;
  places: TemplatePlace[];
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const styles = useStyles();
  return (
    <Modal open={open} onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t("preview.places")}</DialogTitle>
          <DialogContent>
            {t("preview.places_hint")}
            <dl className={styles.places}>
              {places.map(({ written, explanation }) => [
                <dt key={written} className={styles.written}>
                  {written}
                </dt>,
                <dd key={`${written} is`} className={styles.explanation}>
                  {explanation}
                </dd>,
              ])}
            </dl>
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={onClose}>
              {t("kit.close")}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Modal>
  );
}
