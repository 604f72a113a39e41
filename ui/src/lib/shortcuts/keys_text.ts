// A combination of keys in the words printed on the keyboard: «Mayús+F6».
import type { TFunction } from "i18next";

export function keysText(t: TFunction, keys: string): string {
  return keys
    .split("+")
    .map((key) => t(`kit.key.${key}`, { defaultValue: key }))
    .join("+");
}
