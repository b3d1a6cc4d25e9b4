//! The same with the real command.
