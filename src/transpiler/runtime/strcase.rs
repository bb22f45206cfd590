//! needs: pystr
//! Letter case and character classes of `str`, from std's Unicode tables.
use super::pystr::{decimal_value, is_printable, is_space, Str};

fn is_cased(c: char) -> bool {
    c.is_lowercase() || c.is_uppercase() || is_title(c)
}
/// Category Lt.
fn is_title(c: char) -> bool {
    matches!(c, '\u{1c5}' | '\u{1c8}' | '\u{1cb}' | '\u{1f2}' | '\u{1f88}'..='\u{1f8f}' | '\u{1f98}'..='\u{1f9f}'
        | '\u{1fa8}'..='\u{1faf}' | '\u{1fbc}' | '\u{1fcc}' | '\u{1ffc}')
}

fn title_into(c: char, out: &mut String) {
    match c {
        '\u{1c4}'..='\u{1c6}' => out.push('\u{1c5}'),
        '\u{1c7}'..='\u{1c9}' => out.push('\u{1c8}'),
        '\u{1ca}'..='\u{1cc}' => out.push('\u{1cb}'),
        '\u{1f1}'..='\u{1f3}' => out.push('\u{1f2}'),
        '\u{10d0}'..='\u{10ff}' => out.push(c),
        // a letter whose capital form is several letters: only the first stays a capital
        _ => {
            let mut up = c.to_uppercase();
            let keep = matches!(c, '\u{149}' | '\u{1f0}' | '\u{390}' | '\u{3b0}');
            out.extend(up.next());
            for rest in up {
                if keep { out.push(rest) } else { out.extend(rest.to_lowercase()) }
            }
        }
    }
}

fn fold_into(c: char, out: &mut String) {
    match c {
        'ı' => out.push(c),
        '\u{13a0}'..='\u{13ef}' => out.push(c),
        _ => c.to_uppercase().for_each(|u| out.extend(u.to_lowercase())),
    }
}

/// Lower case of the character at `i`: a sigma that ends a word has its own form.
fn lower_into(all: &[char], i: usize, out: &mut String) {
    if all[i] != 'Σ' {
        return out.extend(all[i].to_lowercase());
    }
    let ignorable = |c: &&char| matches!(**c, '\'' | '.' | ':' | '^' | '`' | '\u{a8}' | '\u{ad}' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{2019}' | '\u{200b}');
    let before = all[..i].iter().rev().find(|c| !ignorable(c)).is_some_and(|c| is_cased(*c));
    let after = all[i + 1..].iter().find(|c| !ignorable(c)).is_some_and(|c| is_cased(*c));
    out.push(if before && !after { 'ς' } else { 'σ' });
}

impl Str {
    pub fn lower(&self) -> Str {
        if self.is_ascii() {
            return self.ascii_lower();
        }
        Str::from(self.as_str().to_lowercase())
    }
    pub fn upper(&self) -> Str {
        if self.is_ascii() {
            return self.ascii_upper();
        }
        Str::from(self.as_str().to_uppercase())
    }
    pub fn casefold(&self) -> Str {
        let mut out = String::new();
        self.as_str().chars().for_each(|c| fold_into(c, &mut out));
        Str::from(out)
    }
    pub fn capitalize(&self) -> Str {
        let mut it = self.as_str().chars();
        let mut out = String::new();
        if let Some(c) = it.next() {
            title_into(c, &mut out);
        }
        // lower-cased in place, so that a final sigma sees what stands before it
        let lower = self.as_str().to_lowercase();
        let first: usize = self.as_str().chars().next().map_or(0, |c| c.to_lowercase().map(char::len_utf8).sum());
        out.push_str(&lower[first..]);
        Str::from(out)
    }
    pub fn title(&self) -> Str {
        let mut out = String::new();
        let mut in_word = false;
        let all: Vec<char> = self.as_str().chars().collect();
        for (i, &c) in all.iter().enumerate() {
            if in_word { lower_into(&all, i, &mut out) } else { title_into(c, &mut out) }
            in_word = is_cased(c);
        }
        Str::from(out)
    }
    pub fn swapcase(&self) -> Str {
        let mut out = String::new();
        let all: Vec<char> = self.as_str().chars().collect();
        for (i, &c) in all.iter().enumerate() {
            if c.is_uppercase() {
                lower_into(&all, i, &mut out);
            } else {
                out.extend(c.to_uppercase());
            }
        }
        Str::from(out)
    }

    fn all(&self, test: impl Fn(char) -> bool) -> bool {
        !self.is_empty() && self.as_str().chars().all(test)
    }
    pub fn isalpha(&self) -> bool {
        self.all(is_letter)
    }
    pub fn isdecimal(&self) -> bool {
        self.all(|c| decimal_value(c).is_some())
    }
    pub fn isdigit(&self) -> bool {
        self.all(is_digit)
    }
    pub fn isnumeric(&self) -> bool {
        self.all(is_numeric)
    }
    pub fn isalnum(&self) -> bool {
        self.all(|c| is_letter(c) || is_numeric(c))
    }
    pub fn isspace(&self) -> bool {
        self.all(is_space)
    }
    pub fn isascii(&self) -> bool {
        self.is_ascii()
    }
    pub fn isprintable(&self) -> bool {
        self.as_str().chars().all(is_printable)
    }
    pub fn islower(&self) -> bool {
        let s = self.as_str();
        s.chars().any(char::is_lowercase) && !s.chars().any(|c| c.is_uppercase() || is_title(c))
    }
    pub fn isupper(&self) -> bool {
        let s = self.as_str();
        s.chars().any(char::is_uppercase) && !s.chars().any(|c| c.is_lowercase() || is_title(c))
    }
    pub fn istitle(&self) -> bool {
        let (mut cased, mut in_word) = (false, false);
        for c in self.as_str().chars() {
            let capital = c.is_uppercase() || is_title(c);
            if (capital && in_word) || (c.is_lowercase() && !in_word) {
                return false;
            }
            in_word = is_cased(c);
            cased |= in_word;
        }
        cased
    }
    pub fn isidentifier(&self) -> bool {
        let mut it = self.as_str().chars();
        let inside = |c: char| {
            c == '_' || c.is_alphabetic() || decimal_value(c).is_some() || ('\u{300}'..='\u{36f}').contains(&c)
        };
        it.next().is_some_and(|c| c == '_' || c.is_alphabetic()) && it.all(inside)
    }
}

/// Categories L*; std's `is_alphabetic` also takes letter numbers and some marks.
pub fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    c.is_alphabetic() && !c.is_numeric() && !is_alphabetic_mark(c)
}

