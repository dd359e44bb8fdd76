//! `_section.yaml`: the title and the order of a folder without a page, and the order of its children.

use crate::diagnostic::{Code, Diagnostics};
use crate::source::{FileId, Sources, Span, Spanned};
use crate::yaml::{Context, Dialect, FromYaml, read_file, yaml_map};

/// The codes of mistakes in `_section.yaml`.
const DIALECT: Dialect = Dialect {
    syntax: Code::SECTION_INVALID,
    unknown_key: Code::SECTION_INVALID,
    missing_key: Code::SECTION_INVALID,
    invalid_value: Code::SECTION_INVALID,
    duplicate_key: Code::SECTION_INVALID,
    trap: Code::SECTION_INVALID,
};

yaml_map! {
    /// O título e a posição de uma pasta sem `index.md`, e a ordem do que está nela.
    #[derive(Clone, Debug)]
    #[owner("_section.yaml")]
    #[title("Seção de um site da Vereda")]
    pub(crate) struct SectionSettings {
        /// O título de uma pasta sem página própria. Sem esta chave, vale o nome da pasta. Exemplo: `title: Financeiro`.
        optional title: Option<Spanned<String>>,
        /// A posição da pasta entre as páginas ao lado dela, se ela não tem página própria: 1 vem antes de 2.
        optional order: Option<Spanned<f64>>,
        /// O que vem primeiro na pasta, nesta ordem, pelo nome do arquivo ou da pasta. O resto vem depois, na ordem de costume.
        ///
        /// Exemplo: `children: [boas-vindas, cadastro, estornos]`.
        optional children: Vec<Spanned<String>>,
    }
}

/// The settings of one folder.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    pub(crate) file: FileId,
    pub(crate) settings: SectionSettings,
}

/// Reads the settings of a folder. Mistakes are reported, and the rest is kept.
pub(crate) fn parse(file: FileId, sources: &Sources, diagnostics: &mut Diagnostics) -> Section {
    let text = sources.text(file);
    let root = crate::yaml::parse(text, file, 0, DIALECT, SectionSettings::MEANING, diagnostics);
    let mut context = Context { dialect: DIALECT, diagnostics };
    let settings = read_file::<SectionSettings>(root.as_ref(), text, Span::new(file, 0, 0), &mut context);
    Section { file, settings }
}
