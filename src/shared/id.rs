//! Typed identifiers: 24 hexadecimal digits on the wire, an `ObjectId` in the database.

use std::{cmp::Ordering, fmt, hash, marker::PhantomData, str::FromStr};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, MapAccess, Visitor},
    ser::SerializeStruct,
};

/// The identifier of a `T`: 12 bytes, so that one kind of id can never be passed for another.
pub struct Id<T> {
    bytes: [u8; 12],
    of: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// An id of the given bytes (as made by `app.ids` or read from the database).
    pub const fn from_bytes(bytes: [u8; 12]) -> Self {
        Self { bytes, of: PhantomData }
    }

    /// The 12 bytes.
    pub const fn bytes(self) -> [u8; 12] {
        self.bytes
    }

    /// The same id for those who do not know what a `T` is (`live`), or who do (the business).
    pub const fn cast<U>(self) -> Id<U> {
        Id::from_bytes(self.bytes)
    }
}

/// The text is not 24 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("An id has 24 hexadecimal digits.")]
pub struct NotAnId;

impl<T> FromStr for Id<T> {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let digits = text.as_bytes();
        if digits.len() != 24 {
            return Err(NotAnId);
        }
        let mut bytes = [0; 12];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = nibble(pair[0])? << 4 | nibble(pair[1])?;
        }
        Ok(Self::from_bytes(bytes))
    }
}

fn nibble(digit: u8) -> Result<u8, NotAnId> {
    match digit {
        b'0'..=b'9' => Ok(digit - b'0'),
        b'a'..=b'f' => Ok(digit - b'a' + 10),
        _ => Err(NotAnId),
    }
}

impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Id<T> {}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl<T> Eq for Id<T> {}

impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.bytes.cmp(&other.bytes)
    }
}

impl<T> hash::Hash for Id<T> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.bytes.hash(state);
    }
}

/// The field (and struct) name by which serde's BSON format knows an `ObjectId`.
const OBJECT_ID: &str = "$oid";

impl<T> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return serializer.collect_str(self);
        }
        let mut object_id = serializer.serialize_struct(OBJECT_ID, 1)?;
        object_id.serialize_field(OBJECT_ID, &self.to_string())?;
        object_id.end()
    }
}

impl<'de, T> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(IdVisitor(PhantomData))
    }
}

struct IdVisitor<T>(PhantomData<fn() -> T>);

impl<'de, T> Visitor<'de> for IdVisitor<T> {
    type Value = Id<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id of 24 hexadecimal digits")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Id<T>, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Id<T>, A::Error> {
        match map.next_entry::<String, String>() {
            Ok(Some((key, text))) if key == OBJECT_ID => text.parse().map_err(de::Error::custom),
            _ => Err(de::Error::invalid_type(de::Unexpected::Map, &self)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_24_lower_case_hexadecimal_digits() {
        let text = "65f1c0ffee00112233445566";
        let id: Id<()> = text.parse().unwrap();
        assert_eq!(id.to_string(), text);
        assert_eq!(serde_json::to_string(&id).unwrap(), format!("\"{text}\""));
        for wrong in ["", "65f1", "65F1C0FFEE00112233445566", "65f1c0ffee0011223344556g", "65f1c0ffee001122334455667"] {
            assert_eq!(wrong.parse::<Id<()>>(), Err(NotAnId), "{wrong}");
        }
    }

    #[test]
    fn an_operator_is_not_an_id() {
        assert!(serde_json::from_str::<Id<()>>(r#"{"$ne":null}"#).is_err());
        assert!(serde_json::from_str::<Id<()>>(r#"{"$ne":"65f1c0ffee00112233445566"}"#).is_err());
    }
}
