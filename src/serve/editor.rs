//! Addresses that open a place of a file in an editor, for links of the preview.
//!
//! In: the command of an editor or a template, the absolute root, and a place. Out: an address such as
//! `vscode://file/home/ana/site/content/a.md:3:7`. No published page contains one.

use std::path::PathBuf;

use crate::source::Position;
use crate::url::encode_path;

/// The template of [`EditorLinks`] for VS Code.
pub const VSCODE: &str = "vscode://file{path}:{line}:{column}";

/// Commands of editors, and the template of their addresses.
const EDITORS: [(&[&str], &str); 8] = [
    (&["vscode", "code", "code-insiders"], VSCODE),
    (&["vscodium", "codium"], "vscodium://file{path}:{line}:{column}"),
    (&["cursor"], "cursor://file{path}:{line}:{column}"),
    (&["windsurf"], "windsurf://file{path}:{line}:{column}"),
    (&["zed", "zeditor"], "zed://file{path}:{line}:{column}"),
    (&["sublime", "subl"], "subl://open?url=file://{path}&line={line}&column={column}"),
    (&["idea", "webstorm", "pycharm"], "idea://open?file={path}&line={line}&column={column}"),
    (&["textmate", "mate"], "txmt://open?url=file://{path}&line={line}&column={column}"),
];

/// Links to the files of one site.
#[derive(Clone, Debug)]
pub struct EditorLinks {
    template: String,
    root: PathBuf,
}

impl EditorLinks {
    /// Links by a template with `{path}`, `{line}` and `{column}`. The root is absolute.
    pub fn new(template: &str, root: PathBuf) -> Self {
        Self { template: template.to_owned(), root }
    }

    /// The address of a place in a file, whose path is relative to the root.
    pub(super) fn link(&self, path: &str, position: Position) -> String {
        let path = self.root.join(path).to_string_lossy().replace('\\', "/");
        let slash = if path.starts_with('/') { "" } else { "/" };
        self.template
            .replace("{path}", &format!("{slash}{}", encode_path(&path)))
            .replace("{line}", &position.line.to_string())
            .replace("{column}", &position.column.to_string())
    }
}

/// Finds the template of an editor by its command: `code --wait`, `/usr/bin/subl`.
pub fn find_editor(command: &str) -> Option<&'static str> {
    let program = command.split_whitespace().next()?.rsplit(['/', '\\']).next()?;
    let name = program.strip_suffix(".exe").or_else(|| program.strip_suffix(".cmd")).unwrap_or(program);
    EDITORS.iter().find(|(commands, _)| commands.contains(&name)).map(|(_, template)| *template)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_editors_by_their_command() {
        for command in ["code", "code --wait", "/usr/bin/code", "C:\\Bin\\code.cmd"] {
            assert_eq!(find_editor(command), Some(VSCODE), "{command}");
        }
        assert!(find_editor("subl -w").unwrap().starts_with("subl://"));
        for command in ["vim", "nano", "", "xcode"] {
            assert_eq!(find_editor(command), None, "{command}");
        }
    }

    #[test]
    fn encodes_the_path_and_adds_the_place() {
        let links = EditorLinks::new(VSCODE, "/home/ana/meu site".into());
        let address = links.link("content/é #1.md", Position { line: 3, column: 7 });
        assert_eq!(address, "vscode://file/home/ana/meu%20site/content/%C3%A9%20%231.md:3:7");
    }
}
