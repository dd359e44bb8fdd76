//! Path of a new file: a typed path → a path below `content` with the ending of its kind.

use std::path::{Component, Path, PathBuf};

use vereda::diagnostic::cli;

use super::{Failure, NewFileKind};

/// The folder of pages and flows.
const CONTENT: &str = "content";

/// The path relative to the root. `x/y`, `x/y.md`, `content/x/y.md` and the absolute path give the same.
pub(super) fn find_path(typed: &Path, kind: NewFileKind, root: &Path) -> Result<PathBuf, Failure> {
    let outside = || Failure::new(cli::outside_content(typed.display()));
    let relative = if typed.is_absolute() { strip_root(typed, root).ok_or_else(outside)? } else { typed.to_owned() };
    let names: Vec<_> = relative.components().filter(|part| *part != Component::CurDir).collect();
    let names = if names.first() == Some(&Component::Normal(CONTENT.as_ref())) { &names[1..] } else { &names[..] };
    if names.is_empty() || !names.iter().all(|part| matches!(part, Component::Normal(_))) {
        return Err(outside());
    }
    let path: PathBuf = [Component::Normal(CONTENT.as_ref())].iter().chain(names).collect();
    Ok(with_ending(path, kind))
}

fn strip_root(path: &Path, root: &Path) -> Option<PathBuf> {
    let root = std::path::absolute(root).ok()?;
    path.strip_prefix(root).ok().map(Path::to_owned)
}

fn with_ending(path: PathBuf, kind: NewFileKind) -> PathBuf {
    let name = path.to_string_lossy();
    if kind.endings.iter().any(|ending| name.ends_with(ending)) {
        return path;
    }
    let bare = name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml")).unwrap_or(&name);
    PathBuf::from(format!("{bare}{}", kind.endings[0]))
}

#[cfg(test)]
mod tests {
    use super::super::{FLOW, PAGE, SECTION};
    use super::*;

    fn path_of(typed: &str, kind: NewFileKind) -> Option<String> {
        find_path(Path::new(typed), kind, Path::new("/site")).ok().map(|path| path.to_string_lossy().into_owned())
    }

    #[test]
    fn accepts_several_spellings_of_a_path() {
        for typed in ["x/y", "x/y.md", "./x/y", "content/x/y.md", "/site/content/x/y"] {
            assert_eq!(path_of(typed, PAGE).as_deref(), Some("content/x/y.md"), "{typed}");
        }
        for typed in ["x", "x/", "x/_section.yaml", "content/x"] {
            assert_eq!(path_of(typed, SECTION).as_deref(), Some("content/x/_section.yaml"), "{typed}");
        }
        for typed in ["y", "y.yaml", "y.flow.yaml", "content/y"] {
            assert_eq!(path_of(typed, FLOW).as_deref(), Some("content/y.flow.yaml"), "{typed}");
        }
    }

    #[test]
    fn refuses_a_path_outside_the_content() {
        for typed in ["../x", "x/../../y", "content", ".", "/etc/x", "content/../x"] {
            assert_eq!(path_of(typed, PAGE), None, "{typed}");
        }
    }
}
