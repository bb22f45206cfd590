//! `colorsys`. Source: Python library reference, colorsys; the usual formulas.

pub fn rgb_to_hsv(r: f64, g: f64, b: f64) -> (f64, f64, f64) {
    let (max, min) = (r.max(g).max(b), r.min(g).min(b));
    if min == max {
        return (0.0, 0.0, max);
    }
    (hue(r, g, b, max, min), (max - min) / max, max)
}
fn hue(r: f64, g: f64, b: f64, max: f64, min: f64) -> f64 {
    let d = max - min;
    let (rc, gc, bc) = ((max - r) / d, (max - g) / d, (max - b) / d);
    let h = if r == max {
        bc - gc
    } else if g == max {
        2.0 + rc - bc
    } else {
        4.0 + gc - rc
    };
    let m = (h / 6.0) % 1.0;
    if m < 0.0 { m + 1.0 } else { m }
}
pub fn hsv_to_rgb(h: f64, s: f64, v: f64) -> (f64, f64, f64) {
    if s == 0.0 {
        return (v, v, v);
    }
    let i = (h * 6.0).trunc();
    let f = h * 6.0 - i;
    let (p, q, t) = (v * (1.0 - s), v * (1.0 - s * f), v * (1.0 - s * (1.0 - f)));
    match (i as i64).rem_euclid(6) {
        0 => (v, t, p),
        1 => (q, v, p),
        2 => (p, v, t),
        3 => (p, q, v),
        4 => (t, p, v),
        _ => (v, p, q),
    }
}
pub fn rgb_to_hls(r: f64, g: f64, b: f64) -> (f64, f64, f64) {
    let (max, min) = (r.max(g).max(b), r.min(g).min(b));
    let (sum, d) = (max + min, max - min);
    let l = sum / 2.0;
    if min == max {
        return (0.0, l, 0.0);
    }
    let s = if l <= 0.5 { d / sum } else { d / (2.0 - max - min) };
    (hue(r, g, b, max, min), l, s)
}
pub fn hls_to_rgb(h: f64, l: f64, s: f64) -> (f64, f64, f64) {
    if s == 0.0 {
        return (l, l, l);
    }
    let m2 = if l <= 0.5 { l * (1.0 + s) } else { l + s - l * s };
    let m1 = 2.0 * l - m2;
    let v = |h: f64| {
        let h = h.rem_euclid(1.0);
        if h < 1.0 / 6.0 {
            m1 + (m2 - m1) * h * 6.0
        } else if h < 0.5 {
            m2
        } else if h < 2.0 / 3.0 {
            m1 + (m2 - m1) * (2.0 / 3.0 - h) * 6.0
        } else {
            m1
        }
    };
    (v(h + 1.0 / 3.0), v(h), v(h - 1.0 / 3.0))
}
pub fn rgb_to_yiq(r: f64, g: f64, b: f64) -> (f64, f64, f64) {
    let y = 0.30 * r + 0.59 * g + 0.11 * b;
    (y, 0.74 * (r - y) - 0.27 * (b - y), 0.48 * (r - y) + 0.41 * (b - y))
}
pub fn yiq_to_rgb(y: f64, i: f64, q: f64) -> (f64, f64, f64) {
    let clip = |x: f64| x.clamp(0.0, 1.0);
    (
        clip(y + 0.9468822170900693 * i + 0.6235565819861433 * q),
        clip(y - 0.27478764629897834 * i - 0.6356910791873801 * q),
        clip(y - 1.1085450346420322 * i + 1.7090069284064666 * q),
    )
}
