//! Transactions as they leave Saldo, in JSON, in a table and in CSV.

use crate::age::Read;
use crate::arguments::{Direction, Filter};
use crate::book;
use crate::ending::Ending;
use bank::money::{Currency, Money};
use bank::store::accounts::{Account, AccountId};
use bank::store::transactions::{self, Category, TransactionDetail, TransactionFilter, TransactionStatus};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use std::collections::HashMap;

/// One transaction, everything that is known of it.
#[derive(Serialize)]
pub(crate) struct Row {
    id: u32,
    account: u32,
    account_iban: Option<String>,
    pub(crate) account_name: String,
    bank: String,
    /// The booking date; of a pending row its value date, or the day on which Saldo first saw it.
    pub(crate) day: NaiveDate,
    value_date: Option<NaiveDate>,
    pub(crate) status: TransactionStatus,
    direction: &'static str,
    /// Signed: negative when money leaves.
    #[serde(flatten)]
    pub(crate) money: Money,
    original: Option<Money>,
    pub(crate) counterparty: String,
    counterparty_iban: Option<String>,
    counterparty_number: Option<String>,
    pub(crate) variable_symbol: Option<String>,
    constant_symbol: Option<String>,
    specific_symbol: Option<String>,
    reference: Option<String>,
    pub(crate) message: Option<String>,
    description: Option<String>,
    category: Option<Category>,
    note: Option<String>,
    first_seen: DateTime<Utc>,
    /// When its account was last read.
    #[serde(flatten)]
    read: Read,
}

/// The accounts that rows belong to.
pub(crate) struct Owners {
    accounts: HashMap<AccountId, (Option<String>, Read)>,
}

impl Owners {
    pub(crate) fn new(accounts: &[Account], now: DateTime<Utc>) -> Self {
        let owner = |account: &Account| (account.id, (account.iban.clone(), Read::of(account, now)));
        Self { accounts: accounts.iter().map(owner).collect() }
    }

    pub(crate) fn row(&self, detail: TransactionDetail) -> Row {
        let nobody = (None, Read { read_at: None, age_seconds: None });
        let (account_iban, read) = self.accounts.get(&detail.row.account).cloned().unwrap_or(nobody);
        let line = detail.row;
        Row {
            id: line.id.0,
            account: line.account.0,
            account_iban,
            account_name: line.account_name,
            bank: line.bank.name,
            day: line.day,
            value_date: detail.value_date,
            status: line.status,
            direction: if line.amount.amount.is_sign_negative() { "out" } else { "in" },
            money: line.amount,
            original: detail.original,
            counterparty: line.counterparty,
            counterparty_iban: detail.counterparty_iban,
            counterparty_number: detail.counterparty_number,
            variable_symbol: line.variable_symbol,
            constant_symbol: detail.constant_symbol,
            specific_symbol: detail.specific_symbol,
            reference: detail.reference,
            message: line.message,
            description: detail.description,
            category: line.category,
            note: detail.note,
            first_seen: detail.first_seen,
            read,
        }
    }
}

/// What stands in a cell of a file.
pub(crate) enum Cell {
    /// A word or a number of Saldo's own making.
    Own(String),
    /// An amount.
    Amount(Money),
    /// A text that somebody else wrote.
    Foreign(String),
}

/// The columns of a file, in their order.
pub(crate) const COLUMNS: [&str; 22] = [
    "id",
    "day",
    "value_date",
    "status",
    "bank",
    "account_name",
    "account_iban",
    "direction",
    "amount",
    "currency",
    "counterparty",
    "counterparty_iban",
    "counterparty_number",
    "variable_symbol",
    "constant_symbol",
    "specific_symbol",
    "reference",
    "message",
    "description",
    "category",
    "note",
    "read_at",
];

impl Row {
    /// The cells of a file, as [`COLUMNS`] names them.
    pub(crate) fn cells(self) -> [Cell; 22] {
        let foreign = |text: Option<String>| Cell::Foreign(text.unwrap_or_default());
        let day = |day: Option<NaiveDate>| Cell::Own(day.map(|day| day.to_string()).unwrap_or_default());
        let currency: Currency = self.money.currency;
        [
            Cell::Own(self.id.to_string()),
            day(Some(self.day)),
            day(self.value_date),
            Cell::Own(status(self.status).into()),
            Cell::Foreign(self.bank),
            Cell::Foreign(self.account_name),
            foreign(self.account_iban),
            Cell::Own(self.direction.into()),
            Cell::Amount(self.money),
            Cell::Own(currency.to_string()),
            Cell::Foreign(self.counterparty),
            foreign(self.counterparty_iban),
            foreign(self.counterparty_number),
            foreign(self.variable_symbol),
            foreign(self.constant_symbol),
            foreign(self.specific_symbol),
            foreign(self.reference),
            foreign(self.message),
            foreign(self.description),
            Cell::Own(self.category.map(|category| format!("{category:?}").to_lowercase()).unwrap_or_default()),
            foreign(self.note),
            Cell::Own(self.read.read_at.map(|at| at.to_rfc3339()).unwrap_or_default()),
        ]
    }
}

/// The word for a status.
pub(crate) fn status(status: TransactionStatus) -> &'static str {
    match status {
        TransactionStatus::Booked => "booked",
        TransactionStatus::Pending => "pending",
        TransactionStatus::Rejected => "rejected",
        TransactionStatus::Cancelled => "cancelled",
        TransactionStatus::Unknown => "unknown",
    }
}

/// The core's filter for what the command line says.
pub(crate) fn filter(order: &Filter, accounts: &[Account]) -> Result<TransactionFilter, Ending> {
    Ok(TransactionFilter {
        text: order.search.clone().unwrap_or_default(),
        accounts: book::account_ids(accounts, &order.account)?,
        from: order.from,
        to: order.to,
        direction: order.direction.map(|direction| match direction {
            Direction::In => transactions::Direction::In,
            Direction::Out => transactions::Direction::Out,
        }),
    })
}
