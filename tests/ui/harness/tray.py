"""A tray, as desktops have one: takes icons in and works their menus.

Says "ready" once icons can come. Every line it reads is the label of what is pressed in the menu of the newest icon, or
nothing for reading it; it answers with the labels of that menu, as JSON, or with null while there is no icon.
"""

import json
import sys

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

WATCHER = "org.kde.StatusNotifierWatcher"
MENU = "com.canonical.dbusmenu"
NODE = Gio.DBusNodeInfo.new_for_xml(f"""
<node>
  <interface name="{WATCHER}">
    <method name="RegisterStatusNotifierItem"><arg name="item" type="s" direction="in"/></method>
    <method name="RegisterStatusNotifierHost"><arg name="host" type="s" direction="in"/></method>
    <property name="RegisteredStatusNotifierItems" type="as" access="read"/>
    <property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
    <property name="ProtocolVersion" type="i" access="read"/>
    <signal name="StatusNotifierItemRegistered"><arg type="s"/></signal>
    <signal name="StatusNotifierHostRegistered"/>
  </interface>
</node>""")

bus = Gio.bus_get_sync(Gio.BusType.SESSION)
icons = []


def on_call(_bus, sender, _path, _interface, method, parameters, invocation):
    if method == "RegisterStatusNotifierItem":
        (name,) = parameters.unpack()
        icons.append((sender, name if name.startswith("/") else "/StatusNotifierItem"))
    invocation.return_value(None)


def on_get(_bus, _sender, _path, _interface, name):
    return {
        "RegisteredStatusNotifierItems": GLib.Variant("as", [owner + path for owner, path in icons]),
        "IsStatusNotifierHostRegistered": GLib.Variant("b", True),
        "ProtocolVersion": GLib.Variant("i", 0),
    }[name]


def ask(owner, path, interface, method, parameters):
    return bus.call_sync(owner, path, interface, method, parameters, None, Gio.DBusCallFlags.NONE, 5000, None).unpack()


def lines():
    """The lines of the newest icon's menu: its owner, its path, and the label of each line by its id."""
    owner, path = icons[-1]
    properties = "org.freedesktop.DBus.Properties"
    (menu,) = ask(owner, path, properties, "Get", GLib.Variant("(ss)", ("org.kde.StatusNotifierItem", "Menu")))
    _revision, (_id, _values, children) = ask(owner, menu, MENU, "GetLayout", GLib.Variant("(iias)", (0, -1, ["label"])))
    return owner, menu, {id: values["label"] for id, values, _ in children if values.get("label")}


def on_line(source, _condition):
    wanted = source.readline()
    if not wanted:
        loop.quit()
        return False
    if not icons:
        print("null", flush=True)
        return True
    owner, menu, labels = lines()
    for id, label in labels.items():
        if label == wanted.strip():
            pressed = GLib.Variant("(isvu)", (id, "clicked", GLib.Variant("i", 0), 0))
            ask(owner, menu, MENU, "Event", pressed)
    print(json.dumps(list(labels.values()), ensure_ascii=False), flush=True)
    return True


bus.register_object("/StatusNotifierWatcher", NODE.interfaces[0], on_call, on_get, None)
Gio.bus_own_name_on_connection(bus, WATCHER, Gio.BusNameOwnerFlags.NONE, lambda *_: print("ready", flush=True), None)
GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, on_line)
loop = GLib.MainLoop()
loop.run()
