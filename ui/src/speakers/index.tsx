// Who speaks: choosing, naming and colouring speakers.
import "./speakers.css";

export { SpeakerPicker } from "./speaker_picker";
export { SpeakersPanel, type Spoken } from "./speakers_panel";
export { useMicrophoneHint } from "./use_microphone_hint";
