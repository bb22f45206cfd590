//! needs: pystr
//! `html.unescape`: character references by number, and the names of HTML 4 (and `apos`).
//! Source: HTML Living Standard, named character references.
use super::pystr::Str;

/// Each name with its character.
const NAMES: &str = "\
    quot\" amp& lt< gt> nbsp\u{a0} iexcl¡ cent¢ pound£ curren¤ yen¥ brvbar¦ sect§ uml¨ copy© ordfª laquo« \
    not¬ shy\u{ad} reg® macr¯ deg° plusmn± sup2² sup3³ acute´ microµ para¶ middot· cedil¸ sup1¹ ordmº raquo» \
    frac14¼ frac12½ frac34¾ iquest¿ AgraveÀ AacuteÁ AcircÂ AtildeÃ AumlÄ AringÅ AEligÆ CcedilÇ EgraveÈ \
    EacuteÉ EcircÊ EumlË IgraveÌ IacuteÍ IcircÎ IumlÏ ETHÐ NtildeÑ OgraveÒ OacuteÓ OcircÔ OtildeÕ OumlÖ \
    times× OslashØ UgraveÙ UacuteÚ UcircÛ UumlÜ YacuteÝ THORNÞ szligß agraveà aacuteá acircâ atildeã aumlä \
    aringå aeligæ ccedilç egraveè eacuteé ecircê eumlë igraveì iacuteí icircî iumlï ethð ntildeñ ograveò \
    oacuteó ocircô otildeõ oumlö divide÷ oslashø ugraveù uacuteú ucircû uumlü yacuteý thornþ yumlÿ OEligŒ \
    oeligœ ScaronŠ scaronš YumlŸ fnofƒ circˆ tilde˜ AlphaΑ BetaΒ GammaΓ DeltaΔ EpsilonΕ ZetaΖ EtaΗ ThetaΘ \
    IotaΙ KappaΚ LambdaΛ MuΜ NuΝ XiΞ OmicronΟ PiΠ RhoΡ SigmaΣ TauΤ UpsilonΥ PhiΦ ChiΧ PsiΨ OmegaΩ alphaα \
    betaβ gammaγ deltaδ epsilonε zetaζ etaη thetaθ iotaι kappaκ lambdaλ muμ nuν xiξ omicronο piπ rhoρ \
    sigmafς sigmaσ tauτ upsilonυ phiφ chiχ psiψ omegaω thetasymϑ upsihϒ pivϖ ensp\u{2002} emsp\u{2003} \
    thinsp\u{2009} zwnj\u{200c} zwj\u{200d} lrm\u{200e} rlm\u{200f} ndash– mdash— lsquo‘ rsquo’ sbquo‚ \
    ldquo“ rdquo” bdquo„ dagger† Dagger‡ bull• hellip… permil‰ prime′ Prime″ lsaquo‹ rsaquo› oline‾ frasl⁄ \
    euro€ imageℑ weierp℘ realℜ trade™ alefsymℵ larr← uarr↑ rarr→ darr↓ harr↔ crarr↵ lArr⇐ uArr⇑ rArr⇒ dArr⇓ \
    hArr⇔ forall∀ part∂ exist∃ empty∅ nabla∇ isin∈ notin∉ ni∋ prod∏ sum∑ minus− lowast∗ radic√ prop∝ infin∞ \
    ang∠ and∧ or∨ cap∩ cup∪ int∫ there4∴ sim∼ cong≅ asymp≈ ne≠ equiv≡ le≤ ge≥ sub⊂ sup⊃ nsub⊄ sube⊆ supe⊇ \
    oplus⊕ otimes⊗ perp⊥ sdot⋅ lceil⌈ rceil⌉ lfloor⌊ rfloor⌋ loz◊ spades♠ clubs♣ hearts♥ diams♦ lang⟨ rang⟩ \
    apos'";

fn named(name: &str) -> Option<char> {
    NAMES.split(' ').filter_map(|e| e.strip_prefix(name)).find_map(|rest| {
        let mut chars = rest.chars();
        let c = chars.next()?;
        (chars.next().is_none() && !c.is_ascii_alphanumeric()).then_some(c)
    })
}
/// Those of Latin-1 are also known without the `;`.
fn old_name(name: &str) -> Option<char> {
    let upper = matches!(name, "AMP" | "LT" | "GT" | "QUOT" | "COPY" | "REG");
    let lower = name.to_ascii_lowercase();
    named(if upper { &lower } else { name }).filter(|c| (*c as u32) < 256 && name != "apos")
}

fn by_number(digits: &str, radix: u32) -> String {
    const WINDOWS: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    let digit = |c: char| c.to_digit(radix).unwrap_or(0);
    let code = digits.chars().fold(0u32, |n, c| n.saturating_mul(radix).saturating_add(digit(c)));
    match code {
        13 => "\r".to_string(),
        128..=159 => WINDOWS.chars().nth(code as usize - 128).map(String::from).unwrap_or_default(),
        1..=8 | 11 | 14..=31 | 127 | 0xfdd0..=0xfdef => String::new(),
        0xfffe.. if code & 0xfffe == 0xfffe && code <= 0x10ffff => String::new(),
        _ => char::from_u32(code).filter(|c| *c != '\0').unwrap_or('\u{fffd}').to_string(),
    }
}

/// What a reference stands for, and how many bytes behind the `&` it takes.
fn reference(rest: &str) -> Option<(String, usize)> {
    if let Some(number) = rest.strip_prefix('#') {
        let (digits, radix, lead) = match number.strip_prefix(['x', 'X']) {
            Some(hex) => (hex, 16, 2),
            None => (number, 10, 1),
        };
        let end = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
        let semicolon = digits[end..].starts_with(';') as usize;
        return (end > 0).then(|| (by_number(&digits[..end], radix), lead + end + semicolon));
    }
    let stops = |c: char| matches!(c, '\t' | '\n' | '\x0c' | ' ' | '<' | '&' | '#' | ';');
    let end = rest.find(stops).unwrap_or(rest.len());
    let name = &rest[..end];
    if let Some(c) = named(name).filter(|_| rest[end..].starts_with(';') && end > 0) {
        return Some((c.to_string(), end + 1));
    }
    let cuts: Vec<usize> = name.char_indices().map(|c| c.0).chain([end]).filter(|n| *n > 1 && *n <= 32).collect();
    cuts.into_iter().rev().find_map(|n| old_name(&name[..n]).map(|c| (c.to_string(), n)))
}

pub fn unescape(s: &str) -> Str {
    let mut out = String::new();
    let mut rest = s;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        match reference(rest) {
            Some((text, n)) => {
                out.push_str(&text);
                rest = &rest[n..];
            }
            None => out.push('&'),
        }
    }
    out.push_str(rest);
    Str::from(out)
}
