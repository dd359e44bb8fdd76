//! Outputs in memory, by path, for the preview.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use rayon::prelude::*;

use super::{Contents, OutputFile};

/// Every output of a build.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    files: BTreeMap<String, Held>,
}

/// One output.
#[derive(Debug)]
pub(crate) struct Held {
    pub(crate) contents: Contents,
    /// Path of a copied file at the time of the build, with links resolved.
    real: Option<PathBuf>,
    /// Changes with the contents.
    pub(crate) fingerprint: Fingerprint,
}

/// A short hash.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fingerprint([u8; 8]);

impl Held {
    /// Path of a copied file. `None` if its links changed since the build: a new link can lead out of the site, which the
    /// next build reports.
    pub(crate) fn find_source(&self) -> Option<&Path> {
        match &self.contents {
            Contents::Copy(source) if source.canonicalize().ok() == self.real => {
                self.real.as_deref().filter(|real| real.is_file())
            }
            _ => None,
        }
    }
}

impl Memory {
    /// Stores the outputs of a build.
    pub(crate) fn new(outputs: Vec<OutputFile>) -> Self {
        let hold = |output: OutputFile| {
            let fingerprint = fingerprint_of(&output.contents);
            let real = match &output.contents {
                Contents::Copy(source) => source.canonicalize().ok(),
                Contents::Bytes(_) => None,
            };
            (output.path, Held { contents: output.contents, real, fingerprint })
        };
        Self { files: outputs.into_par_iter().map(hold).collect() }
    }

    /// The output of a path, with the stored path.
    pub(crate) fn find(&self, path: &str) -> Option<(&str, &Held)> {
        self.files.get_key_value(path).map(|(path, held)| (path.as_str(), held))
    }

    /// Every output by path.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Held)> {
        self.files.iter().map(|(path, held)| (path.as_str(), held))
    }

    /// Changes with any output.
    pub(crate) fn fingerprint(&self) -> Fingerprint {
        let mut hasher = blake3::Hasher::new();
        for (path, held) in &self.files {
            hasher.update(path.as_bytes()).update(&[0]).update(&held.fingerprint.0);
        }
        Fingerprint::of(&hasher)
    }
}

impl Fingerprint {
    fn of(hasher: &blake3::Hasher) -> Self {
        let hash = hasher.finalize();
        Self(*hash.as_bytes().first_chunk().expect("a hash has 32 bytes"))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

/// A copied file is represented by its date and length; its bytes are read only on request.
fn fingerprint_of(contents: &Contents) -> Fingerprint {
    let mut hasher = blake3::Hasher::new();
    match contents {
        Contents::Bytes(bytes) => hasher.update(bytes),
        Contents::Copy(source) => hasher.update(&stamp(source)),
    };
    Fingerprint::of(&hasher)
}

fn stamp(source: &Path) -> Vec<u8> {
    let metadata = fs::metadata(source).ok();
    let modified = metadata.as_ref().and_then(|metadata| metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok());
    let length = metadata.map_or(0, |metadata| metadata.len());
    format!("{modified:?} {length} {}", source.display()).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memory(files: &[(&str, &str)]) -> Memory {
        let output = |(path, text): &(&str, &str)| OutputFile {
            path: (*path).to_owned(),
            contents: Contents::Bytes(text.as_bytes().to_vec()),
            source: None,
        };
        Memory::new(files.iter().map(output).collect())
    }

    #[test]
    fn distinguishes_builds() {
        let one = memory(&[("a.html", "a"), ("b.html", "b")]);
        assert_eq!(one.fingerprint(), memory(&[("b.html", "b"), ("a.html", "a")]).fingerprint());
        assert_ne!(one.fingerprint(), memory(&[("a.html", "b"), ("b.html", "a")]).fingerprint());
        assert_ne!(one.fingerprint(), memory(&[("a.html", "a")]).fingerprint());
    }

    #[test]
    fn notices_a_copied_file_that_changed() {
        let folder = tempfile::tempdir().unwrap();
        let source = folder.path().join("a.png");
        let build = || {
            let contents = Contents::Copy(source.clone());
            Memory::new(vec![OutputFile { path: "a.png".to_owned(), contents, source: None }]).fingerprint()
        };
        fs::write(&source, "one").unwrap();
        let before = build();
        assert_eq!(before, build());
        fs::write(&source, "three").unwrap();
        assert_ne!(before, build());
    }
}
