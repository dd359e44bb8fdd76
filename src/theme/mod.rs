//! A theme: the files embedded in the binary, overridden file by file by those of the site.
//!
//! Its style sheets are joined into one for pages and one for flows. These, the folder of scripts and the folder of assets are published
//! under names that hold the hash of their content, so that a host may cache them for ever.

mod bundle;
mod inline;
mod minify;
mod minify_css;
mod module;
mod tokens;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use rust_embed::RustEmbed;

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostics, catalogue, nearest};
use crate::output::{Contents, OutputFile};
use crate::project::ThemeFile;
use crate::source::{FileId, Sources, Spanned};
use crate::yaml::{self, ByName, Context, Dialect, Fields, FromYaml};

use bundle::Bundle;
use minify::minify;
use minify_css::minify_css;

pub(crate) use inline::inline;

/// The theme a site has when it names none.
const DEFAULT: &str = "orange";

#[derive(RustEmbed)]
#[folder = "themes/"]
#[exclude = "README.md"]
#[exclude = "*/js/test/*"]
#[exclude = "*.d.ts"]
struct Embedded;

/// The style sheets before those of components. The first has the order of the layers.
const FIRST_SHEETS: [&str; 5] = ["css/layers.css", "css/reset.css", "css/tokens.css", "css/base.css", "css/layout.css"];

/// The service worker of published sites.
const WORKER: &str = "sw.js";

/// How the names of the strings of dialogs begin, which are loaded when one is opened.
const DIALOG_STRINGS: [&str; 7] =
    ["js_search_", "js_key", "js_kept", "js_walk_conflict", "js_walk_paste_", "js_walk_counts_", "js_walk_prefill"];

/// How the names of the strings of walkthroughs begin. Only flows have them at once; other pages load them with those of dialogs.
const FLOW_STRINGS: &str = "js_walk_";

/// The style sheet of dialogs.
const DIALOG_SHEET: &str = "css/search.css";

fn is_of_dialog(key: &str) -> bool {
    DIALOG_STRINGS.iter().any(|beginning| key.starts_with(beginning))
}

const DIALECT: Dialect = Dialect {
    syntax: Code::THEME_INVALID,
    unknown_key: Code::THEME_INVALID,
    missing_key: Code::THEME_INVALID,
    invalid_value: Code::THEME_INVALID,
    duplicate_key: Code::THEME_INVALID,
    trap: Code::THEME_INVALID,
};

/// A published style sheet.
#[derive(Debug, Default)]
struct Sheet {
    path: String,
    css: String,
}

impl Sheet {
    fn new(name: &str, css: String) -> Self {
        Self { path: format!("assets/{name}.{}.css", fingerprint(std::iter::once(("", css.as_bytes())))), css }
    }
}

/// A theme ready to render with.
#[derive(Debug, Default)]
pub(crate) struct Theme {
    files: BTreeMap<String, Cow<'static, [u8]>>,
    /// Paths of the files of the site's own that differ from the embedded ones.
    own: BTreeSet<String>,
    /// The text files among them, for the place of errors.
    own_texts: Vec<(String, FileId)>,
    /// Interface strings of the site's language.
    pub(crate) strings: IndexMap<String, String>,
    /// For every page that is no flow.
    page_sheet: Sheet,
    flow_sheet: Sheet,
    /// Of `changes.html` alone; empty where the theme has none.
    pub(crate) changes_css: String,
    script: String,
    /// Every script in one file, where they can be bundled.
    whole_script: Option<String>,
    script_folder: String,
    pub(crate) assets_folder: String,
}

/// Loads the theme a site names. What is missing or wrong is reported.
pub(crate) fn load(config: &Config, own: &[ThemeFile], sources: &mut Sources, diagnostics: &mut Diagnostics) -> Theme {
    let name = resolve_name(config, own, diagnostics);
    let mut theme = Theme::default();
    theme.add_embedded(&name);
    for file in own.iter().filter(|file| file.theme == name) {
        theme.add_own(file, sources);
    }
    theme.read_settings(sources, diagnostics);
    theme.read_strings(&config.language, sources, diagnostics);
    theme.minify();
    theme.join_sheets();
    theme.bundle_scripts();
    theme.name_assets();
    theme
}

