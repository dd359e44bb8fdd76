//! JSON Schemas of what an editor writes: a flow, the front matter of a page, `vereda.yaml`.
//!
//! In: a [`Subject`]. Out: its schema (draft 2020-12), which lets an editor of texts complete, explain and check keys while
//! they are typed. Entry point: [`write()`].
//!
//! The types of this module only say what may be *written*, and their comments are what an editor reads of each key: so they
//! are in Portuguese. They are never filled in: files are read by `content` and `config`, whose lists of words and of codes
//! are used here, so that each exists once. That the keys are the same is for `tests/integration/schema.rs` to prove. A
//! schema knows one file: whether a name exists anywhere else stays for `check` to say.

#[expect(dead_code, reason = "types that only say what is written are never filled in")]
mod config;
#[expect(dead_code, reason = "types that only say what is written are never filled in")]
mod flow;
#[expect(dead_code, reason = "types that only say what is written are never filled in")]
mod input;
#[expect(dead_code, reason = "types that only say what is written are never filled in")]
mod links;
#[expect(dead_code, reason = "types that only say what is written are never filled in")]
mod page;
mod scalar;
mod snippets;
mod words;

use schemars::generate::SchemaSettings;
use schemars::transform::transform_subschemas;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::Value;

use crate::words::{Words, words};

words! {
    /// What a schema describes.
    pub enum Subject {
        Flow "flow" "a decision flow, *.flow.yaml",
        Page "page" "what stands between the --- lines of a page",
        Config "config" "the settings of a site, vereda.yaml",
    }
}

impl Subject {
    /// The name of the schema's file beside the settings of an editor.
    pub fn file_name(self) -> String {
        format!("{}.schema.json", self.as_str())
    }
}

/// Writes a schema, as indented JSON that ends with a newline.
pub fn write(subject: Subject) -> String {
    let schema = match subject {
        Subject::Flow => schema_of::<flow::Flow>(),
        Subject::Page => schema_of::<page::Page>(),
        Subject::Config => schema_of::<config::Config>(),
    };
    format!("{:#}\n", schema.as_value())
}

fn schema_of<T: JsonSchema>() -> Schema {
    let mut schema = SchemaGenerator::new(SchemaSettings::draft2020_12()).into_root_schema_for::<T>();
    refuse_null(&mut schema);
    format_descriptions(&mut schema);
    schema
}

/// A key that may be absent has a value where it is written: an empty one is marked while it waits to be typed.
fn refuse_null(schema: &mut Schema) {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|kind| kind != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            schema.insert("type".into(), only);
        }
    }
    if let Some(Value::Array(words)) = schema.get_mut("enum") {
        words.retain(|word| !word.is_null());
    }
    if let Some(Value::Array(choices)) = schema.get_mut("anyOf") {
        choices.retain(|choice| choice["type"] != "null");
        if let [Value::Object(only)] = choices.as_mut_slice() {
            let only = std::mem::take(only);
            schema.remove("anyOf");
            for (key, value) in only {
                schema.ensure_object().entry(key).or_insert(value);
            }
        }
    }
    transform_subschemas(&mut refuse_null, schema);
}

/// Lines of a comment are broken for the reader of the code; only an empty one parts paragraphs. Editors show a description as
/// it stands, and those of the VS Code family read Markdown where they find `markdownDescription`.
fn format_descriptions(schema: &mut Schema) {
    if let Some(Value::String(text)) = schema.get("description") {
        let paragraphs = text.split("\n\n").map(|paragraph| paragraph.replace('\n', " "));
        let markdown = paragraphs.collect::<Vec<_>>().join("\n\n");
        let plain = markdown.replace('`', "");
        if plain != markdown {
            schema.insert("markdownDescription".into(), markdown.into());
        }
        schema.insert("description".into(), plain.into());
    }
    transform_subschemas(&mut format_descriptions, schema);
}
