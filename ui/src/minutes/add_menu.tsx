// «Añadir»: what the secretary states herself, at the playhead.
import { Menu, MenuButton, MenuItem, MenuList, MenuPopover, MenuTrigger } from "@fluentui/react-components";
import { Add20Regular } from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";
import { type Addable, addable } from "./new_entry";

export function AddMenu({ onAdd, disabled }: { onAdd: (kind: Addable) => void; disabled: boolean }) {
  const { t } = useTranslation();
  return (
    <Menu positioning="below-end">
      <MenuTrigger disableButtonEnhancement>
        <MenuButton size="small" appearance="primary" icon={<Add20Regular />} disabled={disabled}>
          {t("outline.add")}
        </MenuButton>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {addable.map((kind) => (
            <MenuItem key={kind} onClick={() => onAdd(kind)}>
              {t(`outline.kind.${kind}`)}
            </MenuItem>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
