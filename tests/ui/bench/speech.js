// What is said in the made-up sessions: words of a council, some of them much more often than others, always the same.

const COMMON = "el la de que en los del se por las con una para al es lo como más pero sus este entre cuando sobre también hasta desde nos todo señor".split(" ");
const COUNCIL =
  "presidente concejal comisión proyecto acuerdo artículo presupuesto secretario municipio alcalde hacienda debate votación proposición quórum orden día acta barrio vereda vía acueducto escuela hospital contrato vigencia recursos inversión plan desarrollo informe control político comunidad ciudadanía transporte vivienda salud educación cultura deporte ambiente agua energía alumbrado plaza mercado impuesto predial industria comercio sesión ordinaria extraordinaria aprobado negado aplazado ponencia ponente firma convenio obra pavimento puente".split(" ");
export const NAMES = "Rafael Cárdenas,Luz Marina Ospina,Jorge Iván Múnera,Gloria Peñaranda,Hernán Zuluaga,Beatriz Échavez,Óscar Quiñones,Yolanda Ibáñez,Fabián Güiza,Nohora Tibaduiza,Wilson Arbeláez,Amparo Ñustes".split(",");

/** Numbers from 0 up to 1 that are the same in every run (mulberry32). */
export function dice(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One sentence of so many words. */
export function sentence(words, random) {
  const pick = (list) => list[Math.floor(random() ** 2 * list.length)];
  const said = Array.from({ length: words }, () => pick(random() < 0.55 ? COMMON : COUNCIL));
  const text = said.join(" ");
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}

/** A sentence for each passage, `words` in all, of different lengths. */
export function passages(count, words, random) {
  const lengths = Array.from({ length: count }, () => 1 + Math.floor(random() ** 2 * 20));
  let over = lengths.reduce((sum, one) => sum + one, 0) - words;
  for (let at = 0; over !== 0; at = (at + 1) % count) {
    if (over > 0 && lengths[at] > 1) {
      lengths[at] -= 1;
      over -= 1;
    } else if (over < 0) {
      lengths[at] += 1;
      over += 1;
    }
  }
  return lengths.map((length) => sentence(length, random));
}
