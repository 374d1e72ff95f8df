//! What a crash of any of Saldo's programs may leave behind: the place, and nothing that was in memory (security.md F-15).

/// From now on a panic writes down where it happened. What it says may hold anything, so that is not written.
pub fn tell_places() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(|place| (place.file(), place.line()));
        write_down(place, std::thread::current().name());
    }));
}

/// Writes down that a thread stopped, and where: to the log and to the terminal.
pub fn write_down(place: Option<(&str, u32)>, thread: Option<&str>) {
    let whence = place.map_or("nowhere".to_owned(), |(file, line)| {
        format!("{}:{line}", file.rsplit(['/', '\\']).next().unwrap_or(file))
    });
    tracing::error!(%whence, thread = thread.unwrap_or("unnamed"), "a thread stopped");
    eprintln!("Saldo: a thread stopped at {whence}");
}

/// From now on the system writes no memory of this process, or of those that it starts (the web view's among them), to a disk.
///
/// By its limit, and not by making the process undumpable: file dialogs come from another process, which then could not see whom
/// it serves. Linux disregards a limit of 0 where cores go to a collector instead of a file; for 1 it does not even start one.
pub fn leave_no_cores() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let limit = Some(if cfg!(target_os = "linux") { 1 } else { 0 });
        if let Err(error) = setrlimit(Resource::Core, Rlimit { current: limit, maximum: limit }) {
            tracing::warn!(%error, "a crash could leave a picture of the memory behind");
        }
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_os = "linux")]
    #[test]
    fn no_core_is_left() {
        super::leave_no_cores();
        let limits = std::fs::read_to_string("/proc/self/limits").unwrap();
        let cores = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
        let cores: Vec<_> = cores.split_whitespace().skip(4).collect();
        assert_eq!(cores, ["1", "1", "bytes"], "less than the smallest core, and no collector is started");
    }
}
