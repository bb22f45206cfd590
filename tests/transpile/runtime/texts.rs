//! needs: difflib, literal, calendar, colorsys, uuid, weburl, html_entities, inflate, deflate, zipfile, pathlib, ospath, fnmatch, files, set, value, tuple
use rt::exc::R;
use rt::pathlib::Path;
use rt::pystr::Str;
use rt::traits::*;

fn joined(parts: Vec<Str>, open: &str, close: &str) -> R<String> {
    Ok(format!("{open}{}{close}", parts.iter().map(|s| s.as_str()).collect::<Vec<_>>().join(", ")))
}
fn or_error<T: PyRepr>(r: R<T>) -> Str {
    r.map_or_else(|e| Str::from(e.one_line()).repr(), |x| x.repr())
}

fn path(a: &Str, b: &Str) -> R<String> {
    let p = Path::of(a);
    let text = |p: Path| p.to_str();
    let parents: Vec<Str> = p.parents().into_iter().map(text).collect();
    let mut out = vec![p.to_str().repr(), p.name().repr(), p.stem().repr(), p.suffix().repr(), p.suffixes().repr(), p.parent().to_str().repr()];
    out.extend([rt::tuple::Tuple::from(p.parts()).repr(), parents.repr(), p.anchor().repr(), p.join(b).to_str().repr(), p.is_absolute().repr()]);
    out.extend([or_error(p.with_name(b).map(text)), or_error(p.with_suffix(&Str::lit(".x")).map(text))]);
    out.extend([or_error(p.relative_to(&Path::of(b)).map(text)), or_error(p.match_(b))]);
    joined(out, "[", "]")
}

fn string_io(script: &str) -> R<String> {
    let f = rt::files::string_io("one\ntwo\nthree");
    let mut log: Vec<Str> = Vec::new();
    for step in script.split(';') {
        let (op, n) = step.split_once(',').unwrap_or((step, "0"));
        let n: i64 = n.parse().unwrap_or(0);
        log.push(match op {
            "read" => f.read(Some(n))?.repr(),
            "readline" => f.readline()?.repr(),
            "write" => f.write(&Str::from("x".repeat(n as usize) + "\n"))?.repr(),
            "seek" => f.seek(n, 0)?.repr(),
            "tell" => f.tell()?.repr(),
            "truncate" => f.truncate(Some(n))?.repr(),
            _ => f.readlines()?.repr(),
        });
    }
    Ok(format!("({}, {})", joined(log, "[", "]")?, f.getvalue()?.repr()))
}

fn run(op: &str, a: &[Arg]) -> R<String> {
    use rt::{calendar as cal, colorsys as c, ospath as p, weburl as w};
    let t = |i: usize| a[i].str();
    let n = |i: usize| a[i].i64();
    let s = t(0);
    match op {
        "matcher" => {
            let m = rt::difflib::SequenceMatcher::of_texts(&s, &t(1), true);
            show((m.ratio(), m.quick_ratio(), m.real_quick_ratio(), m.get_opcodes(), m.get_matching_blocks()))
        }
        "diff" => show(rt::difflib::unified_diff(&s.splitlines(true), &t(1).splitlines(true), "a.txt", "b.txt", "", "", n(2), "\n")),
        "close" => show(rt::difflib::get_close_matches(&s, &t(1).split(None, -1)?, 3, 0.6)?),
        "literal" => Ok(rt::literal::literal_eval(&s).map_or_else(|e| format!("!{}", e.class().name), |v| v.repr().to_string())),
        "month" => Ok(cal::month(n(0), n(1), n(2), n(3))?.to_string()),
        "year" => Ok(cal::calendar(n(0), 2, 1, 6, 3)?.to_string()),
        "days" => show((cal::isleap(n(0)), cal::leapdays(1900, n(0)), cal::monthrange(n(0), n(1))?, cal::monthdayscalendar(n(0), n(1), 0)?)),
        "color" => {
            let (x, y, z) = (a[0].f64(), a[1].f64(), a[2].f64());
            show((c::rgb_to_hsv(x, y, z), c::hsv_to_rgb(x, y, z), c::rgb_to_hls(x, y, z), c::hls_to_rgb(x, y, z), c::rgb_to_yiq(x, y, z), c::yiq_to_rgb(x, y, z)))
        }
        "uuid" => {
            let u = rt::uuid::Uuid::parse(&s)?;
            show((u, u.to_str(), u.version(), u.variant(), u.urn()))
        }
        "uuid5" => show((rt::uuid::uuid5(&rt::uuid::NAMESPACE_DNS, &s), rt::uuid::uuid3(&rt::uuid::NAMESPACE_URL, &s))),
        "quote" => show((w::quote(&s, "/"), w::quote_plus(&s, ""), w::unquote(&s)?, w::unquote_plus(&s)?)),
        "url" => {
            let r = w::urlparse(&s);
            let all = (r.scheme.clone(), r.netloc.clone(), r.path.clone(), r.params.clone(), r.query.clone(), r.fragment.clone());
            show((all, r.hostname(), r.username(), r.password(), r.geturl()))
        }
        "qs" => show((w::parse_qsl(&s, false)?, w::parse_qs(&s, true)?)),
        "html" => show((w::html_escape(&s, true), w::html_escape(&s, false))),
        "unescape" => show(rt::html_entities::unescape(&s)),
        "inflate" => show(rt::inflate::decompress(&a[0].bytes())?),
        "zipread" => {
            let z = rt::zipfile::ZipFile::open(&s, "r", 0)?;
            let all: R<Vec<_>> =
                z.infolist().into_iter().map(|i| Ok((i.filename.clone(), i.file_size, i.date_time, z.read(&i.filename)?))).collect();
            show(all?)
        }
        "zipwrite" => {
            let z = rt::zipfile::ZipFile::open(&s, "w", n(3))?;
            z.writestr(&t(1), &a[2].bytes())?;
            z.writestr(&Str::lit("second.txt"), b"2")?;
            z.close()?;
            Ok(format!("True {}", z.getinfo(&t(1))?.compress_size))
        }
        "gunzip" => show(rt::zipfile::gunzip(&a[0].bytes())?),
        "gzip" => show(rt::zipfile::gzip(&a[0].bytes(), n(1), 0)),
        "deflate" => show(rt::deflate::compress(&a[0].bytes(), n(1))?),
        "path" => path(&s, &t(1)),
        "ospath" => show((p::join(&s, &[t(1)]), p::split(&s), p::splitext(&s), p::normpath(&s), p::isabs(&s), p::basename(&s), p::dirname(&s), p::commonprefix(&[s.clone(), t(1)]))),
        "fnmatch" => show(rt::fnmatch::matches(&s, &t(1))),
        "io" => string_io(&s),
        _ => Ok("?".to_string()),
    }
}
