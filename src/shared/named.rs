//! Enums with names: each value has one on the wire and in the database, and one that people read.

/// Gives an enum its names, in the order in which people think of its values. What has a table of steps besides is a
/// [`Lifecycle`](crate::shared::lifecycle::Lifecycle).
macro_rules! named {
    ($type:ident { $($variant:ident = $name:literal, $label:literal;)+ }) => {
        impl $type {
            /// Every value, in the order in which people think of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name on the wire and in the database.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            /// The name that people read.
            pub const fn label(self) -> &'static str {
                match self {
                    $(Self::$variant => $label,)+
                }
            }

            /// The value of that name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == name)
            }
        }
    };
}

pub(crate) use named;
