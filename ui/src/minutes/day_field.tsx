// A day typed as 18/09/2026 or chosen in a calendar.
import { Field } from "@fluentui/react-components";
import { type CalendarStrings, DatePicker, defaultDatePickerStrings } from "@fluentui/react-datepicker-compat";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { dateOf, dayOf, parseDay, typedDay } from "./days_and_hours";

type Props = { label: string; value: string; onChange: (date: string) => void; onBlur: () => void };

export function DayField({ label, value, onChange, onBlur }: Props) {
  const { t, i18n } = useTranslation();
  const [wrong, setWrong] = useState(false);
  const strings = useMemo(() => calendarStrings(i18n.language, t), [i18n.language, t]);
  const parse = (typed: string) => {
    const date = parseDay(typed);
    return date === null ? null : dayOf(date);
  };
  return (
    <Field
      label={label}
      validationState={wrong ? "error" : "none"}
      validationMessage={wrong ? t("minutes.date_wrong") : undefined}
    >
      <DatePicker
        allowTextInput
        disableAutoFocus
        placeholder={t("minutes.date_example")}
        value={dayOf(value)}
        formatDate={(day) => (day ? typedDay(dateOf(day)) : "")}
        parseDateFromString={parse}
        onValidationResult={({ error }) => setWrong(error === "invalid-input")}
        onSelectDate={(day) => onChange(day ? dateOf(day) : "")}
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
