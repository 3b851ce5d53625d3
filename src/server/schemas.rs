//! How the shared wire types look in the OpenAPI description: ids, times, addresses and numbers are strings of a pattern.

use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat,
        schema::{SchemaType, Type},
    },
};

use crate::shared::{
    contact::{Email, Phone},
    id::Id,
    time::Time,
};

fn text(description: &str) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(SchemaType::Type(Type::String)).description(Some(description))
}

impl<T> PartialSchema for Id<T> {
    fn schema() -> RefOr<Schema> {
        text("An id of 24 hexadecimal digits.").pattern(Some("^[0-9a-f]{24}$")).into()
    }
}

impl<T> ToSchema for Id<T> {}

impl PartialSchema for Time {
    fn schema() -> RefOr<Schema> {
        text("A point in time, RFC 3339.").format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime))).into()
    }
}

impl ToSchema for Time {}

impl PartialSchema for Email {
    fn schema() -> RefOr<Schema> {
        text("An e-mail address.")
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Email)))
            .max_length(Some(254))
            .into()
    }
}

impl ToSchema for Email {}

impl PartialSchema for Phone {
    fn schema() -> RefOr<Schema> {
        text("A phone number in E.164.").pattern(Some(r"^\+[1-9][0-9]{7,14}$")).into()
    }
}

impl ToSchema for Phone {}
