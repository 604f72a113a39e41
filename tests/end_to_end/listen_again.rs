//! Listening again from some moment on, through the real program.

use crate::astra::Astra;

#[test]
fn what_nobody_corrected_between_two_moments_is_heard_again_and_the_rest_stays() {
    let astra = Astra::with_the_sample_heard();
    let before = astra.transcript();
    let sessions = astra.run(&["sessions", "list", "--json"]).objects();
    let id = sessions[0]["id"].as_str().unwrap().to_owned();
    let again = |extra: &[&str]| {
        let arguments = ["listen-again", &id, "--model", "demo-es", "--json"];
        astra.run(&[&arguments, extra].concat())
    };
    let ran = again(&["--from", "1:00", "--to", "1:40"]);
    assert_eq!(ran.code, Some(0), "{}", ran.error());
    let done = ran.objects().pop().unwrap();
    assert!(done["heard"].as_u64().unwrap() > 3, "{done}");
    let told: Vec<_> = ran.lines_of("passages_reheard").iter().map(|line| line["done_ms"].as_u64().unwrap()).collect();
    assert!(told.len() == 2 && told[0] == 0 && told[1] > 30_000, "{told:?}");

    let after = astra.transcript();
    let pairs = before["segments"].as_array().unwrap().iter().zip(after["segments"].as_array().unwrap());
    for (before, after) in pairs {
        let starts_ms = before["start_ms"].as_u64().unwrap();
        assert_eq!((&before["start_ms"], &before["speaker"]), (&after["start_ms"], &after["speaker"]));
        if !(60_000..100_000).contains(&starts_ms) {
            assert_eq!(before["text"], after["text"]);
        }
    }
    let three = again(&["--at", "0:20", "--at", "1:10", "--at", "3:00"]).objects().pop().unwrap();
    assert_eq!(three["heard"].as_u64().unwrap() + three["silent"].as_u64().unwrap(), 3, "{three}");
    assert_eq!(again(&["--from", "1:75"]).code, Some(2), "that is no moment");
    assert_eq!(again(&["--from", "1:00", "--at", "2:00"]).code, Some(2), "either a stretch or passages");
    assert_eq!(astra.run(&["listen-again", &id, "--model", "nadie", "--json"]).error(), "model_unknown");
}
