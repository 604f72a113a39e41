// What a person reads of a model: a name and what it is good for. The core calls models by the id of their file.
import type { TFunction } from "i18next";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { ModelRow } from "../ipc";

type Named = Pick<ModelRow, "id" | "name" | "embedded">;

/** The sizes of the catalogue, and how much smaller the same was made. */
const CATALOGUED =
  /^(large-v3-turbo|large-v3|medium|small|base|tiny|parakeet)(?:-tdt-0\.6b-v3)?(?:-(?:q|int)(8|5)(?:_\d)?)?$/;

/** The one inside Astra. */
const EMBEDDED = "demo-es";

/** «Grande turbo compacto» for `large-v3-turbo-q5_0`; a model brought in a file keeps the name that it came with. */
export function modelName(t: TFunction, { id, name, embedded }: Named): string {
  if (embedded) return t("models.name.demo");
  const [, size, bits] = CATALOGUED.exec(id) ?? [];
  if (size === undefined) return name;
  const whole = t(`models.name.${size}`);
  return bits === undefined ? whole : t(`models.smaller.${bits}`, { name: whole });
}

/** What it is good for, in a sentence; null for one that Astra does not know. */
export function modelPurpose(t: TFunction, { id, embedded }: Named): string | null {
  if (embedded) return t("models.embedded_hint");
  const size = CATALOGUED.exec(id)?.[1];
  return size === undefined ? null : t(`models.purpose.${size}`);
}

export function useModelName(): (model: Named) => string {
  const { t } = useTranslation();
  return (model) => modelName(t, model);
}

/** Calls the models that failures tell of, by their id or by the path of their file, by their names. */
export function useModelsInFailures(): (
  code: string,
  details: { [name: string]: string },
) => {
  [name: string]: string;
} {
  const { t } = useTranslation();
  return useCallback(
    (code, details) => {
      const named = { ...details };
      const nameOf = (id: string) => modelName(t, { id, name: id, embedded: id === EMBEDDED });
      if (code.startsWith("model_") && details.id !== undefined) named.id = nameOf(details.id);
      const nameOfFile = (path: string) => nameOf(path.replace(/^.*[\\/]|(\.bin)?\.\w+$/g, ""));
      if (details.model !== undefined) named.model = nameOfFile(details.model);
      if (code === "model_altered" && details.path !== undefined) named.path = nameOfFile(details.path);
      return named;
    },
    [t],
  );
}
