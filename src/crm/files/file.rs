//! A file as it is stored, the kinds that are taken, and how its name is made safe to show and to save.

use serde::{Deserialize, Serialize};

use crate::{
    crm::{accounts::user::UserId, chat::conversation::ConversationId, tickets::ticket::TicketId},
    shared::{error::AppError, id::Id, time::Time},
};

/// The id of a [`StoredFile`].
pub type FileId = Id<StoredFile>;

/// What the files of a form, and the ids of files sent before, are called in it.
pub const ATTACHMENTS: &str = "attachments";
/// So many files are attached to one thing.
pub const MAX_ATTACHMENTS: usize = 5;
/// The longest name, in characters.
const MAX_NAME: usize = 100;

/// What a file is, by its first bytes and not by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub enum FileKind {
    /// A document.
    #[serde(rename = "application/pdf")]
    Pdf,
    /// A picture without losses.
    #[serde(rename = "image/png")]
    Png,
    /// A photograph.
    #[serde(rename = "image/jpeg")]
    Jpeg,
    /// A picture of the web.
    #[serde(rename = "image/webp")]
    Webp,
}

impl FileKind {
    /// The kind of a file that begins so; `None` for what is not taken.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Self::Pdf),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Self::Png),
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::Jpeg),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            _ => None,
        }
    }

    /// The name of the kind in HTTP.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
        }
    }

    /// Whether a browser may show it in place: it is a picture that was written anew here.
    pub const fn is_picture(self) -> bool {
        !matches!(self, Self::Pdf)
    }

    /// How names of such files end, the usual one first.
    const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Webp => &["webp"],
        }
    }

    /// A name that is safe to show, and to save under: without folders and control characters, not too long, with an ending of this
    /// kind, because systems choose the program that opens a file by it.
    pub fn clean_name(self, given: Option<&str>) -> String {
        let last = given.unwrap_or_default().rsplit(['/', '\\']).next().unwrap_or_default();
        let words: String = last.chars().map(|c| if is_plain(c) { c } else { ' ' }).collect();
        let name = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let name = name.trim_matches(['.', ' ']);
        let (stem, ending) = match name.rsplit_once('.') {
            Some((stem, ending)) if self.has_ending(ending) => (stem, ending.to_ascii_lowercase()),
            _ => (name, self.endings()[0].to_owned()),
        };
        let stem: String = stem.chars().take(MAX_NAME - 1 - ending.len()).collect();
        let stem = stem.trim_matches(['.', ' ']);
        let stem = if stem.is_empty() { "file" } else { stem };
        format!("{stem}.{ending}")
    }

    fn has_ending(self, ending: &str) -> bool {
        self.endings().iter().any(|known| ending.eq_ignore_ascii_case(known))
    }
}

/// Whether a character stands for itself: no control character, nothing invisible that turns the direction of what follows, and
/// nothing that a system does not take in a name.
fn is_plain(c: char) -> bool {
    let is_invisible =
        matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}');
    !c.is_control() && !is_invisible && !matches!(c, '"' | '*' | ':' | '<' | '>' | '?' | '|')
}

/// What a file is attached to. Who may see that may read the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "entity", rename_all = "snake_case")]
pub enum AttachedTo {
    /// A ticket.
    Ticket {
        /// Which one.
        id: TicketId,
        /// Whether it came with an internal note, which is for admins alone.
        internal: bool,
    },
    /// A conversation.
    Conversation {
        /// Which one.
        id: ConversationId,
    },
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StoredFile {
    /// The id.
    #[serde(rename = "_id")]
    pub id: FileId,
    /// Who sent it.
    pub owner: UserId,
    /// What it is called.
    pub name: String,
    /// How many bytes it has.
    pub size: u32,
    /// What it is.
    pub kind: FileKind,
    /// Under which key its bytes are kept.
    pub key: String,
    /// Whether its bytes are there: not yet while it arrives, no longer while it is removed.
    pub stored: bool,
    /// What it is attached to.
    pub attached_to: Option<AttachedTo>,
    /// When it came.
    pub created_at: Time,
    /// When it is removed unless it is attached before; `None` once it is.
    pub remove_at: Option<Time>,
}

/// A file as people see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Attachment {
    /// The id.
    pub id: FileId,
    /// What it is called.
    pub name: String,
    /// How many bytes it has.
    pub size: u32,
    /// What it is.
    pub content_type: FileKind,
}

impl Attachment {
    /// Where it is read.
    pub fn path(&self) -> String {
        format!("/api/files/{}", self.id)
    }

