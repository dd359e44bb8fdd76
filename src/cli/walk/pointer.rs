//! Choice of options with the arrow keys: keys → the line that a person could have typed.

use console::Key;

/// The highlighted option of a screen, and the marked ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pointer {
    /// For each option, if several can be chosen.
    marked: Vec<bool>,
    at: usize,
    is_multiple: bool,
    /// The digits pressed so far, as a number from 1.
    typed: usize,
}

/// Effect of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Pressed {
    /// The options must be drawn again.
    Moved,
    /// The line is complete.
    Line(String),
    Nothing,
}

impl Pointer {
    /// Highlights the first of `count` options. Without options, only Enter and letters have an effect.
    pub(super) fn new(count: usize, is_multiple: bool) -> Self {
        Self { marked: vec![false; count], at: 0, is_multiple, typed: 0 }
    }

    /// Index of the highlighted option.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// True if an option is marked; `None` if only one can be chosen.
    pub(super) fn mark(&self, index: usize) -> Option<bool> {
        self.is_multiple.then(|| self.marked[index])
    }

    /// Applies a key.
    pub(super) fn press(&mut self, key: &Key) -> Pressed {
        let count = self.marked.len();
        let typed = std::mem::take(&mut self.typed);
        match key {
            Key::ArrowUp if count > 0 => self.point((self.at + count - 1) % count),
            Key::ArrowDown | Key::Tab if count > 0 => self.point((self.at + 1) % count),
            Key::Home if count > 0 => self.point(0),
            Key::End if count > 0 => self.point(count - 1),
            Key::Char(' ') if self.is_multiple => self.toggle(self.at),
            Key::Char(letter @ ('b' | 'r' | 'q')) => Pressed::Line(letter.to_string()),
            Key::ArrowLeft | Key::Backspace => Pressed::Line("b".to_owned()),
            Key::Escape | Key::CtrlC | Key::Char('\u{4}') => Pressed::Line("q".to_owned()),
            Key::Enter => Pressed::Line(self.chosen()),
            Key::Char(digit) => digit.to_digit(10).map_or(Pressed::Nothing, |digit| self.press_digit(typed, digit)),
            _ => Pressed::Nothing,
        }
    }

    fn point(&mut self, at: usize) -> Pressed {
        self.at = at;
        Pressed::Moved
    }

    fn toggle(&mut self, index: usize) -> Pressed {
        self.marked[index] = !self.marked[index];
        self.point(index)
    }

    /// A number completes the line as soon as no longer number begins with it.
    fn press_digit(&mut self, typed: usize, digit: u32) -> Pressed {
        let count = self.marked.len();
        let number = typed * 10 + usize::try_from(digit).expect("a digit is below ten");
        if !(1..=count).contains(&number) {
            return Pressed::Nothing;
        }
        if self.is_multiple {
            return self.toggle(number - 1);
        }
        self.at = number - 1;
        if number * 10 > count {
            return Pressed::Line(number.to_string());
        }
        self.typed = number;
        Pressed::Moved
    }

    /// The numbers of the marked options, else of the highlighted one; empty without options.
    fn chosen(&self) -> String {
        let marked: Vec<String> =
            (0..self.marked.len()).filter(|index| self.marked[*index]).map(|index| (index + 1).to_string()).collect();
        match (marked.is_empty(), self.marked.is_empty()) {
            (true, true) => String::new(),
            (true, false) => (self.at + 1).to_string(),
            (false, _) => marked.join(","),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(count: usize, is_multiple: bool, keys: &[Key]) -> Option<String> {
        let mut pointer = Pointer::new(count, is_multiple);
        keys.iter().find_map(|key| match pointer.press(key) {
            Pressed::Line(line) => Some(line),
            Pressed::Moved | Pressed::Nothing => None,
        })
    }

    #[test]
    fn arrows_wrap_and_enter_takes_the_highlighted_option() {
        use Key::{ArrowDown, ArrowUp, End, Enter, Home};
        assert_eq!(line(3, false, &[Enter]).unwrap(), "1");
        assert_eq!(line(3, false, &[ArrowDown, ArrowDown, Enter]).unwrap(), "3");
        assert_eq!(line(3, false, &[ArrowUp, Enter]).unwrap(), "3");
        assert_eq!(line(3, false, &[End, ArrowDown, Enter]).unwrap(), "1");
        assert_eq!(line(3, false, &[End, Home, Enter]).unwrap(), "1");
        assert_eq!(line(0, false, &[ArrowDown, Enter]).unwrap(), "");
    }

    #[test]
    fn takes_a_number_unless_a_longer_one_begins_with_it() {
        let digit = Key::Char;
        assert_eq!(line(3, false, &[digit('2')]).unwrap(), "2");
        assert_eq!(line(3, false, &[digit('4')]), None);
        assert_eq!(line(12, false, &[digit('2')]).unwrap(), "2");
        assert_eq!(line(12, false, &[digit('1')]), None);
        assert_eq!(line(12, false, &[digit('1'), digit('2')]).unwrap(), "12");
        assert_eq!(line(12, false, &[digit('1'), Key::Enter]).unwrap(), "1");
        assert_eq!(line(12, false, &[digit('1'), Key::ArrowDown, digit('2')]).unwrap(), "2");
    }

    #[test]
    fn marks_several_options_before_enter() {
        let space = Key::Char(' ');
        assert_eq!(line(3, true, &[space.clone(), Key::ArrowUp, space.clone(), Key::Enter]).unwrap(), "1,3");
        assert_eq!(line(3, true, &[Key::Char('2'), Key::Enter]).unwrap(), "2");
        assert_eq!(line(3, true, &[space.clone(), space, Key::ArrowDown, Key::Enter]).unwrap(), "2");
    }

    #[test]
    fn maps_navigation_keys_to_letters() {
        assert_eq!(line(2, false, &[Key::Char('x'), Key::Char('b')]).unwrap(), "b");
        assert_eq!(line(2, false, &[Key::ArrowLeft]).unwrap(), "b");
        assert_eq!(line(2, false, &[Key::Escape]).unwrap(), "q");
        assert_eq!(line(0, false, &[Key::Char('r')]).unwrap(), "r");
    }
}
