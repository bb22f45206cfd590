//! needs: exc, pystr, strm
//! `textwrap`: wrap, fill, dedent, indent, shorten.
//! Source: Python library reference, textwrap; the splitting rules as documented there (white space, hyphens, em dashes).
use super::exc::{self, R};
use super::pystr::Str;

#[derive(Clone)]
pub struct Options {
    pub width: i64,
    pub initial_indent: Str,
    pub subsequent_indent: Str,
    pub expand_tabs: bool,
    pub tabsize: i64,
    pub replace_whitespace: bool,
    pub fix_sentence_endings: bool,
    pub break_long_words: bool,
    pub break_on_hyphens: bool,
    pub drop_whitespace: bool,
    pub max_lines: Option<i64>,
    pub placeholder: Str,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            width: 70,
            initial_indent: Str::lit(""),
            subsequent_indent: Str::lit(""),
            expand_tabs: true,
            tabsize: 8,
            replace_whitespace: true,
            fix_sentence_endings: false,
            break_long_words: true,
            break_on_hyphens: true,
            drop_whitespace: true,
            max_lines: None,
            placeholder: Str::lit(" [...]"),
        }
    }
}

const SPACES: &str = "\t\n\x0b\x0c\r ";

fn is_blank(c: char) -> bool {
    SPACES.contains(c)
}
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
fn is_letter(c: char) -> bool {
    is_word(c) && !c.is_numeric() && c != '_' || c.is_alphabetic()
}
/// What may stand before a hyphen or dash inside a chunk.
fn is_punct_word(c: char) -> bool {
    is_word(c) || "!\"'&.,?".contains(c)
}

/// Chunks that wrapping never looks into: runs of blanks, words, parts of hyphenated words, em dashes.
fn split_chunks(text: &[char], hyphens: bool) -> Vec<String> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < text.len() {
        let start = i;
        if is_blank(text[i]) {
            while i < text.len() && is_blank(text[i]) {
                i += 1;
            }
        } else if !hyphens {
            while i < text.len() && !is_blank(text[i]) {
                i += 1;
            }
        } else if let Some(end) = em_dash(text, i) {
            i = end;
        } else {
            i = word_end(text, i);
        }
        out.push(text[start..i].iter().collect());
    }
    out
}

/// Two or more hyphens between word characters.
fn em_dash(t: &[char], i: usize) -> Option<usize> {
    if i == 0 || !is_punct_word(t[i - 1]) || t[i] != '-' {
        return None;
    }
    let end = (i..t.len()).find(|&k| t[k] != '-').unwrap_or(t.len());
    (end - i >= 2 && end < t.len() && is_word(t[end])).then_some(end)
}

/// End of the word that starts at `i`: after a hyphen inside it, before an em dash, or at a blank.
fn word_end(t: &[char], i: usize) -> usize {
    let letter = |k: usize| t.get(k).is_some_and(|c| is_letter(*c));
    let mut k = i + 1;
    while k < t.len() && !is_blank(t[k]) {
        // a hyphen with letters on both sides: two letters (or letter-hyphen-letter) before, likewise after
        if t[k] == '-' && t[k - 1] != '-' {
            let before = (k >= i + 2 && letter(k - 1) && letter(k - 2))
                || (k >= i + 3 && letter(k - 1) && t[k - 2] == '-' && letter(k - 3));
            let after = letter(k + 1) && (letter(k + 2) || (t.get(k + 2) == Some(&'-') && letter(k + 3)));
            if before && after {
                return k + 1;
            }
        }
        if is_punct_word(t[k - 1]) && em_dash(t, k).is_some() {
            return k;
        }
        k += 1;
    }
    k
}

fn munge(text: &str, o: &Options) -> String {
    let text = if o.expand_tabs { Str::new(text).expandtabs(o.tabsize).to_string() } else { text.to_string() };
    if o.replace_whitespace { text.replace(is_blank, " ") } else { text }
}

/// Two spaces after a sentence's end.
fn fix_endings(chunks: &mut [String]) {
    let ends = |w: &str| {
        let w = w.strip_suffix(['"', '\'']).unwrap_or(w);
        let mut it = w.chars().rev();
        it.next().is_some_and(|c| ".!?".contains(c)) && it.next().is_some_and(|c| c.is_ascii_lowercase())
    };
    for i in 1..chunks.len() {
        if chunks[i] == " " && ends(&chunks[i - 1]) && i + 1 < chunks.len() {
            chunks[i] = "  ".to_string();
        }
    }
}

fn width_of(s: &str) -> i64 {
    s.chars().count() as i64
}

pub fn wrap(text: &Str, o: &Options) -> R<Vec<Str>> {
    if o.width <= 0 {
        return Err(exc::new(&exc::ValueError, format!("invalid width {} (must be > 0)", o.width)));
    }
    let chars: Vec<char> = munge(text, o).chars().collect();
    let mut chunks = split_chunks(&chars, o.break_on_hyphens);
    if o.fix_sentence_endings {
        fix_endings(&mut chunks);
    }
    chunks.reverse();
    let mut lines: Vec<String> = Vec::new();
    while !chunks.is_empty() {
        let indent = if lines.is_empty() { &o.initial_indent } else { &o.subsequent_indent };
        let width = o.width - indent.len();
        if o.drop_whitespace && !lines.is_empty() && chunks.last().is_some_and(|c| c.trim().is_empty()) {
            chunks.pop();
        }
        let line = take_line(&mut chunks, width, o);
        if line.is_empty() {
            continue;
        }
        let more = !(chunks.is_empty()
            || (o.drop_whitespace && chunks.len() == 1 && chunks[0].trim().is_empty()));
        let last_allowed = o.max_lines.is_some_and(|m| lines.len() as i64 + 1 >= m);
        let fits = line.iter().map(|c| width_of(c)).sum::<i64>() <= width;
        if last_allowed && (more || !fits) {
            truncate(&mut lines, line, indent, width, o);
            break;
        }
        lines.push(format!("{indent}{}", line.concat()));
    }
    Ok(lines.into_iter().map(Str::from).collect())
}

