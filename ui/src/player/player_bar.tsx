// The bar under the waveform: play and pause, steps, speed, loop, volume and the clock; and what to do when the sound
// of this moment is not on this computer.
import {
  Button,
  Menu,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  Slider,
  ToggleButton,
  Toolbar,
  ToolbarButton,
  ToolbarGroup,
  Tooltip,
  tokens,
} from "@fluentui/react-components";
import {
  ArrowRepeatAllRegular,
  NextRegular,
  PauseFilled,
  PlayFilled,
  PreviousRegular,
  Speaker2Regular,
  SpeakerMuteRegular,
} from "@fluentui/react-icons";
import { type ReactElement, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { type ActionId, useKeysText } from "../lib/shortcuts";
import { clockText } from "../lib/time";
import { usePlayerState, usePlaying } from "./context";
import { MissingSound } from "./missing_sound";
import { SPEEDS } from "./player";
import { usePlayerActions } from "./player_actions";

/** A narrow or low window, or large text. */
const NARROW = "@media (max-width: 900px)";
const NARROWEST = "@media (max-width: 720px)";
const LOW = "@media (max-height: 600px)";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "8px" },
  bar: { display: "flex", alignItems: "center", flexWrap: "wrap", gap: "4px 16px", [NARROW]: { columnGap: "6px" } },
  toolbar: { padding: 0, flexWrap: "wrap", gap: "2px" },
  group: { display: "flex", alignItems: "center", gap: "2px" },
  play: {
    minWidth: "44px",
    width: "44px",
    height: "44px",
    borderRadius: tokens.borderRadiusCircular,
    margin: "0 6px",
    [LOW]: { minWidth: "36px", width: "36px", height: "36px" },
    "& svg": { fontSize: "22px", width: "22px", height: "22px" },
  },
  step: {
    minWidth: "52px",
    fontVariantNumeric: "tabular-nums",
    whiteSpace: "nowrap",
    [NARROW]: { minWidth: "40px", paddingInline: "2px" },
  },
  speed: { minWidth: "64px", fontVariantNumeric: "tabular-nums", [NARROW]: { minWidth: "40px", paddingInline: "2px" } },
  clock: {
    fontVariantNumeric: "tabular-nums",
    fontSize: tokens.fontSizeBase300,
    whiteSpace: "nowrap",
    color: tokens.colorNeutralForeground2,
  },
  now: {
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    fontSize: tokens.fontSizeBase400,
  },
  /** The length also stands in the head of the session. */
  length: { [NARROWEST]: { display: "none" } },
  volume: { display: "flex", alignItems: "center", gap: "2px", marginLeft: "auto" },
  slider: { minWidth: "96px", width: "110px", [NARROW]: { minWidth: "48px", width: "48px" } },
});

/** The clock's text changes at most this often. */
const CLOCK_EVERY_MS = 250;

