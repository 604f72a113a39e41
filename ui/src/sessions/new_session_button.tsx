// «Nueva sesión»: from files or a folder of this computer, or from an address of the internet.

import {
  Button,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from "@fluentui/react-components";
import { AddRegular, DismissRegular, DocumentRegular, FolderRegular, GlobeRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Modal } from "../kit/modal";
import { AddressForm } from "./address_form";
import { useIntake } from "./intake";

export function NewSessionButton() {
  const { t } = useTranslation();
  const intake = useIntake();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button appearance="primary" icon={<AddRegular />}>
            {t("sessions.new.button")}
          </Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem icon={<DocumentRegular />} onClick={() => intake.pick()}>
              {t("sessions.new.files")}
            </MenuItem>
            <MenuItem icon={<FolderRegular />} onClick={() => intake.pickFolder()}>
              {t("sessions.new.folder")}
            </MenuItem>
            <MenuItem icon={<GlobeRegular />} onClick={() => setAsking(true)}>
              {t("sessions.new.url")}
            </MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      <Modal open={asking} onOpenChange={(_, { open }) => setAsking(open)}>
        <DialogSurface aria-describedby={undefined}>
          <DialogBody>
            <DialogTitle
              action={
                <DialogTrigger action="close">
                  <Button appearance="subtle" icon={<DismissRegular />} aria-label={t("kit.close")} />
                </DialogTrigger>
              }
            >
              {t("sessions.url.title")}
            </DialogTitle>
            <DialogContent>
              <AddressForm
                label={t("sessions.url.label")}
                onAddress={(address) => {
                  setAsking(false);
                  intake.propose([address]);
                }}
              />
            </DialogContent>
          </DialogBody>
        </DialogSurface>
      </Modal>
    </>
  );
}
