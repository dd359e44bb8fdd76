//! `vereda.yaml`. Its messages are in `yaml.rs`.

diagnostics! {
    area "config" { pt: "A configuração, `vereda.yaml`", en: "Settings, `vereda.yaml`", explanations: "config.md" }

    CONFIG_SYNTAX "config/syntax" Error essential {}

    CONFIG_UNKNOWN_KEY "config/unknown-key" Error essential {}

    CONFIG_MISSING_KEY "config/missing-key" Error essential {}

    CONFIG_INVALID_VALUE "config/invalid-value" Error essential {}

    CONFIG_YAML_TRAP "config/yaml-trap" Warning {}
}
