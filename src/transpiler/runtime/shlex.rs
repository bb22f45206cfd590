//! needs: exc, pystr
//! `shlex`: words as a POSIX shell divides a line.
//! Source: Python 3.11 library reference, shlex ("Parsing Rules", POSIX mode).
use super::exc::{self, R};
use super::pystr::Str;

enum State {
    Between,
    Word,
    Quoted(char),
}

/// `shlex.split(s, comments)`
pub fn split(s: &Str, comments: bool) -> R<Vec<Str>> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut state = State::Between;
    let mut rest = s.as_str().chars();
    let escaped = |c: Option<char>| c.ok_or_else(|| exc::new(&exc::ValueError, "No escaped character"));
    while let Some(c) = rest.next() {
        match state {
            State::Quoted(quote) if c == quote => state = State::Word,
            State::Quoted('"') if c == '\\' => {
                let next = escaped(rest.next())?;
                if next != '"' && next != '\\' {
                    word.push('\\');
                }
                word.push(next);
            }
            State::Quoted(_) => word.push(c),
            _ if matches!(c, ' ' | '\t' | '\r' | '\n') => {
                if let State::Word = state {
                    words.push(Str::from(std::mem::take(&mut word)));
                }
                state = State::Between;
            }
            _ if comments && c == '#' => {
                // The rest of the line, which ends the word before it too.
                rest.by_ref().find(|c| *c == '\n');
                if let State::Word = state {
                    words.push(Str::from(std::mem::take(&mut word)));
                }
                state = State::Between;
            }
            _ if c == '\'' || c == '"' => state = State::Quoted(c),
            _ => {
                word.push(if c == '\\' { escaped(rest.next())? } else { c });
                state = State::Word;
            }
        }
    }
    match state {
        State::Quoted(_) => return Err(exc::new(&exc::ValueError, "No closing quotation")),
        State::Word => words.push(Str::from(word)),
        State::Between => (),
    }
    Ok(words)
}

/// `shlex.quote(s)`
pub fn quote(s: &Str) -> Str {
    let safe = |c: char| c.is_ascii_alphanumeric() || "_@%+=:,./-".contains(c);
    if !s.as_str().is_empty() && s.as_str().chars().all(safe) {
        return s.clone();
    }
    Str::from(format!("'{}'", s.as_str().replace('\'', "'\"'\"'")))
}

/// `shlex.join(words)`
pub fn join(words: Vec<Str>) -> Str {
    let quoted: Vec<String> = words.iter().map(|w| quote(w).as_str().to_string()).collect();
    Str::from(quoted.join(" "))
}
