//! A site's own files in place of those of the embedded theme.

use std::fs;

use crate::site::{PAGE, Site};

/// Reads as comments, as imports and as the end of a script what is text.
const SCRIPT: &str = "export const mount = () => [`\n  first\n  // second\n  /* third */\n  fourth\n\
                      import { a } from './a.js';\n`, \"a /** @b */ c\", /[/*]  <[/]script>/]; // the end";

/// The texts of the published scripts, by their paths below the folder of scripts.
fn scripts(site: &Site) -> Vec<(String, String)> {
    let mut scripts = Vec::new();
    for entry in walkdir::WalkDir::new(site.path("public/assets")).sort_by_file_name() {
        let path = entry.unwrap().into_path();
        if path.extension().is_some_and(|extension| extension == "js") {
            let inside = path.strip_prefix(site.path("public/assets")).unwrap().components().skip(1);
            let inside: Vec<_> = inside.map(|part| part.as_os_str().to_str().unwrap().to_owned()).collect();
            scripts.push((inside.join("/"), fs::read_to_string(path).unwrap()));
        }
    }
    scripts
}

/// The published style sheet.
fn style(site: &Site) -> String {
    let mut assets = fs::read_dir(site.path("public/assets")).unwrap().map(|entry| entry.unwrap().path());
    let is_style = |path: &std::path::PathBuf| path.extension().is_some_and(|extension| extension == "css");
    fs::read_to_string(assets.find(is_style).unwrap()).unwrap()
}

#[test]
fn keeps_every_byte_of_an_own_script_in_the_bundle() {
    let site = Site::new().page("index.md", PAGE).file("themes/orange/js/components/tabs.js", SCRIPT);
    site.build().exits(0);
    let scripts = scripts(&site);
    let tabs = scripts.iter().find(|(path, _)| path == "components/tabs.js").unwrap();
    assert!(tabs.1.contains(SCRIPT.strip_prefix("export ").unwrap()), "{}", tabs.1);
    assert!(!scripts.iter().any(|(path, _)| path == "components/page.js"), "bundled");
}

#[test]
fn publishes_scripts_file_by_file_when_one_cannot_be_bundled() {
    for (path, script) in [("components/tabs.js", format!("{SCRIPT}\nawait 1;\n")), ("extra.js", SCRIPT.to_owned())] {
        let site = Site::new().page("index.md", PAGE).file(&format!("themes/orange/js/{path}"), &script);
        site.build().exits(0);
        let scripts = scripts(&site);
        assert!(scripts.contains(&(path.to_owned(), script)));
        assert!(scripts.iter().any(|(path, _)| path == "components/page.js"), "{path}");
    }
}

#[test]
fn bundles_a_copy_of_the_embedded_theme() {
    let site = Site::new().page("index.md", PAGE);
    site.build().exits(0);
    let embedded = scripts(&site);
    let themes = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/");
    let mut copied = site;
    for entry in walkdir::WalkDir::new(format!("{themes}orange")) {
        let path = entry.unwrap().into_path();
        if path.is_file() {
            let inside = path.strip_prefix(themes).unwrap().to_str().unwrap().replace('\\', "/");
            copied = copied.file(&format!("themes/{inside}"), fs::read(&path).unwrap());
        }
    }
    copied.build().exits(0);
    assert_eq!(scripts(&copied), embedded);
}

#[test]
fn rejects_a_list_of_style_sheets() {
    let site = Site::new().page("index.md", PAGE);
    let site = site.file("themes/orange/theme.yaml", "js: js/main.js\ncss: [css/base.css]\n");
    site.build().exits(1).reports("theme/invalid").at("themes/orange/theme.yaml:2:1").says("css");
}

#[test]
fn adds_the_style_sheet_of_an_own_component() {
    let site =
        Site::new().page("index.md", PAGE).file("themes/orange/css/components/quote.css", ".quote { color: red }\n");
    site.build().exits(0);
    let style = style(&site);
    let places = [".button,", ".quote { color: red }\n", ".steps{", "@layer print{"].map(|text| style.find(text));
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}");
}

#[test]
fn keeps_every_byte_of_a_style_sheet() {
    let text = "a::after { content: \" /* a */  b;\n\" }\n\n/* c */\n";
    let site = Site::new().page("index.md", PAGE).file("themes/orange/css/print.css", text);
    site.build().exits(0);
    assert!(style(&site).contains(text));
}