    /// How the text [`ATTACHMENTS`] of a form tells of a file that is kept: its id and its name.
    pub fn as_line(&self) -> String {
        format!("{} {}", self.id, self.name)
    }
}

/// How large so many bytes are: `240 KB`, `1.8 MB`.
pub fn size_in_words(bytes: u32) -> String {
    match bytes.div_ceil(1_024) {
        kilobytes @ ..1_024 => format!("{kilobytes} KB"),
        kilobytes => format!("{}.{} MB", kilobytes / 1_024, kilobytes % 1_024 * 10 / 1_024),
    }
}

/// The ids of the files that the lines of a form tell of.
///
/// # Errors
/// [`AppError::InvalidInput`] at [`ATTACHMENTS`] for a line without one.
pub fn read_lines(lines: &str) -> Result<Vec<FileId>, AppError> {
    let id_of = |line: &str| line.split(' ').next().unwrap_or_default().parse();
    let ids = lines.lines().map(id_of).collect::<Result<_, _>>();
    ids.map_err(|_| AppError::field(ATTACHMENTS, "One of these files is not known. Choose it once more."))
}

impl From<StoredFile> for Attachment {
    fn from(file: StoredFile) -> Self {
        let StoredFile { id, name, size, kind, .. } = file;
        Self { id, name, size, content_type: kind }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_tell_the_kind() {
        let kinds: [(&[u8], _); 4] = [
            (b"%PDF-1.7\n", FileKind::Pdf),
            (b"\x89PNG\r\n\x1a\n\0", FileKind::Png),
            (b"\xff\xd8\xff\xe0", FileKind::Jpeg),
            (b"RIFF\x10\0\0\0WEBPVP8 ", FileKind::Webp),
        ];
        for (bytes, kind) in kinds {
            assert_eq!(FileKind::of(bytes), Some(kind));
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{}\"", kind.media_type()));
        }
        for bytes in
            [&b""[..], b"<svg xmlns", b"<!DOCTYPE html>", b" %PDF-1.7", b"GIF89a", b"RIFF\x10\0\0\0WAVE", b"PK\x03\x04"]
        {
            assert_eq!(FileKind::of(bytes), None, "{bytes:?}");
        }
    }

    #[test]
    fn a_name_keeps_its_words_and_loses_what_is_dangerous() {
        for (given, clean) in [
            ("Ticket.pdf", "Ticket.pdf"),
            ("  रसीद  2026.PDF ", "रसीद 2026.pdf"),
            ("../../etc/passwd", "passwd.pdf"),
            ("C:\\Users\\Asha\\bill.pdf", "bill.pdf"),
            ("page.html", "page.html.pdf"),
            ("bill\u{202e}fdp.exe", "bill fdp.exe.pdf"),
            ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie x.pdf"),
            ("\"quoted\".pdf", "quoted.pdf"),
            (".pdf", "pdf.pdf"),
            ("...", "file.pdf"),
            ("", "file.pdf"),
        ] {
            assert_eq!(FileKind::Pdf.clean_name(Some(given)), clean, "{given:?}");
        }
        assert_eq!(FileKind::Jpeg.clean_name(Some("camp.JPEG")), "camp.jpeg");
        assert_eq!(FileKind::Jpeg.clean_name(None), "file.jpg");
    }

    #[test]
    fn a_size_is_told_in_kilobytes_and_then_in_megabytes() {
        assert_eq!([1, 1_024, 240_000, 1_900_000].map(size_in_words), ["1 KB", "1 KB", "235 KB", "1.8 MB"]);
    }

    #[test]
    fn a_form_tells_of_files_by_lines() {
        let file = |byte, name: &str| Attachment {
            id: Id::from_bytes([byte; 12]),
            name: name.into(),
            size: 1,
            content_type: FileKind::Pdf,
        };
        let (bill, slip) = (file(1, "the bill.pdf"), file(2, "slip.pdf"));
        let lines = format!("{}\n{}", bill.as_line(), slip.as_line());
        assert_eq!(read_lines(&lines), Ok(vec![bill.id, slip.id]));
        assert_eq!(read_lines(""), Ok(Vec::new()));
        assert_eq!(read_lines("bill.pdf").unwrap_err().field_messages(ATTACHMENTS).len(), 1);
    }

    #[test]
    fn a_long_name_is_cut_before_its_ending() {
        let name = FileKind::Png.clean_name(Some(&format!("{}.png", "नाम".repeat(100))));
        assert_eq!(name.chars().count(), MAX_NAME);
        assert!(name.ends_with(".png"));
    }
}
