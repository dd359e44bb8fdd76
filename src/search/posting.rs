//! Posting: a record that has a word, with a weight, in four bytes.

/// The highest weight.
pub(super) const HIGHEST_WEIGHT: u8 = 63;

/// Bits of a weight.
const WEIGHT_BITS: u32 = 6;

/// A record with a weight. Sorted by record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Posting(u32);

impl Posting {
    pub(super) fn new(record: usize, weight: u8) -> Self {
        let record = u32::try_from(record).ok().filter(|record| record >> (u32::BITS - WEIGHT_BITS) == 0);
        let record = record.expect("a site has fewer than 67 million records");
        Self(record << WEIGHT_BITS | u32::from(weight.min(HIGHEST_WEIGHT)))
    }

    pub(super) fn record(self) -> u32 {
        self.0 >> WEIGHT_BITS
    }

    pub(super) fn weight(self) -> u8 {
        u8::try_from(self.0 & u32::from(HIGHEST_WEIGHT)).expect("six bits")
    }

    /// Lower is better: by weight, then by record.
    pub(super) fn rank(self) -> u32 {
        u32::from(HIGHEST_WEIGHT - self.weight()) << (u32::BITS - WEIGHT_BITS) | self.record()
    }

    /// The number that files have: the distance to the posting before in the high bits, and the weight.
    pub(super) fn number_after(self, before: Option<Self>) -> u32 {
        self.0 - before.map_or(0, |before| before.record() << WEIGHT_BITS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_by_weight_then_by_record() {
        let [heavy, light, later] = [Posting::new(7, 63), Posting::new(3, 1), Posting::new(9, 1)];
        assert!(heavy.rank() < light.rank() && light.rank() < later.rank() && light < heavy);
        assert_eq!((later.record(), later.weight(), later.number_after(Some(heavy))), (9, 1, 2 * 64 + 1));
    }
}
