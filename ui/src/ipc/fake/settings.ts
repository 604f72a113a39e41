// The faked settings, models and computer.
import type { About, ActaStyle, ActaTemplates, Check, Failure, ModelRow, Settings, Term, Usage } from "../bindings";
import { fakeTerm } from "./vocabulary";

export const fakeSettings: Settings = {
  language: "es-CO",
  theme: "system",
  text_size: 100,
  model: null,
  preference: "balance",
  threads: null,
  output_folder: null,
  formats: ["docx"],
  listening_copy: true,
  keep_in_tray: true,
  colour_unsure_words: false,
  shortcuts: {},
  welcomed: true,
  council: {
    entity: "Municipio de San José de la Montaña",
    body: "Concejo Municipal",
    place: "Recinto del Concejo",
    president: "Marta Lucía Restrepo Gaviria",
    secretary: "Jorge Eliécer Ospina",
  },
  acta: { kind: "literal", copy: "complete", template: "co-icontec", style: null },
  queue: { hours: null, only_when_idle: false, only_on_mains: false },
  start_at_login: false,
  notify_when_ready: true,
  deliver_to: null,
  server: {
    url: "",
    model: "whisper-1",
    price: { hour_milli: 0, currency: "COP" },
    certificates: null,
    parallel: 4,
    hears_new: false,
    agreed_to: null,
  },
};

export const fakeTemplates: ActaTemplates = {
  builtin: [
    { id: "co-icontec", name: "Colombia, con rótulos (GTC 185)" },
    { id: "co-formulario", name: "Colombia, en formulario" },
    { id: "co-corrido", name: "Colombia, en párrafo corrido" },
    { id: "es-rof109", name: "España (ROF, artículo 109)" },
  ],
  places: [
    { written: "{{acta}}", explanation: "El cuerpo del acta" },
    { written: "{{titulo}}", explanation: "El título" },
  ],
};

/** Colombia's usual style, and of Spain's what makes it look different. */
export function fakeStyle(template: string): ActaStyle {
  const colombia: ActaStyle = {
    country: "colombia",
    wording: {
      numbers: "words_and_figures",
      dates: "figures",
      hours: "twenty_four",
      separators: "point_and_comma",
      currency: "apart",
      percent: "apart",
      sums: "millions",
      quorum: "quorum",
      quotes: "curly",
      acronyms: "short_in_capitals",
    },
    titling: "abbreviated",
    titled: false,
    heading: "labels",
    roll: "table",
    index: "never",
    cleaning: ["hesitation", "repetition"],
    speaker: "intervened",
    treatment: "plain",
    party: false,
    quoted: true,
    time_codes: false,
    tasks: false,
    signers: "president_first",
    transcriber: "",
    certificate: true,
    paper: null,
  };
  return template === "es-rof109"
    ? { ...colombia, country: "spain", heading: "running", roll: "groups", treatment: "don", party: true }
    : colombia;
}

export const fakeModels: ModelRow[] = [
  model("demo-es", "whisper", 10_803_593, "Apache-2.0", {
    installed: true,
    embedded: true,
    speed: 120,
  }),
  model("large-v3-turbo-q5_0", "whisper", 574_041_195, "MIT", {
    recommended: true,
    wrong_per_thousand: 43,
    estimate: 1.5,
    typical: true,
  }),
  model("small-q8_0", "whisper", 264_464_607, "MIT", { installed: true, speed: 5.1 }),
  model("large-v3", "whisper", 3_095_033_483, "MIT", { estimate: 1.2, typical: true }),
];

export const fakeChecks: Check[] = [
  { name: "ffmpeg", state: "good", detail: "5.1.9", advice: "" },
  {
    name: "yt-dlp",
    state: "missing",
    detail: "falta",
    advice: "Instale yt-dlp para escuchar direcciones de páginas de video.",
  },
  { name: "Motor", state: "good", detail: "astra-engine 0.1.0", advice: "" },
  { name: "Tarjeta gráfica", state: "good", detail: "ninguna: se escucha con el procesador", advice: "" },
  { name: "Disco", state: "good", detail: "182 GB libres", advice: "" },
];

/** A model on a stick that was not copied whole. */
export const fakeDamagedModel: Failure = {
  code: "model_broken",
  message: "",
  details: { path: "/media/usb/modelos/turbo.bin", reason: "el archivo termina antes de tiempo" },
};

export const fakeUsage: Usage = {
  folder: "/home/secretaria/.local/share/astra",
  database_bytes: 84_000_000,
  copies_bytes: 1_240_000_000,
  backups_bytes: 588_000_000,
  models_bytes: 192_000_000,
  free_bytes: 182_000_000_000,
};

export const fakeTerms: Term[] = [
  fakeTerm("Echeverri", "person", ["Echeverry", "Echevarría"]),
  fakeTerm("vereda El Rosario", "place", ["vereda el rosal"]),
  fakeTerm("CORNARE", "acronym", ["cornara", "con arce"]),
];

export const fakeAbout: About = {
  version: "0.1.0",
  licences: [
    { name: "whisper.cpp", version: "1.8.2", licence: "MIT" },
    { name: "onnxruntime", version: "1.30.0", licence: "MIT" },
    { name: "tauri", version: "2.9.1", licence: "Apache-2.0 OR MIT" },
    { name: "react", version: "19.3.1", licence: "MIT" },
    { name: "@fluentui/react-components", version: "9.74.11", licence: "MIT" },
  ],
};

function model(id: string, engine: string, bytes: number, licence: string, more: Partial<ModelRow>): ModelRow {
  return {
    id,
    engine,
    // The core knows no other name than the id.
    name: id,
    bytes,
    licence,
    installed: false,
    embedded: false,
    recommended: false,
    chosen: false,
    fits: true,
    wrong_per_thousand: null,
    speed: null,
    estimate: null,
    typical: false,
    downloading: false,
    ...more,
  };
}