fn resolve_name(config: &Config, own: &[ThemeFile], diagnostics: &mut Diagnostics) -> String {
    let wanted = &config.theme.value;
    let embedded = || Embedded::iter().filter_map(|path| path.split_once('/').map(|(theme, _)| theme.to_owned()));
    if own.iter().any(|file| file.theme == *wanted) || embedded().any(|theme| theme == *wanted) {
        return wanted.clone();
    }
    let names: Vec<_> = embedded().chain(own.iter().map(|file| file.theme.clone())).collect();
    let diagnostic = catalogue::theme::unknown(config.theme.span, wanted);
    diagnostics.push(diagnostic.suggest(nearest(wanted, names.iter().map(String::as_str))));
    DEFAULT.to_owned()
}

impl Theme {
    fn add_embedded(&mut self, name: &str) {
        for path in Embedded::iter() {
            if let Some(inside) = path.strip_prefix(name).and_then(|path| path.strip_prefix('/')) {
                let file = Embedded::get(&path).expect("the path comes from the same list");
                self.files.insert(inside.to_owned(), file.data);
            }
        }
    }

    /// Overrides an embedded file; one with the same bytes is the embedded one.
    fn add_own(&mut self, file: &ThemeFile, sources: &mut Sources) {
        let is_text = file.path.starts_with("templates/") || file.path.ends_with(".yaml");
        if let Some(text) = std::str::from_utf8(&file.bytes).ok().filter(|_| is_text) {
            let id = sources.add(format!("themes/{}/{}", file.theme, file.path), text);
            self.own_texts.push((file.path.clone(), id));
        }
        if self.files.get(&file.path).is_none_or(|embedded| **embedded != *file.bytes) {
            self.own.insert(file.path.clone());
            self.files.insert(file.path.clone(), Cow::Owned(file.bytes.clone()));
        }
    }

