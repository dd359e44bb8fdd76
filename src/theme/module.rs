//! A script's imports and exports, read from its tokens, and the rest of its code as it is written.
//!
//! `themes/README.md` lists the forms that are understood: named imports and exports, and `import('./x.js')`. A script with any
//! other form is refused.

use super::tokens::{NEWLINES, ScriptToken, TokenKind, tokenize};

/// Words before a parenthesis whose block is no function.
const CONTROL: [&str; 6] = ["if", "while", "for", "with", "switch", "catch"];

#[derive(Debug)]
pub(super) struct Module {
    pub(super) code: Vec<ModulePart>,
    /// Path of the other script, and the inside of a destructuring pattern.
    pub(super) takes: Vec<(String, String)>,
    pub(super) gives: Vec<String>,
}

#[derive(Debug)]
pub(super) enum ModulePart {
    Text(String),
    /// `import('./x.js')`, by the path of that script.
    OnDemand(String),
}

impl Module {
    /// Paths of the scripts that it imports on demand.
    pub(super) fn on_demand(&self) -> impl Iterator<Item = &str> {
        self.code.iter().filter_map(|code| match code {
            ModulePart::OnDemand(path) => Some(path.as_str()),
            ModulePart::Text(_) => None,
        })
    }
}

/// Reads the script at a path; `None` where it has a form that is not understood.
pub(super) fn parse(text: &str, path: &str) -> Option<Module> {
    let tokens: Vec<_> = tokenize(text)?.into_iter().filter(ScriptToken::is_code).collect();
    let module = Module { code: Vec::new(), takes: Vec::new(), gives: Vec::new() };
    let mut reader = ModuleReader {
        text,
        path,
        tokens,
        at: 0,
        copied: 0,
        levels: vec![Level::of(Bracket::Other)],
        closed: None,
        module,
    };
    while reader.at < reader.tokens.len() {
        reader.read_token()?;
    }
    reader.copy_until(text.len());
    (!reader.reassigns_export()).then_some(reader.module)
}

/// The path of what a script at `path` imports.
fn resolve(path: &str, import: &str) -> String {
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in import.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// An open bracket.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bracket {
    Function,
    /// The parenthesis of `if (…)` and the like.
    Control,
    Other,
}

struct Level {
    bracket: Bracket,
    /// Inside the expression that an arrow function returns.
    has_arrow: bool,
}

impl Level {
    fn of(bracket: Bracket) -> Self {
        Self { bracket, has_arrow: false }
    }
}

struct ModuleReader<'t> {
    text: &'t str,
    path: &'t str,
    /// Those of code alone.
    tokens: Vec<ScriptToken<'t>>,
    at: usize,
    /// Offset in the text up to which it is in the module.
    copied: usize,
    /// The open brackets, below the level of the whole script.
    levels: Vec<Level>,
    /// The bracket that was closed by the token before.
    closed: Option<Bracket>,
    module: Module,
}

impl<'t> ModuleReader<'t> {
    fn read_token(&mut self) -> Option<()> {
        let token = self.tokens[self.at];
        let closed = self.closed.take();
        if token.is_word("import") {
            return self.read_import();
        }
        if token.is_word("export") {
            return self.read_export();
        }
        self.end_arrow(&token)?;
        if token.is_word("await")
            && !self.levels.iter().any(|level| level.has_arrow || level.bracket == Bracket::Function)
        {
            return None;
        }
        if token.kind == TokenKind::Punctuator {
            match token.text {
                "(" if self.is_control() => self.levels.push(Level::of(Bracket::Control)),
                "{" if self.is_function(closed) => self.levels.push(Level::of(Bracket::Function)),
                "(" | "[" | "{" => self.levels.push(Level::of(Bracket::Other)),
                ")" | "]" | "}" => self.closed = self.levels.pop().map(|level| level.bracket),
                ">" if self.is_arrow(self.at) => self.levels.last_mut()?.has_arrow = true,
                _ => {}
            }
        }
        self.at += 1;
        Some(())
    }

