//! What a change says about a field that may be empty: keep it, clear it (`null`), or set it.

use serde::{Deserialize, Deserializer};

/// One field of a change. In a struct it is marked `#[serde(default)]`, so that an absent field means [`Patch::Keep`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Patch<T> {
    /// The field was not named.
    #[default]
    Keep,
    /// The field is `null`.
    Clear,
    /// The field has a value.
    Set(T),
}

impl<T> Patch<T> {
    /// Whether the field was named.
    pub const fn is_named(&self) -> bool {
        !matches!(self, Self::Keep)
    }

    /// What the field is after the change.
    pub fn apply(self, current: Option<T>) -> Option<T> {
        match self {
            Self::Keep => current,
            Self::Clear => None,
            Self::Set(value) => Some(value),
        }
    }

    /// The same change of another type, or what is wrong with its value.
    ///
    /// # Errors
    /// What `convert` returns.
    pub fn try_map<U, E>(self, convert: impl FnOnce(T) -> Result<U, E>) -> Result<Patch<U>, E> {
        Ok(match self {
            Self::Keep => Patch::Keep,
            Self::Clear => Patch::Clear,
            Self::Set(value) => Patch::Set(convert(value)?),
        })
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(deserializer)?.map_or(Self::Clear, Self::Set))
    }
}

/// For an `Option` field that may be absent but not `null`: `#[serde(default, deserialize_with = "patch::given")]`.
///
/// # Errors
/// When the value is `null` or of another type.
pub fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Eq, Deserialize)]
    struct Change {
        #[serde(default)]
        note: Patch<u32>,
        #[serde(default, deserialize_with = "given")]
        name: Option<u32>,
    }

    fn read(json: &str) -> Result<Change, serde_json::Error> {
        serde_json::from_str(json)
    }

    #[test]
    fn absent_null_and_given_are_three_things() {
        assert_eq!(read("{}").unwrap(), Change { note: Patch::Keep, name: None });
        assert_eq!(read(r#"{"note":null}"#).unwrap().note, Patch::Clear);
        assert_eq!(read(r#"{"note":3}"#).unwrap().note, Patch::Set(3));
    }

    #[test]
    fn what_cannot_be_empty_refuses_null() {
        assert!(read(r#"{"name":null}"#).is_err());
        assert_eq!(read(r#"{"name":3}"#).unwrap().name, Some(3));
    }

    #[test]
    fn a_patch_keeps_clears_or_sets() {
        assert_eq!(Patch::Keep.apply(Some(1)), Some(1));
        assert_eq!(Patch::Clear.apply(Some(1)), None);
        assert_eq!(Patch::Set(2).apply(Some(1)), Some(2));
    }
}