    fn text(&self, path: &str) -> Option<Cow<'_, str>> {
        self.files.get(path).map(|bytes| String::from_utf8_lossy(bytes))
    }

    /// The place of a file of the site's own; embedded ones have none, and are not wrong.
    fn file_of(&self, path: &str, sources: &mut Sources) -> FileId {
        let own = self.own_texts.iter().find(|(known, _)| known == path).map(|(_, file)| *file);
        own.unwrap_or_else(|| sources.add(path, self.text(path).unwrap_or_default()))
    }

    fn read_settings(&mut self, sources: &mut Sources, diagnostics: &mut Diagnostics) {
        let Some(text) = self.text("theme.yaml").map(Cow::into_owned) else {
            diagnostics.push(catalogue::theme::missing_file(None, "theme.yaml"));
            return;
        };
        let file = self.file_of("theme.yaml", sources);
        let Some(root) = yaml::parse(&text, file, 0, DIALECT, yaml::Meaning::Other, diagnostics) else { return };
        let mut context = Context { dialect: DIALECT, diagnostics };
        let key = Spanned { value: String::new(), span: root.span };
        let Some(mut fields) = Fields::of("theme.yaml", &key, &root, &mut context) else { return };
        self.script = fields.required::<String>("js").unwrap_or_default();
        fields.finish();
    }

    /// Joins the style sheets that the theme has, in the order of the cascade: for pages, and for flows.
    fn join_sheets(&mut self) {
        let below = |folder: &'static str| {
            let is_in = move |path: &&str| path.starts_with(folder) && path.ends_with(".css");
            self.files.keys().map(String::as_str).filter(is_in)
        };
        let join = |own: &'static str| -> String {
            let components = below("css/components/").chain(below(own));
            let sheets = FIRST_SHEETS.into_iter().chain(components).chain(["css/print.css"]);
            sheets.filter_map(|path| self.text(path)).collect()
        };
        let sheets = (Sheet::new("theme", join("css/pages/")), Sheet::new("flow", join("css/flows/")));
        (self.page_sheet, self.flow_sheet) = sheets;
        if let Some(changes) = self.text("css/changes.css") {
            self.changes_css = self.text(FIRST_SHEETS[0]).unwrap_or_default().into_owned() + &changes;
        }
    }

    /// The strings of the site's language; those it lacks come from English.
    fn read_strings(&mut self, language: &str, sources: &mut Sources, diagnostics: &mut Diagnostics) {
        let base = language.split('-').next().unwrap_or(language);
        let is_it = |path: &&String| {
            let name = path.strip_prefix("i18n/").and_then(|path| path.strip_suffix(".yaml"));
            name.is_some_and(|name| name == language || name == base || name.split('-').next() == Some(base))
        };
        let chosen = self.files.keys().find(is_it).cloned();
        for path in ["i18n/en.yaml".to_owned()].into_iter().chain(chosen) {
            let text = self.text(&path).map(Cow::into_owned).unwrap_or_default();
            let file = self.file_of(&path, sources);
            let Some(root) = yaml::parse(&text, file, 0, DIALECT, yaml::Meaning::Other, diagnostics) else { continue };
            let mut context = Context { dialect: DIALECT, diagnostics };
            let key = Spanned { value: "i18n".to_owned(), span: root.span };
            let strings = ByName::<String>::from_yaml(&key, &root, &mut context);
            for string in strings.unwrap_or_default() {
                self.strings.insert(string.name.value, string.value);
            }
        }
    }

    fn name_assets(&mut self) {
        self.script_folder = format!("assets/js-{}/", fingerprint(self.below("js/")));
        self.assets_folder = format!("assets/files-{}/", fingerprint(self.below("assets/")));
    }

    /// Minifies the embedded scripts and style sheets. A file of the site's own may depend on every byte.
    fn minify(&mut self) {
        let Self { files, own, .. } = self;
        for (path, bytes) in files.iter_mut().filter(|(path, _)| !own.contains(*path)) {
            let Ok(text) = std::str::from_utf8(bytes) else { continue };
            let minified = if is_script(path) {
                minify(text)
            } else if path.ends_with(".css") {
                Some(minify_css(text))
            } else {
                None
            };
            *bytes = minified.map_or_else(|| std::mem::take(bytes), |text| Cow::Owned(text.into_bytes()));
        }
    }

    /// Bundles the scripts, where all that the theme publishes are understood and are reached from the entry.
    fn bundle_scripts(&mut self) {
        let scripts = self.below("js/").filter(|(path, _)| path.ends_with(".js"));
        let text = |(path, bytes): (&str, &[u8])| Some((path.to_owned(), String::from_utf8(bytes.to_vec()).ok()?));
        let Some(scripts) = scripts.map(text).collect::<Option<BTreeMap<_, _>>>() else { return };
        let entry = self.script.strip_prefix("js/").unwrap_or(&self.script);
        let Some(bundle) = Bundle::read(&scripts, entry) else { return };
        self.whole_script = Some(bundle.write_whole());
        let is_apart = |path: &String| self.own.contains(&format!("js/{path}")) && !bundle.has(path);
        if scripts.keys().any(is_apart) {
            return;
        }
        for path in scripts.keys() {
            self.files.remove(&format!("js/{path}"));
        }
        let files = bundle.write_files().into_iter().map(|(path, text)| (format!("js/{path}"), text));
        self.files.extend(files.map(|(path, text)| (path, Cow::Owned(text.into_bytes()))));
    }

    /// The published files of a folder.
    fn below<'t>(&'t self, folder: &'t str) -> impl Iterator<Item = (&'t str, &'t [u8])> {
        let files =
            self.files.iter().filter_map(move |(path, bytes)| Some((path.strip_prefix(folder)?, bytes.as_ref())));
        files.filter(|(path, _)| !path.starts_with("test/") && *path != "package.json" && !path.ends_with(".d.ts"))
    }

    /// Output path of the script that a page loads.
    pub(crate) fn script_path(&self) -> String {
        let inside = self.script.strip_prefix("js/").unwrap_or(&self.script);
        format!("{}{inside}", self.script_folder)
    }

    /// Output path of the style sheet of flows, or of any other page.
    pub(crate) fn css_path(&self, is_flow: bool) -> &str {
        if is_flow { &self.flow_sheet.path } else { &self.page_sheet.path }
    }

    /// Output path of the style sheet of the page of what changed, where the theme has one.
    pub(crate) fn changes_css_path(&self) -> Option<String> {
        let hash = || fingerprint(std::iter::once(("", self.changes_css.as_bytes())));
        (!self.changes_css.is_empty()).then(|| format!("assets/changes.{}.css", hash()))
    }

    /// Every script in one file; `None` where they cannot be bundled.
    pub(crate) fn whole_script(&self) -> Option<&str> {
        self.whole_script.as_deref()
    }

    /// The service worker of the site's pages, before what the site adds.
    pub(crate) fn worker(&self) -> Option<Cow<'_, str>> {
        self.text(WORKER)
    }

    /// An interface string; its key where it is missing.
    pub(crate) fn string<'t>(&'t self, key: &'t str) -> &'t str {
        self.strings.get(key).map_or(key, String::as_str)
    }

    /// The strings that the scripts of flows or of other pages use at once, as JSON that may stand inside `<script>`.
    pub(crate) fn script_strings(&self, is_flow: bool) -> String {
        let is_used =
            |key: &str| key.starts_with("js_") && !is_of_dialog(key) && (is_flow || !key.starts_with(FLOW_STRINGS));
        let strings: BTreeMap<_, _> = self.strings.iter().filter(|(key, _)| is_used(key)).collect();
        json_for_html(&strings)
    }

    /// What a dialog loads when it is opened, as JSON: strings and a style sheet.
    pub(crate) fn parts(&self) -> String {
        let is_used = |key: &str| is_of_dialog(key) || key.starts_with(FLOW_STRINGS);
        let strings: BTreeMap<_, _> = self.strings.iter().filter(|(key, _)| is_used(key)).collect();
        let css = self.text(DIALOG_SHEET).unwrap_or_default();
        serde_json::json!({ "strings": strings, "css": css }).to_string()
    }

    /// Output path of [`parts`](Self::parts).
    pub(crate) fn parts_path(&self) -> String {
        let text = self.parts();
        format!("assets/parts.{}.json", fingerprint(std::iter::once(("", text.as_bytes()))))
    }

    /// The templates by name.
    pub(crate) fn templates(&self) -> Vec<(String, String)> {
        let name =
            |path: &str| path.strip_prefix("templates/").filter(|name| name.ends_with(".html")).map(str::to_owned);
        let named = self.files.keys().filter_map(|path| Some((name(path)?, self.text(path)?.into_owned())));
        named.collect()
    }

    /// The site's own templates by name.
    pub(crate) fn template_sources(&self) -> Vec<(String, FileId)> {
        let named =
            self.own_texts.iter().filter_map(|(path, file)| Some((path.strip_prefix("templates/")?.to_owned(), *file)));
        named.collect()
    }

    /// The published files of the theme.
    pub(crate) fn outputs(&self) -> Vec<OutputFile> {
        let file =
            |path: String, bytes: &[u8]| OutputFile { path, contents: Contents::Bytes(bytes.to_vec()), source: None };
        let sheets = [&self.page_sheet, &self.flow_sheet];
        let mut outputs: Vec<_> = sheets.map(|sheet| file(sheet.path.clone(), sheet.css.as_bytes())).into();
        outputs.push(file(self.parts_path(), self.parts().as_bytes()));
        outputs.extend(self.below("js/").map(|(path, bytes)| file(format!("{}{path}", self.script_folder), bytes)));
        outputs.extend(self.below("assets/").map(|(path, bytes)| file(format!("{}{path}", self.assets_folder), bytes)));
        outputs
    }
}

fn is_script(path: &str) -> bool {
    path == WORKER || path.starts_with("js/") && path.ends_with(".js")
}

/// JSON in which no character can end a `<script>`.
pub(crate) fn json_for_html(value: &impl serde::Serialize) -> String {
    let json = serde_json::to_string(value).expect("plain values have a JSON form");
    json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

/// Eight hexadecimal digits of the hash of names and contents.
pub(crate) fn fingerprint<'f>(files: impl Iterator<Item = (&'f str, &'f [u8])>) -> String {
    let mut hasher = blake3::Hasher::new();
    for (name, bytes) in files {
        hasher.update(name.as_bytes());
        hasher.update(&[0]);
        hasher.update(bytes);
        hasher.update(&[0]);
    }
    hasher.finalize().to_hex()[..8].to_owned()
}
