//! Enums whose values have a name and a description: formats, severities, types of inputs.

/// An enum that `words!` declares. Names are unique; they are what users write and what machine formats contain.
pub trait Words: Copy + 'static {
    /// Every value, in the order of the declaration.
    const ALL: &'static [Self];

    /// The name.
    fn as_str(self) -> &'static str;

    /// One line for `--help`, or for the explanation in a JSON Schema.
    fn description(self) -> &'static str;

    /// Every name, in the order of the declaration.
    fn names() -> Vec<&'static str> {
        Self::ALL.iter().map(|value| value.as_str()).collect()
    }

    /// Finds a value by its name.
    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.as_str() == name)
    }
}

/// Declares an enum and its `Words`: `Variant "name" "description",` for each value.
macro_rules! words {
    ($(#[$meta:meta])* $visibility:vis enum $name:ident { $($variant:ident $word:literal $description:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        $visibility enum $name { $(#[doc = $description] $variant,)* }

        impl $crate::words::Words for $name {
            const ALL: &'static [Self] = &[$(Self::$variant,)*];

            fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            fn description(self) -> &'static str {
                match self { $(Self::$variant => $description,)* }
            }
        }
    };
}

pub(crate) use words;

#[cfg(test)]
mod tests {
    use super::Words;
    use crate::diff::DiffFormat;
    use crate::inspect::GraphFormat;
    use crate::report::Format;
    use crate::schema::Subject;

    #[track_caller]
    fn finds_each_by_its_name<T: Words + PartialEq + std::fmt::Debug>() {
        for value in T::ALL {
            assert_eq!(T::from_name(value.as_str()), Some(*value));
            assert!(!value.description().is_empty(), "{value:?}");
        }
        assert_eq!(T::from_name("no such name"), None);
    }

    #[test]
    fn finds_each_value_by_its_name() {
        finds_each_by_its_name::<DiffFormat>();
        finds_each_by_its_name::<GraphFormat>();
        finds_each_by_its_name::<Format>();
        finds_each_by_its_name::<Subject>();
    }
}
