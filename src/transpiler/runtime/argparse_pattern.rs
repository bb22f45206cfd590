//! needs: argparse, pystr
//! How many arguments each action takes: nargs as small patterns over the string of `A`, `O` and `-`.
use super::argparse::*;

#[derive(Clone, Copy)]
enum Piece {
    /// Exactly one `A`.
    One,
    /// `A` or nothing.
    Maybe,
    /// Any run of the bytes.
    Run(&'static [u8]),
}

fn pieces(nargs: &Nargs, option: bool) -> Vec<Piece> {
    let arguments: &'static [u8] = if option { b"A" } else { b"A-" };
    let mut out = vec![Piece::Run(b"-")];
    match nargs {
        Nargs::One => out.push(Piece::One),
        Nargs::Count(n) => {
            for i in 0..*n {
                if i > 0 {
                    out.push(Piece::Run(b"-"));
                }
                out.push(Piece::One);
            }
        }
        Nargs::Text(t) => match t.as_str() {
            OPTIONAL => out.push(Piece::Maybe),
            ZERO_OR_MORE => out.push(Piece::Run(arguments)),
            ONE_OR_MORE => out.extend([Piece::One, Piece::Run(arguments)]),
            REMAINDER => return vec![Piece::Run(if option { b"AO" } else { b"-AO" })],
            PARSER => {
                out.extend([Piece::One, Piece::Run(b"-AO")]);
                return out;
            }
            _ => {}
        },
    }
    out.push(Piece::Run(b"-"));
    if option {
        // options never look at the separator
        out.retain(|p| !matches!(p, Piece::Run(b"-")));
    }
    out
}

/// Greedy with backtracking, from the start of `pattern`; the length of each action's part.
pub fn match_counts(nargs: &[&Nargs], option: bool, pattern: &[u8]) -> Option<Vec<usize>> {
    let mut all: Vec<(usize, Piece)> = Vec::new();
    for (i, n) in nargs.iter().enumerate() {
        all.extend(pieces(n, option).into_iter().map(|p| (i, p)));
    }
    let mut counts = vec![0; nargs.len()];
    try_match(&all, pattern, &mut counts).then_some(counts)
}

fn try_match(pieces: &[(usize, Piece)], text: &[u8], counts: &mut [usize]) -> bool {
    let Some(&(group, piece)) = pieces.first() else { return true };
    let most = match piece {
        Piece::One | Piece::Maybe => text.first().is_some_and(|c| *c == b'A') as usize,
        Piece::Run(set) => text.iter().take_while(|c| set.contains(c)).count(),
    };
    let least = matches!(piece, Piece::One) as usize;
    for n in (least..=most).rev() {
        counts[group] += n;
        if try_match(&pieces[1..], &text[n..], counts) {
            return true;
        }
        counts[group] -= n;
    }
    false
}

pub fn nargs_error(nargs: &Nargs) -> String {
    match nargs {
        Nargs::One => "expected one argument".to_string(),
        Nargs::Text(t) if *t == OPTIONAL => "expected at most one argument".to_string(),
        Nargs::Text(t) if *t == ONE_OR_MORE => "expected at least one argument".to_string(),
        Nargs::Count(1) => "expected 1 argument".to_string(),
        Nargs::Count(n) => format!("expected {n} arguments"),
        Nargs::Text(t) => format!("expected {t} arguments"),
    }
}
