//! XML as a tree, for parts of Office files that are written back changed.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer};

use crate::Error;

/// How deep elements may nest; real files stay below 60.
const DEEPEST: usize = 240;

/// An element with what stands in it.
#[derive(Debug, Clone)]
pub(crate) struct Element {
    start: BytesStart<'static>,
    pub(crate) children: Vec<Node>,
}

/// A piece of a tree.
#[derive(Debug, Clone)]
pub(crate) enum Node {
    /// An element.
    Element(Element),
    /// Text, a reference, the declaration, whatever is kept as it stands.
    Other(Event<'static>),
}

impl Element {
    /// The name without its prefix.
    pub(crate) fn name(&self) -> String {
        self.start.local_name().as_ref().to_owned()
    }

    /// An attribute by its name without prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let found = self.start.attributes().flatten().find(|one| one.key.local_name().as_ref() == name);
        found.map(|one| one.value.to_string())
    }

    /// The first child element of a name.
    pub(crate) fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find_map(|node| match node {
            Node::Element(element) if element.name() == name => Some(element),
            Node::Element(_) | Node::Other(_) => None,
        })
    }
}

/// Reads a part.
///
/// # Errors
/// It is no XML, or nests deeper than any real file.
pub(crate) fn parse(text: &str) -> Result<Vec<Node>, Error> {
    let broken = || Error::Broken("XML 结构无法读取".to_owned());
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut open: Vec<Element> = Vec::new();
    let mut roots: Vec<Node> = Vec::new();
    loop {
        let node = match reader.read_event().map_err(|_error| broken())? {
            Event::Start(start) => {
                if open.len() >= DEEPEST {
                    return Err(broken());
                }
                open.push(Element { start: start.into_owned(), children: Vec::new() });
                continue;
            }
            Event::End(_) => Node::Element(open.pop().ok_or_else(broken)?),
            Event::Empty(start) => Node::Element(Element { start: start.into_owned(), children: Vec::new() }),
            Event::DocType(_) => return Err(broken()),
            Event::Eof => break,
            other => Node::Other(other.into_owned()),
        };
        open.last_mut().map_or(&mut roots, |parent| &mut parent.children).push(node);
    }
    if open.is_empty() { Ok(roots) } else { Err(broken()) }
}

/// Writes a tree.
///
/// # Errors
/// It cannot be written.
pub(crate) fn write(nodes: &[Node]) -> Result<Vec<u8>, Error> {
    fn each(nodes: &[Node], out: &mut Writer<Vec<u8>>) -> std::io::Result<()> {
        for node in nodes {
            match node {
                Node::Other(event) => out.write_event(event.borrow())?,
                Node::Element(element) if element.children.is_empty() => {
                    out.write_event(Event::Empty(element.start.borrow()))?;
                }
                Node::Element(element) => {
                    out.write_event(Event::Start(element.start.borrow()))?;
                    each(&element.children, out)?;
                    out.write_event(Event::End(element.start.to_end()))?;
                }
            }
        }
        Ok(())
    }
    let mut out = Writer::new(Vec::new());
    each(nodes, &mut out).map_err(|_error| Error::Broken("XML 无法写出".to_owned()))?;
    Ok(out.into_inner())
}
