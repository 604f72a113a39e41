"""Sentences that could be heard in a session of a Colombian municipal council.

The rules are plain text: `<name>` is replaced by one of the entries of RULES,
`(a/b/c)` by one of its alternatives (possibly empty). Numbers are written in
words, because that is how they are pronounced. The vocabulary is closed on
purpose: the model that learns from these sentences knows no other words.
"""

import random
import re

UNITS = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
    "dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro "
    "veinticinco veintiséis veintisiete veintiocho veintinueve"
).split()
TENS = "_ _ _ treinta cuarenta cincuenta sesenta setenta ochenta noventa".split()
HUNDREDS = (
    "_ ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"
).split()

RULES = {
    "sentence": [
        "<opening>", "<opening>", "<roll>", "<roll>", "<answer>", "<quorum>", "<agenda>", "<agenda>",
        "<minutes>", "<ceremony>", "<floor>", "<floor>", "<courtesy>", "<bill>", "<bill>", "<proposal>",
        "<oversight>", "<speech>", "<speech>", "<speech>", "<speech>", "<budget>", "<budget>",
        "<vote>", "<vote>", "<vote>", "<record>", "<incident>", "<commitment>", "<recess>",
        "<closing>", "<closing>",
    ],
    # --- beginning of the session ---------------------------------------------------------
    "opening": [
        "(Muy buenos días/Buenos días/Buenas tardes/Muy buenas tardes) a (todos/todas y todos/los honorables concejales/todos los asistentes/la comunidad que nos acompaña).",
        "(Muy buenos días/Buenos días/Buenas tardes), (honorables concejales/señor presidente/señora presidenta/señor secretario/señora secretaria/compañeros concejales/señor alcalde).",
        "Siendo las <hour>, (damos inicio a/se abre/declaro abierta) la sesión <session_kind> del Concejo Municipal de <town>.",
        "Siendo las <hour> del <date>, (damos inicio a/se abre/declaro abierta) la sesión <session_kind>.",
        "(Hoy/Hoy es) <date>, (nos reunimos en el recinto del concejo/sesiona el Concejo Municipal de <town>/iniciamos la sesión <session_kind>).",
        "(Se abre/Declaro abierta/Damos comienzo a) la sesión <session_kind> (de hoy/del <date>/del Concejo Municipal de <town>).",
        "Saludo (a la comunidad/al señor personero/a la señora alcaldesa/al señor alcalde) que (hoy nos acompaña/se encuentra en el recinto).",
        "Saludo a (los invitados/los funcionarios/los periodistas) que (hoy nos acompañan/se encuentran en el recinto).",
    ],
    "session_kind": ["ordinaria", "extraordinaria", "plenaria", "plenaria ordinaria"],
    # --- roll call, quorum ----------------------------------------------------------------
    "roll": [
        "(Señor secretario/Señora secretaria), (sírvase llamar a lista/por favor llame a lista/proceda con el llamado a lista/sírvase verificar el quórum/sírvase llamar a lista y verificar el quórum).",
        "(Con gusto/Sí), (señor presidente/señora presidenta), (procedo a llamar a lista/procedo con el llamado a lista/llamado a lista de los honorables concejales).",
        "<person>.", "<person>.", "<person>.",
        "(Honorable concejal <man>/Honorable concejala <woman>/Concejal <man>/Concejala <woman>).",
        "<councillor_capital> (no responde/presentó excusa/se encuentra ausente/se encuentra ausente con excusa/viene en camino).",
        "Se deja constancia del ingreso (del concejal <man>/de la concejala <woman>) (al recinto/a la sesión).",
        "(Quedó registrada la asistencia de/Contestaron a lista/Respondieron a lista) <count_members> concejales.",
    ],
    "answer": [
        "Presente.", "Presente.",
        "Presente, (señor presidente/señora presidenta/señor secretario/señora secretaria/buenos días/buenas tardes).",
        "(Sí/Aquí), presente.",
    ],
    "quorum": [
        "(Señor presidente/Señora presidenta), (hay quórum para deliberar y decidir/existe quórum decisorio/contamos con quórum suficiente/tenemos quórum deliberatorio y decisorio).",
        "(Se encuentran presentes/Contestaron a lista/Respondieron al llamado) <count_members> (de los <count_members> concejales/honorables concejales/concejales), (hay quórum para deliberar y decidir/existe quórum decisorio/contamos con quórum suficiente).",
        "Le informo, (señor presidente/señora presidenta), que (hay quórum decisorio/existe quórum para deliberar y decidir/se encuentran presentes <count_members> concejales).",
        "Solicito (verificación del quórum/que se verifique el quórum), (señor presidente/señora presidenta).",
        "(Verificado el quórum/Existiendo quórum), (continuamos con la sesión/continuamos con el orden del día/damos inicio a la sesión/se abre la sesión).",
    ],
    # --- agenda ---------------------------------------------------------------------------
    "agenda": [
        "(Señor secretario/Señora secretaria), (sírvase dar lectura al orden del día/por favor lea el orden del día/sírvase leer el siguiente punto del orden del día).",
        "(Con gusto/Sí), (señor presidente/señora presidenta), (doy lectura al orden del día/este es el orden del día propuesto/paso a leer el orden del día).",
        "<ordinal_capital>, <agenda_item>.", "<ordinal_capital>, <agenda_item>.", "<ordinal_capital>, <agenda_item>.",
        "Punto número <small>, <agenda_item>.",
        "(Continuamos con/Pasamos a/Sigue) el (siguiente/<ordinal_before_noun>) punto(/ del orden del día).",
        "(Continúe/Continuemos), (señor secretario/señora secretaria), con el (siguiente/<ordinal_before_noun>) punto del orden del día.",
        "Ha sido leído el orden del día, (señor presidente/señora presidenta).",
        "(En consideración el orden del día/Se somete a consideración el orden del día/Está en consideración el orden del día) (leído/propuesto).",
        "Se abre la discusión, (anuncio que va a cerrarse, queda cerrada/se cierra la discusión).",
        "¿(Aprueban los honorables concejales/Aprueba la plenaria/Aprueba el concejo) el orden del día (leído/propuesto)?",
        "Solicito (modificar el orden del día/retirar un punto del orden del día/incluir un punto en el orden del día), (señor presidente/señora presidenta).",
    ],
    "agenda_item": [
        "llamado a lista y verificación del quórum", "lectura y aprobación del orden del día",
        "himno (nacional/del municipio)", "(aprobación/lectura y aprobación) del acta anterior",
        "aprobación del acta número <record_number>",
        "(primer/segundo) debate del proyecto de acuerdo número <bill_number>",
        "debate de control político (a/con) <office>", "informe de <office>",
        "intervención de la comunidad", "lectura de comunicaciones", "proposiciones y varios", "cierre de la sesión",
    ],
    # --- previous minutes, ceremony -------------------------------------------------------
    "minutes": [
        "(En consideración/Está en consideración/Se somete a consideración) el acta número <record_number>(/ del <short_date>).",
        "El acta número <record_number> fue (enviada al correo de los concejales/enviada a todos los concejales/publicada en la página del concejo).",
        "¿(Hay alguna observación al acta/Algún concejal tiene observaciones al acta/Aprueban los honorables concejales el acta anterior/Aprueba el concejo el acta número <record_number>)?",
        "(Queda aprobada/Ha sido aprobada) el acta (anterior/número <record_number>)(/, señor presidente/ sin observaciones/ por unanimidad).",
        "Se dispensa la lectura del acta, (que fue enviada al correo/por solicitud de los concejales).",
        "Tengo una observación al acta, (señor presidente/señora presidenta): (falta mi intervención/hay un error en la votación/mi nombre está mal escrito/falta una constancia).",
    ],
    "ceremony": [
        "(Escuchamos/A continuación escuchamos) (las notas del himno/el himno) (nacional/del municipio/de <town>).",
        "Nos ponemos de pie para (escuchar el himno nacional/un minuto de silencio/la oración).",
    ],
    # --- the floor ------------------------------------------------------------------------
    "floor": [
        "Tiene (la palabra/el uso de la palabra) <councillor>(/, hasta por <minutes> minutos).",
        "Tiene (la palabra/el uso de la palabra) <guest>(/, hasta por <minutes> minutos).",
        "(Concedo/Se concede) el uso de la palabra (al concejal <man>/a la concejala <woman>/al doctor <man>/a la doctora <woman>).",
        "(Adelante/Bien pueda/Continúe), (concejal <man>/concejala <woman>/doctor <man>/doctora <woman>).",
        "(Pido la palabra/Solicito el uso de la palabra/Para una moción de orden/Para una intervención), (señor presidente/señora presidenta).",
        "(Le quedan/Tiene) <minutes> minutos, (concejal/concejala/señor secretario/doctor/doctora).",
        "Se agotó su tiempo, (concejal/concejala), (por favor termine/le ruego concluir su intervención).",
    ],
    "courtesy": [
        "(Gracias/Muchas gracias), (señor presidente/señora presidenta/concejal/concejala/doctor/doctora/señor secretario/señora secretaria).",
        "(Gracias/Muchas gracias), (señor presidente/señora presidenta), (saludo a todos los asistentes/y buenos días a todos/seré breve/he terminado mi intervención).",
        "Intervengo en nombre de (mi partido/la bancada/la comunidad/<neighbours>).",
        "(Es todo/Hasta aquí mi intervención/He terminado), (señor presidente/señora presidenta)(/, muchas gracias).",
    ],
    # --- bills and proposals --------------------------------------------------------------
    "bill": [
        "Proyecto de acuerdo número <bill_number>, por medio del cual <bill_purpose>.",
        "(Se presenta/Entramos a discutir/Está en discusión/Pasamos a votar) el proyecto de acuerdo número <bill_number>(/, por medio del cual <bill_purpose>).",
        "(El ponente del proyecto es el concejal <man>/La ponente del proyecto es la concejala <woman>/Se designa como ponente al concejal <man>/Se designa como ponente a la concejala <woman>).",
        "La ponencia (es positiva/es negativa/fue radicada el <short_date>/recomienda aprobar el proyecto/pide archivar el proyecto).",
        "(En consideración/Se somete a votación) (el informe de ponencia/el articulado en bloque/el título del proyecto/el artículo <ordinal>).",
        "¿(Quiere el concejo/Quiere la plenaria/Quieren los honorables concejales) que este proyecto (sea acuerdo municipal/pase a segundo debate)?",
        "El proyecto (pasa a segundo debate/pasa a sanción del señor alcalde/vuelve a la comisión/queda aprobado en segundo debate/queda archivado).",
        "El artículo <ordinal> (autoriza al alcalde para <authority>/establece una tarifa especial para <people>/crea un fondo para <work>).",
    ],
    "bill_purpose": [
        "se adopta el presupuesto (del municipio/de la próxima vigencia)", "se autoriza al alcalde para <authority>",
        "se crea (el consejo municipal de juventud/el fondo de vivienda/el banco de alimentos/la comisión de paz)",
        "se modifica (el estatuto tributario/el plan de desarrollo/el reglamento interno)",
        "se establece (el día del campesino/una tarifa especial/la tarifa de <utility>)",
    ],
    "authority": [
        "contratar <work>", "comprar (un predio/una ambulancia/un camión de basura)", "firmar un convenio con (la gobernación/la universidad/<office>)",
        "adicionar <money> al presupuesto", "gestionar un crédito de <money>",
    ],
    "proposal": [
        "(Señor secretario/Señora secretaria), sírvase leer la proposición (radicada/número <small>/que está sobre la mesa).",
        "(Presento/Radico/Retiro) (una proposición/una proposición sustitutiva/la proposición) para (citar a <office>/visitar <place>/hacer una sesión en <place>).",
        "Proposición número <small>: cítese a <office> para que (informe sobre <work>/responda el cuestionario/explique la inversión en <place>).",
        "(En consideración/Se somete a votación) la proposición (leída/presentada por <councillor>).",
        "(Queda aprobada/Ha sido aprobada/Ha sido negada) la proposición(/, señor presidente/ presentada por <councillor>).",
        "Propongo (una nota de estilo/un reconocimiento/un minuto de silencio) para (los docentes/los bomberos/los deportistas/<neighbours>).",
    ],
    "oversight": [
        "(Citamos/Hemos citado) a <office> para (este debate de control político/responder el cuestionario/hablar de <work>).",
        "(El cuestionario/La citación) fue (enviado/enviada) el <short_date>, (y todavía no hay respuesta/y la respuesta llegó incompleta/y fue respondido a tiempo).",
        "(Le pregunto/Pregunto) a <office>: ¿(cuándo/cómo) (empieza la obra de <work>/se va a entregar <work>/se va a pagar la deuda/van a arreglar <work>)?",
        "¿(Cuánto cuesta/Quién hizo/En qué estado está/Qué pasó con) <work> de <place>?",
        "¿Por qué (no hay agua/no hay médico/no funciona la bomba/está cerrada la escuela/no pasa el carro de la basura) en <place>?",
        "(Respondo/Con gusto respondo) la pregunta (del concejal <man>/de la concejala <woman>).",
    ],
    # --- municipal subjects ---------------------------------------------------------------
    "speech": [
        "<people_capital> de <place> (nos piden/necesitan/esperan/llevan <small> meses esperando) <work>.",
        "En <place> <trouble>(/ desde hace <small> meses/ desde hace <small> años/ desde <month>).",
        "<work_capital> de <place> (está en mal estado/necesita mantenimiento/quedó sin terminar/ya fue entregado a la comunidad/sigue cerrado/beneficia a <people>).",
        "(Visitamos/Ayer visitamos/La semana pasada visitamos) <place> y encontramos que <trouble>.",
        "(Le pido/Le solicito al alcalde/Le pedimos a <office>) que (arregle/revise/entregue/termine) <work> de <place>(/ antes de <month>/ este año/ lo más pronto posible).",
        "La obra de <work> (tiene un avance del <percent> por ciento/termina en <month>/está suspendida por falta de recursos/beneficia a <people_number> familias/fue contratada por <money>).",
        "(Señor presidente/Compañeros/Honorables concejales), (la comunidad está preocupada/la gente está cansada/esto no puede esperar más/necesitamos soluciones/el invierno ya empezó) (en <place>/y no hay respuesta de <office>).",
        "(No estoy de acuerdo/Estoy de acuerdo) con (el concejal <man>/la concejala <woman>), porque (<work> es una prioridad/los recursos no alcanzan/la ley es clara/la comunidad ya decidió).",
        "(Celebro/Reconozco/Agradezco) (el trabajo/el esfuerzo/la gestión) de (<neighbours>/<office>/los líderes comunitarios) en <place>.",
        "(Hay que/Debemos/Podemos) (mejorar/proteger/ampliar) (<utility>/la seguridad/el río/el transporte escolar) en <place>.",
        "La seguridad en <place> (ha mejorado/nos preocupa/es responsabilidad de la policía y de la alcaldía).",
        "El servicio de <utility_bare> (llega a <people_number> familias/es muy costoso/funciona <small> horas al día/mejoró en <month>).",
    ],
    "trouble": [
        "no hay agua potable", "el puente está caído", "la vía está en mal estado", "falta alumbrado público",
        "no hay médico en el puesto de salud", "el techo de la escuela se está cayendo", "las aguas negras corren por la calle",
        "el carro de la basura no pasa", "la tubería está rota", "las familias no tienen vivienda digna",
    ],
    "budget": [
        "(El presupuesto/El valor del contrato/El costo de la obra) (es de/asciende a/fue de/no supera los) <money>.",
        "(El presupuesto/La inversión/El gasto) (en/para) <sector> (es de/será de/asciende a/llegó a) <money>.",
        "(Se adicionan/Se trasladan/Faltan/Se invirtieron/Tenemos disponibles) <money> para <work> de <place>.",
        "La ejecución del presupuesto (va en el <percent> por ciento/es del <percent> por ciento/bajó al <percent> por ciento) (a la fecha/en <sector>).",
        "El recaudo del impuesto (predial/de industria y comercio) (subió/bajó) el <percent> por ciento(/ este año/ en <month>).",
        "<office_capital> (informa/certifica/explica) que (hay recursos disponibles/la deuda es de <money>/el contrato termina en <month>/el informe está listo).",
    ],
    # --- votes, records, incidents --------------------------------------------------------
    "vote": [
        "(Se abre la votación/Se cierra la votación/Procedamos a votar/Se abre el registro/Se cierra el registro).",
        "(Señor secretario/Señora secretaria), (informe el resultado de la votación/llame a lista para votación nominal/sírvase dar el resultado).",
        "La votación será (nominal/ordinaria/secreta)(/, honorables concejales).",
        "(Voto sí/Voto no/Mi voto es positivo/Mi voto es negativo/Mi voto es a favor/Mi voto es en contra/Me abstengo de votar)(/, señor presidente/, señora presidenta/, señor secretario/, señora secretaria).",
        "<count_votes_capital> votos (positivos/a favor), <count_votes> (negativos/en contra) y <count_abstentions>.",
        "(El resultado es el siguiente/El resultado de la votación es el siguiente/Resultado de la votación): <count_votes> votos (positivos/a favor), <count_votes> (negativos/en contra) y <count_abstentions>.",
        "(Ha sido aprobado/Ha sido aprobada/Ha sido negado/Fue aprobado por unanimidad/Ha sido aprobado por mayoría), (señor presidente/señora presidenta).",
        "(Queda aprobado/Ha sido aprobado/Ha sido negado) (el proyecto de acuerdo número <bill_number>/el orden del día/el informe de ponencia/el articulado en bloque)(/ por mayoría/ por unanimidad/ con <count_votes> votos a favor).",
        "¿(Votos a favor/Votos en contra/Abstenciones/Aprueban los honorables concejales el informe de ponencia/Aprueban los honorables concejales el articulado en bloque)?",
        "Solicito (que la votación sea nominal/verificación de la votación), (señor presidente/señora presidenta).",
    ],
    "record": [
        "(Dejo constancia de/Quiero dejar constancia de/Solicito que conste en el acta) que (en <place> <trouble>/voté en contra/no recibimos el informe/el alcalde no asistió/<office> no respondió).",
        "(Queda la constancia/Que conste en el acta), (concejal/concejala/señor presidente/señora presidenta).",
    ],
    "incident": [
        "(Silencio en el recinto/Orden en el recinto/Silencio en las barras), por favor.",
        "(Me declaro impedido para votar/Me declaro impedida para votar/Presento un impedimento), (señor presidente/señora presidenta).",
        "(Se declara la sesión permanente/Se declara sesión informal/Volvemos a la sesión formal/Suficiente ilustración, señor presidente).",
        "(Por favor/Concejal/Doctora), (prenda el micrófono/apague el micrófono/no se escucha bien).",
        "(El concejal <man>/La concejala <woman>) se retira del recinto.",
    ],
    "commitment": [
        "(Me comprometo a/Nos comprometemos a) (enviar el informe/arreglar <work>/visitar <place>/entregar la respuesta) (en <small> días/antes del <short_date>/la próxima semana).",
        "<office_capital> (enviará/entregará) (el informe/la respuesta/los documentos) (en <small> días/antes del <short_date>/la próxima semana).",
        "Solicito que se oficie a <office> para que (revise <work>/visite <place>/envíe los documentos).",
    ],
    # --- recess and end -------------------------------------------------------------------
    "recess": [
        "Se declara un receso de <minutes> minutos.",
        "(Siendo las <hour>, se/Se) reanuda la sesión(/, por favor llame a lista).",
        "(Levantado/Terminado) el receso, continuamos con (la sesión/el orden del día).",
    ],
    "closing": [
        "Agotado el orden del día, se levanta la sesión siendo las <hour>.",
        "(Siendo las <hour>/No habiendo más asuntos que tratar y siendo las <hour>), (se levanta la sesión/damos por terminada la sesión).",
        "(Se convoca/Se cita/Quedan convocados/Quedan citados) para (el <date>/mañana/el próximo <weekday>) a las <hour>.",
        "La próxima sesión (será/se realizará) el <date> a las <hour>.",
        "(El orden del día está agotado/Ha sido agotado el orden del día), (señor presidente/señora presidenta).",
        "(Muchas gracias/Gracias) a todos(/ por su asistencia), (feliz día/feliz tarde/feliz noche/que tengan un buen día).",
    ],
    # --- people, places, things -----------------------------------------------------------
    "person": ["<man>", "<woman>"],
    "man": ["<man_name> <surname>", "<man_name> <surname> <surname>"],
    "woman": ["<woman_name> <surname>", "<woman_name> <surname> <surname>"],
    "man_name": (
        "Andrés Carlos Diego Fernando Gustavo Hernán Jairo Jorge Juan Luis Mauricio Miguel Óscar Pedro Rafael Ricardo"
    ).split(),
    "woman_name": (
        "Adriana Ana Beatriz Carolina Claudia Diana Elena Gloria Laura Luz Marcela María Patricia Sandra Sofía Teresa"
    ).split(),
    "surname": (
        "Acosta Arango Bedoya Cárdenas Castaño Duque Gómez Giraldo Herrera López Martínez Mejía Montoya Moreno Ortiz "
        "Ospina Pérez Quintero Ramírez Restrepo Ríos Rodríguez Rojas Salazar Torres Vargas Vélez Zapata"
    ).split(),
    "councillor": ["(el honorable concejal/el concejal) <man>", "(la honorable concejala/la concejala) <woman>"],
    "councillor_capital": ["El concejal <man>", "La concejala <woman>"],
    "guest": [
        "(el doctor <man>/la doctora <woman>/el señor alcalde/la señora alcaldesa/el señor personero)",
        "<office>", "(el señor <man>/la señora <woman>), (líder comunitario/presidente de la junta de acción comunal/veedor ciudadano)",
    ],
    "office": [
        "la Secretaría de <department>", "la Alcaldía", "la Personería", "la Contraloría", "la empresa de servicios públicos",
    ],
    "office_capital": [
        "La Secretaría de <department>", "La Alcaldía", "La Personería", "La Contraloría", "La empresa de servicios públicos",
    ],
    "department": ["Hacienda", "Planeación", "Infraestructura", "Salud", "Educación", "Gobierno", "Agricultura", "Tránsito", "Cultura", "Deportes"],
    "town": ["Valle Sereno", "Piedra Alta", "Puerto Lindo", "Santa Clara", "Monte Verde"],
    "place": [
        "el barrio <barrio>", "el barrio <barrio>", "la vereda <vereda>", "la vereda <vereda>", "el corregimiento de <corregimiento>",
    ],
    "barrio": ["La Esperanza", "El Progreso", "San José", "Los Pinos", "Villa del Río", "Las Flores", "El Centro", "Buenos Aires"],
    "vereda": ["El Rosario", "La Palma", "Agua Bonita", "El Cedro", "La Cumbre", "Las Brisas", "San Isidro", "El Salado"],
    "corregimiento": ["San Antonio", "Santa Rita", "La Unión", "Palo Negro"],
    "people": ["<neighbours>", "los estudiantes", "los adultos mayores", "las mujeres cabeza de hogar", "los comerciantes"],
    "people_capital": ["Los habitantes", "Las familias", "Los campesinos", "Los líderes", "Los jóvenes", "Los comerciantes", "Los niños"],
    "neighbours": ["la junta de acción comunal", "los campesinos", "las familias", "los jóvenes", "los habitantes"],
    "work": [
        "el acueducto", "el alcantarillado", "la vía principal", "la vía terciaria", "el puente", "el puesto de salud", "el hospital",
        "la escuela", "el colegio", "el alumbrado público", "el parque", "la cancha", "la plaza de mercado", "la biblioteca",
        "el coliseo", "la planta de tratamiento", "el restaurante escolar", "la casa de la cultura",
    ],
    "work_capital": [
        "El acueducto", "El alcantarillado", "El puente", "El puesto de salud", "El hospital", "El colegio", "El alumbrado público",
        "El parque", "El coliseo", "El restaurante escolar",
    ],
    "utility": ["el acueducto", "el alumbrado público", "el servicio de aseo", "el transporte público"],
    "utility_bare": ["acueducto", "aseo", "energía", "alumbrado público", "transporte público", "gas"],
    "sector": ["salud", "educación", "vivienda", "agua potable", "vías terciarias", "cultura y deporte", "seguridad", "el campo"],
    # --- dates and ordinals ---------------------------------------------------------------
    "weekday": "lunes martes miércoles jueves viernes sábado".split(),
    "month": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
    "short_date": ["<day> de <month>"],
    "date": ["<weekday> <day> de <month>", "<weekday> <day> de <month> de dos mil <year>", "<day> de <month> de dos mil <year>"],
    "ordinal": "primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo".split(),
    "ordinal_before_noun": "primer segundo tercer cuarto quinto sexto séptimo octavo noveno décimo".split(),
    "ordinal_capital": "Primero Segundo Tercero Cuarto Quinto Sexto Séptimo Octavo Noveno Décimo".split(),
}


