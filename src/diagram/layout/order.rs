//! Order of the vertices in each layer, by mean positions of their neighbours.
//!
//! Passes alternate downwards and upwards; the order with the fewest crossings is kept.

use super::rank::{Layered, Vertex};

/// The number of passes; more have little effect.
const PASSES: usize = 12;
/// Drawings with more vertices get two passes.
const LARGE: usize = 20_000;

/// Reorders the layers so that few lines cross.
pub(super) fn reduce_crossings(layers: &mut Layered) {
    let passes = if layers.vertices.len() > LARGE { 2 } else { PASSES };
    let mut places = places_of(layers);
    let mut best = (count_crossings(layers, &places), layers.layers.clone());
    for pass in 0..passes {
        let downwards = pass % 2 == 0;
        let count = layers.layers.len();
        for step in 1..count {
            let layer = if downwards { step } else { count - 1 - step };
            sort_layer(layers, layer, downwards, &mut places);
        }
        let crossings = count_crossings(layers, &places);
        if crossings < best.0 {
            best = (crossings, layers.layers.clone());
        }
        if best.0 == 0 {
            break;
        }
    }
    layers.layers = best.1;
}

fn places_of(layers: &Layered) -> Vec<usize> {
    let mut places = vec![0; layers.vertices.len()];
    for layer in &layers.layers {
        for (place, vertex) in layer.iter().enumerate() {
            places[*vertex] = place;
        }
    }
    places
}

/// The mean place of the neighbours in the fixed layer; without neighbours, the vertex's own place.
#[expect(clippy::cast_precision_loss, reason = "a drawing has fewer than 2^52 vertices")]
fn mean_place(neighbours: &[usize], own: usize, places: &[usize]) -> f64 {
    if neighbours.is_empty() {
        return places[own] as f64;
    }
    neighbours.iter().map(|neighbour| places[*neighbour] as f64).sum::<f64>() / neighbours.len() as f64
}

/// Sorts a layer by the mean place of the neighbours in the fixed layer. The sort is stable, so ties keep their order.
fn sort_layer(layers: &mut Layered, layer: usize, downwards: bool, places: &mut [usize]) {
    let mean = |vertex: usize| {
        let Vertex { above, below, .. } = &layers.vertices[vertex];
        mean_place(if downwards { above } else { below }, vertex, places)
    };
    let mut keyed: Vec<(f64, usize)> = layers.layers[layer].iter().map(|vertex| (mean(*vertex), *vertex)).collect();
    keyed.sort_by(|one, other| one.0.total_cmp(&other.0));
    for (place, (_, vertex)) in keyed.iter().enumerate() {
        places[*vertex] = place;
    }
    layers.layers[layer] = keyed.into_iter().map(|(_, vertex)| vertex).collect();
}

/// The number of crossings, counted with a Fenwick tree over the places of each lower layer.
fn count_crossings(layers: &Layered, places: &[usize]) -> usize {
    layers.layers.windows(2).map(|pair| count_between(&pair[0], pair[1].len(), layers, places)).sum()
}

fn count_between(upper: &[usize], width: usize, layers: &Layered, places: &[usize]) -> usize {
    let mut tree = vec![0usize; width + 1];
    let mut crossings = 0;
    let mut seen = 0;
    for vertex in upper {
        let mut ends: Vec<usize> = layers.vertices[*vertex].below.iter().map(|lower| places[*lower]).collect();
        ends.sort_unstable();
        for end in &ends {
            crossings += seen - prefix_sum(&tree, end + 1);
        }
        for end in ends {
            add(&mut tree, end + 1);
            seen += 1;
        }
    }
    crossings
}

fn prefix_sum(tree: &[usize], mut index: usize) -> usize {
    let mut sum = 0;
    while index > 0 {
        sum += tree[index];
        index &= index - 1;
    }
    sum
}

fn add(tree: &mut [usize], mut index: usize) {
    while index < tree.len() {
        tree[index] += 1;
        index += index & index.wrapping_neg();
    }
}
