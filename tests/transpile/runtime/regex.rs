//! needs: re, traits, tuple
use rt::exc::R;
use rt::pystr::Str;
use rt::re::{self, Match};
use rt::traits::*;

fn one(m: &Match) -> Str {
    let groups = rt::tuple::Tuple::from(m.groups());
    (m.whole(), m.span(0).unwrap_or((0, 0)), groups, m.lastindex(), m.lastgroup()).repr()
}
fn opt(m: Option<Match>) -> Str {
    m.map_or(Str::lit("None"), |m| one(&m))
}

fn run(op: &str, a: &[Arg]) -> R<String> {
    let t = |i: usize| a[i].str();
    match op {
        "all" => {
            let s = t(1);
            let r = re::compile(&t(0), a[2].i64())?;
            let all = r.finditer(&s);
            let shown: Vec<String> = all.iter().map(|m| one(m).to_string()).collect();
            let spans: Vec<(i64, i64)> = all.iter().map(|m| (m.start(0).unwrap_or(0), m.end(0).unwrap_or(0))).collect();
            Ok(format!(
                "([{}], {}, {}, {}, {}, {}, {}, {})",
                shown.join(", "),
                opt(r.search(&s, None, None)),
                opt(r.match_(&s, None, None)),
                opt(r.fullmatch(&s, None, None)),
                r.split_groups(&s, 0).repr(),
                r.sub(&Str::lit("<>"), &s, 0)?.repr(),
                r.groups(),
                spans.repr()
            ))
        }
        "sub" => show(re::subn(&t(0), &t(1), &t(2), a[3].i64(), 0)?),
        "escape" => Ok(re::escape(&t(0)).to_string()),
        "repr" => show((re::compile(&t(0), a[1].i64())?, re::search(&t(0), &t(2), a[1].i64())?)),
        "findall" => {
            let r = re::compile(&t(0), 0)?;
            if r.groups() < 2 {
                return show(r.findall(&t(1)));
            }
            show(r.findall_groups(&t(1)).into_iter().map(rt::tuple::Tuple::from).collect::<Vec<_>>())
        }
        "split" => show(re::split_groups(&t(0), &t(1), a[2].i64(), 0)?),
        "pos" => {
            let m = re::compile(&t(0), 0)?.search(&t(1), Some(a[2].i64()), Some(a[3].i64()));
            show(m.map(|m| m.span(0).unwrap_or((0, 0))))
        }
        _ => Ok("?".to_string()),
    }
}