fn take_line(chunks: &mut Vec<String>, width: i64, o: &Options) -> Vec<String> {
    let mut line: Vec<String> = Vec::new();
    let mut used = 0;
    while let Some(c) = chunks.last() {
        let n = width_of(c);
        if used + n > width {
            break;
        }
        used += n;
        line.extend(chunks.pop());
    }
    if chunks.last().is_some_and(|c| width_of(c) > width) {
        break_word(chunks, &mut line, used, width, o);
    }
    if o.drop_whitespace && line.last().is_some_and(|c| c.trim().is_empty()) {
        line.pop();
    }
    line
}

/// A chunk longer than a whole line.
fn break_word(chunks: &mut Vec<String>, line: &mut Vec<String>, used: i64, width: i64, o: &Options) {
    let room = if width < 1 { 1 } else { width - used };
    if !o.break_long_words {
        if line.is_empty() {
            line.extend(chunks.pop());
        }
        return;
    }
    let Some(chunk) = chunks.pop() else { return };
    let chars: Vec<char> = chunk.chars().collect();
    let mut end = room as usize;
    if o.break_on_hyphens && chars.len() > end {
        // the last hyphen that fits, unless only hyphens stand before it
        let hyphen = chars[..end].iter().rposition(|c| *c == '-').unwrap_or(0);
        if hyphen > 0 && chars[..hyphen].iter().any(|c| *c != '-') {
            end = hyphen + 1;
        }
    }
    line.push(chars[..end].iter().collect());
    chunks.push(chars[end..].iter().collect());
}

/// Ends the text with the placeholder, dropping words until it fits.
fn truncate(lines: &mut Vec<String>, mut line: Vec<String>, indent: &Str, width: i64, o: &Options) {
    let mut used: i64 = line.iter().map(|c| width_of(c)).sum();
    while let Some(last) = line.last() {
        if !last.trim().is_empty() && used + o.placeholder.len() <= width {
            lines.push(format!("{indent}{}{}", line.concat(), o.placeholder));
            return;
        }
        used -= width_of(last);
        line.pop();
    }
    if let Some(last) = lines.last_mut() {
        let text = last.trim_end().to_string();
        if width_of(&text) + o.placeholder.len() <= o.width {
            *last = format!("{text}{}", o.placeholder);
            return;
        }
    }
    lines.push(format!("{indent}{}", o.placeholder.trim_start()));
}

pub fn fill(text: &Str, o: &Options) -> R<Str> {
    Ok(Str::lit("\n").join(wrap(text, o)?))
}

/// `shorten(text, width, placeholder=..)`.
pub fn shorten(text: &Str, width: i64, o: Options) -> R<Str> {
    if o.placeholder.trim_start().chars().count() as i64 > width {
        return Err(exc::new(&exc::ValueError, "placeholder too large for max width"));
    }
    let words = Str::lit(" ").join(text.split(None, -1)?);
    fill(&words, &Options { width, max_lines: Some(1), ..o })
}

pub fn dedent(text: &Str) -> Str {
    // a line of blanks only counts as empty
    let lines: Vec<&str> = text
        .as_str()
        .split('\n')
        .map(|l| if l.trim_matches([' ', '\t']).is_empty() { "" } else { l })
        .collect();
    let margin_of = |l: &str| l.len() - l.trim_start_matches([' ', '\t']).len();
    let mut margin: Option<&str> = None;
    for l in lines.iter().filter(|l| !l.is_empty()) {
        let own = &l[..margin_of(l)];
        margin = Some(match margin {
            None => own,
            Some(m) => {
                let same = m.bytes().zip(own.bytes()).take_while(|(a, b)| a == b).count();
                &m[..same]
            }
        });
    }
    let cut = margin.map_or(0, str::len);
    Str::from(lines.iter().map(|l| l.get(cut..).unwrap_or("")).collect::<Vec<_>>().join("\n"))
}

/// `indent(text, prefix, predicate)`.
pub fn indent_where(text: &Str, prefix: &Str, mut wanted: impl FnMut(Str) -> R<bool>) -> R<Str> {
    let mut out = String::new();
    for line in text.splitlines(true) {
        if wanted(line.clone())? {
            out.push_str(prefix);
        }
        out.push_str(&line);
    }
    Ok(Str::from(out))
}
/// `indent(text, prefix)`: lines of white space only stay as they are.
pub fn indent(text: &Str, prefix: &Str) -> Str {
    let mut out = String::new();
    for line in text.splitlines(true) {
        if !line.trim().is_empty() {
            out.push_str(prefix);
        }
        out.push_str(&line);
    }
    Str::from(out)
}
