//! needs: list, dict, set, tuple, counter, deque, traits
use rt::dict::Dict;
use rt::exc::R;
use rt::list::List;
use rt::pystr::Str;
use rt::set::{FrozenSet, Set};
use rt::traits::*;

fn set_ops(script: &str) -> R<String> {
    let mut sets: Vec<Set<i64>> = vec![Set::new(), Set::new(), Set::new()];
    let mut log: Vec<Str> = Vec::new();
    for step in script.split(';') {
        let f: Vec<&str> = step.split(',').collect();
        let n: Vec<i64> = f[1..].iter().map(|x| x.parse().unwrap_or(0)).collect();
        let (i, v) = (n[0] as usize, n[2..].to_vec());
        let (a, b) = (sets[i].clone(), sets[n[1] as usize].clone());
        match f[0] {
            "add" => v.into_iter().for_each(|x| a.add(x)),
            "discard" => v.iter().for_each(|x| a.discard(x)),
            "pop" => log.push(a.pop().ok().repr()),
            "new" => sets[i] = v.into_iter().collect(),
            "copy" => sets[i] = Set::from_set(&b),
            "update" => a.update(&b),
            "sub" => a.difference_update(&b),
            "and" => sets[i] = a.intersection(&b),
            "or" => sets[i] = a.union(&b),
            "diff" => sets[i] = a.difference(&b),
            "xor" => sets[i] = a.symmetric_difference(&b),
            _ => a.symmetric_difference_update(&b),
        }
        log.push(sets[i].to_vec().repr());
    }
    let frozen = FrozenSet::from_set(&sets[0]);
    let second = FrozenSet::from_set(&sets[1]);
    let joined: Vec<&str> = log.iter().map(|s| s.as_str()).collect();
    Ok(format!(
        "([{}], {}, {}, {}, {})",
        joined.join(", "),
        (sets[0] == sets[1]).repr(),
        sets[0].issubset(&sets[1]).repr(),
        frozen.py_hash(),
        second.repr()
    ))
}

fn dict_ops(script: &str) -> R<String> {
    let d: Dict<i64, i64> = Dict::new();
    let mut log: Vec<Str> = Vec::new();
    for step in script.split(';') {
        let (op, k) = step.split_once(',').unwrap_or((step, "0"));
        let k: i64 = k.parse().unwrap_or(0);
        match op {
            "set" => d.set(k, log.len() as i64),
            "del" => log.push(d.pop_opt(&k).repr()),
            "last" if !d.is_empty() => log.push(d.popitem()?.repr()),
            "last" => {}
            "get" => log.push(d.get(&k).repr()),
            _ => log.push(d.setdefault(k, -1).repr()),
        }
    }
    let joined: Vec<&str> = log.iter().map(|s| s.as_str()).collect();
    let values: Vec<i64> = d.values().into_iter().collect();
    Ok(format!("({}, [{}], {})", d.repr(), joined.join(", "), values.repr()))
}

fn list_ops(script: &str) -> R<String> {
    let mut x: List<i64> = (0..5).collect();
    for step in script.split(';') {
        let f: Vec<&str> = step.split(',').collect();
        let v: Vec<Option<i64>> = f[1..].iter().map(|x| x.parse().ok()).collect();
        let all = || v.iter().flatten().copied().collect::<Vec<i64>>();
        match f[0] {
            "slice" => x = x.slice(v[0], v[1], v[2])?,
            "assign" => x.set_slice(v[0], v[1], v[2], v[3..].iter().flatten().copied().collect())?,
            "del" => x.del_slice(v[0], v[1], v[2])?,
            "insert" => x.insert(v[0].unwrap_or(0), v[1].unwrap_or(0)),
            "pop" => {
                x.pop(v[0])?;
            }
            "extend" => x.extend(all()),
            "remove" => x.remove(&v[0].unwrap_or(0))?,
            _ => {
                let i = x.index(&v[0].unwrap_or(0), Some(v[1].unwrap_or(0)), None)?;
                x.append(i);
            }
        }
    }
    show(x)
}

fn run(op: &str, a: &[Arg]) -> R<String> {
    let s = a[0].str();
    match op {
        "set" => set_ops(&s),
        "dict" => dict_ops(&s),
        "list" => list_ops(&s),
        "literal" => show(Set::literal(a[0].ints())),
        "sort" => {
            let x: List<i64> = a[0].ints().into();
            x.sort_key(|v| Ok(v.rem_euclid(10)), a[1].bool())?;
            show(x)
        }
        "sortf" => {
            let x: List<f64> = a[0].floats().into();
            x.sort(a[1].bool())?;
            show(x)
        }
        "counter" => {
            let c: rt::counter::Counter<Str> = s.as_str().split_whitespace().map(Str::new).collect();
            Ok(format!("({}, {})", c.repr(), c.most_common(a[1].opt()).repr()))
        }
        "tuplehash" => show(rt::tuple::Tuple::from(a[0].ints()).py_hash()),
        "deque" => {
            let d = rt::deque::Deque::with_items(a[0].ints(), a[2].opt())?;
            d.rotate(a[1].i64());
            d.append(1);
            d.appendleft(2);
            show(d)
        }
        _ => Ok("?".to_string()),
    }
}
