//! Closed lists of words that say what the name beside them is the name of.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::guard::fold::tokens;

/// A set of the words of a text.
macro_rules! list {
    ($words:expr) => {
        LazyLock::new(|| $words.split_whitespace().collect())
    };
}

/// Folded words.
type List = LazyLock<HashSet<&'static str>>;

/// Words with their accents, by what they are folded.
type Written = LazyLock<HashMap<String, &'static str>>;

/// What goes before the name of a person.
static TITLES: List = list!(
    "concejal concejala concejales concejalas honorable honorables hc doctor doctora doctores doctoras dr dra senor \
     senora senores senoras senorita sr sra don dona ingeniero ingeniera ing arquitecto arquitecta arq abogado abogada \
     licenciado licenciada lic profesor profesora profe alcalde alcaldesa exalcalde personero personera contralor \
     contralora presidente presidenta vicepresidente vicepresidenta secretario secretaria gerente director directora \
     rector rectora coronel capitan mayor teniente intendente subintendente comandante patrullero padre presbitero \
     monsenor corporado corporada edil edilesa ediles regidor regidora gobernador gobernadora ministro ministra \
     tesorero tesorera coordinador coordinadora comisario comisaria inspector inspectora veedor veedora lider lideresa \
     companero companera funcionario funcionaria ciudadano ciudadana sargento enfermera medico medica"
);

/// What goes before the name of a place, in the singular.
static PLACES: Written = LazyLock::new(|| {
    written(
        "vereda barrio corregimiento sector comuna urbanización finca caserío quebrada río cerro parque plaza plazoleta \
         puente municipio departamento ciudad distrito resguardo conjunto estadio coliseo cancha colegio escuela sendero \
         laguna ciénaga cañada humedal páramo carretera avenida embalse represa",
    )
});

/// Places that are called by their name alone.
static CALLED_ALONE: List = list!("municipio departamento ciudad distrito");

/// What the name of an office or institution begins with.
static OFFICES: List = list!(
    "secretaria subsecretaria personeria contraloria alcaldia oficina direccion subdireccion comisaria inspeccion \
     gerencia instituto unidad comision comite consejo junta empresa hospital corporacion fiscalia procuraduria \
     defensoria ministerio gobernacion asamblea universidad cooperativa asociacion fundacion banco policia ejercito \
     cuerpo institucion centro casa biblioteca registraduria superintendencia agencia camara federacion sindicato \
     veeduria notaria juzgado tribunal corte consejeria jefatura tesoreria emisora parroquia diocesis acueducto \
     departamento mesa"
);

/// What the name of a programme or plan begins with.
static PROGRAMMES: Written = LazyLock::new(|| {
    written(
        "programa plan política estrategia campaña convenio fondo feria festival fiestas fiesta estatuto esquema \
         estampilla carnaval proyecto ruta sistema",
    )
});

/// Words that minutes like to write with a capital and that name nobody and nothing.
static FORMAL: List = list!(
    "acta actas sesion sesiones concejo concejos municipal municipales municipio orden dia dias honorable honorables \
     punto puntos proyecto proyectos acuerdo acuerdos llamado lista quorum proposicion proposiciones varios lectura \
     aprobacion discusion votacion verificacion intervencion intervenciones constancia constancias informe enero \
     febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre lunes martes \
     miercoles jueves viernes sabado domingo articulo paragrafo capitulo titulo numeral inciso anexo anexos folio \
     pagina hora horas am pm colombia republica ponente ponencia debate primer primero primera segundo segunda tercer \
     tercero tercera cuarto quinto ordinaria ordinario extraordinaria extraordinario plenaria nombre nombres cargo \
     firma asistencia asistentes ausentes presentes presente excusa tardes noches gracias ley leyes decreto resolucion \
     ordenanza sentencia circular recinto himno nacional oracion cierre clausura dios general mesa directiva palabra \
     bancada partido invitado invitados citado citados comunicaciones correspondencia asuntos documento elaboro reviso \
     aprobo transcribio proyecto si no"
);

/// Small words within a name.
static JOINERS: List = list!("de del la las los el da y e");

/// Further ones within the name of an office or a programme.
static WIDE_JOINERS: List = list!("para por en con al a");

/// What is written with a point that ends no sentence.
static ABBREVIATIONS: List =
    list!("dr dra sr sra srta ing lic arq abg prof no nro num art arts pbro mg esp cra cll av hon inc lit etc ee uu");

