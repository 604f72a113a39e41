#!/usr/bin/env bash
# What building, running and testing Astra needs on Debian 12 or later and on Ubuntu 22.04 or
# later. Installs only what is missing, with sudo when not root.
#
#   installers/linux/prerequisites.sh            what the command line needs
#   installers/linux/prerequisites.sh --window   and the window
#   installers/linux/prerequisites.sh --package  and the packages of it
#   installers/linux/prerequisites.sh --test     and the tests
set -euo pipefail

packages=(build-essential cmake pkg-config ffmpeg)
for group in "$@"; do
    case "$group" in
    --window)
        # The window plays audio through GStreamer, and its icon in the tray needs the indicator.
        packages+=(libwebkit2gtk-4.1-dev libdbus-1-dev libayatana-appindicator3-1
            gstreamer1.0-plugins-good gstreamer1.0-libav)
        ;;
    --package)
        # The bundler asks it which indicator a package must depend on.
        packages+=(libayatana-appindicator3-dev)
        ;;
    --test)
        # LibreOffice opens the Word documents, poppler reads the text of the pages it prints; the
        # tests look for processes with ps and set clocks back with faketime, and the licence check is a Python package.
        packages+=(libreoffice-writer-nogui poppler-utils fonts-dejavu-core procps faketime python3-venv)
        # The window without a screen, its driver, hands for it, and a source of dragged files.
        packages+=(xvfb xauth dbus dbus-x11 at-spi2-core webkit2gtk-driver openbox xdotool imagemagick x11-utils
            python3-gi gir1.2-gtk-3.0)
        ;;
    *)
        echo "unknown group: $group" >&2
        exit 2
        ;;
    esac
done

missing=()
for package in "${packages[@]}"; do
    if [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)" != "installed" ]; then
        missing+=("$package")
    fi
done
if [ ${#missing[@]} -eq 0 ]; then
    exit 0
fi

administrator=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "Install these packages as administrator and try again: ${missing[*]}" >&2
        exit 1
    fi
    administrator=(sudo)
fi
echo "Installing ${missing[*]}" >&2
"${administrator[@]}" apt-get update -qq
"${administrator[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "${missing[@]}"
