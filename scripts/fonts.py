"""Makes the book's serif smaller: Literata as npm brings it, with the weights and optical sizes that the pages use.

    pip install fonttools brotli
    python3 scripts/fonts.py

Text is set at 12 to 56 px and in weights from 300 to 700. Literata is under the SIL Open Font License, which allows it
and reserves no name. Written with fonttools 4.66.1.
"""
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

root = Path(__file__).resolve().parent.parent
source = root / "node_modules/@fontsource-variable/literata/files"
target = root / "src/styles/fonts"

for name, limits in {
    "literata-latin-opsz-normal": {"wght": (300, 700), "opsz": (12, 56)},
    "literata-latin-wght-italic": {"wght": (300, 700)},
}.items():
    font = instancer.instantiateVariableFont(TTFont(source / f"{name}.woff2"), limits)
    font.flavor = "woff2"
    font.save(target / f"{name}.woff2")
    print(name, (target / f"{name}.woff2").stat().st_size, "bytes")
