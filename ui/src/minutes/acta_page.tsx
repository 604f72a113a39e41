// The acta of a session: its outline beside the page it becomes; where there is no room for both, one or the other.
import { Tab, TabList } from "@fluentui/react-components";
import { type ReactNode, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import "./acta_page.css";

/** `preview` is null as long as there is none, and the outline has all the room. */
export function ActaPage({ outline, preview }: { outline: ReactNode; preview: ReactNode }) {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const [shown, setShown] = useState<"outline" | "preview">("outline");
  if (!preview) return <div className="acta-page">{outline}</div>;
  const side = (name: "outline" | "preview", content: ReactNode) => (
    <div className="acta-side" data-side={name} hidden={narrow && shown !== name}>
      {content}
    </div>
  );
  return (
    <div className="acta-page" data-narrow={narrow || undefined}>
      {narrow && (
        <TabList
          size="small"
          selectedValue={shown}
          onTabSelect={(_, data) => setShown(data.value as "outline" | "preview")}
        >
          <Tab value="outline">{t("outline.label")}</Tab>
          <Tab value="preview">{t("outline.preview")}</Tab>
        </TabList>
      )}
      {side("outline", outline)}
      {side("preview", preview)}
    </div>
  );
}

const narrowWindow = "(width < 900px)";

function useNarrow(): boolean {
  return useSyncExternalStore(listen, () => matchMedia(narrowWindow).matches);
}

function listen(listener: () => void): () => void {
  const query = matchMedia(narrowWindow);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}