def spell_number(number, feminine=False):
    """Spanish cardinal in words, 0 to 999,999."""
    if number < 30:
        words = UNITS[number]
    elif number < 100:
        words = TENS[number // 10] + (f" y {UNITS[number % 10]}" if number % 10 else "")
    elif number == 100:
        words = "cien"
    elif number < 1000:
        rest = number % 100
        words = HUNDREDS[number // 100] + (f" {spell_number(rest)}" if rest else "")
    else:
        thousands, rest = divmod(number, 1000)
        words = ("" if thousands == 1 else shorten_one(spell_number(thousands)) + " ") + "mil"
        words += f" {spell_number(rest)}" if rest else ""
    if feminine:
        words = re.sub(r"uno$", "una", words)
    return words


def shorten_one(words):
    """«veintiuno» becomes «veintiún» and «uno» becomes «un» before a masculine noun."""
    return re.sub(r"\buno$", "un", re.sub(r"veintiuno$", "veintiún", words))


class CouncilGrammar:
    """Draws random sentences; the same seed always gives the same sentences."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def sentence(self):
        return self.expand("<sentence>")

    def scrambled(self, words):
        """Some of `words` in no order, written as a sentence: nothing in it can be guessed, all has to be heard."""
        drawn = [self.random.choice(words) + ("," if self.random.random() < 0.1 else "") for _ in range(self.random.randint(3, 10))]
        text = " ".join(drawn).strip(",")
        return text[0].upper() + text[1:] + "."

    def expand(self, text):
        """Replaces alternatives and names, innermost first, until only words are left."""
        alternatives, name = re.compile(r"\(([^()]*)\)"), re.compile(r"<(\w+)>")
        while True:
            if found := alternatives.search(text):
                chosen = self.random.choice(found.group(1).split("/"))
            elif found := name.search(text):
                chosen = self._draw(found.group(1))
            else:
                return polish(text)
            text = text[: found.start()] + chosen + text[found.end() :]

    def _draw(self, name):
        if name in RULES:
            return self.random.choice(RULES[name])
        return getattr(self, "_" + name)()

    def _hour(self):
        hour, moment = self.random.choice(
            [(h, "de la mañana") for h in range(6, 12)]
            + [(h, "de la tarde") for h in range(1, 7)]
            + [(h, "de la noche") for h in range(7, 10)]
        )
        words = "una" if hour == 1 else spell_number(hour)
        minute = self.random.choice([0, 0, 15, 30, 45, self.random.randint(1, 59)])
        if minute == 30 and self.random.random() < 0.5:
            words += " y media"
        elif minute:
            words += " y " + shorten_minutes(minute)
        elif self.random.random() < 0.3:
            words += " en punto"
        return f"{words} {moment}"

    def _day(self):
        return spell_number(self.random.randint(1, 31))

    def _year(self):
        return spell_number(self.random.randint(24, 27))

    def _small(self):
        return shorten_one(spell_number(self.random.randint(2, 30)))

    def _minutes(self):
        return spell_number(self.random.choice([2, 3, 5, 8, 10, 15, 20, 30]))

    def _count_members(self):
        return spell_number(self.random.randint(7, 21)).replace("veintiuno", "veintiún")

    def _count_votes(self):
        return self.random.choice(["cero", shorten_one(spell_number(self.random.randint(2, 21)))])

    def _count_votes_capital(self):
        return shorten_one(spell_number(self.random.randint(2, 21))).capitalize()

    def _count_abstentions(self):
        number = self.random.choice([0, 0, 1, 1, 2, 3, 4])
        return "una abstención" if number == 1 else f"{spell_number(number)} abstenciones"

    def _record_number(self):
        return spell_number(self.random.randint(1, 199))

    def _bill_number(self):
        return spell_number(self.random.randint(1, 60))

    def _percent(self):
        return spell_number(self.random.randint(2, 99))

    def _people_number(self):
        return spell_number(self.random.choice([20, 30, 40, 50, 80, 100, 120, 150, 200, 250, 300, 400, 500]), feminine=True).replace("cientos", "cientas")

    def _money(self):
        millions = self.random.choice(
            [self.random.randint(2, 99), self.random.randint(10, 99) * 10, self.random.randint(10, 99) * 100, self.random.randint(101, 999)]
        )
        return f"{shorten_one(spell_number(millions))} millones de pesos"


def all_words(count=20000):
    """The words of so many sentences as they are written in them."""
    grammar = CouncilGrammar(seed=1)
    return sorted({word for _ in range(count) for word in re.findall(r"\w+", grammar.sentence())})


def shorten_minutes(minute):
    """Minutes after the hour as they are said: «quince», «cuarenta y cinco», «un minuto»."""
    return "un minuto" if minute == 1 else spell_number(minute)


def polish(text):
    """Contracts «a el» and «de el», mends «las una» and removes double spaces."""
    text = re.sub(r" +", " ", text).strip()
    for wrong, right in ((" a el ", " al "), (" de el ", " del "), (" las una ", " la una ")):
        text = text.replace(wrong, right)
    return text


def words_of(text):
    """Lower-case words without punctuation: the unit of every word error rate in this folder."""
    return re.findall(r"\w+", text.lower())


if __name__ == "__main__":
    grammar = CouncilGrammar(seed=1)
    sentences = [grammar.sentence() for _ in range(20000)]
    print("\n".join(sentences[:60]))
    vocabulary = {word for sentence in sentences for word in words_of(sentence)}
    print(f"{len(set(sentences)) / len(sentences):.0%} distinct, {len(vocabulary)} words")
