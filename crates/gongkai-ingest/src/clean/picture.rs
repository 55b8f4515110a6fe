//! What cameras and programs write into pictures: places, names, remarks.

/// Whether the Exif part of a photograph points to a place: tag 0x8825 in its first directory.
pub(crate) fn has_location(photo: &[u8]) -> bool {
    let Some(at) = photo.windows(6).take(65_536).position(|window| window == b"Exif\0\0") else { return false };
    let Some(tiff) = photo.get(at + 6..) else { return false };
    points_to_a_place(tiff)
}

fn points_to_a_place(tiff: &[u8]) -> bool {
    let little = tiff.starts_with(b"II");
    let two = |from: usize| {
        let pair: [u8; 2] = tiff.get(from..from.checked_add(2)?)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    };
    let four = |from: usize| {
        let quad: [u8; 4] = tiff.get(from..from.checked_add(4)?)?.try_into().ok()?;
        usize::try_from(if little { u32::from_le_bytes(quad) } else { u32::from_be_bytes(quad) }).ok()
    };
    let Some(directory) = four(4) else { return false };
    let Some(entries) = two(directory) else { return false };
    (0..usize::from(entries)).any(|entry| {
        let from = directory.checked_add(2).and_then(|first| first.checked_add(entry * 12));
        from.and_then(two) == Some(0x8825)
    })
}

/// The picture without remarks: a JPEG without Exif, XMP and comments, a PNG without text and Exif pieces. `None` for
/// another or a broken one.
pub(crate) fn without_notes(picture: &[u8]) -> Option<Vec<u8>> {
    if picture.starts_with(b"\xff\xd8") { jpeg(picture) } else { png(picture) }
}

fn jpeg(picture: &[u8]) -> Option<Vec<u8>> {
    let mut out = vec![0xff, 0xd8];
    let mut at = 2;
    loop {
        if *picture.get(at)? != 0xff {
            return None;
        }
        let kind = *picture.get(at + 1)?;
        if kind == 0xff {
            at += 1;
            continue;
        }
        if kind == 0xda {
            // The picture itself, to the end.
            out.extend_from_slice(picture.get(at..)?);
            return Some(out);
        }
        let length = usize::from(u16::from_be_bytes([*picture.get(at + 2)?, *picture.get(at + 3)?]));
        let end = at.checked_add(2)?.checked_add(length)?;
        let piece = picture.get(at..end)?;
        // Exif and XMP, Photoshop's remarks, comments.
        if !matches!(kind, 0xe1 | 0xed | 0xfe) {
            out.extend_from_slice(piece);
        }
        at = end;
    }
}

fn png(picture: &[u8]) -> Option<Vec<u8>> {
    let head = b"\x89PNG\r\n\x1a\n";
    let mut rest = picture.strip_prefix(head)?;
    let mut out = head.to_vec();
    while !rest.is_empty() {
        let length: [u8; 4] = rest.get(..4)?.try_into().ok()?;
        let end = usize::try_from(u32::from_be_bytes(length)).ok()?.checked_add(12)?;
        let piece = rest.get(..end)?;
        let kind = piece.get(4..8)?;
        if !matches!(kind, b"eXIf" | b"tEXt" | b"iTXt" | b"zTXt" | b"tIME") {
            out.extend_from_slice(piece);
        }
        if kind == b"IEND" {
            break;
        }
        rest = rest.get(end..)?;
    }
    Some(out)
}
