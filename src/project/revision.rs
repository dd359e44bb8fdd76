//! Reader of a site in a git revision → [`Project`]. The working tree and the repository stay unchanged.
//!
//! In: the root and the name of a revision. Out: the texts of that site, in memory, and the [`Commit`]. Entry point:
//! [`read_at`]. The `git` command runs without a shell; a git library would double the time of a build. Only one command
//! receives the typed name, to find the id of the commit; all others receive ids. Files that are only copied are
//! listed, the theme is not read, and symbolic links to folders are not followed.

use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread;

use unicode_normalization::UnicodeNormalization;

use super::{Asset, CONTENT, Project, STATIC, add_text, is_document, is_ignored};
use crate::config;
use crate::diagnostic::Diagnostics;
use crate::error::{Error, Result};
use crate::source::Sources;

/// The commit of a revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Commit {
    /// As typed.
    pub(crate) typed: String,
    /// The whole id of the commit, in hexadecimal digits.
    pub(crate) id: String,
}

impl Commit {
    /// The first ten digits of the id, which are unique in any repository of a usual size.
    pub(crate) fn short(&self) -> &str {
        self.id.get(..10).unwrap_or(&self.id)
    }
}

/// Reads the site at `root` as it was in a revision: a tag, a branch, a commit, `HEAD~3`.
pub(crate) fn read_at(root: &Path, typed: &str, diagnostics: &mut Diagnostics) -> Result<(Project, Commit)> {
    let git = Git { root };
    git.check_repository()?;
    let commit = git.find_commit(typed)?;
    let files = git.list(&commit.id)?;
    let (copied, read): (Vec<_>, Vec<_>) = files.into_iter().partition(|file| !file.is_read());
    let texts = git.read_blobs(&commit.id, &read)?;
    let mut sources = Sources::default();
    let mut add = |(file, bytes): (&Listed, Vec<u8>)| add_text(&mut sources, file.path.clone(), bytes, diagnostics);
    let mut texts: Vec<_> = read.iter().zip(texts).filter_map(|(file, bytes)| Some((file, bytes?))).collect();
    let config = texts.iter().position(|(file, _)| file.path == config::FILE_NAME).map(|index| texts.remove(index));
    let config = config.ok_or_else(|| Error::NoSiteAt(root.to_owned(), typed.to_owned()))?;
    let config = add(config);
    let documents = texts.into_iter().map(add).collect();
    let assets = |folder: &str| copied.iter().filter_map(|file| file.asset(root, folder)).collect();
    let (content_assets, static_assets) = (assets(CONTENT), assets(STATIC));
    let (theme_files, refused) = (Vec::new(), Vec::new());
    let project = Project { sources, config, documents, content_assets, static_assets, theme_files, refused };
    Ok((project, commit))
}

/// A file of a revision.
#[derive(Debug)]
struct Listed {
    /// Below the root, in NFC.
    path: String,
    /// As stored in git, for links.
    stored: String,
    id: String,
    is_link: bool,
}

impl Listed {
    /// True for `vereda.yaml`, pages and flows.
    fn is_read(&self) -> bool {
        let inside = self.path.strip_prefix(CONTENT).and_then(|path| path.strip_prefix('/'));
        self.path == config::FILE_NAME || inside.is_some_and(is_document)
    }

    /// A file below `folder` that would be copied; it is never read.
    fn asset(&self, root: &Path, folder: &str) -> Option<Asset> {
        let path = self.path.strip_prefix(folder)?.strip_prefix('/')?.to_owned();
        Some(Asset { path, absolute: root.join(&self.stored), length: 0 })
    }
}

/// The repository around a root.
struct Git<'a> {
    root: &'a Path,
}

