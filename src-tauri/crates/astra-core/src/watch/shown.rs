//! A path as a person reads it.

use std::path::Path;

/// A path without the signs by which Windows marks it as exact: `D:\x` for `\\?\D:\x`, `\\server\x` for
/// `\\?\UNC\server\x`.
pub fn shown(path: &Path) -> String {
    let path = path.display().to_string();
    let Some(exact) = path.strip_prefix(r"\\?\") else { return path };
    match exact.get(..4).filter(|server| server.eq_ignore_ascii_case(r"UNC\")) {
        Some(_) => format!(r"\\{}", &exact[4..]),
        None => exact.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_sees_the_signs_of_an_exact_path() {
        for (path, seen) in [
            (r"\\?\D:\GRABADORA\001.MP3", r"D:\GRABADORA\001.MP3"),
            (r"\\?\UNC\servidor\sesiones", r"\\servidor\sesiones"),
            (r"\\?\unc\servidor\á", r"\\servidor\á"),
            (r"\\servidor\sesiones", r"\\servidor\sesiones"),
            (r"\\?\ñ", "ñ"),
            ("/media/GRABADORA", "/media/GRABADORA"),
            ("", ""),
        ] {
            assert_eq!(shown(Path::new(path)), seen, "{path}");
        }
    }
}
