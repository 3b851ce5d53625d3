//! WASM modules as bytes: a header, then sections of a kind, a length and a body (WebAssembly core specification, 5.5).

const HEADER: &[u8; 8] = b"\0asm\x01\0\0\0";
const CUSTOM: u8 = 0;

/// The module without its custom sections: names, producers and the linker's notes, which browsers do not need and which are
/// more than half of a chunk. `None` when the bytes are no module.
pub(crate) fn strip_custom_sections(module: &[u8]) -> Option<Vec<u8>> {
    let mut rest = module.strip_prefix(HEADER)?;
    let mut kept = HEADER.to_vec();
    while let Some((&kind, after)) = rest.split_first() {
        let (length, width) = read_length(after)?;
        let (section, next) = rest.split_at_checked(1 + width + length)?;
        if kind != CUSTOM {
            kept.extend_from_slice(section);
        }
        rest = next;
    }
    Some(kept)
}

/// An unsigned LEB128 of at most 32 bits, and how many bytes it takes.
fn read_length(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut value = 0;
    for (index, byte) in bytes.iter().take(5).enumerate() {
        value |= usize::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Some((value, index + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn custom_sections_go_and_the_others_stay_as_they_are() {
        let types = [1, 4, 1, 0x60, 0, 0];
        let mut long_custom = vec![CUSTOM, 0x80, 0x01];
        long_custom.extend([b'x'; 128]);
        let module = [HEADER.as_slice(), &long_custom, &types, &[CUSTOM, 1, 0]].concat();
        assert_eq!(strip_custom_sections(&module).unwrap(), [HEADER.as_slice(), &types].concat());
    }

    #[test]
    fn what_is_broken_is_refused() {
        assert!(strip_custom_sections(b"<!doctype html>").is_none());
        assert!(strip_custom_sections(&[HEADER.as_slice(), &[1, 9, 0]].concat()).is_none());
        assert!(strip_custom_sections(&[HEADER.as_slice(), &[1, 0xff, 0xff, 0xff, 0xff, 0xff]].concat()).is_none());
    }
}