/// Given names that are frequent in Spanish-speaking councils.
static GIVEN_NAMES: List = list!(
    "adriana aida alba alberto alcides aldemar alejandra alejandro alex alexander alfonso alfredo alicia alirio \
     alonso alvaro amalia amanda amparo ana andrea andres angel angela angelica anibal antonio arcesio arley \
     armando arnulfo arturo aura aurora beatriz belen benjamin bernardo berta bertha bibiana blanca brayan camila \
     camilo carlos carmen carolina catalina cecilia celina cesar cipriano clara claudia consuelo cristian cristina \
     cristobal dagoberto dairo daniel daniela dario david deisy deysi diana diego diomedes dora edgar edilberto \
     edilma edison eduardo edwin efrain elena eliana elias eliecer elizabeth elkin elvira emilio emiro eneida \
     enrique erika ernestina ernesto esteban estefania estella eugenia fabian fabio fanny faustino federico felipe \
     fernanda fernando fidel flor francisco freddy fredy gabriel gabriela genaro gerardo german gilberto gildardo \
     gina gladys gloria gonzalo gregorio guillermo gustavo haider harold hector henry heriberto hermes hernan \
     hernando hilda horacio hugo humberto ignacio ilda ines ingrid irene isabel ismael ivan ivonne jaime jairo \
     janeth javier jefferson jeison jenny jessica jesus jhon joaquin joel johana john jonathan jorge jose josefina \
     josue juan juana judith julian juliana julieta julio karen karina keila laura lazaro leidy leonardo leonel \
     leticia libia lida ligia liliana lina lisandro lorena lourdes lucia luciano lucila lucrecia lucy luis luisa \
     luz luzmila mabel magda manolo manuel manuela marcela marcos margarita maria mariana marina mario marisol \
     maritza marlene marleny marlon marta martha martin mateo matilde mauricio maximiliano melissa mercedes miguel \
     milena miriam mirta misael moises monica myriam nancy natalia nelly nelson nerea nestor nicolas nidia nilson \
     nora norberto norma nubia octavio ofelia olga omaira omar orlando oscar osvaldo oswaldo ovidio pablo paola \
     patricia paula paulina pedro piedad pilar rafael ramiro ramon ramona raquel raul rebeca reinaldo reynaldo \
     ricardo rigoberto roberto robinson rocio rodolfo rodrigo rogelio rosa rosalba rosmery ruben ruby rufino ruth \
     samuel sandra santiago sara saul sebastian sergio silvia silvio sofia sonia stella susana tatiana teresa tomas \
     tulia ulises uriel valentina valeria vanessa veronica vicente victor victoria vilma viviana vladimir walter \
     wilder william wilmar wilmer wilson ximena yadira yamile yaneth yasmin yenny yesenia yesid yohana yolanda \
     yolima yuliana yurany zoila zoraida"
);

/// Words that carry no matter of their own: no phrase begins or ends with one.
static EMPTY: List = list!(
    "a al ante antes asi aun aunque bajo bien cada como con contra cual cuales cuando cuya cuyas cuyo cuyos de del desde \
     despues donde durante e el ella ellas ellos en entre era eran es esa esas ese eso esos esta estaba estan estas este \
     esto estos fue fueron ha haber habia hacia han hasta hay he hoy la las le les lo los mas me mediante mi mis mismo \
     muy nada ni no nos nosotros nuestra nuestro o otra otras otro otros para pero poco por porque pues que quien quienes \
     se sea segun ser si sido siendo sin sino sobre son su sus tal tambien tan tanto te tiene tienen toda todas todo \
     todos tras tu u un una unas uno unos usted ustedes va ver vez y ya yo"
);

/// What a word before a name says the name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Head {
    /// Of a person.
    Person,
    /// Of a place of this kind.
    Place(&'static str),
    /// Of a programme of this kind.
    Programme(&'static str),
}

/// Whether a word goes before the name of a person.
pub(super) fn is_title(word: &str) -> bool {
    TITLES.contains(word)
}

/// The kind of place that a folded word names.
pub(super) fn place(word: &str) -> Option<&'static str> {
    PLACES.get(word).copied()
}

/// The kind of place that a folded word names several of.
pub(super) fn places(word: &str) -> Option<&'static str> {
    ["es", "s"].iter().find_map(|ending| place(word.strip_suffix(ending)?))
}

/// Whether places of a kind are called by their name alone: nobody says «el municipio Valle Sereno».
pub(super) fn is_called_alone(place: &str) -> bool {
    CALLED_ALONE.contains(place)
}

/// Whether the name of an office can begin with a word.
pub(super) fn is_office(word: &str) -> bool {
    OFFICES.contains(word)
}

/// The kind of programme that a folded word names.
pub(super) fn programme(word: &str) -> Option<&'static str> {
    PROGRAMMES.get(word).copied()
}

/// Whether a word names nothing, however it is written.
pub(super) fn is_formal(word: &str) -> bool {
    FORMAL.contains(word)
}

/// Whether a word may stand within a name in small letters; `wide` for offices and programmes.
pub(super) fn joins(word: &str, wide: bool) -> bool {
    JOINERS.contains(word) && (wide || !matches!(word, "y" | "e")) || wide && WIDE_JOINERS.contains(word)
}

/// Whether a word is written short, with a point.
pub(super) fn is_abbreviation(word: &str) -> bool {
    ABBREVIATIONS.contains(word)
}

/// Whether a word is a usual given name.
pub(super) fn is_given_name(word: &str) -> bool {
    GIVEN_NAMES.contains(word)
}

/// Whether a word carries no matter of its own.
pub(super) fn is_empty(word: &str) -> bool {
    EMPTY.contains(word)
}

fn written(words: &'static str) -> HashMap<String, &'static str> {
    words.split_whitespace().map(|word| (tokens(word).collect(), word)).collect()
}
