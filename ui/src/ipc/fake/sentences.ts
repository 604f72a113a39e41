// What is said in the faked sessions: made sentences of a municipal council, drawn by a seeded generator, so that a
// test or a screenshot is the same every time.

const openings = [
  "Señor presidente, honorables concejales,",
  "Muchas gracias, señora presidenta.",
  "Con el permiso de la mesa directiva,",
  "Buenos días para todos.",
  "Quiero dejar constancia en el acta de que",
  "Frente a lo que dijo el secretario de Hacienda,",
  "Respecto del proyecto de acuerdo número doce,",
  "En nombre de la bancada,",
  "Como ponente del proyecto,",
  "Los habitantes de la vereda El Rosario me preguntan por qué",
  "Yo sí quisiera saber",
  "Para responder la pregunta,",
];
const subjects = [
  "la comisión de presupuesto",
  "el alcalde municipal",
  "la Secretaría de Planeación",
  "la junta de acción comunal",
  "el contratista de la vía",
  "la personería",
  "el hospital San José",
  "la empresa de acueducto",
  "este cabildo",
  "la oficina de control interno",
  "el plan de desarrollo",
  "la plaza de mercado",
];
const verbs = [
  "presentó el informe de",
  "no ha cumplido con",
  "solicita una adición de",
  "debe rendir cuentas sobre",
  "aprobó por unanimidad",
  "va a revisar",
  "aplazó la discusión de",
  "tiene pendiente",
  "recibió ayer",
  "radicó en la secretaría",
];
const objects = [
  "los recursos del alumbrado público",
  "la pavimentación de la carrera séptima",
  "el transporte escolar de la zona rural",
  "las vigencias futuras",
  "doscientos cuarenta millones de pesos",
  "el alcantarillado del barrio La Esperanza",
  "el contrato de interventoría",
  "la estampilla para el adulto mayor",
  "el banco de proyectos",
  "los predios del relleno sanitario",
];
const endings = [
  "y por eso pido que se vote nominalmente.",
  "como consta en el acta anterior.",
  "antes de que termine el período de sesiones.",
  "según lo ordena el reglamento interno.",
  "y queda abierta la discusión.",
  "con once votos a favor y uno en contra.",
  "porque la comunidad lleva tres años esperando.",
  "¿sí o no?",
  "y solicito copia del expediente.",
  "gracias, señor presidente.",
];
const short = [
  "Presente.",
  "Sí, señor presidente.",
  "Aprobado.",
  "Tiene la palabra el concejal.",
  "No se escucha, por favor.",
  "Continúe, secretaria.",
];

/** A small seeded generator (mulberry32): numbers in [0, 1). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** One stretch of speech of about eight words on average, as a person says it. */
export function sentence(random: () => number): string {
  const pick = (list: string[]) => list[Math.floor(random() * list.length)] ?? "";
  const kind = random();
  if (kind < 0.51) return pick(short);
  if (kind < 0.75) return capitalised(`${pick(subjects)} ${pick(verbs)} ${pick(objects)}.`);
  if (kind < 0.92) return `${pick(openings)} ${pick(endings)}`.replace(/[.,] ([¿a-z])/u, ", $1");
  return `${pick(openings)} ${pick(subjects)} ${pick(verbs)} ${pick(objects)}, ${pick(endings)}`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
