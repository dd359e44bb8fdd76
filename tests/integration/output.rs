//! The output folder: whole or not at all, only what changed, never anything else.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use vereda::error::Error;
use vereda::output::{Contents, OutputFile, Written, write};

fn page(path: &str, text: &str) -> OutputFile {
    OutputFile { path: path.to_owned(), contents: Contents::Bytes(text.as_bytes().to_vec()), source: None }
}

fn copy(path: &str, source: &Path) -> OutputFile {
    OutputFile { path: path.to_owned(), contents: Contents::Copy(source.to_owned()), source: None }
}

/// Every file below a folder with its text, without the marker.
fn tree(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if name != ".vereda" {
                files.insert(name, fs::read_to_string(path).unwrap());
            }
        }
    }
    files
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn expected(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

/// A temporary folder, and the path of `public` in it.
fn place() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let public = folder.path().join("public");
    (folder, public)
}

#[test]
fn writes_a_new_folder_and_lists_what_it_wrote() {
    let (_folder, public) = place();
    let written = write(&[page("whatsapp/index.html", "w"), page("index.html", "i")], &public).unwrap();
    assert_eq!(written, Written { written: 2, unchanged: 0, removed: 0 });
    assert_eq!(tree(&public), expected(&[("index.html", "i"), ("whatsapp/index.html", "w")]));
    assert_eq!(fs::read_to_string(public.join(".vereda")).unwrap(), "vereda 1\nindex.html\nwhatsapp/index.html\n");
}

#[test]
fn rewrites_only_what_changed() {
    let (folder, public) = place();
    let image = folder.path().join("image.png");
    fs::write(&image, "png").unwrap();
    write(&[page("a/index.html", "a"), page("b/index.html", "b"), copy("image.png", &image)], &public).unwrap();
    let date = |path: &str| fs::metadata(public.join(path)).unwrap().modified().unwrap();
    let before = (date("a/index.html"), date("image.png"));
    let written = write(&[page("a/index.html", "a"), page("b/index.html", "B"), copy("image.png", &image)], &public);
    assert_eq!(written.unwrap(), Written { written: 1, unchanged: 2, removed: 0 });
    assert_eq!((date("a/index.html"), date("image.png")), before);
    assert_eq!(tree(&public), expected(&[("a/index.html", "a"), ("b/index.html", "B"), ("image.png", "png")]));
}

#[test]
fn writes_nothing_when_nothing_changed() {
    let (folder, public) = place();
    let outputs = [page("index.html", "i")];
    write(&outputs, &public).unwrap();
    let dates = || [public.as_path(), folder.path()].map(|path| fs::metadata(path).unwrap().modified().unwrap());
    let before = dates();
    assert_eq!(write(&outputs, &public).unwrap(), Written { written: 0, unchanged: 1, removed: 0 });
    assert_eq!(dates(), before);
}

#[test]
fn removes_its_own_files_and_keeps_others() {
    let (_folder, public) = place();
    write(&[page("index.html", "i"), page("old/index.html", "o")], &public).unwrap();
    fs::write(public.join("CNAME"), "example.com").unwrap();
    fs::create_dir(public.join(".git")).unwrap();
    fs::write(public.join(".git/HEAD"), "ref").unwrap();
    let written = write(&[page("index.html", "i")], &public).unwrap();
    assert_eq!(written, Written { written: 0, unchanged: 1, removed: 1 });
    assert_eq!(names(&public), [".git", ".vereda", "CNAME", "index.html"]);
    assert_eq!(fs::read_to_string(public.join(".git/HEAD")).unwrap(), "ref");
}

#[test]
fn restores_files_changed_by_hand() {
    let (_folder, public) = place();
    let outputs = [page("index.html", "right"), page("a.html", "a")];
    write(&outputs, &public).unwrap();
    fs::write(public.join("index.html"), "wrong").unwrap();
    fs::remove_file(public.join("a.html")).unwrap();
    assert_eq!(write(&outputs, &public).unwrap().written, 2);
    assert_eq!(tree(&public), expected(&[("index.html", "right"), ("a.html", "a")]));
}

#[test]
fn keeps_the_previous_output_when_it_fails() {
    let (folder, public) = place();
    write(&[page("index.html", "old"), page("gone.html", "g")], &public).unwrap();
    let outputs = [page("index.html", "new"), copy("image.png", &folder.path().join("missing.png"))];
    assert!(matches!(write(&outputs, &public), Err(Error::Read(path, _)) if path.ends_with("missing.png")));
    assert_eq!(tree(&public), expected(&[("index.html", "old"), ("gone.html", "g")]));
    assert_eq!(names(folder.path()), ["public"], "nothing is left beside it");
}

#[test]
fn replaces_files_by_folders_and_folders_by_files() {
    let (_folder, public) = place();
    write(&[page("a", "file"), page("b/index.html", "b")], &public).unwrap();
    write(&[page("a/index.html", "a"), page("b", "file")], &public).unwrap();
    assert_eq!(tree(&public), expected(&[("a/index.html", "a"), ("b", "file")]));
}

#[test]
fn refuses_outputs_that_leave_the_folder() {
    let (folder, public) = place();
    for path in ["../evil.html", "/etc/evil.html", "a/../../evil.html", "", ".vereda"] {
        let result = write(&[page(path, "evil")], &public);
        assert!(matches!(result, Err(Error::UnsafeOutput(_))), "{path}");
    }
    assert_eq!(names(folder.path()), [""; 0]);
}

