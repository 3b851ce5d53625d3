//! Leads as lines of a CSV file. No cell that we write is taken for a formula, and what we put in front of it for that is taken off
//! when the file comes back.

use std::collections::BTreeMap;

use csv::{ByteRecord, ReaderBuilder, Terminator, WriterBuilder};

use crate::{
    crm::{
        leads::{
            import::{FailedLine, MAX_ROWS},
            lead::{Lead, LeadSource},
        },
        trips::views::TripOffer,
    },
    shared::{
        error::{AppError, FieldErrors},
        lifecycle::Lifecycle,
    },
};

/// The columns of an import, in the order of api.md.
const IMPORTED: [&str; 8] = ["name", "email", "phone", "trip", "source", "message", "party_size", "notes"];
/// Those that a file must have.
const REQUIRED: [&str; 3] = ["name", "email", "trip"];
/// The columns of an export. An import takes those that it knows and passes over the others.
const EXPORTED: [&str; 17] = [
    "name",
    "email",
    "phone",
    "trip",
    "source",
    "party_size",
    "notes",
    "status",
    "score",
    "tier",
    "tags",
    "departure",
    "estimated_value",
    "next_follow_up_at",
    "last_activity_at",
    "created_at",
    "lost_reason",
];

/// A line of an import, as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Its number in the file; the header is line 1.
    pub(super) number: u64,
    cells: BTreeMap<&'static str, String>,
}

impl Line {
    /// What stands in a column; `None` when nothing does.
    pub(super) fn cell(&self, column: &str) -> Option<&str> {
        self.cells.get(column).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }
}

/// Lines that could be read, and lines that could not.
pub(super) type Lines = (Vec<Line>, Vec<FailedLine>);

/// Reads the lines of a file.
///
/// # Errors
/// [`AppError::InvalidInput`] (`file`) when its header is not one of leads, [`AppError::TooLarge`] for too many lines.
pub(super) fn read_lines(file: &[u8]) -> Result<Lines, AppError> {
    let file = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(file);
    let header = reader.byte_headers().map_err(|_| refuse("This is no CSV file."))?.clone();
    let columns = read_header(&header)?;
    let mut counter = LineCounter { file, counted: 0, line: 1 };
    let (mut lines, mut failed) = (Vec::new(), Vec::new());
    for record in reader.byte_records() {
        let record = record.map_err(|_| refuse("This is no CSV file."))?;
        if lines.len() + failed.len() == MAX_ROWS {
            return Err(AppError::TooLarge);
        }
        let number = counter.line_at(record.position().map_or(0, csv::Position::byte));
        match read_cells(&columns, &record) {
            Ok(cells) => lines.push(Line { number, cells }),
            Err(problem) => {
                failed.push(FailedLine { line: number, fields: FieldErrors::from([("line".into(), vec![problem])]) });
            }
        }
    }
    Ok((lines, failed))
}

/// Counts lines as editors do. The reader counts them too, but a line that ends as in Windows only once it has begun the next one.
struct LineCounter<'a> {
    file: &'a [u8],
    counted: usize,
    line: u64,
}

impl LineCounter<'_> {
    /// The line of the first record at this byte or behind the line ends there; bytes must not go back.
    fn line_at(&mut self, byte: u64) -> u64 {
        let byte = usize::try_from(byte).unwrap_or(usize::MAX);
        while let Some(&at) = self.file.get(self.counted) {
            if self.counted >= byte && !matches!(at, b'\r' | b'\n') {
                break;
            }
            self.line += u64::from(at == b'\n');
            self.counted += 1;
        }
        self.line
    }
}

/// Which column each cell belongs to; `None` where it is passed over.
fn read_header(header: &ByteRecord) -> Result<Vec<Option<&'static str>>, AppError> {
    let mut columns = Vec::new();
    for name in header {
        let name = String::from_utf8_lossy(name).trim().to_lowercase();
        let column = IMPORTED.into_iter().find(|column| *column == name);
        if column.is_none() && !EXPORTED.contains(&name.as_str()) {
            return Err(refuse(format!("The column “{name}” is not known. Possible are {}.", IMPORTED.join(", "))));
        }
        if column.is_some() && columns.contains(&column) {
            return Err(refuse(format!("The column “{name}” is there twice.")));
        }
        columns.push(column);
    }
    match REQUIRED.into_iter().find(|required| !columns.contains(&Some(*required))) {
        Some(missing) => Err(refuse(format!("The column “{missing}” is missing. The first line names the columns."))),
        None => Ok(columns),
    }
}

