//! Long tests of reliability: killed builds, load during rebuilds, damaged input, repeated builds.
//!
//! `tests/run campaign` runs them in about ten minutes and prints their figures, which `docs/reliability.md` quotes.
//! They are not part of every run. `VEREDA_CAMPAIGN` is the number of rounds.

#![expect(clippy::print_stdout, reason = "the figures are for the person who runs it")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::preview::Preview;
use crate::site::Site;

const PAGES: usize = 200;

/// Longest time of one check of a damaged site.
const LONGEST_CHECK: Duration = Duration::from_secs(10);

/// Numbers that are the same in every run (Marsaglia, "Xorshift RNGs").
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).unwrap()
    }
}

fn rounds(default: usize) -> usize {
    std::env::var("VEREDA_CAMPAIGN").ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn page(version: usize, number: usize) -> String {
    format!("---\ntitle: Página {number}\nowner: Equipe\n---\n\nbegin-{version}\n\n[início](/)\n\nend-{version}\n")
}

/// Writes every page in a version; some pages exist in odd versions only.
fn write_version(root: &Path, version: usize) {
    for number in 0..PAGES {
        let name = if number == 0 { "index.md".to_owned() } else { format!("p{number}.md") };
        let path = root.join("content").join(name);
        if number % 10 == 9 && version.is_multiple_of(2) {
            let _ = fs::remove_file(path);
        } else {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, page(version, number)).unwrap();
        }
    }
}

/// The version of each published page.
fn versions_of(public: &Path) -> BTreeMap<String, (String, String)> {
    let word = |text: &str, word: &str| {
        let start = text.find(word).map_or(text.len(), |at| at + word.len());
        text[start..].chars().take_while(char::is_ascii_digit).collect::<String>()
    };
    let pages = fs::read_dir(public).into_iter().flatten().flatten().map(|entry| entry.path());
    let files = pages.map(|path| if path.is_dir() { path.join("index.html") } else { path });
    let texts = files.filter(|path| path.extension().is_some_and(|extension| extension == "html"));
    let pages = texts.filter_map(|path| Some((path.to_string_lossy().into_owned(), fs::read_to_string(path).ok()?)));
    pages
        .filter(|(_, text)| text.contains("begin-"))
        .map(|(path, text)| (path, (word(&text, "begin-"), word(&text, "end-"))))
        .collect()
}

fn assert_whole(public: &Path, allowed: &[usize]) -> String {
    let versions = versions_of(public);
    let first = versions.values().next().map(|(version, _)| version.clone()).unwrap_or_default();
    let torn: Vec<_> = versions.iter().filter(|(_, (begin, end))| *begin != first || *end != first).collect();
    assert!(torn.is_empty(), "a torn site of version {first}: {torn:?}");
    assert!(allowed.iter().any(|version| first == version.to_string()), "{first} is none of {allowed:?}");
    first
}

#[test]
#[ignore = "takes minutes: `tests/run campaign`"]
fn killed_builds_leave_the_old_site_or_the_new_one() {
    let site = Site::new();
    write_version(site.root(), 0);
    let start = Instant::now();
    site.build().exits(0);
    let longest = start.elapsed() * 2;
    let mut random = Random(0x5eed);
    let (mut killed, mut kept, mut published) = (0, 0, 0);
    for round in 1..=rounds(150) {
        write_version(site.root(), round);
        let mut command = site.command(&["build"]);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let limit = random.below(usize::try_from(longest.as_micros()).unwrap());
        thread::sleep(Duration::from_micros(limit as u64));
        let was_running = child.try_wait().unwrap().is_none();
        let _ = child.kill();
        child.wait().unwrap();
        killed += usize::from(was_running);
        let version = assert_whole(&site.path("public"), &[round - 1, round]);
        if version == round.to_string() {
            published += 1;
        } else {
            kept += 1;
        }
        site.build().exits(0);
        assert_whole(&site.path("public"), &[round]);
        let hidden = fs::read_dir(site.root()).unwrap().flatten().map(|entry| entry.file_name());
        let left: Vec<_> = hidden.filter(|name| name.to_string_lossy().starts_with(".public")).collect();
        assert!(left.is_empty(), "{left:?} is left");
    }
    println!(
        "kills: {killed} builds killed while they ran, {kept} kept the old site, {published} had the new one, 0 torn"
    );
}

