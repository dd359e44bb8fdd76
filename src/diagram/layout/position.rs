//! Horizontal and vertical positions of the vertices.
//!
//! Each vertex has a desired position, the mean of its neighbours. The nearest positions (least squares) that keep order and
//! distances are computed exactly, by pooling vertices that would overlap. Passes alternate downwards and upwards.

use super::rank::Layered;
use super::{GAP, Point};

/// The number of passes.
const PASSES: usize = 16;
const LARGE: usize = 20_000;
/// Weight of a straight piece of a line, compared with an edge at a node.
const BEND_WEIGHT: f64 = 6.0;

/// The centre of every vertex; the leftmost is at the left border.
pub(super) fn place(layers: &Layered) -> Vec<Point> {
    let mut xs = vec![0.0; layers.vertices.len()];
    for layer in &layers.layers {
        let mut right = 0.0;
        for vertex in layer {
            let width = layers.vertices[*vertex].size.width;
            xs[*vertex] = right + width / 2.0;
            right += width + GAP.width;
        }
    }
    let passes = if layers.vertices.len() > LARGE { 3 } else { PASSES };
    for pass in 0..passes {
        run_pass(layers, pass % 2 == 0, &mut xs);
    }
    let ys = heights(layers);
    let left = |vertex: usize| xs[vertex] - layers.vertices[vertex].size.width / 2.0;
    let border = (0..xs.len()).map(left).fold(f64::INFINITY, f64::min);
    let point = |vertex: usize| Point { x: round(xs[vertex] - border), y: round(ys[layers.vertices[vertex].layer]) };
    (0..xs.len()).map(point).collect()
}

fn run_pass(layers: &Layered, downwards: bool, xs: &mut [f64]) {
    let count = layers.layers.len();
    for step in 0..count {
        let layer = if downwards { step } else { count - 1 - step };
        let desired: Vec<(f64, f64)> =
            layers.layers[layer].iter().map(|vertex| desired_position(layers, *vertex, xs)).collect();
        place_layer(layers, &layers.layers[layer], &desired, xs);
    }
}

/// The desired position of a vertex and its weight, from all neighbours above and below.
fn desired_position(layers: &Layered, vertex: usize, xs: &[f64]) -> (f64, f64) {
    let this = &layers.vertices[vertex];
    let (mut sum, mut weight) = (0.0, 0.0);
    for neighbour in this.above.iter().chain(&this.below) {
        let is_straight = this.is_bend && layers.vertices[*neighbour].is_bend;
        let share = if is_straight { BEND_WEIGHT } else { 1.0 };
        sum += xs[*neighbour] * share;
        weight += share;
    }
    if weight == 0.0 { (xs[vertex], 0.1) } else { (sum / weight, weight) }
}

/// Neighbours at their minimum distance, which move as one.
struct Block {
    first: usize,
    /// Of its first member.
    x: f64,
    weight: f64,
}

fn place_layer(layers: &Layered, layer: &[usize], desired: &[(f64, f64)], xs: &mut [f64]) {
    let half = |index: usize| layers.vertices[layer[index]].size.width / 2.0;
    let mut offsets = vec![0.0; layer.len()];
    for index in 1..layer.len() {
        offsets[index] = offsets[index - 1] + half(index - 1) + GAP.width + half(index);
    }
    let mut blocks: Vec<Block> = Vec::new();
    for (index, (position, weight)) in desired.iter().enumerate() {
        let mut block = Block { first: index, x: position - offsets[index], weight: *weight };
        while let Some(last) = blocks.pop_if(|last| last.x > block.x) {
            let weight = last.weight + block.weight;
            block = Block { first: last.first, x: (last.x * last.weight + block.x * block.weight) / weight, weight };
        }
        blocks.push(block);
    }
    let mut ends = blocks.iter().skip(1).map(|block| block.first).chain([layer.len()]);
    for block in &blocks {
        for index in block.first..ends.next().unwrap_or(layer.len()) {
            xs[layer[index]] = block.x + offsets[index];
        }
    }
}

/// The centre of each layer.
fn heights(layers: &Layered) -> Vec<f64> {
    let mut bottom = 0.0;
    let centre = |layer: &Vec<usize>| {
        let height = layer.iter().map(|vertex| layers.vertices[*vertex].size.height).fold(0.0, f64::max);
        let centre = bottom + height / 2.0;
        bottom += height + GAP.height;
        centre
    };
    layers.layers.iter().map(centre).collect()
}

/// Rounds to a tenth of a pixel.
fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
