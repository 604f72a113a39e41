// A price as people type it, and as the core keeps it: in thousandths of the currency.

/** «1500», «0,36» or «1.500,50» in thousandths; null when it is no price. Nothing is 0. */
export function priceOf(typed: string): number | null {
  const text = typed.trim();
  if (text === "") return 0;
  // With both signs, or with groups of three, a dot parts thousands.
  const plain =
    text.includes(",") || /^\d{1,3}(\.\d{3})+$/.test(text) ? text.replaceAll(".", "").replace(",", ".") : text;
  if (!/^\d{1,12}(\.\d*)?$/.test(plain)) return null;
  return Math.round(Number(plain) * 1000);
}

/** The reverse of `priceOf`. */
export function priceText(hour_milli: number): string {
  return hour_milli === 0 ? "" : String(hour_milli / 1000).replace(".", ",");
}
