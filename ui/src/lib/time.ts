// Times as people say and read them: lengths, clocks and dates. All in milliseconds.

/** A length in hours, minutes or seconds: «4 h 10 min», «12 min», «40 s». */
export function lengthText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(ms / 60_000);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}

/** A place in a recording: «1:02:03», or «2:03» within the first hour; `hours` writes the hour always. */
export function clockText(ms: number, hours = false): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, "0");
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 || hours ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** «1:02:03,5», «2:03» or «45.2» in ms; null when it is no time. */
export function readClock(text: string): number | null {
  const match = /^(?:(?:(\d+):)?(\d+):)?(\d+)(?:[.,](\d{1,3}))?$/.exec(text.trim());
  if (!match) return null;
  const [, hours = "0", minutes = "0", seconds = "0", fraction = "0"] = match;
  const whole = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  return whole * 1000 + Number(fraction.padEnd(3, "0"));
}

/** A day in words of the language: «18 de septiembre de 2026»; `short`: «18 sept 2026». */
export function dateText(ms: number, language: string, style: "long" | "short" = "long"): string {
  return new Intl.DateTimeFormat(
    language,
    style === "long"
      ? { day: "numeric", month: "long", year: "numeric" }
      : { day: "numeric", month: "short", year: "numeric" },
  ).format(ms);
}

/** A moment: «18 sept 2026, 3:00 p. m.». */
export function momentText(ms: number, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(ms);
}

/** An hour of this computer's clock, as it is typed: «9:05», «18:00». */
export function hourText(ms: number): string {
  const at = new Date(ms);
  return `${at.getHours()}:${String(at.getMinutes()).padStart(2, "0")}`;
}

/** How many midnights of this computer's clock lie between two moments: 0 today, 1 tomorrow. */
export function daysUntil(ms: number, now_ms: number): number {
  const midnight = (at_ms: number) => new Date(at_ms).setHours(0, 0, 0, 0);
  // A day on which the clocks change has 23 or 25 hours.
  return Math.round((midnight(ms) - midnight(now_ms)) / 86_400_000);
}

/** From one moment to another: «18 sept 2026, 3:00 – 5:10 p. m.». */
export function spanText(from_ms: number, to_ms: number, language: string): string {
  return new Intl.DateTimeFormat(language, {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "numeric",
    minute: "2-digit",
  }).formatRange(from_ms, to_ms);
}

/** Bytes as people read them: «1,2 GB», «640 MB». */
export function bytesText(bytes: number, language: string): string {
  const [value, unit] = bytes >= 1e9 ? [bytes / 1e9, "GB"] : bytes >= 1e6 ? [bytes / 1e6, "MB"] : [bytes / 1e3, "kB"];
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value)} ${unit}`;
}
