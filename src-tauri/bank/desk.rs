//! One open book: its store, its sign-in, its bank client.
