"""The 16-bit values of all 256 codes of A-law and µ-law (ITU-T G.711), from Python's audioop.

    /usr/bin/python3 tests/golden/audio.py > tests/golden/audio.json
"""
import audioop
import json
import struct

codes = bytes(range(256))


def values(linear):
    return list(struct.unpack("<256h", linear))


print(json.dumps({"aLaw": values(audioop.alaw2lin(codes, 2)), "muLaw": values(audioop.ulaw2lin(codes, 2))}))
