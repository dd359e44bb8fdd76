//! Front matter of pages. Most of its messages are in `yaml.rs`.

diagnostics! {
    area "front-matter" { pt: "O cabeçalho de uma página", en: "The front matter of a page", explanations: "front_matter.md" }

    FRONT_MATTER_SYNTAX "front-matter/syntax" Error essential {
        late_opening() {
            pt: "a linha `---` que abre o cabeçalho deve ser a primeira do arquivo",
            en: "the line `---` that opens the front matter must be the first line of the file",
            help { pt: "apague o que está antes dela", en: "delete what is before it" }
        }
        wrong_opening(written) {
            pt: "a linha que abre o cabeçalho deve ter três hifens, e não `{written}`",
            en: "the line that opens the front matter must have three hyphens, not `{written}`",
            help { pt: "escreva `---`, e o mesmo na linha que o fecha", en: "write `---`, and the same in the closing line" }
        }
    }

    FRONT_MATTER_UNCLOSED "front-matter/unclosed" Error essential {
        unclosed() {
            pt: "o bloco de dados da página não tem a linha `---` que o fecha",
            en: "the front matter has no closing `---` line",
        }
        closed_late() {
            pt: "falta aqui a linha `---`, que fecha o cabeçalho: o que vem depois já é o texto da página",
            en: "the line `---`, which closes the front matter, is missing here: what follows is the text of the page",
            help { pt: "escreva `---` nesta linha", en: "write `---` in this line" }
        }
    }

    FRONT_MATTER_UNKNOWN_KEY "front-matter/unknown-key" Error {}

    FRONT_MATTER_MISSING_KEY "front-matter/missing-key" Error {}

    FRONT_MATTER_INVALID_VALUE "front-matter/invalid-value" Error {
        anchor_exists(anchor) {
            pt: "`{anchor}` é uma âncora desta página: não é um nome que outra teve",
            en: "`{anchor}` is an anchor of this page: it is no former name of another",
        }
        unknown_anchor(anchor) {
            pt: "esta página não tem a âncora `{anchor}`",
            en: "this page has no anchor `{anchor}`",
        }
        invalid_alias(alias) {
            pt: "`{alias}` não serve como endereço antigo: escreva-o como /pasta/pagina/",
            en: "`{alias}` is not a valid old address: write it as /folder/page/",
        }
    }

    FRONT_MATTER_YAML_TRAP "front-matter/yaml-trap" Warning {}
}
