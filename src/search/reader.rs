//! An index opened: files read when they are needed, terms looked up, posting lists decoded.

use super::dense;
use super::format::{
    DocChunk, FORMAT_VERSION, Facets, MANIFEST, Manifest, PAGES_PER_CHUNK, PREFIX_MARK, TermShard,
    TextChunk, Variants, Words, compare_terms,
};
use super::postings::{self, Posting};
use super::stem::stem;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::cell::RefCell;
use std::collections::HashMap;
use std::io;
use std::rc::Rc;

/// A term by its shard and its number in it.
pub(super) type TermId = (usize, usize);

/// Gives the bytes of a file of the index by its name.
pub(crate) type Read = Box<dyn Fn(&str) -> io::Result<Vec<u8>>>;

/// Why an index cannot be searched.
#[derive(Debug)]
pub(crate) struct ReadError {
    /// The file, relative to the folder of the index.
    pub file: String,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What is wrong with a file of an index.
#[derive(Debug)]
pub(crate) enum Problem {
    /// It cannot be read.
    Unreadable(io::Error),
    /// Not JSON, or not of the expected shape.
    Malformed(String),
    /// Written by a tier0 with another format.
    OtherFormat(u32),
    /// What it says does not fit together.
    Inconsistent,
}

/// A search index.
pub(crate) struct Index {
    pub(super) manifest: Manifest,
    firsts: Vec<String>,
    read: Read,
    shards: RefCell<HashMap<usize, Rc<Shard>>>,
    docs: Kept<DocChunk>,
    texts: Kept<TextChunk>,
    facets: Kept<Facets>,
    words: Kept<Vec<Spelling>>,
    variants: Kept<HashMap<char, char>>,
}

/// Files of one kind by their names, as they were read.
type Kept<T> = RefCell<HashMap<String, Rc<T>>>;

/// A word that a misspelt one may mean.
pub(super) struct Spelling {
    /// As it is written.
    pub(super) word: String,
    /// As in the index.
    pub(super) term: String,
}

/// Terms and their lists, still written.
pub(super) struct Shard {
    pub(super) terms: Vec<String>,
    lists: Vec<String>,
    written: TermShard,
}

/// What the index has for a key.
pub(super) struct Found {
    pub(super) postings: Vec<Posting>,
    /// Pages that have only relatives of it.
    pub(super) near: Vec<Posting>,
    /// On how many pages it stands.
    pub(super) frequency: usize,
}

impl Index {
    /// Opens an index.
    pub(crate) fn open(read: Read) -> Result<Self, ReadError> {
        /// Another format may differ in everything but this.
        #[derive(Deserialize)]
        struct Version {
            format: u32,
        }
        let bytes = bytes(&read, MANIFEST)?;
        let version: Version = parse(MANIFEST, &bytes)?;
        if version.format != FORMAT_VERSION {
            return Err(error(MANIFEST, Problem::OtherFormat(version.format)));
        }
        let mut manifest: Manifest = parse(MANIFEST, &bytes)?;
        let firsts: Vec<String> = manifest.first.split(',').map(str::to_owned).collect();
        let inline = manifest.inline.take();
        let fits = inline.as_ref().is_none_or(|inline| {
            inline.terms.len() == firsts.len()
                && inline.docs.len() == manifest.pages.div_ceil(PAGES_PER_CHUNK)
        });
        if !fits {
            return Err(error(MANIFEST, Problem::Inconsistent));
        }
        let mut shard_cache = HashMap::new();
        for (number, shard) in inline.iter().flat_map(|inline| &inline.terms).enumerate() {
            let copy = TermShard {
                terms: shard.terms.clone(),
                lists: shard.lists.clone(),
                near: shard.near.clone(),
                cut: shard.cut.clone(),
            };
            shard_cache.insert(number, Rc::new(Shard::new(copy, MANIFEST)?));
        }
        manifest.inline = inline;
        Ok(Self {
            manifest,
            firsts,
            read,
            shards: RefCell::new(shard_cache),
            docs: Kept::default(),
            texts: Kept::default(),
            facets: Kept::default(),
            words: Kept::default(),
            variants: Kept::default(),
        })
    }

