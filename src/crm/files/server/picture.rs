//! Pictures are written anew from their pixels: what else a file carries, such as the place where a photograph was taken, stays
//! behind. That is heavy, so it runs beside the async threads, one picture at a time.

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits,
    codecs::{jpeg::JpegEncoder, png::PngEncoder, webp::WebPEncoder},
    imageops::FilterType,
    metadata::Orientation,
};
use tokio::{sync::Semaphore, task::spawn_blocking};

use crate::{crm::files::file::FileKind, server::upload::MAX_FILE, shared::error::AppError};

/// More pixels are refused before any is read: a small file can ask for gigabytes.
const MAX_PIXELS: u64 = 40_000_000;
/// The same for their bytes: eight a pixel are possible.
const MAX_MEMORY: u64 = 200 * 1024 * 1024;
/// Of 100. Nobody sees a difference, and a photograph gets no larger.
const QUALITY: u8 = 88;

static WORK: Semaphore = Semaphore::const_new(1);

/// Why a picture is not taken.
#[derive(Debug, thiserror::Error)]
enum Problem {
    #[error("This picture has more than {} million pixels. Make it smaller, then send it again.", MAX_PIXELS / 1_000_000)]
    TooManyPixels,
    #[error("This picture cannot be read; it may be damaged. Save it once more, then send it again.")]
    Unreadable(#[source] ImageError),
}

impl From<ImageError> for Problem {
    fn from(error: ImageError) -> Self {
        match error {
            ImageError::Limits(_) => Self::TooManyPixels,
            error => Self::Unreadable(error),
        }
    }
}

/// The file as it is kept: a picture is written anew, anything else stays as it is.
///
/// # Errors
/// [`AppError::InvalidInput`] at `file` for a picture that is damaged, or too large once it is unpacked.
pub(super) async fn clean(kind: FileKind, bytes: Vec<u8>) -> Result<Vec<u8>, AppError> {
    let Some(format) = format_of(kind) else { return Ok(bytes) };
    let turn = WORK.acquire().await.map_err(|_| AppError::Unavailable)?;
    // The turn goes with the work, which goes on when nobody waits for it any more.
    let work = spawn_blocking(move || {
        let _turn = turn;
        rewrite(&bytes, format)
    });
    let Ok(outcome) = work.await else {
        // The decoder panicked, and the hook has logged where. Whatever it was that it could not bear, it is no good picture.
        return Err(AppError::field("file", "This picture cannot be read."));
    };
    outcome.map_err(|problem| AppError::field("file", problem.to_string()))
}

fn format_of(kind: FileKind) -> Option<ImageFormat> {
    match kind {
        FileKind::Pdf => None,
        FileKind::Png => Some(ImageFormat::Png),
        FileKind::Jpeg => Some(ImageFormat::Jpeg),
        FileKind::Webp => Some(ImageFormat::WebP),
    }
}

/// Of what moves, the first picture stays. Written without losses, a picture that was stored with some can grow: beyond what a
/// file may have it is halved.
fn rewrite(bytes: &[u8], format: ImageFormat) -> Result<Vec<u8>, Problem> {
    let mut picture = read(bytes, format)?;
    let mut written = write(&picture, format)?;
    while written.len() > MAX_FILE {
        let (width, height) = (picture.width().div_ceil(2), picture.height().div_ceil(2));
        picture = picture.resize_exact(width, height, FilterType::Triangle);
        written = write(&picture, format)?;
    }
    Ok(written)
}

/// The picture the right way up, with eight bits a channel.
fn read(bytes: &[u8], format: ImageFormat) -> Result<DynamicImage, Problem> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS || decoder.total_bytes() > MAX_MEMORY {
        return Err(Problem::TooManyPixels);
    }
    // One that cannot be read turns nothing.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    let color = picture.color();
    // A JPEG knows no transparency; the decoder of one gives none either.
    Ok(match (color.has_alpha(), color.has_color()) {
        (true, _) => picture.into_rgba8().into(),
        (false, true) => picture.into_rgb8().into(),
        (false, false) => picture.into_luma8().into(),
    })
}

fn write(picture: &DynamicImage, format: ImageFormat) -> Result<Vec<u8>, Problem> {
    let mut written = Vec::new();
    match format {
        ImageFormat::Jpeg => picture.write_with_encoder(JpegEncoder::new_with_quality(&mut written, QUALITY)),
        ImageFormat::WebP => picture.write_with_encoder(WebPEncoder::new_lossless(&mut written)),
        _ => picture.write_with_encoder(PngEncoder::new(&mut written)),
    }?;
    Ok(written)
}

#[cfg(test)]
mod tests {
    use image::{RgbImage, Rgba, RgbaImage};

    use super::*;

    /// A picture with a colour in each corner, so that turning it shows.
    fn corners() -> DynamicImage {
        DynamicImage::from(RgbImage::from_fn(64, 32, |x, y| {
            image::Rgb([if x < 32 { 250 } else { 5 }, if y < 16 { 250 } else { 5 }, 0])
        }))
    }

    #[test]
    fn every_kind_comes_back_as_what_it_was() {
        for kind in [FileKind::Png, FileKind::Jpeg, FileKind::Webp] {
            let format = format_of(kind).unwrap();
            let written = rewrite(&write(&corners(), format).unwrap(), format).unwrap();
            assert_eq!(FileKind::of(&written), Some(kind));
            let again = read(&written, format).unwrap();
            assert_eq!((again.width(), again.height()), (64, 32));
        }
    }

    #[test]
    fn what_is_transparent_stays_so() {
        let glass = DynamicImage::from(RgbaImage::from_pixel(4, 4, Rgba([10, 20, 30, 40])));
        for format in [ImageFormat::Png, ImageFormat::WebP] {
            let written = rewrite(&write(&glass, format).unwrap(), format).unwrap();
            assert_eq!(read(&written, format).unwrap().to_rgba8().get_pixel(1, 1), &Rgba([10, 20, 30, 40]));
        }
    }

    #[test]
    fn a_damaged_picture_is_refused() {
        let whole = write(&corners(), ImageFormat::Png).unwrap();
        let cut = rewrite(&whole[..whole.len() / 2], ImageFormat::Png);
        assert!(matches!(cut, Err(Problem::Unreadable(_))), "{cut:?}");
        assert!(rewrite(b"\xff\xd8\xff\xe0", ImageFormat::Jpeg).is_err());
    }

    #[test]
    fn a_picture_that_grows_beyond_a_file_is_halved() {
        let mut state = 1_u32;
        let noise = DynamicImage::from(RgbImage::from_fn(2_200, 2_200, |_, _| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let [a, b, c, _] = state.to_be_bytes();
            image::Rgb([a, b, c])
        }));
        let written = rewrite(&write(&noise, ImageFormat::Png).unwrap(), ImageFormat::Png).unwrap();
        let half = read(&written, ImageFormat::Png).unwrap();
        assert!(written.len() <= MAX_FILE);
        assert_eq!((half.width(), half.height()), (1_100, 1_100));
    }
}
