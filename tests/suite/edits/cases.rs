//! Edits by name.
