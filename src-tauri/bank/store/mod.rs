//! The local database: the only place where Saldo keeps what it knows.

pub mod accounts;
pub mod transactions;