export function PlayerBar() {
  const { t, i18n } = useTranslation();
  const styles = useStyles();
  const { player } = usePlaying();
  const { toggle, step, toPrevious, toNext, toggleLoop } = usePlayerActions();
  const { playing, speed, loop, volume } = usePlayerState();
  const label = useLabel();
  const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 2 });
  const loudBefore = useRef(1);

  const toggleSound = () => {
    if (volume > 0) loudBefore.current = volume;
    player.setVolume(volume > 0 ? 0 : loudBefore.current);
  };

  const stepButton = (action: ActionId, seconds: number) => {
    const sign = t("player.seconds", { seconds: seconds < 0 ? `−${-seconds}` : `+${seconds}` });
    return (
      // Who speaks to the computer says what the button shows, so its name begins with that.
      <Tooltip content={label(action)} relationship="inaccessible" withArrow>
        <ToolbarButton
          appearance="subtle"
          className={styles.step}
          aria-label={`${sign}: ${label(action)}`}
          onClick={() => step(seconds)}
        >
          {sign}
        </ToolbarButton>
      </Tooltip>
    );
  };

  return (
    <section className={styles.root} aria-label={t("player.label")}>
      <div className={styles.bar}>
        <Clock />
        <Toolbar className={styles.toolbar} aria-label={t("player.label")}>
          <ToolbarGroup role="presentation" className={styles.group}>
            <Named label={label("player.previous_segment")}>
              <ToolbarButton appearance="subtle" icon={<PreviousRegular />} onClick={toPrevious} />
            </Named>
            {stepButton("player.back_5", -5)}
            {stepButton("player.back_2", -2)}
            <Named label={label("player.toggle", playing ? t("player.pause") : t("player.play"))}>
              <ToolbarButton
                appearance="primary"
                className={styles.play}
                icon={playing ? <PauseFilled /> : <PlayFilled />}
                onClick={toggle}
              />
            </Named>
            {stepButton("player.forward_2", 2)}
            {stepButton("player.forward_5", 5)}
            <Named label={label("player.next_segment")}>
              <ToolbarButton appearance="subtle" icon={<NextRegular />} onClick={toNext} />
            </Named>
          </ToolbarGroup>
        </Toolbar>
        <div className={styles.group}>
          <Menu
            checkedValues={{ speed: [String(speed)] }}
            onCheckedValueChange={(_, { checkedItems }) => player.setSpeed(Number(checkedItems[0] ?? 1))}
          >
            <MenuTrigger disableButtonEnhancement>
              <Tooltip
                relationship="description"
                content={`${label("player.slower")} · ${label("player.faster")} · ${label("player.normal_speed")}`}
              >
                <Button
                  appearance="subtle"
                  className={styles.speed}
                  aria-label={t("player.speed_now", { speed: number.format(speed) })}
                >
                  {number.format(speed)}×
                </Button>
              </Tooltip>
            </MenuTrigger>
            <MenuPopover>
              <MenuList>
                {SPEEDS.map((each) => (
                  <MenuItemRadio key={each} name="speed" value={String(each)}>
                    {each === 1 ? t("player.speed_normal", { speed: number.format(1) }) : `${number.format(each)}×`}
                  </MenuItemRadio>
                ))}
              </MenuList>
            </MenuPopover>
          </Menu>
          <Named label={label("player.loop")}>
            <ToggleButton
              appearance="subtle"
              icon={<ArrowRepeatAllRegular />}
              checked={loop !== null}
              onClick={toggleLoop}
            />
          </Named>
        </div>
        <div className={styles.volume}>
          <Named label={volume > 0 ? t("player.mute") : t("player.unmute")}>
            <Button
              appearance="subtle"
              icon={volume > 0 ? <Speaker2Regular /> : <SpeakerMuteRegular />}
              onClick={toggleSound}
            />
          </Named>
          <Slider
            className={styles.slider}
            size="small"
            min={0}
            max={100}
            step={5}
            value={Math.round(volume * 100)}
            aria-label={t("player.volume")}
            aria-valuetext={`${Math.round(volume * 100)} %`}
            onChange={(_, { value }) => player.setVolume(value / 100)}
          />
        </div>
      </div>
      <MissingSound />
    </section>
  );
}

/** A button whose only words are its tooltip's. */
function Named({ label, children }: { label: string; children: ReactElement }) {
  return (
    <Tooltip content={label} relationship="label" withArrow>
      {children}
    </Tooltip>
  );
}

/** «Retroceder 2 segundos (F6)». */
function useLabel(): (action: ActionId, words?: string) => string {
  const { t } = useTranslation();
  const keysText = useKeysText();
  return (action, words = t(`shortcuts.action.${action}`)) => {
    const keys = keysText(action);
    return keys ? `${words} (${keys})` : words;
  };
}

/** Writes its own text, so that the passing of time renders nothing. */
function Clock() {
  const styles = useStyles();
  const { player } = usePlaying();
  const { durationMs } = usePlayerState();
  const now = useRef<HTMLSpanElement>(null);
  const long = durationMs >= 3_600_000;

  useEffect(() => {
    let writtenMs = Number.NaN;
    let writtenAt = Number.NEGATIVE_INFINITY;
    const write = (ms: number) => {
      const seconds = Math.floor(ms / 1000);
      const time = performance.now();
      const playing = player.snapshot().playing;
      if (seconds === writtenMs || (playing && time - writtenAt < CLOCK_EVERY_MS)) return;
      writtenMs = seconds;
      writtenAt = time;
      if (now.current) now.current.textContent = clockText(ms, long);
    };
    write(player.state().ms);
    return player.onTick(write);
  }, [player, long]);

  return (
    <span className={styles.clock} role="timer" aria-live="off">
      <span ref={now} className={styles.now} />
      <span className={styles.length}>{` / ${clockText(durationMs, long)}`}</span>
    </span>
  );
}
