// Times as a screen reader says them.
import type { TFunction } from "i18next";

/** «1 hora 2 minutos 3 segundos», without the units that are zero. */
export function timeInWords(t: TFunction, ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / 1000);
  const counts = { hours: Math.floor(seconds / 3600), minutes: Math.floor(seconds / 60) % 60, seconds: seconds % 60 };
  const units = (["hours", "minutes", "seconds"] as const).filter((unit) => counts[unit] > 0);
  if (units.length === 0) return t("player.time.start");
  return units.map((unit) => t(`player.time.${unit}`, { count: counts[unit] })).join(" ");
}
