//! Declaration of a map with known keys: its type, its reader and its JSON Schema from one list of fields.

use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use super::{Fields, FromYaml, Meaning};

/// The keys of a map. [`yaml_map!`] implements it; a type that chooses between several maps does so by hand.
pub(crate) trait YamlMap: Sized {
    /// Reads the keys. `None` where a required key without a fallback is missing or was refused.
    fn from_fields(fields: &mut Fields<'_, '_, '_>) -> Option<Self>;

    /// Makes every key known without reading it.
    fn skip_fields(fields: &mut Fields<'_, '_, '_>);

    /// Adds the schema of each key.
    fn describe(keys: &mut KeySchemas<'_>);

    /// What the value of a key is meant to be; `None` for an unknown key.
    fn meaning_of(key: &str) -> Option<Meaning>;
}

/// Declares a map: the struct, its [`FromYaml`] and its `JsonSchema`.
///
/// A doc comment is in Portuguese: editors read it as the explanation of the key. Each field begins with one of these words:
///
/// * `required NAME: FORM`: a missing key is reported, and the whole map is dropped. With `=> |fields| VALUE`, the map
///   stays, with this value.
/// * `optional NAME: FORM`: an absent key is the `Default` of its type. With `= LITERAL`, it is as if the editor had written
///   this literal; `{}` is a map with only defaults.
/// * `flatten NAME: MAP`: the keys of another map stand among these.
/// * `derived NAME: TYPE => |fields| VALUE`: no key, but a value that follows from the map or from the key above it.
///
/// `NAME("key")` gives a key another name in Rust. The type of a field is the `Value` of its form. `#[examples(…)]` completes a
/// key in editors. `#[owner(…)]` names the map in messages. A map with a `#[title(…)]` stands once in a schema; one without
/// is repeated where it is used.
macro_rules! yaml_map {
    (
        $(#[doc = $about:literal])*
        $(#[derive($($derive:ident),*)])?
        #[owner($owner:expr)]
        $(#[title($title:literal)])?
        $visibility:vis struct $name:ident {
            $(
                $(#[doc = $explanation:literal])*
                $(#[examples($($example:literal),*)])?
                $presence:ident $field:ident $(($key:literal))? : $form:ty $(= $default:tt)? $(=> $fallback:expr)?
            ),* $(,)?
        }
    ) => {
        $(#[doc = $about])*
        $(#[derive($($derive),*)])?
        $visibility struct $name {
            $(
                $(#[doc = $explanation])*
                pub(crate) $field: $crate::yaml::yaml_map!(@type $presence $form),
            )*
        }

        impl $crate::yaml::YamlMap for $name {
            fn from_fields(fields: &mut $crate::yaml::Fields<'_, '_, '_>) -> Option<Self> {
                $(
                    let $field = $crate::yaml::yaml_map!(
                        @read $presence fields, $crate::yaml::yaml_map!(@key $field $($key)?), $form $(= $default)? $(=> $fallback)?
                    );
                )*
                Some(Self { $($field: $field?),* })
            }

            fn skip_fields(fields: &mut $crate::yaml::Fields<'_, '_, '_>) {
                $(
                    $crate::yaml::yaml_map!(@skip $presence fields, $crate::yaml::yaml_map!(@key $field $($key)?), $form);
                )*
            }

            fn describe(keys: &mut $crate::yaml::KeySchemas<'_>) {
                $(
                    $crate::yaml::yaml_map!(
                        @describe $presence keys, $crate::yaml::yaml_map!(@key $field $($key)?), $form,
                        [$($explanation),*], [$($($example),*)?] $(= $default)?
                    );
                )*
            }

            fn meaning_of(key: &str) -> Option<$crate::yaml::Meaning> {
                None$(.or_else(|| $crate::yaml::yaml_map!(@meaning $presence key, $crate::yaml::yaml_map!(@key $field $($key)?), $form)))*
            }
        }

        impl $crate::yaml::FromYaml for $name {
            type Value = Self;
            const MEANING: $crate::yaml::Meaning = $crate::yaml::Meaning::Map(<Self as $crate::yaml::YamlMap>::meaning_of);

            fn from_yaml(
                key: &$crate::source::Spanned<String>,
                node: &$crate::yaml::Node,
                context: &mut $crate::yaml::Context<'_>,
            ) -> Option<Self> {
                let mut fields = $crate::yaml::Fields::of($owner, key, node, context)?;
                let map = <Self as $crate::yaml::YamlMap>::from_fields(&mut fields);
                fields.finish();
                map
            }

            fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                generator.subschema_for::<Self>()
            }
        }

        impl schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                None::<&str>$(.or(Some($title)))?.is_none()
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).trim_start_matches("Raw").into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $crate::yaml::describe_map::<Self>(generator, &[$($about),*], None$(.or(Some($title)))?)
            }
        }
    };

    (@key $field:ident) => { stringify!($field) };
    (@key $field:ident $key:literal) => { $key };

    (@type flatten $map:ty) => { $map };
    (@type derived $type:ty) => { $type };
    (@type $presence:ident $form:ty) => { <$form as $crate::yaml::FromYaml>::Value };

    (@read required $fields:ident, $key:expr, $form:ty) => {
        $fields.required::<$form>($key)
    };
    (@read required $fields:ident, $key:expr, $form:ty => $fallback:expr) => {{
        let value = $fields.required::<$form>($key);
        Some(value.unwrap_or_else(|| $fields.derive($fallback)))
    }};
    (@read optional $fields:ident, $key:expr, $form:ty) => {
        Some($fields.optional::<$form>($key).unwrap_or_default())
    };
    (@read optional $fields:ident, $key:expr, $form:ty = $default:tt) => {{
        let value = $fields.optional::<$form>($key);
        Some(value.unwrap_or_else(|| $fields.read_default::<$form>(&serde_json::json!($default))))
    }};
    (@read flatten $fields:ident, $key:expr, $map:ty) => { <$map as $crate::yaml::YamlMap>::from_fields($fields) };
    (@read derived $fields:ident, $key:expr, $type:ty => $value:expr) => { Some($fields.derive($value)) };

    (@skip flatten $fields:ident, $key:expr, $map:ty) => { <$map as $crate::yaml::YamlMap>::skip_fields($fields) };
    (@skip derived $($rest:tt)*) => {};
    (@skip $presence:ident $fields:ident, $key:expr, $form:ty) => { $fields.find($key) };

    (@describe required $keys:ident, $key:expr, $form:ty, $explanation:tt, $examples:tt) => {
        $keys.required.push($key);
        $keys.add::<$form>($key, &$explanation, &$examples, None);
    };
    (@describe optional $keys:ident, $key:expr, $form:ty, $explanation:tt, $examples:tt) => {
        $keys.add::<$form>($key, &$explanation, &$examples, None);
    };
    (@describe optional $keys:ident, $key:expr, $form:ty, $explanation:tt, $examples:tt = $default:tt) => {
        let default = Some(serde_json::json!($default));
        $keys.add::<$form>($key, &$explanation, &$examples, default);
    };
    (@describe flatten $keys:ident, $key:expr, $map:ty, $explanation:tt, $examples:tt) => {
        <$map as $crate::yaml::YamlMap>::describe($keys);
    };
    (@describe derived $($rest:tt)*) => {};

    (@meaning flatten $key:ident, $own:expr, $map:ty) => { <$map as $crate::yaml::YamlMap>::meaning_of($key) };
    (@meaning derived $($rest:tt)*) => { None };
    (@meaning $presence:ident $key:ident, $own:expr, $form:ty) => {
        ($key == $own).then_some(<$form as $crate::yaml::FromYaml>::MEANING)
    };
}
pub(crate) use yaml_map;

/// Declares the form of a scalar: what it means, its value, how a node is read, the message where that fails, and the schema.
macro_rules! yaml_scalar {
    ($form:ty: $meaning:ident => $value:ty, read: $read:expr, message: $message:expr, schema: $schema:tt $(,)?) => {
        impl $crate::yaml::FromYaml for $form {
            type Value = $value;
            const MEANING: $crate::yaml::Meaning = $crate::yaml::Meaning::$meaning;

            fn from_yaml(
                key: &$crate::source::Spanned<String>,
                node: &$crate::yaml::Node,
                context: &mut $crate::yaml::Context<'_>,
            ) -> Option<$value> {
                let read: fn(&$crate::yaml::Node) -> Option<$value> = $read;
                read(node).or_else(|| context.refuse(node.span, $message(&key.value)))
            }

            fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!($schema)
            }
        }
    };
}
pub(crate) use yaml_scalar;

/// The schemas of a map's keys, while they are collected.
pub(crate) struct KeySchemas<'g> {
    generator: &'g mut SchemaGenerator,
    properties: Map<String, Value>,
    pub(crate) required: Vec<&'static str>,
    /// What else the schema of the map requires, such as exactly one of several keys.
    pub(crate) rules: Map<String, Value>,
}

impl<'g> KeySchemas<'g> {
    /// Collects the keys of one map.
    fn of<M: YamlMap>(generator: &'g mut SchemaGenerator) -> Self {
        let mut keys = Self { generator, properties: Map::new(), required: Vec::new(), rules: Map::new() };
        M::describe(&mut keys);
        keys
    }

    /// Adds the keys of a map that is one of several, none of them as required.
    pub(crate) fn add_alternative<M: YamlMap>(&mut self) -> Alternative {
        let KeySchemas { properties, required, .. } = KeySchemas::of::<M>(self.generator);
        let keys = properties.keys().cloned().collect();
        self.properties.extend(properties);
        Alternative { keys, required }
    }

    pub(crate) fn add<F: FromYaml>(
        &mut self,
        key: &str,
        explanation: &[&str],
        examples: &[&str],
        default: Option<Value>,
    ) {
        let mut schema = F::schema(self.generator);
        schema.insert("description".into(), join_lines(explanation).into());
        if !examples.is_empty() {
            schema.insert("examples".into(), examples.into());
        }
        if let Some(default) = default.filter(|default| *default != json!({})) {
            schema.insert("default".into(), default);
        }
        self.properties.insert(key.to_owned(), schema.into());
    }
}

/// The keys of a map that is one of several.
pub(crate) struct Alternative {
    pub(crate) keys: Vec<String>,
    pub(crate) required: Vec<&'static str>,
}

/// The schema of a map.
pub(crate) fn describe_map<M: YamlMap>(generator: &mut SchemaGenerator, about: &[&str], title: Option<&str>) -> Schema {
    let keys = KeySchemas::of::<M>(generator);
    let mut schema = json_schema!({
        "type": "object",
        "description": join_lines(about),
        "properties": keys.properties,
        "additionalProperties": false,
    });
    if !keys.required.is_empty() {
        schema.insert("required".into(), keys.required.into());
    }
    if let Some(title) = title {
        schema.insert("title".into(), title.into());
    }
    for (name, rule) in keys.rules {
        schema.insert(name, rule);
    }
    schema
}

/// The lines of a doc comment as one text.
fn join_lines(lines: &[&str]) -> String {
    lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use schemars::SchemaGenerator;
    use serde_json::json;

    use crate::diagnostic::{Code, Diagnostics};
    use crate::source::{Sources, Span, Spanned};
    use crate::yaml::{Context, Dialect, FromYaml, Meaning, parse, read_file};

    yaml_map! {
        /// Um lugar.
        #[derive(Debug, PartialEq)]
        #[owner("`place`")]
        struct Coordinates {
            /// O norte.
            required north: f64,
            /// O leste.
            optional east: f64 = 7,
        }
    }

    yaml_map! {
        /// Uma visita,
        /// a um lugar.
        #[derive(Debug, PartialEq)]
        #[owner("visit")]
        struct RawVisit {
            derived key: String => |fields| fields.key().value.clone(),
            /// Quem.
            required who: String => |_| "someone".to_owned(),
            /// Quando.
            #[examples("segunda", "terça")]
            optional day("when"): Option<Spanned<String>>,
            flatten coordinates: Coordinates,
        }
    }

    const DIALECT: Dialect = Dialect {
        syntax: Code::CONFIG_SYNTAX,
        unknown_key: Code::CONFIG_UNKNOWN_KEY,
        missing_key: Code::CONFIG_MISSING_KEY,
        invalid_value: Code::CONFIG_INVALID_VALUE,
        duplicate_key: Code::CONFIG_INVALID_VALUE,
        trap: Code::CONFIG_YAML_TRAP,
    };

    fn read(text: &str) -> (Option<RawVisit>, Vec<&'static str>) {
        let file = Sources::default().add("v.yaml", text);
        let mut diagnostics = Diagnostics::default();
        let root = parse(text, file, 0, DIALECT, RawVisit::MEANING, &mut diagnostics).unwrap();
        let key = Spanned { value: "first".to_owned(), span: root.span };
        let mut context = Context { dialect: DIALECT, diagnostics: &mut diagnostics };
        let visit = RawVisit::from_yaml(&key, &root, &mut context);
        (visit, diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect())
    }

    #[test]
    fn reads_every_kind_of_field() {
        let (visit, codes) = read("{ who: Ana, when: hoje, north: 1, east: 2 }");
        let visit = visit.unwrap();
        assert_eq!(
            (visit.key.as_str(), visit.who.as_str(), visit.day.unwrap().value.as_str()),
            ("first", "Ana", "hoje")
        );
        assert_eq!(visit.coordinates, Coordinates { north: 1.0, east: 2.0 });
        assert!(codes.is_empty(), "{codes:?}");
    }

    #[test]
    fn takes_defaults_and_fallbacks() {
        let (visit, codes) = read("{ north: 1, est: 2 }");
        let visit = visit.unwrap();
        assert_eq!((visit.who.as_str(), visit.day, visit.coordinates.east), ("someone", None, 7.0));
        assert_eq!(codes, ["config/unknown-key", "config/missing-key"]);
    }

    #[test]
    fn leaves_out_map_without_required_key() {
        let (visit, codes) = read("{ who: [Ana], east: x }");
        assert_eq!(visit, None);
        assert_eq!(codes, ["config/invalid-value", "config/invalid-value", "config/missing-key"]);
    }

    #[test]
    fn describes_the_same_keys() {
        let schema = SchemaGenerator::default().into_root_schema_for::<RawVisit>();
        assert_eq!(schema.get("title"), Some(&json!("Visit")));
        assert_eq!(schema.get("description"), Some(&json!("Uma visita,\na um lugar.")));
        assert_eq!(schema.get("required"), Some(&json!(["who", "north"])));
        assert_eq!(
            schema.get("properties"),
            Some(&json!({
                "who": { "type": ["string", "number"], "description": "Quem." },
                "when": { "type": ["string", "number"], "description": "Quando.", "examples": ["segunda", "terça"] },
                "north": { "type": "number", "description": "O norte." },
                "east": { "type": "number", "description": "O leste.", "default": 7 },
            }))
        );
    }

    #[test]
    fn knows_what_each_key_means() {
        let Meaning::Map(meaning_of) = RawVisit::MEANING else { panic!("a map") };
        assert!(matches!(meaning_of("when"), Some(Meaning::Text)));
        assert!(matches!(meaning_of("north"), Some(Meaning::Other)));
        assert!(meaning_of("day").is_none());
    }

    #[test]
    fn reads_defaults_of_refused_file_without_reports() {
        let mut diagnostics = Diagnostics::default();
        let start = Span::new(Sources::default().add("v.yaml", "["), 0, 0);
        let mut context = Context { dialect: DIALECT, diagnostics: &mut diagnostics };
        let life = read_file::<crate::config::ExternalSettings>(None, "[", start, &mut context);
        assert_eq!((life.threads, life.soft_404), (16, false));
        assert_eq!(diagnostics.iter().count(), 0);
    }
}
