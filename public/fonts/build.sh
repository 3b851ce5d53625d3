#!/bin/sh
# Makes the subset fonts of this folder. Needs npm and, from pip, fonttools and brotli. See README.md.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --ignore-scripts @fontsource-variable/inter@5.3.0 @fontsource-variable/noto-sans-devanagari@5.3.0
fonts=node_modules/@fontsource-variable

# subset <source> <name> <features> <code points>
subset() {
  fonttools varLib.instancer --quiet -o "$2.ttf" "$fonts/$1.woff2" wght=420:620
  pyftsubset "$2.ttf" --output-file="$here/$2.woff2" --flavor=woff2 --layout-features="$3" --unicodes="$4" \
    --no-hinting --desubroutinize --name-IDs=0,1,2,13,14 --notdef-outline
}

subset inter/files/inter-latin-opsz-normal inter-latin kern,tnum,calt,ccmp,mark,locl \
  U+20-7E,U+A0,U+A7,U+A9,U+AB,U+AE,U+B0,U+B1,U+B7,U+BB,U+BD,U+C0-FF,U+2010-2014,U+2018-201A,U+201C-201E,U+2020,U+2022,U+2026,U+202F,U+2032,U+2033,U+2039,U+203A,U+20AC,U+2122,U+2191,U+2193,U+2212
subset inter/files/inter-latin-ext-opsz-normal inter-rupee tnum U+20B9
subset inter/files/inter-latin-ext-opsz-normal inter-latin-ext kern,ccmp,mark,locl U+100-130,U+132-151,U+154-17F,U+218-21B,U+1E00-1E9F
subset noto-sans-devanagari/files/noto-sans-devanagari-devanagari-wght-normal noto-devanagari '*' U+900-97F,U+1CD0-1CF9,U+200C,U+200D,U+25CC,U+A8E0-A8FF
