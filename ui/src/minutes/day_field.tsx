// A day typed as 18/09/2026 or chosen in a calendar.
import { Field } from "@fluentui/react-components";
import { type CalendarStrings, DatePicker, defaultDatePickerStrings } from "@fluentui/react-datepicker-compat";
import { useCallback, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { dateOf, dayOf, parseDay, typedDay } from "./days_and_hours";

type Props = { label: string; value: string; onChange: (date: string) => void; onBlur: () => void };

export function DayField({ label, value, onChange, onBlur }: Props) {
  const { t, i18n } = useTranslation();
  // What cannot be read stays in the field, to be corrected, and what was kept stays kept.
  const [wrong, setWrong] = useState<string | null>(null);
  const unread = useRef("");
  // The control shows words only for a day; where none is kept, today's stands for it.
  const day = useMemo(() => dayOf(value) ?? (wrong === null ? null : new Date()), [value, wrong]);
  const format = useCallback(
    (shown?: Date) => (shown === day && wrong !== null ? wrong : shown ? typedDay(dateOf(shown)) : ""),
    [day, wrong],
  );
  const strings = useMemo(() => calendarStrings(i18n.language, t), [i18n.language, t]);
  const parse = (typed: string) => {
    const date = parseDay(typed);
    unread.current = typed;
    return date === null ? null : dayOf(date);
  };
  return (
    <Field
      label={label}
      validationState={wrong === null ? "none" : "error"}
      validationMessage={wrong === null ? undefined : t("minutes.date_wrong")}
    >
      <DatePicker
        allowTextInput
        disableAutoFocus
        placeholder={t("minutes.date_example")}
        value={day}
        formatDate={format}
        parseDateFromString={parse}
        onValidationResult={({ error }) => setWrong(error === "invalid-input" ? unread.current : null)}
        onSelectDate={(chosen) => {
          // Of what cannot be read, the control hands back the day that it had.
          if (chosen !== day) onChange(chosen ? dateOf(chosen) : "");
        }}
        onBlur={onBlur}
        firstDayOfWeek={1}
        strings={strings}
        style={{ minWidth: 0 }}
      />
    </Field>
  );
}

function calendarStrings(language: string, t: (key: string) => string): CalendarStrings {
  const month = (style: "long" | "short") =>
    Array.from({ length: 12 }, (_, i) =>
      new Intl.DateTimeFormat(language, { month: style }).format(new Date(2026, i, 1)),
    );
  // The first of February 2026 was a Sunday, with which the control begins its week.
  const weekday = (style: "long" | "narrow") =>
    Array.from({ length: 7 }, (_, i) =>
      new Intl.DateTimeFormat(language, { weekday: style }).format(new Date(2026, 1, 1 + i)),
    );
  return {
    ...defaultDatePickerStrings,
    months: month("long"),
    shortMonths: month("short"),
    days: weekday("long"),
    shortDays: weekday("narrow"),
    goToToday: t("minutes.today"),
    prevMonthAriaLabel: t("minutes.previous_month"),
    nextMonthAriaLabel: t("minutes.next_month"),
    prevYearAriaLabel: t("minutes.previous_year"),
    nextYearAriaLabel: t("minutes.next_year"),
    closeButtonAriaLabel: t("kit.close"),
    invalidInputErrorMessage: t("minutes.date_wrong"),
    isRequiredErrorMessage: t("minutes.date_wrong"),
  } as CalendarStrings;
}
