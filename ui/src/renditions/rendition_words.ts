// What a person reads of a kind of rendition: its name and what it is for. One that the window does not know yet has
// the name that the core gives it.
import type { TFunction } from "i18next";
import type { RenditionProfile } from "../ipc";

export function renditionName(t: TFunction, { id, name }: Pick<RenditionProfile, "id"> & { name?: string }): string {
  return t(`renditions.name.${id}`, { defaultValue: name ?? id });
}

/** What it is for, in a sentence; null for one that the window does not know. */
export function renditionPurpose(t: TFunction, { id }: Pick<RenditionProfile, "id">): string | null {
  return t(`renditions.purpose.${id}`, { defaultValue: "" }) || null;
}