#[test]
#[ignore = "takes minutes: `tests/run campaign`"]
fn the_preview_answers_during_rebuilds() {
    let site = Site::new();
    write_version(site.root(), 0);
    let mut preview = Preview::of(site);
    preview.wait_for_silence();
    let (stop, answers, failures, torn) =
        (AtomicBool::new(false), AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    let address = preview.home.clone();
    let rounds = rounds(40);
    thread::scope(|scope| {
        for reader in 0..4u64 {
            let (stop, answers, failures, torn, address) = (&stop, &answers, &failures, &torn, &address);
            scope.spawn(move || {
                let mut random = Random(reader + 1);
                while !stop.load(Ordering::Relaxed) {
                    let number = 1 + random.below(8);
                    let mut response = match ureq::get(format!("{address}p{number}/")).call() {
                        Ok(response) => response,
                        Err(error) => panic!("{error}"),
                    };
                    let status = response.status().as_u16();
                    let text = response.body_mut().read_to_string().unwrap();
                    answers.fetch_add(1, Ordering::Relaxed);
                    failures.fetch_add(usize::from(status >= 500), Ordering::Relaxed);
                    let after = |word: &str| text.split(word).nth(1).map(|rest| rest.split('<').next().unwrap_or(rest));
                    torn.fetch_add(usize::from(after("begin-") != after("end-")), Ordering::Relaxed);
                }
            });
        }
        for round in 1..=rounds {
            for number in 1..9 {
                preview.write(&format!("content/p{number}.md"), &page(round, number));
            }
            preview.rebuilt();
        }
        stop.store(true, Ordering::Relaxed);
    });
    let [answers, failures, torn] = [answers, failures, torn].map(AtomicUsize::into_inner);
    println!("load: {answers} answers during {rounds} rebuilds, {failures} with 5xx, {torn} torn pages");
    assert_eq!((failures, torn), (0, 0));
    assert!(answers > rounds);
}

/// Changes, removes, repeats and inserts bytes.
fn damage(bytes: &mut Vec<u8>, random: &mut Random) {
    const WORDS: [&str; 12] = ["---\n", ":::", "{", "}", "\"", "'", "- ", ": ", "\t", "\u{feff}", "[x](", "&a *a"];
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len());
        let end = (at + random.below(40)).min(bytes.len());
        match random.below(4) {
            0 if at < bytes.len() => bytes[at] = u8::try_from(random.below(256)).unwrap(),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let part = bytes[at..end].to_vec();
                bytes.splice(at..at, part);
            }
            _ => {
                let word = WORDS[random.below(WORDS.len())].bytes().collect::<Vec<_>>();
                bytes.splice(at..at, word);
            }
        }
    }
}

#[test]
#[ignore = "takes minutes: `tests/run campaign`"]
fn damaged_input_is_reported_and_nothing_else() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let site = Site::empty();
    for folder in ["content", "static"] {
        let status = Command::new("cp").arg("-a").arg(repository.join(folder)).arg(site.path(folder)).status();
        assert!(status.unwrap().success());
    }
    fs::copy(repository.join("vereda.yaml"), site.path("vereda.yaml")).unwrap();
    let files =
        ["vereda.yaml", "content/index.md", "content/whatsapp/index.md", "content/whatsapp/auditoria.flow.yaml"];
    let mut random = Random(0x00da_3a9e);
    let (mut clean, mut reported, rounds) = (0, 0, rounds(600));
    for round in 0..rounds {
        let path = site.path(files[random.below(files.len())]);
        let whole = fs::read(&path).unwrap();
        let mut bytes = whole.clone();
        damage(&mut bytes, &mut random);
        fs::write(&path, &bytes).unwrap();
        let start = Instant::now();
        let run = site.check();
        let case = site.path("case");
        assert!(start.elapsed() < LONGEST_CHECK, "round {round}, {}: {:?}", path.display(), start.elapsed());
        match run.code {
            Some(0) => clean += 1,
            Some(1) => reported += 1,
            // A configuration that cannot be read is a failure, with its reason.
            Some(2) if path.ends_with("vereda.yaml") && !run.stderr.contains("panicked") => reported += 1,
            _ => {
                fs::write(case, &bytes).unwrap();
                panic!("round {round}, {}: {run}", path.display());
            }
        }
        fs::write(&path, whole).unwrap();
    }
    println!("damaged input: {rounds} sites checked, {reported} with errors, {clean} without, 0 crashes");
}

/// Every file below a folder.
fn read_tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files =
        walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
    files.map(|entry| (name(entry.path()), fs::read(entry.path()).unwrap())).collect()
}

#[test]
#[ignore = "takes minutes: `tests/run campaign`"]
fn repeated_builds_equal_clean_ones() {
    let site = Site::new();
    write_version(site.root(), 0);
    let mut random = Random(0xb17e5);
    let (mut files, rounds) = (0, rounds(60));
    for round in 1..=rounds {
        for _ in 0..5 {
            let number = 1 + random.below(PAGES - 1);
            let path = site.path(&format!("content/p{number}.md"));
            if random.below(3) == 0 {
                let _ = fs::remove_file(path);
            } else {
                fs::write(path, page(round, number)).unwrap();
            }
        }
        site.build().exits(0);
        let _ = fs::remove_dir_all(site.path("clean"));
        site.run(&["build", "--out", "clean"]).exits(0);
        let (repeated, clean) = (read_tree(&site.path("public")), read_tree(&site.path("clean")));
        files += clean.len();
        let differing: Vec<_> = clean.iter().filter(|(path, bytes)| repeated.get(*path) != Some(bytes)).collect();
        assert!(differing.is_empty() && repeated.len() == clean.len(), "round {round}: {:?}", differing.first());
    }
    println!("bytes: {files} files of {rounds} repeated builds equal those of a clean build");
}
