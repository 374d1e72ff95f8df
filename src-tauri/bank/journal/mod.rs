//! What is written down of what happens, without a secret in it: the lines of the log, and the failures of late among them.
//!
//! The file itself is the shell's. Nothing here knows the data; everybody may write.

mod failures;
mod line;
mod redact;

pub use failures::{PastFailure, Place, note, past};
pub use line::line;
pub(crate) use line::whole_seconds;
pub use redact::redact;
