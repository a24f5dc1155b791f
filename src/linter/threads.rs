//! Work shared by several threads.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Fewer jobs than this are done by one thread: starting others would take longer.
const JOBS_FOR_THREADS: usize = 32;
/// The same for quick jobs, which mostly wait for the system.
const QUICK_JOBS_FOR_THREADS: usize = 1_000;

/// How many threads share the work.
#[derive(Clone, Copy, Debug)]
pub(super) enum Threads {
    /// As many as there are cores, if that is worth it.
    AsNeeded,
    /// This many.
    Exactly(usize),
}

impl Threads {
    /// Does the jobs `0..jobs` and returns the result of each, in order. Which thread does which job is
    /// unspecified.
    pub(super) fn map<T: Send>(self, jobs: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
        share(jobs, self.for_jobs(jobs, JOBS_FOR_THREADS), work)
    }

    /// The same for jobs that take some microseconds each.
    pub(super) fn map_quick<T: Send>(self, jobs: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
        share(jobs, self.for_jobs(jobs, QUICK_JOBS_FOR_THREADS), work)
    }

    fn for_jobs(self, jobs: usize, least: usize) -> usize {
        match self {
            Threads::Exactly(threads) => threads,
            Threads::AsNeeded if jobs < least => 1,
            Threads::AsNeeded => std::thread::available_parallelism().map_or(1, usize::from),
        }
    }
}

fn share<T: Send>(jobs: usize, threads: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    if threads <= 1 {
        return (0..jobs).map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let run = || {
        let mut done = Vec::new();
        loop {
            let job = next.fetch_add(1, Ordering::Relaxed);
            if job >= jobs {
                return done;
            }
            done.push((job, work(job)));
        }
    };
    let mut done: Vec<(usize, T)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(run)).collect();
        let join = |worker: std::thread::ScopedJoinHandle<'_, Vec<(usize, T)>>| {
            worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        workers.into_iter().flat_map(join).collect()
    });
    done.sort_unstable_by_key(|(job, _)| *job);
    done.into_iter().map(|(_, result)| result).collect()
}
