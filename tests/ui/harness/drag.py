"""A small window in the corner of the screen from which files can be dragged, as from a file manager.

Arguments: the paths. Says "ready" once it can be taken hold of, and ends when it is killed.
"""

import pathlib
import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, GLib, Gtk  # noqa: E402

uris = [pathlib.Path(path).absolute().as_uri() for path in sys.argv[1:]]

window = Gtk.Window(title="Archivos", decorated=False)
window.set_default_size(120, 60)
handle = Gtk.EventBox()
handle.add(Gtk.Label(label="Archivos"))
handle.drag_source_set(
    Gdk.ModifierType.BUTTON1_MASK, [Gtk.TargetEntry.new("text/uri-list", 0, 0)], Gdk.DragAction.COPY
)
handle.connect("drag-data-get", lambda _widget, _context, data, _info, _time: data.set_uris(uris))
window.add(handle)
window.set_keep_above(True)
window.show_all()
screen = window.get_screen()
window.move(screen.get_width() - 140, screen.get_height() - 80)


def say_ready():
    print("ready", flush=True)
    return False


GLib.timeout_add(300, say_ready)
Gtk.main()
