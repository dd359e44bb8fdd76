//! Copied images that are slow to load.

use std::path::Path;

use crate::diagnostic::{Diagnostics, catalogue};
use crate::project::{Asset, CONTENT, STATIC};
use crate::site::Assets;
use crate::source::{Sources, Span};

/// Extensions of images, in lower case.
const IMAGES: [&str; 9] = ["png", "jpg", "jpeg", "gif", "webp", "avif", "bmp", "svg", "tiff"];

/// Size of a large image, in bytes.
const LARGE: u64 = 1_000_000;

/// Finds each copied image of more than a megabyte: its path below the root, and its size in bytes.
pub(crate) fn find(assets: Assets<'_>) -> Vec<(String, u64)> {
    let all = [(CONTENT, assets.content), (STATIC, assets.fixed)];
    let files = all.into_iter().flat_map(|(folder, files)| files.iter().map(move |file| (folder, file)));
    let large = files.filter(|(_, file)| file.length > LARGE && is_image(file));
    large.map(|(folder, file)| (format!("{folder}/{}", file.path), file.length)).collect()
}

/// Reports large images.
pub(crate) fn report(found: Vec<(String, u64)>, sources: &mut Sources, diagnostics: &mut Diagnostics) {
    for (path, length) in found {
        let tenths = length / 100_000;
        let size = format!("{}.{}", tenths / 10, tenths % 10);
        let span = Span::new(sources.add(path.clone(), ""), 0, 0);
        diagnostics.push(catalogue::asset::large_image(span, path, size.replace('.', ","), size));
    }
}

fn is_image(file: &Asset) -> bool {
    let extension = Path::new(&file.path).extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| IMAGES.contains(&extension.to_ascii_lowercase().as_str()))
}
