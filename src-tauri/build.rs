//! Compiles the configuration, the capabilities and the icons into the program.

fn main() {
    // The page is compiled into the program, and the compiler does not see that it changed.
    println!("cargo::rerun-if-changed=../ui/dist");
    tauri_build::build();
}
