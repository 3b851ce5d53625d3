//! Files as people send them.

use std::io::Cursor;

use axum::{body::Body, http::Method};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use super::{Client, Reply};

pub const FILES: &str = "/api/files";
/// A small document.
pub const PDF: &[u8] = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n";

/// A form of parts, each with its head and what it has.
pub fn form(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (head, content) in parts {
        body.extend(format!("--line\r\ncontent-disposition: form-data; {head}\r\n\r\n").into_bytes());
        body.extend(*content);
        body.extend(b"\r\n");
    }
    body.extend(b"--line--\r\n");
    body
}

impl Client {
    /// Sends a file.
    pub async fn send_file(&self, name: &str, content: &[u8]) -> Reply {
        self.send_form(&[(&format!("name=\"file\"; filename=\"{name}\""), content)], &[]).await
    }

    /// Sends a form to where files are taken.
    pub async fn send_form(&self, parts: &[(&str, &[u8])], headers: &[(&str, &str)]) -> Reply {
        let request = self.request(Method::POST, FILES).header("content-type", "multipart/form-data; boundary=line");
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        self.send(request.body(Body::from(form(parts))).unwrap()).await
    }
}

/// A picture of that kind, wider than high.
pub fn picture(format: ImageFormat) -> Vec<u8> {
    let picture = RgbImage::from_fn(64, 32, |x, _| if x < 32 { Rgb([250, 20, 20]) } else { Rgb([20, 20, 250]) });
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(picture).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A photograph of a phone that was held upright, with the place where it was taken.
pub fn photograph_with_place() -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08".to_vec();
    // Orientation: turned by a quarter; and where the place is told.
    tiff.extend(b"\0\x02\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\x88\x25\0\x04\0\0\0\x01\0\0\0\x26\0\0\0\0");
    // The latitude: three fractions.
    tiff.extend(b"\0\x01\0\x02\0\x05\0\0\0\x03\0\0\0\x38\0\0\0\0");
    for number in [30_u32, 1, 4, 1, 1_234, 100] {
        tiff.extend(number.to_be_bytes());
    }
    let segment = [b"Exif\0\0", tiff.as_slice()].concat();
    let length = u16::try_from(segment.len() + 2).unwrap().to_be_bytes();
    let plain = picture(ImageFormat::Jpeg);
    [&plain[..2], b"\xff\xe1", &length, &segment, &plain[2..]].concat()
}

/// A small photograph that says it has 144 million pixels.
pub fn pixel_bomb() -> Vec<u8> {
    let mut bytes = picture(ImageFormat::Jpeg);
    let start = bytes.windows(2).position(|pair| pair == b"\xff\xc0").unwrap();
    bytes[start + 5..start + 9].copy_from_slice(&[0x2e, 0xe0, 0x2e, 0xe0]);
    bytes
}