#[test]
fn refuses_a_folder_that_is_not_its_own() {
    let (folder, _) = place();
    fs::write(folder.path().join("diary.txt"), "mine").unwrap();
    assert!(matches!(write(&[page("index.html", "i")], folder.path()), Err(Error::UnsafeOutput(_))));
    assert_eq!(names(folder.path()), ["diary.txt"]);
}

#[test]
fn rolls_back_after_a_killed_build() {
    let (folder, public) = place();
    write(&[page("index.html", "old"), page("tree/index.html", "t")], &public).unwrap();
    let stage = folder.path().join(".public.vereda-dead");
    fs::create_dir_all(stage.join("old")).unwrap();
    fs::create_dir_all(stage.join("new")).unwrap();
    fs::write(stage.join("lock"), "").unwrap();
    fs::write(stage.join("moves"), "+index.html\n+tree\n").unwrap();
    fs::rename(public.join("index.html"), stage.join("old/0")).unwrap();
    fs::write(public.join("index.html"), "half").unwrap();
    fs::rename(public.join("tree"), stage.join("old/1")).unwrap();
    fs::create_dir(stage.join("new/tree")).unwrap();
    let failing = [copy("image.png", &folder.path().join("missing.png"))];
    assert!(write(&failing, &public).is_err());
    assert_eq!(tree(&public), expected(&[("index.html", "old"), ("tree/index.html", "t")]));
    assert_eq!(names(folder.path()), ["public"]);
}

#[test]
fn keeps_the_stage_of_a_running_build() {
    let (folder, public) = place();
    let stage = folder.path().join(".public.vereda-living");
    fs::create_dir(&stage).unwrap();
    let lock = fs::File::create(stage.join("lock")).unwrap();
    lock.lock().unwrap();
    write(&[page("index.html", "i")], &public).unwrap();
    assert_eq!(names(folder.path()), [".public.vereda-living", "public"]);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    use super::*;

    #[test]
    fn keeps_the_inodes_of_unchanged_files() {
        let (_folder, public) = place();
        write(&[page("a.html", "a"), page("b.html", "b")], &public).unwrap();
        let inode = || fs::metadata(public.join("a.html")).unwrap().ino();
        let before = inode();
        write(&[page("a.html", "a"), page("b.html", "B")], &public).unwrap();
        assert_eq!(inode(), before);
        assert_eq!(fs::metadata(public.join("a.html")).unwrap().nlink(), 1);
    }

    #[test]
    fn never_writes_through_a_link() {
        let (folder, public) = place();
        let outside = folder.path().join("outside");
        fs::create_dir(&outside).unwrap();
        write(&[page("index.html", "i")], &public).unwrap();
        symlink(&outside, public.join("whatsapp")).unwrap();
        let result = write(&[page("index.html", "i"), page("whatsapp/index.html", "w")], &public);
        assert!(matches!(result, Err(Error::UnsafeOutput(path)) if path == Path::new("whatsapp/index.html")));
        assert_eq!(names(&outside), [""; 0]);
    }

    #[test]
    fn replaces_a_link_and_not_its_target() {
        let (folder, public) = place();
        let outside = folder.path().join("outside.html");
        fs::write(&outside, "outside").unwrap();
        write(&[page("index.html", "i")], &public).unwrap();
        fs::remove_file(public.join("index.html")).unwrap();
        symlink(&outside, public.join("index.html")).unwrap();
        write(&[page("index.html", "i")], &public).unwrap();
        assert_eq!(tree(&public), expected(&[("index.html", "i")]));
        assert_eq!(fs::read_to_string(outside).unwrap(), "outside");
    }

    #[test]
    fn writes_into_the_target_of_a_linked_output_folder() {
        let (folder, _) = place();
        let real = folder.path().join("real");
        fs::create_dir(&real).unwrap();
        let link = folder.path().join("link");
        symlink(&real, &link).unwrap();
        write(&[page("index.html", "i")], &link).unwrap();
        assert!(link.is_symlink());
        assert_eq!(tree(&real), expected(&[("index.html", "i")]));
    }

    #[test]
    fn publishes_private_files_and_keeps_the_mode_of_the_folder() {
        let (folder, public) = place();
        let source = folder.path().join("private.pdf");
        fs::write(&source, "pdf").unwrap();
        fs::set_permissions(&source, fs::Permissions::from_mode(0o600)).unwrap();
        fs::create_dir(&public).unwrap();
        fs::set_permissions(&public, fs::Permissions::from_mode(0o750)).unwrap();
        write(&[copy("private.pdf", &source)], &public).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&public), 0o750);
        assert_ne!(mode(&public.join("private.pdf")), 0o600);
    }
}

/// `cargo test --release --test integration -- --ignored --nocapture ten_thousand`
#[test]
#[ignore = "a measurement"]
#[expect(clippy::print_stderr, reason = "it is there to be read")]
fn writes_ten_thousand_files_in_well_under_a_second() {
    let (_folder, public) = place();
    let text = "x".repeat(20_000);
    let build = |changed: usize| -> Vec<OutputFile> {
        let text_of = |number: usize| if number < changed { format!("{text}!{changed}") } else { text.clone() };
        (0..10_000).map(|number| page(&format!("{}/{number}/index.html", number % 100), &text_of(number))).collect()
    };
    for changed in [0, 0, 1, 100, 10_000] {
        let outputs = build(changed);
        let start = Instant::now();
        let written = write(&outputs, &public).unwrap();
        eprintln!("{written:?} in {:?}", start.elapsed());
    }
}
