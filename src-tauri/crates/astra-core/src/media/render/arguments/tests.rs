//! What ffmpeg is told, kept as snapshots.

use super::*;

fn sound(path: &str, length_ms: u64, channels: u32) -> Source {
    Source { path: path.into(), length_ms, channels, picture: None, ignore_length: false }
}

fn video(path: &str, length_ms: u64) -> Source {
    let picture = Some(Picture { width: 1920, height: 1080, rate: Some((25, 1)) });
    Source { picture, ..sound(path, length_ms, 2) }
}

fn told(profile: &str, sources: &[Source], hidden: &[Range<u64>]) -> String {
    let order = Order {
        profile: Profile::named(profile).unwrap(),
        sources,
        silent: hidden,
        dark: hidden,
        subtitles: Some(Path::new("/datos/año 1/it's [x],y;z.srt")),
        language: "es",
    };
    let arguments = order.arguments(Path::new("/salida/ñ.part")).unwrap();
    let shown = arguments.iter().map(|argument| argument.to_string_lossy().replace(FORMATS, "FORMATS"));
    shown.collect::<Vec<_>>().join("\n").replace(';', ";\n")
}

#[test]
fn several_parts_as_one_mp3() {
    insta::assert_snapshot!(told("mp3", &[sound("/a/1.mp3", 60_000, 1), sound("/a/2.wav", 30_500, 6)], &[]));
}

#[test]
fn a_master_with_a_silence() {
    insta::assert_snapshot!(told("wav", &[sound("/a/1.mp3", 60_000, 2)], &[1_000..2_500, 3_000..4_000]));
}

#[test]
fn a_video_with_soft_subtitles_and_a_part_without_picture() {
    insta::assert_snapshot!(told("mp4-720p", &[video("/a/1.mp4", 60_000), sound("/a/2.mp3", 10_000, 1)], &[]));
}

#[test]
fn a_video_with_burnt_subtitles_and_a_passage_that_may_not_be_seen() {
    insta::assert_snapshot!(told("mp4-1080p-burnt", &[video("/a/1.mp4", 60_000)], &[1_000..2_500, 4_000..5_000]));
}

#[test]
fn a_poster_from_a_tenth_into_the_session() {
    insta::assert_snapshot!(told("poster", &[video("/a/1.mp4", 60_000)], &[]));
}

#[test]
fn a_poster_is_never_taken_where_nothing_may_be_seen() {
    let sources = [sound("/a/0.mp3", 10_000, 1), video("/a/1.mp4", 60_000)];
    let still = |dark: Option<Range<u64>>| {
        let (profile, dark) = (Profile::named("poster").unwrap(), Vec::from_iter(dark));
        let order = Order { profile, sources: &sources, silent: &[], dark: &dark, subtitles: None, language: "es" };
        order.still().map(|(source, at_ms)| (source.path.clone(), at_ms))
    };
    assert_eq!(still(None), Some(("/a/1.mp4".into(), 0)));
    let (path, at_ms) = still(Some(5_000..40_000)).unwrap();
    assert_eq!(path, Path::new("/a/1.mp4"));
    assert!(at_ms + 10_000 > 40_000, "{at_ms}");
    assert_eq!(still(Some(0..70_000)), None);
}

#[test]
fn a_small_picture_is_not_blown_up_and_one_that_is_odd_becomes_even() {
    let picture = |width, height, rate| {
        let source = Source { picture: Some(Picture { width, height, rate }), ..sound("/a/1.mp4", 1_000, 1) };
        let profile = Profile::named("mp4-720p").unwrap();
        let order = Order { profile, sources: &[source], silent: &[], dark: &[], subtitles: None, language: "es" };
        order.frame()
    };
    assert_eq!(picture(640, 360, Some((30_000, 1001))), (640, 360, "30000/1001".to_owned()));
    assert_eq!(picture(1080, 1920, Some((60, 1))), (404, 720, "30".to_owned()));
    assert_eq!(picture(333, 251, None), (332, 250, "30".to_owned()));
}
