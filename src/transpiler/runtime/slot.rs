//! needs:
//! `Slot<T>`: the cell of shared containers. Beside guards as RefCell has, reads and writes so short that looking at
//! the flag is enough.
use std::cell::{Cell, UnsafeCell};
use std::ops::{Deref, DerefMut};

pub struct Slot<T> {
    /// How many read; -1 while somebody writes.
    state: Cell<isize>,
    value: UnsafeCell<T>,
}

#[cold]
#[inline(never)]
fn busy() -> ! {
    panic!("a container was changed while it was in use")
}

impl<T> Slot<T> {
    #[inline]
    pub fn new(value: T) -> Self {
        Slot { state: Cell::new(0), value: UnsafeCell::new(value) }
    }
    pub fn into_inner(self) -> T {
        self.value.into_inner()
    }
    #[inline]
    pub fn borrow(&self) -> Reading<'_, T> {
        self.try_borrow().unwrap_or_else(|| busy())
    }
    #[inline]
    pub fn try_borrow(&self) -> Option<Reading<'_, T>> {
        if self.state.get() < 0 {
            return None;
        }
        self.state.set(self.state.get() + 1);
        Some(Reading(self))
    }
    #[inline]
    pub fn borrow_mut(&self) -> Writing<'_, T> {
        if self.state.get() != 0 {
            busy();
        }
        self.state.set(-1);
        Writing(self)
    }
    /// # Safety
    /// `look` runs no code of the program: it clones handles, copies numbers, reads lengths.
    #[inline(always)]
    pub unsafe fn peek<R>(&self, look: impl FnOnce(&T) -> R) -> R {
        if self.state.get() < 0 {
            busy();
        }
        // SAFETY: no Writing is alive, and by the contract none begins before `look` returns.
        look(unsafe { &*self.value.get() })
    }
    /// # Safety
    /// As `peek`; `change` drops nothing either, but hands out what it replaces.
    #[inline(always)]
    pub unsafe fn poke<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        if self.state.get() != 0 {
            busy();
        }
        // SAFETY: nobody reads or writes, and by the contract nobody begins to before `change` returns.
        change(unsafe { &mut *self.value.get() })
    }
}

pub struct Reading<'a, T>(&'a Slot<T>);
impl<T> Deref for Reading<'_, T> {
    type Target = T;
    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: while this lives the count is positive, so that no Writing and no `poke` begins.
        unsafe { &*self.0.value.get() }
    }
}
impl<T> Drop for Reading<'_, T> {
    #[inline]
    fn drop(&mut self) {
        self.0.state.set(self.0.state.get() - 1);
    }
}

pub struct Writing<'a, T>(&'a Slot<T>);
impl<T> Deref for Writing<'_, T> {
    type Target = T;
    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: while this lives the flag is -1, so that nobody else reads or writes.
        unsafe { &*self.0.value.get() }
    }
}
impl<T> DerefMut for Writing<'_, T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: as in `deref`.
        unsafe { &mut *self.0.value.get() }
    }
}
impl<T> Drop for Writing<'_, T> {
    #[inline]
    fn drop(&mut self) {
        self.0.state.set(0);
    }
}
