// Dates and hours as a person types them, read into what the record keeps: YYYY-MM-DD and HH:MM.

/** «18/9/2026», «18-09-26», «18 9 2026» or «2026-09-18» → «2026-09-18»; null when it is no day. */
export function parseDay(typed: string): string | null {
  const numbers = typed.trim().match(/\d+/g)?.map(Number);
  if (numbers?.length !== 3 || /[a-z]/i.test(typed)) return null;
  const [first = 0, month = 0, last = 0] = numbers;
  const [day, year] = first > 31 ? [last, first] : [first, last < 100 ? 2000 + last : last];
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || year < 1900 || year > 2200) return null;
  return date.toISOString().slice(0, 10);
}

/** «8», «8:30», «830», «14.05», «2:30 pm», «2 de la tarde» → «HH:MM»; null when it is no hour. */
export function parseHour(typed: string): string | null {
  const text = typed.trim().toLowerCase();
  const match =
    /^(\d{1,2})(?:[:.h ]?\s*(\d{2}))?\s*(a\.? ?m\.?|p\.? ?m\.?|h(?:oras)?|de la (?:mañana|tarde|noche))?$/.exec(text);
  if (!match) return null;
  const minutes = Number(match[2] ?? 0);
  let hours = Number(match[1]);
  const half = match[3] ?? "";
  if (/^p|tarde|noche/.test(half) && hours < 12) hours += 12;
  if (/^a|mañana/.test(half) && hours === 12) hours = 0;
  if (hours > 23 || minutes > 59) return null;
  return `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
}

/** «2026-09-18» → the day in the local calendar, for the calendar control. */
export function dayOf(date: string): Date | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  return match ? new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3])) : null;
}

/** The reverse of `dayOf`. */
export function dateOf(day: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** «18/09/2026», as it is typed. */
export function typedDay(date: string): string {
  return date.split("-").reverse().join("/");
}
