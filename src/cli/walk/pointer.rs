//! Options pointed at with the arrow keys: keys in, the line out that a person would have typed instead.

use console::Key;

/// What is pointed at among the options of a screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pointer {
    /// By option: it is one of several that are chosen.
    marked: Vec<bool>,
    at: usize,
    is_multiple: bool,
    /// The digits pressed so far, as a number from 1.
    typed: usize,
}

/// What a key did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Pressed {
    /// The options look different now.
    Moved,
    /// Said what a line would say.
    Said(String),
    /// Means nothing here.
    Nothing,
}

impl Pointer {
    /// At the first of so many options; without options only Enter and the letters mean something.
    pub(super) fn new(count: usize, is_multiple: bool) -> Self {
        Self { marked: vec![false; count], at: 0, is_multiple, typed: 0 }
    }

    /// Index of the option pointed at.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Whether an option is marked, where several may be.
    pub(super) fn mark(&self, index: usize) -> Option<bool> {
        self.is_multiple.then(|| self.marked[index])
    }

    /// Obeys a key.
    pub(super) fn press(&mut self, key: &Key) -> Pressed {
        let count = self.marked.len();
        let typed = std::mem::take(&mut self.typed);
        match key {
            Key::ArrowUp if count > 0 => self.point((self.at + count - 1) % count),
            Key::ArrowDown | Key::Tab if count > 0 => self.point((self.at + 1) % count),
            Key::Home if count > 0 => self.point(0),
            Key::End if count > 0 => self.point(count - 1),
            Key::Char(' ') if self.is_multiple => self.toggle(self.at),
            Key::Char(letter @ ('b' | 'r' | 'q')) => Pressed::Said(letter.to_string()),
            Key::ArrowLeft | Key::Backspace => Pressed::Said("b".to_owned()),
            Key::Escape | Key::CtrlC | Key::Char('\u{4}') => Pressed::Said("q".to_owned()),
            Key::Enter => Pressed::Said(self.chosen()),
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

    /// A number is said as soon as no longer one begins with it.
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
            return Pressed::Said(number.to_string());
        }
        self.typed = number;
        Pressed::Moved
    }

    /// The numbers of what is marked, else of what is pointed at; nothing where there is no option.
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

    fn said(count: usize, is_multiple: bool, keys: &[Key]) -> Option<String> {
        let mut pointer = Pointer::new(count, is_multiple);
        keys.iter().find_map(|key| match pointer.press(key) {
            Pressed::Said(line) => Some(line),
            Pressed::Moved | Pressed::Nothing => None,
        })
    }

    #[test]
    fn arrows_go_round_and_enter_takes_what_is_pointed_at() {
        use Key::{ArrowDown, ArrowUp, End, Enter, Home};
        assert_eq!(said(3, false, &[Enter]).unwrap(), "1");
        assert_eq!(said(3, false, &[ArrowDown, ArrowDown, Enter]).unwrap(), "3");
        assert_eq!(said(3, false, &[ArrowUp, Enter]).unwrap(), "3");
        assert_eq!(said(3, false, &[End, ArrowDown, Enter]).unwrap(), "1");
        assert_eq!(said(3, false, &[End, Home, Enter]).unwrap(), "1");
        assert_eq!(said(0, false, &[ArrowDown, Enter]).unwrap(), "");
    }

    #[test]
    fn a_number_is_taken_at_once_unless_a_longer_one_begins_with_it() {
        let digit = Key::Char;
        assert_eq!(said(3, false, &[digit('2')]).unwrap(), "2");
        assert_eq!(said(3, false, &[digit('4')]), None);
        assert_eq!(said(12, false, &[digit('2')]).unwrap(), "2");
        assert_eq!(said(12, false, &[digit('1')]), None);
        assert_eq!(said(12, false, &[digit('1'), digit('2')]).unwrap(), "12");
        assert_eq!(said(12, false, &[digit('1'), Key::Enter]).unwrap(), "1");
        assert_eq!(said(12, false, &[digit('1'), Key::ArrowDown, digit('2')]).unwrap(), "2");
    }

    #[test]
    fn several_are_marked_before_they_are_taken() {
        let space = Key::Char(' ');
        assert_eq!(said(3, true, &[space.clone(), Key::ArrowUp, space.clone(), Key::Enter]).unwrap(), "1,3");
        assert_eq!(said(3, true, &[Key::Char('2'), Key::Enter]).unwrap(), "2");
        assert_eq!(said(3, true, &[space.clone(), space, Key::ArrowDown, Key::Enter]).unwrap(), "2");
    }

    #[test]
    fn letters_and_keys_of_the_way_back_say_what_lines_say() {
        assert_eq!(said(2, false, &[Key::Char('x'), Key::Char('b')]).unwrap(), "b");
        assert_eq!(said(2, false, &[Key::ArrowLeft]).unwrap(), "b");
        assert_eq!(said(2, false, &[Key::Escape]).unwrap(), "q");
        assert_eq!(said(0, false, &[Key::Char('r')]).unwrap(), "r");
    }
}
