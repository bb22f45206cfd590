//! needs:
//! The allocator of translated programs, which make many small objects: blocks up to 512 bytes come from lists by size,
//! one set of lists a thread, and go back to them. Larger ones are the system's.
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::ptr::null_mut;

const STEP: usize = 16;
const CLASSES: usize = 32;
const CHUNK: usize = 1 << 16;

pub struct Pool;
#[global_allocator]
pub static POOL: Pool = Pool;

thread_local! {
    /// The first free block of each size; each holds the address of the next.
    static FREE: [Cell<*mut u8>; CLASSES] = const { [const { Cell::new(null_mut()) }; CLASSES] };
    /// What is left of the newest chunk: where it begins and how many bytes.
    static FRESH: Cell<(*mut u8, usize)> = const { Cell::new((null_mut(), 0)) };
}

#[inline]
fn class(layout: &Layout) -> Option<usize> {
    let small = layout.align() <= STEP && layout.size() <= STEP * CLASSES && layout.size() > 0;
    small.then(|| (layout.size() - 1) / STEP)
}

#[cold]
#[inline(never)]
fn cut(class: usize) -> *mut u8 {
    let size = (class + 1) * STEP;
    FRESH.with(|fresh| {
        let (mut at, mut left) = fresh.get();
        if left < size {
            // SAFETY: the layout has a size and a power of two as alignment.
            at = unsafe { System.alloc(Layout::from_size_align_unchecked(CHUNK, STEP)) };
            if at.is_null() {
                return at;
            }
            left = CHUNK;
        }
        // SAFETY: `size` bytes are left from `at`.
        fresh.set((unsafe { at.add(size) }, left - size));
        at
    })
}

// SAFETY: a block is in at most one list, and in none while it is in use; all blocks of a list have the size of its
// class and the alignment of STEP. A block that another thread gives back belongs to that thread from then on.
unsafe impl GlobalAlloc for Pool {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let Some(class) = class(&layout) else { return System.alloc(layout) };
        FREE.with(|free| {
            let first = free[class].get();
            if first.is_null() {
                return cut(class);
            }
            free[class].set(*(first as *mut *mut u8));
            first
        })
    }
    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        let Some(class) = class(&layout) else { return System.dealloc(block, layout) };
        FREE.with(|free| {
            *(block as *mut *mut u8) = free[class].get();
            free[class].set(block);
        })
    }
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let grown = Layout::from_size_align_unchecked(size, layout.align());
        match (class(&layout), class(&grown)) {
            (None, None) => System.realloc(block, layout, size),
            (a, b) if a == b => block,
            _ => {
                let new = self.alloc(grown);
                if !new.is_null() {
                    std::ptr::copy_nonoverlapping(block, new, layout.size().min(size));
                    self.dealloc(block, layout);
                }
                new
            }
        }
    }
}
