//! Variable, constant and specific symbols.
