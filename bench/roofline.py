#!/usr/bin/env python3
"""Draws what `bench/run --json FILE` found as a roofline: arithmetic a second over arithmetic per byte of weights and cache.

The slanted line is the read bandwidth that was measured in the same run, the level ones the peaks of f32 and 8-bit
arithmetic. Large marks are whole models, ours and the peers'; small rings are single operations of ours.
Source of the picture: Williams, Waterman and Patterson, "Roofline" (2009).

Usage: roofline.py RESULTS.json OUT.svg
"""
import html
import json
import math
import pathlib
import sys

WIDTH, HEIGHT = 1000, 640
LEFT, RIGHT, TOP, BOTTOM = 80, 250, 50, 60
COLOURS = {"ours": "#0b6e99", "llama.cpp": "#c4540a", "ik_llama.cpp": "#6a3d9a", "kernel": "#7a8793"}


class Axis:
    """A logarithmic axis from the first pixel to the last."""

    def __init__(self, values, first, last):
        self.low = math.floor(math.log10(min(values)) * 2) / 2
        self.high = math.ceil(math.log10(max(values)) * 2) / 2
        self.first, self.last = first, last

    def __call__(self, value):
        return self.first + (math.log10(value) - self.low) / (self.high - self.low) * (self.last - self.first)

    def ticks(self):
        for power in range(math.floor(self.low), math.ceil(self.high) + 1):
            for digit in (1, 2, 5):
                value = digit * 10.0**power
                if self.low - 1e-9 <= math.log10(value) <= self.high + 1e-9:
                    yield value


def text(x, y, words, anchor="start", size=12, colour="#222", turn=0):
    turned = f' transform="rotate({turn:.1f} {x:.1f} {y:.1f})"' if turn else ""
    return (f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="{colour}"{turned}>'
            f"{html.escape(words)}</text>")


def line(x1, y1, x2, y2, colour, width=1.0, dash=""):
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-width="{width}"{dashed}/>'


def mark(point, x, y):
    colour, who = COLOURS.get(point["who"], "#222"), point["who"]
    title = f"<title>{html.escape(point['who'])}: {html.escape(point['what'])}, {point['gop_per_s']:.1f} GOP/s</title>"
    if who == "kernel":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.2" fill="none" stroke="{colour}" stroke-width="1.3">{title}</circle>'
    if who == "ours":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5.5" fill="{colour}">{title}</circle>'
    if who == "llama.cpp":
        return f'<rect x="{x - 5:.1f}" y="{y - 5:.1f}" width="10" height="10" fill="{colour}">{title}</rect>'
    return f'<path d="M{x:.1f} {y - 6.5:.1f}l6 11h-12z" fill="{colour}">{title}</path>'


def grid(x_axis, y_axis):
    out = []
    for value in x_axis.ticks():
        out.append(line(x_axis(value), TOP, x_axis(value), HEIGHT - BOTTOM, "#e6e6e6"))
        out.append(text(x_axis(value), HEIGHT - BOTTOM + 18, f"{value:g}", "middle", 11, "#555"))
    for value in y_axis.ticks():
        out.append(line(LEFT, y_axis(value), WIDTH - RIGHT, y_axis(value), "#e6e6e6"))
        out.append(text(LEFT - 8, y_axis(value) + 4, f"{value:g}", "end", 11, "#555"))
    return out


def roofs(limits, x_axis, y_axis):
    """The bandwidth up to the highest peak, and the peaks from where the bandwidth reaches them."""
    out = []
    read = limits["read_gb_per_s"]
    peaks = [(name, limits[key]) for key, name in (("f32_gflop_per_s", "f32"), ("int8_gop_per_s", "8-bit")) if limits.get(key)]
    left, right = 10**x_axis.low, 10**x_axis.high
    reached = min(right, max(peak for _, peak in peaks) / read)
    out.append(line(x_axis(left), y_axis(left * read), x_axis(reached), y_axis(reached * read), "#444", 1.8))
    slope = math.degrees(math.atan2(y_axis(reached * read) - y_axis(left * read), x_axis(reached) - x_axis(left)))
    middle = math.sqrt(left * reached)
    out.append(text(x_axis(middle), y_axis(middle * read) - 8, f"reads {read:.1f} GB/s", "middle", 12, "#444", slope))
    for name, peak in peaks:
        out.append(line(x_axis(max(left, peak / read)), y_axis(peak), x_axis(right), y_axis(peak), "#444", 1.8, "6 3"))
        out.append(text(x_axis(right) - 4, y_axis(peak) - 6, f"{name} {peak:.0f} G/s", "end", 12, "#444"))
    return out


def labels(points, x_axis, y_axis):
    """The names of our whole-model points, at the right margin, in order of height and without overlaps."""
    out = []
    ours = sorted((p for p in points if p["who"] == "ours"), key=lambda p: -p["gop_per_s"])
    at = TOP + 118
    for p in ours:
        x, y = x_axis(p["intensity"]), y_axis(p["gop_per_s"])
        at = max(at + 15, min(y + 4, HEIGHT - BOTTOM))
        out.append(line(x, y, WIDTH - RIGHT + 12, at - 4, "#b9d3e0", 0.7))
        out.append(text(WIDTH - RIGHT + 15, at, f"{p['what']}  {p['gop_per_s']:.0f}", size=11))
    return out


def draw(results):
    points, limits = results["points"], results["limits"]
    intensities = [p["intensity"] for p in points]
    peak = max(limits.get("int8_gop_per_s") or 0, limits["f32_gflop_per_s"])
    x_axis = Axis([*intensities, peak / limits["read_gb_per_s"]], LEFT, WIDTH - RIGHT)
    y_axis = Axis([*(p["gop_per_s"] for p in points), peak], HEIGHT - BOTTOM, TOP)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">',
           f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
           text(LEFT, 24, f"Roofline, {results['threads']} threads: {results['machine']}, commit {results['commit']}, "
                f"{results['date']}", size=14)]
    out += grid(x_axis, y_axis) + roofs(limits, x_axis, y_axis) + labels(points, x_axis, y_axis)
    order = sorted(points, key=lambda p: (p["who"] != "kernel", p["who"] == "ours"))
    out += [mark(p, x_axis(p["intensity"]), y_axis(p["gop_per_s"])) for p in order]
    out.append(text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 16, "multiply and add operations per byte read", "middle"))
    out.append(text(22, (TOP + HEIGHT - BOTTOM) / 2, "1e9 operations a second", "middle", turn=-90))
    for i, who in enumerate(w for w in COLOURS if any(p["who"] == w for p in points)):
        y = TOP + 12 + 20 * i
        out.append(mark({"who": who, "what": "", "gop_per_s": 0}, WIDTH - RIGHT + 22, y))
        out.append(text(WIDTH - RIGHT + 36, y + 4, "one operation of ours" if who == "kernel" else who))
    out.append(text(WIDTH - RIGHT + 15, TOP + 112, "ours, G operations/s:", size=11, colour="#555"))
    return "\n".join([*out, "</svg>", ""])


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    results = json.loads(pathlib.Path(sys.argv[1]).read_text())
    pathlib.Path(sys.argv[2]).write_text(draw(results))


if __name__ == "__main__":
    main()
