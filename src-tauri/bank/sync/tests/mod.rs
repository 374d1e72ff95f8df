//! The fifteen rules against a bank that does everything banks do, and the whole way over HTTP.

mod model;
mod over_http;