    fn before(&self, count: usize) -> Option<&ScriptToken<'t>> {
        self.tokens.get(self.at.checked_sub(count)?)
    }

    fn is_first_on_line(&self) -> bool {
        let end = self.before(1).map_or(0, ScriptToken::end);
        self.text[end..self.tokens[self.at].start].contains(NEWLINES)
    }

    /// The expression of an arrow function ends with one of these marks, and may end with a line.
    fn end_arrow(&mut self, token: &ScriptToken<'_>) -> Option<()> {
        let is_end = [",", ";", ":"].iter().any(|mark| token.is(mark)) || self.is_first_on_line();
        let level = self.levels.last_mut()?;
        level.has_arrow &= !is_end;
        Some(())
    }

    /// Whether the token at an index is the end of `=>`.
    fn is_arrow(&self, at: usize) -> bool {
        self.tokens[at].is(">") && at.checked_sub(1).is_some_and(|before| self.tokens[before].is("="))
    }

    fn is_control(&self) -> bool {
        let is_for = |token: &ScriptToken<'_>| CONTROL.iter().any(|word| token.is_word(word));
        let at = if self.before(1).is_some_and(|token| token.is_word("await")) { 2 } else { 1 };
        self.before(at).is_some_and(is_for)
    }

    /// Whether a brace here begins the body of a function: it follows `=>`, or the parameters on their line.
    fn is_function(&self, closed: Option<Bracket>) -> bool {
        match self.before(1) {
            Some(token) if token.is(")") => closed == Some(Bracket::Other) && !self.is_first_on_line(),
            Some(_) => self.is_arrow(self.at - 1),
            None => false,
        }
    }

    fn copy_until(&mut self, end: usize) {
        if end > self.copied {
            self.module.code.push(ModulePart::Text(self.text[self.copied..end].to_owned()));
        }
        self.copied = end;
    }

    fn next(&mut self) -> Option<ScriptToken<'t>> {
        self.at += 1;
        self.tokens.get(self.at).copied()
    }

    fn next_is(&mut self, punctuator: &str) -> Option<ScriptToken<'t>> {
        self.next().filter(|token| token.is(punctuator))
    }

    fn next_word(&mut self) -> Option<&'t str> {
        self.next().filter(|token| token.kind == TokenKind::Word).map(|token| token.text)
    }

    /// The path of the script that a relative address names.
    fn next_path(&mut self) -> Option<String> {
        let quoted = self.next().filter(|token| token.kind == TokenKind::String)?.text;
        let address = &quoted[1..quoted.len() - 1];
        (address.starts_with('.') && !address.contains('\\')).then(|| resolve(self.path, address))
    }

    fn read_import(&mut self) -> Option<()> {
        let first = self.at;
        let next = self.next()?;
        if next.is("(") {
            let path = self.next_path()?;
            let end = self.next_is(")")?.end();
            self.copy_until(self.tokens[first].start);
            self.module.code.push(ModulePart::OnDemand(path));
            self.copied = end;
        } else {
            let names = self.read_names(next)?;
            self.next().filter(|token| token.is_word("from"))?;
            let path = self.next_path()?;
            self.module.takes.push((path, names));
            self.leave_out(first)?;
        }
        self.at += 1;
        Some(())
    }

    /// `{ a, b as c }` as `a, b: c`.
    fn read_names(&mut self, open: ScriptToken<'t>) -> Option<String> {
        let mut names = Vec::new();
        let mut next = Some(open).filter(|token| token.is("{"))?;
        while !next.is("}") {
            next = self.next()?;
            if next.is("}") {
                break;
            }
            let name = Some(next).filter(|token| token.kind == TokenKind::Word)?.text;
            next = self.next()?;
            if next.is_word("as") {
                names.push(format!("{name}: {}", self.next_word()?));
                next = self.next()?;
            } else {
                names.push(name.to_owned());
            }
            if !next.is(",") && !next.is("}") {
                return None;
            }
        }
        Some(names.join(", "))
    }

    /// Leaves out the declaration from the token `first` to a semicolon, which stays where it ends the statement before.
    fn leave_out(&mut self, first: usize) -> Option<()> {
        let semicolon = self.next_is(";")?;
        let is_ended = first.checked_sub(1).is_none_or(|before| self.tokens[before].is(";"));
        self.copy_until(self.tokens[first].start);
        self.copied = if is_ended { semicolon.end() } else { semicolon.start };
        Some(())
    }

    fn read_export(&mut self) -> Option<()> {
        let first = self.at;
        let declaration = self.next()?;
        if declaration.is("{") {
            self.next_is("}")?;
            self.leave_out(first)?;
            self.at += 1;
            return Some(());
        }
        self.copy_until(self.tokens[first].start);
        self.copied = declaration.start;
        let kind = if declaration.is_word("async") { self.next()? } else { declaration };
        let at = self.at;
        if kind.is_word("function") && self.tokens.get(at + 1)?.is("*") {
            self.at += 1;
        } else if !["function", "class", "const"].iter().any(|word| kind.is_word(word)) {
            return None;
        }
        let name = self.next_word()?;
        if kind.is_word("const") && !self.declares_one() {
            return None;
        }
        self.module.gives.push(name.to_owned());
        self.at = at;
        Some(())
    }

    /// Whether the name here is the only one of its declaration.
    fn declares_one(&self) -> bool {
        let mut depth = 0_usize;
        for token in self.tokens[self.at..].iter().filter(|token| token.kind == TokenKind::Punctuator) {
            match token.text {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" => depth = depth.saturating_sub(1),
                ";" if depth == 0 => return true,
                "," if depth == 0 => return false,
                _ => {}
            }
        }
        true
    }

    /// Whether a name that is given may have another value later, which those who took it would not see.
    fn reassigns_export(&self) -> bool {
        self.tokens.windows(4).any(|tokens| {
            let [before, name, mark, after] = tokens else { return false };
            let is_declared = ["const", "let", "var"].iter().any(|word| before.is_word(word));
            let is_assigned = mark.is("=") && !(after.start == mark.end() && (after.is("=") || after.is(">")));
            !is_declared && is_assigned && self.module.gives.iter().any(|given| name.is_word(given))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(module: &Module) -> String {
        let code = module.code.iter().map(|code| match code {
            ModulePart::Text(text) => text.clone(),
            ModulePart::OnDemand(path) => format!("<{path}>"),
        });
        code.collect()
    }

    #[test]
    fn reads_imports_and_exports_anywhere() {
        let text = "a()\nimport { b, c as d, } from '../b.js';\n(e); export async function f() {} export class G {}\n\
                    export const h = (i, j) => import(\"./k.js\"); export function* l() {} export {};";
        let module = parse(text, "x/y.js").unwrap();
        assert_eq!(module.takes, [("b.js".to_owned(), "b, c: d".to_owned())]);
        assert_eq!(module.gives, ["f", "G", "h", "l"]);
        assert_eq!(
            written(&module),
            "a()\n;\n(e); async function f() {} class G {}\nconst h = (i, j) => <x/k.js>; function* l() {} ;"
        );
    }

    #[test]
    fn keeps_imports_in_literals() {
        let text = "const a = `\nimport { b } from './b.js';\nexport const c = 1;\n`; // import('./d.js')\n";
        let module = parse(text, "a.js").unwrap();
        assert_eq!(written(&module), text);
        assert!(module.takes.is_empty() && module.gives.is_empty());
    }

    #[test]
    fn refuses_other_forms() {
        for text in [
            "import x from './a.js';",
            "import * as x from './a.js';",
            "import './a.js';",
            "import { a } from './a.json' with { type: 'json' };",
            "import { a } from 'b';",
            "import('b');",
            "import(b);",
            "import('./b.js', {});",
            "f(import.meta.url);",
            "export default 1;",
            "export let x = 1;",
            "export const { x } = y;",
            "export const x = 1, y = 2;",
            "export { a } from './a.js';",
            "export { a };",
            "export function a() {} a = b;",
            "await a;",
            "for await (const a of b) {}",
            "if (a) { await b; }",
            "try {} catch (a) { await b; }",
            "const a = async () => b\nawait c;",
            "f(async () => a, await b);",
            "f()\n{ await a; }",
            "'unfinished",
        ] {
            assert!(parse(text, "a.js").is_none(), "{text}");
        }
        for text in [
            "async (a) => { if (a) { await b; } };",
            "async function a() { for await (const b of c) {} }",
            "const a = { b: async () => (await import('./c.js')).d, e: async () => await f };",
            "x.import; x.export = 1;",
        ] {
            assert!(parse(text, "a.js").is_some(), "{text}");
        }
    }
}
