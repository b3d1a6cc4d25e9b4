//! What a stage made of each file, kept for the next build.
//!
//! A result is taken over where it was made from the same values; nothing else decides that, so
//! nobody has to say what has changed.

use std::ops::Deref;
use std::sync::Arc;

use rayon::prelude::*;

/// A shared value that equals only itself: to compare costs nothing.
#[derive(Debug)]
pub(crate) struct ById<T: ?Sized>(Arc<T>);

impl<T: ?Sized> ById<T> {
    /// A shared value, to compare with others.
    pub(crate) fn of(value: &Arc<T>) -> Self {
        ById(Arc::clone(value))
    }
}

impl<T: ?Sized> Clone for ById<T> {
    fn clone(&self) -> Self {
        ById(Arc::clone(&self.0))
    }
}

impl<T: ?Sized> Deref for ById<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: ?Sized> PartialEq for ById<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// What a stage made of each file, by the path of the file, each beside what it was made from.
#[derive(Debug)]
pub(crate) struct Memo<I, V>(Vec<Made<I, V>>);

#[derive(Debug)]
struct Made<I, V> {
    path: Arc<str>,
    input: I,
    value: Arc<V>,
}

impl<I, V> Default for Memo<I, V> {
    fn default() -> Self {
        Memo(Vec::new())
    }
}

impl<I: PartialEq + Send + Sync, V: Send + Sync> Memo<I, V> {
    /// Makes the value of each file from its input, or takes over the one of the last run. `files`
    /// are in the order of their paths. `make` is a plain function: what is not in the input, it
    /// cannot see, so no dependency is forgotten.
    pub(crate) fn run<T: Sync>(
        &mut self,
        files: &[T],
        path: impl Fn(&T) -> &Arc<str> + Sync,
        input: impl Fn(&T) -> I + Sync,
        make: fn(&I) -> V,
    ) -> Vec<Arc<V>> {
        self.fill(files, path, input, |_| true, |_, _, input| make(input))
    }

    /// The same for values that depend on all files together. `lasts` tells values that may be taken
    /// over from those that depend on more than their input. `make` is told the number of the file.
    pub(crate) fn run_among<T: Sync>(
        &mut self,
        files: &[T],
        path: impl Fn(&T) -> &Arc<str> + Sync,
        input: impl Fn(&T) -> I + Sync,
        lasts: impl Fn(&V) -> bool + Sync,
        make: impl Fn(usize, &T) -> V + Sync,
    ) -> Vec<Arc<V>> {
        self.fill(files, path, input, lasts, |number, file, _| make(number, file))
    }

    fn fill<T: Sync>(
        &mut self,
        files: &[T],
        path: impl Fn(&T) -> &Arc<str> + Sync,
        input: impl Fn(&T) -> I + Sync,
        lasts: impl Fn(&V) -> bool + Sync,
        make: impl Fn(usize, &T, &I) -> V + Sync,
    ) -> Vec<Arc<V>> {
        let made = files.par_iter().enumerate().map(|(number, file)| {
            let (path, input) = (path(file), input(file));
            let known = self.find(path, number).filter(|made| made.input == input);
            let value = match known.filter(|made| lasts(&made.value)) {
                Some(made) => Arc::clone(&made.value),
                None => Arc::new(make(number, file, &input)),
            };
            Made { path: Arc::clone(path), input, value }
        });
        self.0 = made.collect();
        self.0.iter().map(|made| Arc::clone(&made.value)).collect()
    }

    /// What was made of a file, which most likely has the number that it had.
    fn find(&self, path: &Arc<str>, number: usize) -> Option<&Made<I, V>> {
        let here = self.0.get(number).filter(|made| Arc::ptr_eq(&made.path, path));
        here.or_else(|| {
            let at = self.0.binary_search_by(|made| made.path.cmp(path)).ok()?;
            self.0.get(at)
        })
    }
}
