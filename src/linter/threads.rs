//! Work that several threads share.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Fewer jobs than this are done by one thread: starting others would cost more.
const JOBS_FOR_THREADS: usize = 32;

/// How many threads share the work.
#[derive(Clone, Copy, Debug)]
pub(super) enum Threads {
    /// As many as there are cores, where that is worth it.
    AsNeeded,
    /// This many.
    Exactly(usize),
}

/// What one thread gathers, and what another one's is added to.
pub(super) trait Gather: Default + Send {
    fn merge(&mut self, other: Self);
}

impl Threads {
    /// Does the jobs `0..jobs`. Which thread does which is left open.
    pub fn share<T: Gather>(self, jobs: usize, work: impl Fn(usize, &mut T) + Sync) -> T {
        let threads = match self {
            Threads::Exactly(threads) => threads,
            Threads::AsNeeded if jobs < JOBS_FOR_THREADS => 1,
            Threads::AsNeeded => std::thread::available_parallelism().map_or(1, usize::from),
        };
        let next = AtomicUsize::new(0);
        let run = || {
            let mut gathered = T::default();
            loop {
                let job = next.fetch_add(1, Ordering::Relaxed);
                if job >= jobs {
                    return gathered;
                }
                work(job, &mut gathered);
            }
        };
        if threads <= 1 {
            return run();
        }
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..threads).map(|_| scope.spawn(run)).collect();
            let mut all = T::default();
            for worker in workers {
                all.merge(worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            }
            all
        })
    }
}
