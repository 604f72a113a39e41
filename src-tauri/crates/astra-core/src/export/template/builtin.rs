//! The templates that come with Astra, for councils that have none of their own. They are files like
//! anybody's: drawn by `examples/templates.rs`, opened and changed in Word, filled in like the others.

use crate::sentences::sentence;

/// A template of Astra's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Builtin {
    /// Colombia, letter: labels («FECHA:», «HORA:», «LUGAR:») as in GTC 185.
    Labels,
    /// Colombia, letter: the data of the sitting in a form.
    Form,
    /// Colombia, letter: the data of the sitting in a running paragraph.
    Running,
    /// Spain, A4: article 109 of the Reglamento de Organización y Funcionamiento.
    Spain,
}

impl Builtin {
    /// Every template, in the order in which they are offered to a person.
    pub fn all() -> [Self; 4] {
        [Self::Labels, Self::Form, Self::Running, Self::Spain]
    }

    /// Its id, which is also the name of its file.
    pub fn id(self) -> &'static str {
        match self {
            Self::Labels => "co-icontec",
            Self::Form => "co-formulario",
            Self::Running => "co-corrido",
            Self::Spain => "es-rof109",
        }
    }

    /// What it is called, in Spanish.
    pub fn name(self) -> String {
        sentence(&format!("template.builtin.{}", self.id()), &[])
    }

    /// The file.
    pub fn file(self) -> &'static [u8] {
        match self {
            Self::Labels => include_bytes!("../../../../../../assets/templates/co-icontec.docx"),
            Self::Form => include_bytes!("../../../../../../assets/templates/co-formulario.docx"),
            Self::Running => include_bytes!("../../../../../../assets/templates/co-corrido.docx"),
            Self::Spain => include_bytes!("../../../../../../assets/templates/es-rof109.docx"),
        }
    }
}
