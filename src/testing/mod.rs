//! Fixtures and generators that only tests and fuzz targets compile.

#[cfg(test)]
mod agreement;
#[cfg(test)]
pub(crate) mod diff;
#[cfg(test)]
pub(crate) mod fixture;
pub mod fuzzing;
#[cfg(test)]
mod published_types;
#[cfg(test)]
pub(crate) mod random_flow;
#[cfg(test)]
pub(crate) mod random_site;
#[cfg(test)]
pub(crate) mod report;
#[cfg(test)]
mod search_vectors;
#[cfg(test)]
mod typescript;
#[cfg(test)]
mod vectors;
