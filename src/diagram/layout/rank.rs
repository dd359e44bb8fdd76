//! Layers of nodes, labels and bends of long edges.

use super::{Edge, Size};

/// A node, a label or a bend.
#[derive(Clone, Debug)]
pub(super) struct Vertex {
    pub(super) size: Size,
    pub(super) layer: usize,
    /// Neighbours in the layer above and in the layer below.
    pub(super) above: Vec<usize>,
    pub(super) below: Vec<usize>,
    /// Lines are kept straight at bends, rather than at nodes.
    pub(super) is_bend: bool,
}

/// The vertices by layer, from left to right.
#[derive(Clone, Debug)]
pub(super) struct Layered {
    /// First the nodes, then labels and bends.
    pub(super) vertices: Vec<Vertex>,
    pub(super) layers: Vec<Vec<usize>>,
    /// For each edge its label and bends, from the upper node to the lower.
    pub(super) chains: Vec<Vec<usize>>,
}

impl Layered {
    /// Layers of nodes have even numbers, those between them odd. An edge has a vertex in each layer that it crosses.
    pub(super) fn new(nodes: &[Size], edges: &[Edge]) -> Self {
        let ranks = longest_paths(nodes.len(), edges);
        let vertex = |(index, size): (usize, &Size)| Vertex {
            size: *size,
            layer: ranks[index] * 2,
            above: Vec::new(),
            below: Vec::new(),
            is_bend: false,
        };
        let vertices = nodes.iter().enumerate().map(vertex).collect();
        let mut layers = Self { vertices, layers: Vec::new(), chains: Vec::with_capacity(edges.len()) };
        for edge in edges {
            let chain = layers.add_chain(edge);
            layers.chains.push(chain);
        }
        let count = layers.vertices.iter().map(|vertex| vertex.layer + 1).max().unwrap_or(0);
        layers.layers = vec![Vec::new(); count];
        for (index, vertex) in layers.vertices.iter().enumerate() {
            layers.layers[vertex.layer].push(index);
        }
        layers
    }

    fn add_chain(&mut self, edge: &Edge) -> Vec<usize> {
        let (upper, lower) = if edge.to < edge.from { (edge.to, edge.from) } else { (edge.from, edge.to) };
        let (first, last) = (self.vertices[upper].layer + 1, self.vertices[lower].layer);
        if upper == lower {
            return vec![self.add_vertex(edge.label, first)];
        }
        let mut previous = upper;
        let mut chain = Vec::new();
        for layer in first..last {
            let is_label = if edge.to < edge.from { layer + 1 == last } else { layer == first };
            let size = if is_label { edge.label } else { Size::default() };
            let vertex = self.add_vertex(size, layer);
            self.connect(previous, vertex);
            chain.push(vertex);
            previous = vertex;
        }
        self.connect(previous, lower);
        chain
    }

    fn add_vertex(&mut self, size: Size, layer: usize) -> usize {
        self.vertices.push(Vertex { size, layer, above: Vec::new(), below: Vec::new(), is_bend: true });
        self.vertices.len() - 1
    }

    fn connect(&mut self, upper: usize, lower: usize) {
        self.vertices[upper].below.push(lower);
        self.vertices[lower].above.push(upper);
    }
}

/// The rank of each node: the length of the longest path to it, without back edges.
fn longest_paths(count: usize, edges: &[Edge]) -> Vec<usize> {
    let mut ranks = vec![0; count];
    let mut forward: Vec<_> = edges.iter().map(|edge| (edge.from.min(edge.to), edge.from.max(edge.to))).collect();
    forward.sort_unstable();
    for (upper, lower) in forward {
        if upper != lower {
            ranks[lower] = ranks[lower].max(ranks[upper] + 1);
        }
    }
    ranks
}
