// When something that is to come will be, in words: «a las 14:35», «mañana a las 8:05», «el 20 de septiembre a la 1:10».
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { daysUntil, hourText } from "../lib/time";

/** The hour, with its day when that is not today; said anew when midnight passes. */
export function useWhen(at_ms: number): string {
  const { t, i18n } = useTranslation();
  const days = daysUntil(at_ms, useMinute());
  // One o'clock is singular in Spanish.
  const at = t("kit.when.hour", { count: new Date(at_ms).getHours(), hour: hourText(at_ms) });
  if (days <= 0) return at;
  if (days === 1) return t("kit.when.tomorrow", { at });
  const day = new Intl.DateTimeFormat(i18n.language, { day: "numeric", month: "long" }).format(at_ms);
  return t("kit.when.day", { day, at });
}

/** The moment it is, told anew every minute. */
function useMinute(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