    /// The shards that hold everything from `from` on that begins with it.
    pub(super) fn shards_of(&self, from: &str) -> std::ops::RangeInclusive<usize> {
        let first = self.shard_of(from);
        let begins = |first: &&String| first.starts_with(from);
        first..=first + self.firsts[first + 1..].iter().take_while(begins).count()
    }

    fn shard_of(&self, key: &str) -> usize {
        self.firsts.partition_point(|first| compare_terms(first, key).is_le()).saturating_sub(1)
    }

    pub(super) fn shard(&self, number: usize) -> Result<Rc<Shard>, ReadError> {
        if let Some(shard) = self.shards.borrow().get(&number) {
            return Ok(Rc::clone(shard));
        }
        let name = self.shard_name(number);
        let shard = Rc::new(Shard::new(parse(&name, &bytes(&self.read, &name)?)?, &name)?);
        self.shards.borrow_mut().insert(number, Rc::clone(&shard));
        Ok(shard)
    }

    /// Where `key` is, if the index has it.
    pub(super) fn find(&self, key: &str) -> Result<Option<TermId>, ReadError> {
        let number = self.shard_of(key);
        let shard = self.shard(number)?;
        let found = shard.terms.binary_search_by(|probe| compare_terms(probe, key));
        Ok(found.ok().map(|at| (number, at)))
    }

    /// All terms that begin with `prefix`, or the list that stands for them.
    pub(super) fn starting_with(&self, prefix: &str) -> Result<Vec<TermId>, ReadError> {
        let shards = self.shards_of(prefix);
        if shards.end() - shards.start() > 1 {
            let merged = self.find(&format!("{prefix}{PREFIX_MARK}"))?;
            return Ok(merged.into_iter().collect());
        }
        let (mut found, first) = (Vec::new(), *shards.start());
        for number in shards {
            let shard = self.shard(number)?;
            let start = shard.terms.partition_point(|term| compare_terms(term, prefix).is_lt());
            let begun = shard.terms[start..].iter().take_while(|term| term.starts_with(prefix));
            let ids = begun.enumerate().filter(|(_, term)| {
                let is_copy = number > first && *term == prefix;
                !is_copy && !term.contains([' ', PREFIX_MARK])
            });
            found.extend(ids.map(|(at, _)| (number, start + at)));
        }
        Ok(found)
    }

    /// How long the list of a term is when written down: nearly the number of its pages, without
    /// decoding it.
    pub(super) fn list_length(&self, (shard, at): TermId) -> Result<usize, ReadError> {
        Ok(self.shard(shard)?.lists[at].len())
    }

    pub(super) fn term(&self, (shard, at): TermId) -> Result<String, ReadError> {
        Ok(self.shard(shard)?.terms[at].clone())
    }

    /// The pages of a term.
    pub(super) fn look_up(&self, (number, at): TermId) -> Result<Found, ReadError> {
        let shard = self.shard(number)?;
        let decode = |list: &str| {
            postings::decode(list, self.manifest.pages)
                .ok_or_else(|| error(&self.shard_name(number), Problem::Inconsistent))
        };
        let postings = decode(&shard.lists[at])?;
        let near = shard.written.near.get(&at).map_or(Ok(Vec::new()), |list| decode(list))?;
        let frequency = *shard.written.cut.get(&at).unwrap_or(&postings.len());
        Ok(Found { postings, near, frequency })
    }

    fn shard_name(&self, number: usize) -> String {
        match self.manifest.terms.as_str() {
            "" => MANIFEST.to_owned(),
            hash => format!("terms-{hash}/{number}.json"),
        }
    }

    /// A file, read once, as `make` makes it.
    fn file<F: DeserializeOwned, T>(
        &self,
        kept: &Kept<T>,
        name: &str,
        make: impl FnOnce(F) -> T,
    ) -> Result<Rc<T>, ReadError> {
        if let Some(known) = kept.borrow().get(name) {
            return Ok(Rc::clone(known));
        }
        let made = Rc::new(make(parse(name, &bytes(&self.read, name)?)?));
        kept.borrow_mut().insert(name.to_owned(), Rc::clone(&made));
        Ok(made)
    }

