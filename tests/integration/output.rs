//! The output folder: whole or not at all, only what changed, never anything else.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use vereda::error::Error;
use vereda::output::{Contents, OutputFile, Written, write};

use crate::site::{PAGE, Site};

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

/// The stage of a build that was killed.
fn make_stage(parent: &Path, name: &str) -> PathBuf {
    let stage = parent.join(name);
    fs::create_dir(&stage).unwrap();
    #[cfg(unix)]
    fs::set_permissions(&stage, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    fs::create_dir(stage.join("old")).unwrap();
    fs::create_dir(stage.join("new")).unwrap();
    fs::write(stage.join("lock"), "").unwrap();
    stage
}

#[test]
fn removes_stages_of_killed_builds_only() {
    let (folder, public) = place();
    let make = |name: &str| make_stage(folder.path(), name);
    make(".public.vereda-dead");
    fs::remove_file(make(".public.vereda-nolock").join("lock")).unwrap();
    fs::write(make(".public.vereda-other.vereda-a").join("x"), "of another output folder").unwrap();
    write(&[page("index.html", "i")], &public).unwrap();
    assert_eq!(names(folder.path()), [".public.vereda-other.vereda-a", "public"]);
}

#[test]
fn two_first_builds_at_once_both_succeed() {
    for _ in 0..20 {
        let (folder, public) = place();
        let outputs = |text: &str| (0..50).map(|number| page(&format!("{number}.html"), text)).collect::<Vec<_>>();
        std::thread::scope(|scope| {
            let builds = ["a", "b"].map(|text| {
                scope.spawn({
                    let public = &public;
                    move || write(&outputs(text), public)
                })
            });
            for build in builds {
                build.join().unwrap().unwrap();
            }
        });
        let texts: std::collections::BTreeSet<_> = tree(&public).into_values().collect();
        assert_eq!(texts.len(), 1, "one of the sites, whole");
        assert_eq!(names(folder.path()), ["public"]);
    }
}

#[test]
fn rolls_back_after_a_killed_build() {
    let (folder, public) = place();
    write(&[page("index.html", "old"), page("tree/index.html", "t")], &public).unwrap();
    let stage = make_stage(folder.path(), ".public.vereda-dead");
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

/// The calls at which a build can be killed.
#[cfg(target_os = "linux")]
const CALLS: [&str; 11] =
    ["rename", "renameat2", "linkat", "link", "unlink", "unlinkat", "rmdir", "mkdir", "flock", "chmod", "fchmodat"];

/// Runs a build over an older site and kills it at each of its file operations, from the first to the last. `examine` gets
/// what the killed build left, with the old and the new site; then the next build must give the new one. `foreign` is a
/// file that the site does not own. Returns the number of kills.
#[cfg(target_os = "linux")]
fn kill_at_each_call(
    foreign: Option<&str>,
    examine: impl Fn(&str, &BTreeMap<String, String>, &BTreeMap<String, String>, &BTreeMap<String, String>),
) -> usize {
    use std::process::{Command, Stdio};

    let site = Site::new().page("index.md", PAGE).page("a/b.md", PAGE).page("c.md", PAGE).file("static/d.txt", "d");
    site.build().exits(0);
    if let Some(foreign) = foreign {
        fs::create_dir_all(site.path("public").join(foreign).parent().unwrap()).unwrap();
        fs::write(site.path("public").join(foreign), "foreign").unwrap();
    }
    let old = tree(&site.path("public"));
    let copy = |from: &str, to: &str| {
        let _ = fs::remove_dir_all(site.path(to));
        assert!(Command::new("cp").arg("-a").arg(site.path(from)).arg(site.path(to)).status().unwrap().success());
    };
    copy("public", "old");
    fs::remove_file(site.path("content/c.md")).unwrap();
    fs::write(site.path("vereda.yaml"), "title: Outro\n").unwrap();
    fs::create_dir(site.path("content/n")).unwrap();
    fs::write(site.path("content/n/m.md"), PAGE).unwrap();
    site.build().exits(0);
    let new = tree(&site.path("public"));
    assert_ne!(old, new);
    let mut kills = 0;
    for call in CALLS {
        for number in 1.. {
            copy("old", "public");
            let inject = format!("inject={call}:signal=KILL:when={number}");
            let trace = format!("trace={call}");
            let mut command = Command::new("strace");
            command.args(["-f", "-qq", "-o", "/dev/null", "-e", &trace, "-e", &inject]);
            command.args([env!("CARGO_BIN_EXE_vereda"), "build"]).current_dir(site.root());
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            let status = command.status().unwrap_or_else(|error| panic!("`strace` does not start ({error})"));
            examine(&format!("{call} {number}"), &tree(&site.path("public")), &old, &new);
            if status.success() {
                break;
            }
            kills += 1;
            site.build().exits(0);
            assert_eq!(tree(&site.path("public")), new, "the next build, after a kill at {call} {number}");
            let left = names(site.root()).into_iter().filter(|name| name.starts_with('.')).collect::<Vec<_>>();
            assert_eq!(left, [""; 0], "after a kill at {call} {number}");
        }
    }
    kills
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "needs strace: `tests/run calls`"]
fn a_killed_build_leaves_the_old_site_or_the_new_one() {
    let kills = kill_at_each_call(None, |kill, found, old, new| {
        assert!(found == old || found == new, "torn by a kill at {kill}: {found:#?}");
    });
    assert!(kills > 20, "{kills}");
}

/// A folder of another program in the output folder: files are renamed one by one.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "needs strace: `tests/run calls`"]
fn a_killed_build_beside_foreign_folders_leaves_whole_files() {
    let kills = kill_at_each_call(Some("outro/x.txt"), |kill, found, old, new| {
        assert_eq!(found.get("outro/x.txt").map(String::as_str), Some("foreign"), "after a kill at {kill}");
        for (path, text) in found {
            assert!(
                [old, new].iter().any(|site| site.get(path) == Some(text)),
                "half of {path} after a kill at {kill}"
            );
        }
    });
    assert!(kills > 20, "{kills}");
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    use super::*;

    fn inode(path: &Path) -> u64 {
        fs::symlink_metadata(path).unwrap().ino()
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn exchanges_the_folder_in_one_rename() {
        let (folder, public) = place();
        write(&[page("a.html", "a"), page("b/c.html", "c"), page("d.html", "d")], &public).unwrap();
        fs::set_permissions(public.join("b"), fs::Permissions::from_mode(0o710)).unwrap();
        fs::write(public.join("CNAME"), "example.com").unwrap();
        symlink("/nowhere", public.join("link")).unwrap();
        let (before, foreign) = (inode(&public), [inode(&public.join("CNAME")), inode(&public.join("link"))]);
        write(&[page("a.html", "A"), page("b/c.html", "C"), page("e/f.html", "f")], &public).unwrap();
        assert_ne!(inode(&public), before);
        assert_eq!([inode(&public.join("CNAME")), inode(&public.join("link"))], foreign);
        assert_eq!(names(&public), [".vereda", "CNAME", "a.html", "b", "e", "link"]);
        assert_eq!(fs::metadata(public.join("b")).unwrap().mode() & 0o777, 0o710);
        assert_eq!(names(folder.path()), ["public"]);
    }

    #[test]
    fn keeps_the_folder_where_others_have_folders() {
        let (_folder, public) = place();
        write(&[page("a.html", "a"), page("b/c.html", "c")], &public).unwrap();
        fs::create_dir_all(public.join(".git/refs/tags")).unwrap();
        let before = inode(&public);
        write(&[page("a.html", "A"), page("b/c.html", "C")], &public).unwrap();
        assert_eq!(inode(&public), before);
        assert!(public.join(".git/refs/tags").is_dir());
        assert_eq!(tree(&public), expected(&[("a.html", "A"), ("b/c.html", "C")]));
    }

    /// Stages that no build of this user wrote.
    #[test]
    fn believes_no_stage_of_another() {
        let write_stage = |folder: &Path, mode: u32, journal: &str| {
            let stage = make_stage(folder, ".public.vereda-evil");
            fs::write(stage.join("moves"), journal).unwrap();
            fs::write(stage.join("old/0"), "evil").unwrap();
            fs::set_permissions(stage, fs::Permissions::from_mode(mode)).unwrap();
        };
        for (mode, journal) in [
            (0o755, "-index.html\n"),
            (0o770, "-index.html\n"),
            (0o700, "-../victim.txt\n"),
            (0o700, "-inside/victim.txt\n"),
        ] {
            let (folder, public) = place();
            let outside = folder.path().join("outside");
            fs::create_dir(&outside).unwrap();
            for victim in [outside.join("victim.txt"), folder.path().join("victim.txt")] {
                fs::write(victim, "mine").unwrap();
            }
            write(&[page("index.html", "i")], &public).unwrap();
            symlink(&outside, public.join("inside")).unwrap();
            write_stage(folder.path(), mode, journal);
            write(&[page("index.html", "i")], &public).unwrap();
            assert_eq!(fs::read_to_string(public.join("index.html")).unwrap(), "i", "{mode:o} {journal}");
            assert_eq!(fs::read_to_string(outside.join("victim.txt")).unwrap(), "mine", "{mode:o} {journal}");
            assert_eq!(fs::read_to_string(folder.path().join("victim.txt")).unwrap(), "mine", "{mode:o} {journal}");
            assert!(folder.path().join(".public.vereda-evil").exists(), "a stage of others is kept");
        }
    }

    /// A stage of an archive, beside a folder that no build wrote.
    #[test]
    fn moves_nothing_in_a_folder_of_others() {
        let (folder, public) = place();
        fs::create_dir(&public).unwrap();
        fs::write(public.join("diary.txt"), "mine").unwrap();
        let stage = make_stage(folder.path(), ".public.vereda-evil");
        fs::write(stage.join("moves"), "+diary.txt\n").unwrap();
        fs::write(stage.join("old/0"), "evil").unwrap();
        assert!(write(&[page("index.html", "i")], &public).is_err());
        assert_eq!(fs::read_to_string(public.join("diary.txt")).unwrap(), "mine");
    }

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