/// Marks and circled letters that std counts as alphabetic, the blocks met most often.
fn is_alphabetic_mark(c: char) -> bool {
    matches!(c as u32, 0x345 | 0x5b0..=0x5bd | 0x5bf | 0x5c1..=0x5c2 | 0x5c4..=0x5c5 | 0x5c7 | 0x610..=0x61a
        | 0x64b..=0x657 | 0x659..=0x65f | 0x670 | 0x6d6..=0x6dc | 0x6e1..=0x6e4 | 0x6e7..=0x6e8 | 0x6ed
        | 0x900..=0x903 | 0x93a..=0x93b | 0x93e..=0x94c | 0x24b6..=0x24e9 | 0x1f130..=0x1f149 | 0x1f150..=0x1f169
        | 0x1f170..=0x1f189)
}

pub fn is_digit(c: char) -> bool {
    decimal_value(c).is_some()
        || matches!(c as u32, 0xb2 | 0xb3 | 0xb9 | 0x1369..=0x1371 | 0x19da | 0x2070 | 0x2074..=0x2079
            | 0x2080..=0x2089 | 0x2460..=0x2468 | 0x2474..=0x247c | 0x2488..=0x2490 | 0x24ea | 0x24f5..=0x24fd
            | 0x24ff | 0x2776..=0x277e | 0x2780..=0x2788 | 0x278a..=0x2792 | 0x10a40..=0x10a43
            | 0x10e60..=0x10e68 | 0x11052..=0x1105a | 0x1f100..=0x1f10a)
}

/// Categories N*, and the ideographs that stand for numbers.
pub fn is_numeric(c: char) -> bool {
    c.is_numeric() || "㐅㒃㠪㭍一七万三九二五亖亿什仟仨伍佰億兆兩八六十千卄卅卌叁参參叄四壱壹幺廾廿弌弍弎弐拾捌柒漆玖百肆萬貮貳贰阡陆陌陸零".contains(c)
}
