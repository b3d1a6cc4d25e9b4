//! Lines that need not be read again.

use std::sync::atomic::{AtomicU64, Ordering};

/// Lines that are remembered: those read last, by their hashes. What is not remembered is read
/// again, and gives the same.
#[derive(Debug)]
pub(crate) struct LineSet(Vec<AtomicU64>);

/// How many; a power of two. Half a megabyte.
const COUNT: usize = 1 << 16;

impl LineSet {
    pub(crate) fn new() -> Self {
        LineSet((0..COUNT).map(|_| AtomicU64::new(0)).collect())
    }

    pub(crate) fn knows(&self, hash: u64) -> bool {
        self.slot(hash).load(Ordering::Relaxed) == hash
    }

    pub(crate) fn remember(&self, hash: u64) {
        self.slot(hash).store(hash, Ordering::Relaxed);
    }

    fn slot(&self, hash: u64) -> &AtomicU64 {
        &self.0[hash as usize & (COUNT - 1)]
    }
}

/// The hash of a line: eight bytes at a time, each product folded so that no bit is lost.
pub(crate) fn hash(line: &str) -> u64 {
    let fold = |a: u64, b: u64| {
        let product = u128::from(a) * u128::from(b);
        (product as u64) ^ ((product >> 64) as u64)
    };
    let (eights, rest) = line.as_bytes().as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let eights = eights.iter().chain([&last]).map(|eight| u64::from_le_bytes(*eight));
    let seed = 0x2d35_8dcc_aa6c_78a5 ^ line.len() as u64;
    eights.fold(seed, |hash, eight| {
        fold(hash ^ eight ^ 0x8bb8_4b93_962e_acc9, 0x4b33_a62e_d433_d4a3).rotate_left(23)
    })
}
