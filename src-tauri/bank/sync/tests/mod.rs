//! The fifteen rules against a bank that does everything banks do, the whole way over HTTP, and very many syncs with banks of
//! every bad habit.

mod model;
mod over_http;
mod simulation;
