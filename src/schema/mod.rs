//! JSON Schemas of what an editor writes: a flow, the front matter of a page, `_section.yaml`, `vereda.yaml`.
//!
//! In: a [`Subject`]. Out: its schema (draft 2020-12). With it an editor completes, explains and checks keys while they are typed.
//! Entry point: [`write()`]. The types that read a file describe its keys (`yaml_map!`). A schema knows one
//! file: whether a name exists in another one is for `check`.

mod snippets;

use schemars::generate::SchemaSettings;
use schemars::transform::transform_subschemas;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::Value;

use crate::config::Config;
use crate::content::flow::RawFlow;
use crate::content::front_matter::FrontMatter;
use crate::content::section::SectionSettings;
use crate::words::{Words, words};

words! {
    /// What a schema describes.
    pub enum Subject {
        Flow "flow" "a decision flow, *.flow.yaml",
        Page "page" "what stands between the --- lines of a page",
        Section "section" "the settings of a folder, _section.yaml",
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
    let mut schema = match subject {
        Subject::Flow => schema_of::<RawFlow>(),
        Subject::Page => schema_of::<FrontMatter>(),
        Subject::Section => schema_of::<SectionSettings>(),
        Subject::Config => schema_of::<Config>(),
    };
    if let Some(Value::Object(nodes)) = schema.pointer_mut("/properties/nodes") {
        nodes.insert("defaultSnippets".into(), snippets::of_nodes());
    }
    format!("{:#}\n", schema.as_value())
}

fn schema_of<T: JsonSchema>() -> Schema {
    let mut schema = SchemaGenerator::new(SchemaSettings::draft2020_12()).into_root_schema_for::<T>();
    format_descriptions(&mut schema);
    schema
}

/// Joins the lines of each paragraph of a description. Editors show a description as it is; those of the VS Code family prefer
/// `markdownDescription`, which is Markdown.
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
