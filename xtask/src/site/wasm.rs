//! WASM modules as bytes: a header, then sections of a kind, a length and a body (WebAssembly core specification, 5.5).

use anyhow::{Context as _, Result};
use std::collections::BTreeSet;
use wasm_encoder::{
    Encode as _, ExportSection, RawSection, Section as _,
    reencode::{self, Reencode, RoundtripReencoder},
};
use wasmparser::{BinaryReader, ExportSectionReader, KnownCustom, Name, Parser, Payload, TypeRef};

const HEADER: &[u8; 8] = b"\0asm\x01\0\0\0";
const EXPORTS: u8 = 7;
const ELEMENTS: u8 = 9;
/// The body of a section that holds nothing.
const EMPTY: &[u8] = &[0];
const DATA: u8 = 11;
const DATA_COUNT: u8 = 12;
/// What the exports made by [`root_functions`] begin with.
const ROOT: &str = "root of the core ";

/// A section: its kind, its body, and all of it.
struct Section<'a> {
    kind: u8,
    body: &'a [u8],
    whole: &'a [u8],
}

/// The sections of a module; `None` when the bytes are no module.
fn sections(module: &[u8]) -> Option<Vec<Section<'_>>> {
    let mut rest = module.strip_prefix(HEADER)?;
    let mut found = Vec::new();
    while let Some((&kind, after)) = rest.split_first() {
        let (length, width) = read_length(after)?;
        let (whole, next) = rest.split_at_checked(1 + width + length)?;
        found.push(Section { kind, body: &whole[1 + width..], whole });
        rest = next;
    }
    Some(found)
}

/// The module as browsers need it: without custom sections (names, producers, the linker's notes, more than half of a chunk),
/// and with numbers as short as they can be, which the linker leaves at full width.
pub(crate) fn pack(module: &[u8]) -> Result<Vec<u8>> {
    let mut packed = wasm_encoder::Module::new();
    Packer.parse_core_module(&mut packed, Parser::new(0), module)?;
    Ok(packed.finish())
}

/// Copies everything but custom sections.
struct Packer;

impl Reencode for Packer {
    type Error = std::convert::Infallible;

    fn parse_custom_section(
        &mut self,
        _: &mut wasm_encoder::Module,
        _: wasmparser::CustomSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        Ok(())
    }
}

/// The names of the functions that a module defines, by their index. Those without a name are left out.
pub(crate) fn defined_functions(module: &[u8]) -> Result<Vec<(u32, String)>> {
    let mut imported = 0;
    let mut named = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_)));
                }
            }
            Payload::CustomSection(section) => {
                let KnownCustom::Name(names) = section.as_known() else { continue };
                for part in names {
                    let Name::Function(functions) = part? else { continue };
                    for naming in functions {
                        let naming = naming?;
                        named.push((naming.index, naming.name.to_owned()));
                    }
                }
            }
            _ => {}
        }
    }
    named.retain(|(index, _)| *index >= imported);
    Ok(named)
}

/// Exports the functions of these names, which makes them roots of the core for whoever splits the module.
pub(crate) fn root_functions(module: &[u8], names: &BTreeSet<String>) -> Result<Vec<u8>> {
    let functions = defined_functions(module)?;
    let roots: Vec<u32> =
        functions.into_iter().filter(|(_, name)| names.contains(name)).map(|(index, _)| index).collect();
    rewrite_exports(module, |exports| {
        for index in roots {
            exports.export(&format!("{ROOT}{index}"), wasm_encoder::ExportKind::Func, index);
        }
    })
}

/// The module without the exports of [`root_functions`].
pub(crate) fn unroot_functions(module: &[u8]) -> Result<Vec<u8>> {
    rewrite_exports(module, |_| ())
}

/// Writes the export section anew: what it holds but for earlier roots, then what is added.
fn rewrite_exports(module: &[u8], add: impl FnOnce(&mut ExportSection)) -> Result<Vec<u8>> {
    let sections = sections(module).context("this is no WASM module")?;
    let old = sections.iter().find(|section| section.kind == EXPORTS).context("nothing is exported")?;
    let mut exports = ExportSection::new();
    for export in ExportSectionReader::new(BinaryReader::new(old.body, 0))? {
        let export = export?;
        if !export.name.starts_with(ROOT) {
            exports.export(export.name, RoundtripReencoder.export_kind(export.kind)?, export.index);
        }
    }
    add(&mut exports);
    let mut section = Vec::new();
    exports.append_to(&mut section);
    Ok(with_sections(&sections, &[(EXPORTS, section)]))
}

