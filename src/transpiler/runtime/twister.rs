//! The MT19937 generator.
//! Source: Matsumoto and Nishimura, Mersenne Twister (1998), and their 2002 initialisation by array.
const N: usize = 624;
const M: usize = 397;

#[derive(Clone)]
pub struct Twister {
    state: Vec<u32>,
    at: usize,
}

impl Twister {
    fn from_number(seed: u32) -> Twister {
        let mut state = vec![seed; N];
        for i in 1..N {
            let before = state[i - 1];
            state[i] = 1812433253u32.wrapping_mul(before ^ before >> 30).wrapping_add(i as u32);
        }
        Twister { state, at: N }
    }

    pub fn seeded(key: &[u32]) -> Twister {
        let mut t = Twister::from_number(19650218);
        let s = &mut t.state;
        let (mut i, mut j) = (1, 0);
        for _ in 0..N.max(key.len()) {
            let before = s[i - 1] ^ s[i - 1] >> 30;
            s[i] = (s[i] ^ before.wrapping_mul(1664525)).wrapping_add(key[j]).wrapping_add(j as u32);
            i += 1;
            j = (j + 1) % key.len();
            if i == N {
                s[0] = s[N - 1];
                i = 1;
            }
        }
        for _ in 1..N {
            let before = s[i - 1] ^ s[i - 1] >> 30;
            s[i] = (s[i] ^ before.wrapping_mul(1566083941)).wrapping_sub(i as u32);
            i += 1;
            if i == N {
                s[0] = s[N - 1];
                i = 1;
            }
        }
        s[0] = 0x8000_0000;
        t
    }

    fn refill(&mut self) {
        let s = &mut self.state;
        for i in 0..N {
            let y = s[i] & 0x8000_0000 | s[(i + 1) % N] & 0x7fff_ffff;
            s[i] = s[(i + M) % N] ^ y >> 1 ^ if y & 1 == 1 { 0x9908_b0df } else { 0 };
        }
        self.at = 0;
    }

    pub fn next(&mut self) -> u32 {
        if self.at >= N {
            self.refill();
        }
        let mut y = self.state[self.at];
        self.at += 1;
        y ^= y >> 11;
        y ^= y << 7 & 0x9d2c_5680;
        y ^= y << 15 & 0xefc6_0000;
        y ^ y >> 18
    }
}
