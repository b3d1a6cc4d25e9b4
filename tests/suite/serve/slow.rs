//! Clients that dawdle hold up nobody else.

use std::io::Write as _;
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::{Serving, connect, median};
use crate::support::Site;

const SLOW: usize = 200;
/// What 200 slow readers would fill if each had its own.
const LARGE: usize = 8 << 20;

fn site() -> Site {
    let site = Site::new().file("content/_index.md", "---\ntitle: Home\n---\n\nWelcome.\n");
    site.put("static/large.bin", &vec![b'x'; LARGE]);
    site
}

/// How long fresh requests take in the middle; none may fail. They go to each preview in turn, so
/// that all that this machine does besides slows down each alike.
fn latencies(of: [&Serving; 2]) -> [Duration; 2] {
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..40 {
        for (serving, times) in of.iter().zip(&mut times) {
            let start = Instant::now();
            let answer = serving.get("/");
            assert_eq!(answer.status, 200, "{answer:?}");
            assert!(answer.text().contains("Welcome."));
            times.push(start.elapsed());
        }
    }
    times.map(median)
}

/// Starts one of five kinds of a slow client.
fn slow(serving: &Serving, number: usize) -> TcpStream {
    let mut stream = connect(serving.address);
    let start: &[u8] = match number % 5 {
        // Says nothing, stops in the middle, or goes on byte by byte.
        0 => b"",
        1 => b"GET / HTTP/1.1\r\nHost: loc",
        2 => b"GET / HTTP/1.1\r\nCookie: ",
        // Does not read its answer.
        3 => b"GET /large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n",
        // Has read it, and stays.
        _ => b"HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    };
    // A crowd of clients may have pushed this one out already.
    let _ = stream.write_all(start);
    stream
}

#[test]
fn slow_clients_cost_others_little() {
    let site = site();
    let (serving, quiet) = (Serving::of(&site, &[]), Serving::of(&site, &[]));
    #[cfg(target_os = "linux")]
    let memory = serving.status("VmRSS");

    let streams: Vec<_> = (0..SLOW).map(|number| slow(&serving, number)).collect();
    let ends = Arc::new(AtomicBool::new(false));
    let trickle = {
        let ends = Arc::clone(&ends);
        let streams: Vec<_> = streams.iter().filter_map(|stream| stream.try_clone().ok()).collect();
        thread::spawn(move || {
            while !ends.load(Ordering::SeqCst) {
                for mut stream in streams.iter().skip(2).step_by(5) {
                    let _ = stream.write_all(b"x");
                }
                thread::sleep(Duration::from_secs(1));
            }
        })
    };
    let [crowded, alone] = latencies([&serving, &quiet]);
    println!("in the middle: {alone:?} alone, {crowded:?} beside {SLOW} slow clients");
    assert!(crowded <= alone * 20, "{alone:?} alone, {crowded:?} in the crowd");
    #[cfg(target_os = "linux")]
    {
        let (threads, after) = (serving.status("Threads"), serving.status("VmRSS"));
        println!("{threads} threads, {memory} kB before and {after} kB now");
        assert!(threads <= SLOW + 60, "{threads} threads");
        // All that do not read share the one file they do not read. The allocator keeps up to a megabyte
        // for each thread.
        let grown = after.saturating_sub(memory);
        assert!(grown < SLOW * 1024 + 10 * LARGE / 1024, "{memory} kB, then {after} kB");
    }
    ends.store(true, Ordering::SeqCst);
    drop(streams);
    let [after, alone] = latencies([&serving, &quiet]);
    assert!(after <= alone * 20, "{alone:?} alone, {after:?} after the crowd");
    trickle.join().expect("it just writes");
}

#[test]
#[cfg(target_os = "linux")]
fn threads_are_bounded_whoever_comes() {
    let site = site();
    let serving = Serving::of(&site, &[]);
    // The threads that build and watch are there once a page is.
    assert_eq!(serving.get("/").status, 200);
    let before = serving.status("Threads");
    let mut most = 0;
    let mut streams = Vec::new();
    for number in 0..900 {
        streams.push(slow(&serving, number));
        if number % 50 == 0 {
            most = most.max(serving.status("Threads"));
            assert_eq!(serving.get("/").status, 200, "a fresh request beside {number} others");
        }
    }
    println!("{before} threads before, {most} at most");
    assert!(most <= 320 + 80, "{before} threads before, {most} at most");
    drop(streams);
    super::wait(|| serving.status("Threads") <= before + 8, || "threads to end".to_owned());
}