/// The sections as a module, some of them replaced.
fn with_sections(sections: &[Section<'_>], replaced: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let mut module = HEADER.to_vec();
    for section in sections {
        let new = replaced.iter().find(|(kind, _)| *kind == section.kind);
        module.extend_from_slice(new.map_or(section.whole, |(_, whole)| whole));
    }
    module
}

/// The module with the data of others that share its memory.
pub(crate) fn add_data(module: &[u8], others: &[Vec<u8>]) -> Result<Vec<u8>> {
    let (mut count, mut segments) = data_of(module)?;
    for other in others {
        let (more, bytes) = data_of(other)?;
        count += more;
        segments.extend(bytes);
    }
    let mut counted = Vec::new();
    u32::try_from(count)?.encode(&mut counted);
    let whole = |id: u8, data: &[u8]| {
        let mut section = Vec::new();
        RawSection { id, data }.append_to(&mut section);
        (id, section)
    };
    let body = [counted.as_slice(), &segments].concat();
    let sections = sections(module).context("this is no WASM module")?;
    Ok(with_sections(&sections, &[whole(DATA, &body), whole(DATA_COUNT, &counted)]))
}

/// Whether others can use nothing of a module but its data: it exports no function and puts none into the table. (It may define
/// ways to call functions of others, which its data needed and nobody calls.)
pub(crate) fn is_data_alone(module: &[u8]) -> bool {
    let offers = |section: &Section<'_>| [EXPORTS, ELEMENTS].contains(&section.kind) && section.body != EMPTY;
    sections(module).is_some_and(|sections| !sections.iter().any(offers))
}

/// How many data segments a module has, and their bytes.
fn data_of(module: &[u8]) -> Result<(usize, Vec<u8>)> {
    let sections = sections(module).context("this is no WASM module")?;
    let data = sections.iter().find(|section| section.kind == DATA).context("a module without data")?;
    let (count, width) = read_length(data.body).context("a data section without a count")?;
    Ok((count, data.body[width..].to_vec()))
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
    use wasm_encoder::{
        CodeSection, ConstExpr, DataSection, Function, FunctionSection, ImportSection, Instruction, Module, NameMap,
        NameSection, TypeSection,
    };

    #[test]
    fn what_is_broken_is_refused() {
        assert!(pack(b"<!doctype html>").is_err());
        assert!(sections(&[HEADER.as_slice(), &[1, 9, 0]].concat()).is_none());
        assert!(sections(&[HEADER.as_slice(), &[1, 0xff, 0xff, 0xff, 0xff, 0xff]].concat()).is_none());
    }

    /// One imported function, two of its own: `list` and `menu`; `list` is exported.
    fn sample() -> Vec<u8> {
        let mut module = Module::new();
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        imports.import("browser", "log", wasm_encoder::EntityType::Function(0));
        let mut functions = FunctionSection::new();
        functions.function(0).function(0);
        let mut exports = ExportSection::new();
        exports.export("list", wasm_encoder::ExportKind::Func, 1);
        let mut code = CodeSection::new();
        let mut names = NameMap::new();
        for (index, name) in [(0, "log"), (1, "list"), (2, "menu")] {
            names.append(index, name);
        }
        for _ in 0..2 {
            let mut body = Function::new([]);
            body.instruction(&Instruction::End);
            code.function(&body);
        }
        let mut name_section = NameSection::new();
        name_section.functions(&names);
        module.section(&types).section(&imports).section(&functions).section(&exports).section(&code);
        let mut data = DataSection::new();
        data.active(0, &ConstExpr::i32_const(1024), *b"Cancel");
        module.section(&data).section(&name_section);
        module.finish()
    }

    #[test]
    fn a_packed_module_has_no_custom_section_and_all_others() {
        let kinds = |module: &[u8]| sections(module).unwrap().iter().map(|section| section.kind).collect::<Vec<_>>();
        assert_eq!(kinds(&pack(&sample()).unwrap()), [1, 2, 3, EXPORTS, 10, DATA]);
    }

    #[test]
    fn imported_functions_are_not_defined_ones() {
        let named = defined_functions(&sample()).unwrap();
        assert_eq!(named, [(1, "list".to_owned()), (2, "menu".to_owned())]);
    }

    #[test]
    fn data_of_others_stands_behind_ones_own() {
        let (count, segments) = data_of(&add_data(&sample(), &[sample(), sample()]).unwrap()).unwrap();
        assert_eq!((count, segments), (3, data_of(&sample()).unwrap().1.repeat(3)));
    }

    #[test]
    fn a_module_that_exports_is_more_than_data() {
        assert!(!is_data_alone(&sample()));
        assert!(is_data_alone(&[HEADER.as_slice(), &[DATA, 1, 0]].concat()));
    }

    #[test]
    fn roots_come_and_go_without_a_trace() {
        let rooted = root_functions(&sample(), &BTreeSet::from(["menu".to_owned(), "log".to_owned()])).unwrap();
        let exported = sections(&rooted).unwrap().into_iter().find(|section| section.kind == EXPORTS).unwrap().body;
        let names: Vec<_> = ExportSectionReader::new(BinaryReader::new(exported, 0))
            .unwrap()
            .into_iter()
            .map(|export| (export.as_ref().unwrap().name.to_owned(), export.unwrap().index))
            .collect();
        assert_eq!(names, [("list".to_owned(), 1), (format!("{ROOT}2"), 2)]);
        assert_eq!(unroot_functions(&rooted).unwrap(), sample());
    }
}