impl Git<'_> {
    /// A git command in the root. Variables of hooks, which name another repository, are removed.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.arg("-C").arg(self.root).args(arguments);
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
            command.env_remove(name);
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn run(&self, arguments: &[&str]) -> Result<Output> {
        self.command(arguments).output().map_err(Error::NoGit)
    }

    fn check_repository(&self) -> Result<()> {
        let output = self.run(&["rev-parse", "--git-dir"])?;
        let refuse = || Error::NotARepository(self.root.to_owned(), first_line(&output.stderr));
        output.status.success().then_some(()).ok_or_else(refuse)
    }

    /// The id of a typed revision. A name that begins with a dash is refused: git would take it for an option.
    fn find_commit(&self, typed: &str) -> Result<Commit> {
        let unknown = || Error::UnknownRevision(typed.to_owned());
        if typed.is_empty() || typed.starts_with('-') || typed.contains(char::is_control) {
            return Err(unknown());
        }
        let output = self.run(&["rev-parse", "--verify", "--quiet", &format!("{typed}^{{commit}}")])?;
        let id = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        let is_id = !id.is_empty() && id.chars().all(|c| c.is_ascii_hexdigit());
        (output.status.success() && is_id).then(|| Commit { typed: typed.to_owned(), id }).ok_or_else(unknown)
    }

    /// The files of the site, by path relative to the root.
    fn list(&self, commit: &str) -> Result<Vec<Listed>> {
        let arguments = ["ls-tree", "-r", "-z", commit, "--", config::FILE_NAME, CONTENT, STATIC];
        let output = self.run(&arguments)?;
        if !output.status.success() {
            return Err(failed("ls-tree", &output.stderr));
        }
        let text = String::from_utf8_lossy(&output.stdout);
        let mut files: Vec<Listed> = text.split('\0').filter_map(parse_entry).collect();
        files.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(files)
    }

    /// The bytes of each file; `None` for a link without a target in the revision.
    fn read_blobs(&self, commit: &str, files: &[Listed]) -> Result<Vec<Option<Vec<u8>>>> {
        let name = |file: &Listed| {
            if file.is_link { format!("{commit}:./{}\n", file.stored) } else { format!("{}\n", file.id) }
        };
        let names: String = files.iter().map(name).collect();
        let mut command = self.command(&["cat-file", "--batch", "--follow-symlinks"]);
        let mut child = command.stdin(Stdio::piped()).stderr(Stdio::null()).spawn().map_err(Error::NoGit)?;
        let mut input = child.stdin.take().expect("the stream is piped");
        let mut output = BufReader::new(child.stdout.take().expect("the stream is piped"));
        // Written on another thread: git answers before it has read everything, and a full pipe blocks.
        let writer = thread::spawn(move || input.write_all(names.as_bytes()));
        let blobs: io::Result<Vec<_>> = files.iter().map(|_| read_blob(&mut output)).collect();
        drop(output);
        // If git ended early, the reading has reported it.
        let _ = (writer.join(), child.wait());
        blobs.map_err(|cause| Error::Git("cat-file".to_owned(), cause.to_string()))
    }
}

/// `MODE TYPE ID\tPATH`; `None` for other files. A name with a line break cannot be requested.
fn parse_entry(entry: &str) -> Option<Listed> {
    let (about, stored) = entry.split_once('\t')?;
    let mut about = about.split(' ');
    let (mode, kind, id) = (about.next()?, about.next()?, about.next()?);
    let is_part = kind == "blob" && !stored.contains('\n') && !stored.split('/').any(is_ignored);
    let path = stored.nfc().collect();
    is_part.then(|| Listed { path, stored: stored.to_owned(), id: id.to_owned(), is_link: mode == "120000" })
}

/// One response of `cat-file --batch`: `ID TYPE SIZE`, the bytes, a line break; or one or two lines about a missing file.
fn read_blob(output: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut head = String::new();
    if output.read_line(&mut head)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let words: Vec<&str> = head.trim_end().split(' ').collect();
    let size = words.last().and_then(|size| size.parse::<usize>().ok());
    match (words.as_slice(), size) {
        ([_, "blob" | "tree" | "commit" | "tag", _], Some(size)) => {
            let bytes = read_bytes(output, size)?;
            Ok((words[1] == "blob").then_some(bytes))
        }
        // `dangling`, `loop`, `notdir` and `symlink` give the size of the path that follows.
        ([_, _], Some(size)) => read_bytes(output, size).map(|_| None),
        _ => Ok(None),
    }
}

fn read_bytes(output: &mut impl BufRead, size: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; size];
    output.read_exact(&mut bytes)?;
    output.read_exact(&mut [0])?;
    Ok(bytes)
}

fn failed(command: &str, stderr: &[u8]) -> Error {
    Error::Git(command.to_owned(), first_line(stderr))
}

fn first_line(stderr: &[u8]) -> String {
    String::from_utf8_lossy(stderr).lines().next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_only_files_of_a_site() {
        let listed = |entry: &str| parse_entry(entry).map(|file| (file.path, file.is_link));
        assert_eq!(listed("100644 blob abc\tcontent/a b.md"), Some(("content/a b.md".to_owned(), false)));
        assert_eq!(listed("120000 blob abc\tcontent/c\u{0327}.md"), Some(("content/ç.md".to_owned(), true)));
        for entry in
            ["160000 commit abc\tcontent/sub", "100644 blob abc\tcontent/.git/a.md", "100644 blob abc\ta\nb", ""]
        {
            assert_eq!(listed(entry), None, "{entry:?}");
        }
    }

    #[test]
    fn reads_several_responses_of_git() {
        let stdout = b"a1 blob 3\nol\n\nx missing\ndangling 4\nsome\nb2 tree 1\nt\nc3 blob 0\n\n";
        let mut output = BufReader::new(&stdout[..]);
        let mut next = || read_blob(&mut output).unwrap();
        assert_eq!(next(), Some(b"ol\n".to_vec()));
        assert_eq!([next(), next(), next()], [None, None, None]);
        assert_eq!(next(), Some(Vec::new()));
        assert!(read_blob(&mut output).is_err());
    }
}