fn read_cells(columns: &[Option<&'static str>], record: &ByteRecord) -> Result<BTreeMap<&'static str, String>, String> {
    if record.len() != columns.len() {
        return Err(format!("This line has {} cells; the header has {}.", record.len(), columns.len()));
    }
    let cells = columns.iter().zip(record).filter_map(|(column, cell)| Some(((*column)?, cell)));
    cells
        .map(|(column, cell)| match std::str::from_utf8(cell) {
            Ok(cell) => Ok((column, unguard(cell).to_owned())),
            Err(_) => Err("This line is not written in UTF-8. Save the file as “CSV UTF-8”.".to_owned()),
        })
        .collect()
}

/// The first line of an export.
pub(super) fn header() -> Vec<u8> {
    write_line(EXPORTED.map(str::to_owned))
}

/// A lead as a line of an export; `trip` is `None` when it is no longer there.
pub(super) fn write_lead(lead: &Lead, trip: Option<&TripOffer>) -> Vec<u8> {
    let departure = trip.zip(lead.departure_id).and_then(|(trip, id)| trip.departure(id));
    let or_empty = |text: Option<String>| text.unwrap_or_default();
    write_line([
        lead.name.clone(),
        lead.email.to_string(),
        or_empty(lead.phone.as_ref().map(ToString::to_string)),
        or_empty(trip.map(|trip| trip.slug.clone())),
        lead.source.as_str().to_owned(),
        or_empty(lead.party_size.map(|size| size.to_string())),
        lead.notes.clone(),
        lead.status.as_str().to_owned(),
        lead.score.to_string(),
        lead.tier().as_str().to_owned(),
        lead.tags.join(", "),
        or_empty(departure.map(|departure| departure.starts_on.to_string())),
        lead.estimated_value.input_value(),
        or_empty(lead.next_follow_up_at.map(|at| at.to_string())),
        lead.last_activity_at.to_string(),
        lead.created_at.to_string(),
        or_empty(lead.lost_reason.map(|reason| reason.as_str().to_owned())),
    ])
}

/// The source that a cell names.
pub(super) fn read_source(cell: Option<&str>) -> Option<LeadSource> {
    cell.map_or(Some(LeadSource::Import), |name| LeadSource::from_name(&name.to_lowercase()))
}

fn write_line<const N: usize>(cells: [String; N]) -> Vec<u8> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    // Writing to memory does not fail; were it to, the line would be empty and the file short, never wrong.
    match writer.write_record(cells.iter().map(|cell| guard(cell))) {
        Ok(()) => writer.into_inner().unwrap_or_default(),
        Err(_) => Vec::new(),
    }
}

/// A spreadsheet takes a cell that begins so for a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

fn guard(cell: &str) -> String {
    if cell.starts_with(FORMULA) { format!("'{cell}") } else { cell.to_owned() }
}

fn unguard(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(FORMULA)).unwrap_or(cell)
}

fn refuse(message: impl Into<String>) -> AppError {
    AppError::field("file", message)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_cell_is_a_formula_and_every_cell_comes_back(cell in "[=+@\t\r'\"a-z,\n-]{0,12}") {
            let guarded = guard(&cell);
            prop_assert!(!guarded.starts_with(FORMULA));
            if !cell.starts_with('\'') {
                prop_assert_eq!(unguard(&guarded), cell.as_str());
            }
        }
    }

    #[test]
    fn columns_come_in_any_order_with_bom_and_windows_line_ends() {
        let file = "\u{feff}Trip,NAME,email,phone\r\nkedarkantha,\"Rao, Asha\",asha@example.in,'+91 98765 43210\r\n";
        let (lines, failed) = read_lines(file.as_bytes()).unwrap();
        assert!(failed.is_empty());
        assert_eq!(lines[0].number, 2);
        let cells = ["name", "trip", "phone", "notes"].map(|column| lines[0].cell(column));
        assert_eq!(cells, [Some("Rao, Asha"), Some("kedarkantha"), Some("+91 98765 43210"), None]);
    }

    #[test]
    fn lines_are_counted_as_editors_count_them() {
        for end in ["\n", "\r\n"] {
            let file =
                ["name,email,trip", "A,a@example.in,x", "", "\"B", "B\",b@example.in,x", "C,c@example.in,x"].join(end);
            let (lines, _) = read_lines(file.as_bytes()).unwrap();
            assert_eq!(lines.iter().map(|line| line.number).collect::<Vec<_>>(), [2, 4, 6], "{end:?}");
        }
    }

    #[test]
    fn a_line_that_cannot_be_read_leaves_the_others_alone() {
        let file = b"name,email,trip\nA,a@example.in,x\nB\nC\xff,c@example.in,x\n\"D\nE\",d@example.in,x\n";
        let (lines, failed) = read_lines(file).unwrap();
        assert_eq!(lines.iter().map(|line| line.number).collect::<Vec<_>>(), [2, 5]);
        assert_eq!(failed.iter().map(|failed| failed.line).collect::<Vec<_>>(), [3, 4]);
    }

    #[test]
    fn a_header_that_is_not_one_of_leads_is_refused() {
        for header in ["", "name,email", "name,email,trip,colour", "name,email,trip,name"] {
            assert!(matches!(read_lines(header.as_bytes()), Err(AppError::InvalidInput(_))), "{header}");
        }
    }

    #[test]
    fn a_file_has_five_thousand_lines_at_most() {
        let file = |rows| format!("name,email,trip\n{}", "A,a@example.in,x\n".repeat(rows));
        assert!(read_lines(file(MAX_ROWS).as_bytes()).is_ok());
        assert_eq!(read_lines(file(MAX_ROWS + 1).as_bytes()), Err(AppError::TooLarge));
    }
}
