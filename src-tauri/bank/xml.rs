//! XML from outside, read by local names: without a document type, so that nothing can be declared or fetched, and never larger than
//! the reader says.

use roxmltree::{Document, Node, ParsingOptions};

/// An element of a document.
pub(crate) type Element<'d> = Node<'d, 'd>;

/// Why a text is no document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum XmlProblem {
    /// It declares a document type.
    DocumentType,
    /// Not well-formed, or more than was allowed.
    Damaged {
        /// The line, from 1.
        line: u32,
    },
}

/// Reads a document of at most `most` elements and texts.
pub(crate) fn parse(text: &str, most: u32) -> Result<Document<'_>, XmlProblem> {
    // An empty one is let through by the parser.
    if text.contains("<!DOCTYPE") {
        return Err(XmlProblem::DocumentType);
    }
    let options = ParsingOptions { nodes_limit: most, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| XmlProblem::Damaged { line: error.pos().row })
}

/// The children of a name.
pub(crate) fn all<'d>(node: Element<'d>, name: &'static str) -> impl Iterator<Item = Element<'d>> {
    node.children().filter(move |child| child.is_element() && child.tag_name().name() == name)
}

/// The first child of a name.
pub(crate) fn child<'d>(node: Element<'d>, name: &str) -> Option<Element<'d>> {
    node.children().find(|child| child.is_element() && child.tag_name().name() == name)
}

/// The first child of the first child, and so on.
pub(crate) fn path<'d>(node: Element<'d>, names: &[&str]) -> Option<Element<'d>> {
    names.iter().try_fold(node, |node, name| child(node, name))
}

/// The text at the end of a path.
pub(crate) fn value<'d>(node: Element<'d>, names: &[&str]) -> Option<&'d str> {
    path(node, names)?.text()
}