    /// Url, title, kind and name of the text chunk of a page.
    pub(super) fn doc(&self, page: usize) -> Result<(String, String, String, String), ReadError> {
        let (number, at) = (page / PAGES_PER_CHUNK, page % PAGES_PER_CHUNK);
        let (name, read);
        let chunk = if let Some(inline) = &self.manifest.inline {
            name = MANIFEST.to_owned();
            &inline.docs[number]
        } else {
            name = format!("docs-{}/{number}.json", self.manifest.docs);
            read = self.file(&self.docs, &name, |chunk| chunk)?;
            &*read
        };
        let row = chunk.docs.get(at);
        let whole = row.and_then(|(url, title, kind, text)| {
            let (kind, text) = (self.manifest.kinds.get(*kind)?, chunk.text.get(*text)?);
            Some((url.clone(), title.clone(), kind.clone(), text.clone()))
        });
        whole.ok_or_else(|| error(&name, Problem::Inconsistent))
    }

    /// The text chunk that holds a page, and the number of the page in it.
    pub(super) fn text(
        &self,
        page: usize,
        chunk: &str,
    ) -> Result<(Rc<TextChunk>, usize), ReadError> {
        let name = format!("text/{chunk}.json");
        let chunk = self.file(&self.texts, &name, |chunk: TextChunk| chunk)?;
        let at = page.checked_sub(chunk.first).filter(|at| *at < chunk.pages.len());
        at.map(|at| (chunk, at)).ok_or_else(|| error(&name, Problem::Inconsistent))
    }

    /// The words that begin with `letter`.
    pub(super) fn words(&self, letter: char) -> Result<Rc<Vec<Spelling>>, ReadError> {
        let letter = letter.to_string();
        let Some(hash) = self.manifest.fuzzy.get(&letter) else { return Ok(Rc::default()) };
        let spelling = |word: &str| Spelling { word: word.to_owned(), term: stem(word) };
        self.file(&self.words, &format!("fuzzy/{letter}-{hash}.json"), |list: Words| {
            list.words.split(',').map(spelling).collect()
        })
    }

    /// Simplified characters by traditional ones.
    pub(super) fn variants(&self) -> Result<Rc<HashMap<char, char>>, ReadError> {
        let Some(hash) = &self.manifest.variants else { return Ok(Rc::default()) };
        self.file(&self.variants, &format!("variants-{hash}.json"), |variants: Variants| {
            variants.from.chars().zip(variants.to.chars()).collect()
        })
    }

    /// For each page, whether it has one of the values of a column.
    pub(super) fn having(&self, column: &str, value: &str) -> Result<Vec<bool>, ReadError> {
        let name = format!("facets-{}.json", self.manifest.facets);
        let facets = self.file(&self.facets, &name, |facets: Facets| facets)?;
        let pages = self.manifest.pages;
        let Some(column_read) = facets.get(column) else {
            // Where the index knows no roles everybody reads everything.
            return Ok(vec![column == "role"; pages]);
        };
        let number = column_read.values.iter().position(|(name, _)| name == value);
        let has = |set: &Vec<usize>| number.is_some_and(|number| set.contains(&number));
        let sets: Vec<bool> = column_read.sets.iter().map(has).collect();
        let numbers = dense::decode(&column_read.pages).filter(|all| all.len() == pages);
        let known = numbers.and_then(|numbers| {
            numbers.iter().map(|set| sets.get(*set as usize).copied()).collect::<Option<Vec<_>>>()
        });
        known.ok_or_else(|| error(&name, Problem::Inconsistent))
    }
}

impl Shard {
    fn new(written: TermShard, name: &str) -> Result<Self, ReadError> {
        let terms: Vec<String> = written.terms.split(',').map(str::to_owned).collect();
        let lists: Vec<String> = written.lists.split(' ').map(str::to_owned).collect();
        if terms.len() != lists.len() {
            return Err(error(name, Problem::Inconsistent));
        }
        Ok(Shard { terms, lists, written })
    }
}

fn error(file: &str, problem: Problem) -> ReadError {
    ReadError { file: file.to_owned(), problem }
}

fn bytes(read: &Read, name: &str) -> Result<Vec<u8>, ReadError> {
    read(name).map_err(|problem| error(name, Problem::Unreadable(problem)))
}

fn parse<T: DeserializeOwned>(name: &str, bytes: &[u8]) -> Result<T, ReadError> {
    serde_json::from_slice(bytes)
        .map_err(|problem| error(name, Problem::Malformed(problem.to_string())))
}
