"""An independent implementation of the platforms' crypto: Python's hashlib and OpenSSL's libcrypto.

Reads records from standard input, writes one answer each:
  record: op (1 byte), then four fields, each a length (4 bytes, big endian) and bytes
  answer: status (1 byte, 1 = done), then one field
op o: open a callback    key, token, receiveId, encrypt "\n" signature "\n" timestamp "\n" nonce
op s: seal a reply       key, token, receiveId "\n" timestamp "\n" nonce "\n" random(hex), message
op p: encrypt a proof    key, iv, b"", plaintext
"""
import base64
import ctypes
import ctypes.util
import hashlib
import struct
import sys

lib = ctypes.CDLL(ctypes.util.find_library("crypto") or "libcrypto.so.3")
lib.EVP_CIPHER_CTX_new.restype = ctypes.c_void_p
for name in ("EVP_aes_256_cbc", "EVP_aes_128_cbc"):
    getattr(lib, name).restype = ctypes.c_void_p
CIPHER = {32: lib.EVP_aes_256_cbc(), 16: lib.EVP_aes_128_cbc()}


def cbc(key, iv, data, encrypt):
    context = ctypes.c_void_p(lib.EVP_CIPHER_CTX_new())
    cipher = ctypes.c_void_p(CIPHER[len(key)])
    assert lib.EVP_CipherInit_ex(context, cipher, None, key, iv, encrypt) == 1
    assert lib.EVP_CIPHER_CTX_set_padding(context, 0) == 1
    out = ctypes.create_string_buffer(len(data) + 32)
    size = ctypes.c_int(0)
    assert lib.EVP_CipherUpdate(context, out, ctypes.byref(size), data, len(data)) == 1
    lib.EVP_CIPHER_CTX_free(context)
    assert size.value == len(data)
    return out.raw[: size.value]


def pad(data, block):
    size = block - len(data) % block
    return data + bytes([size]) * size


def unpad(data, block):
    size = data[-1]
    assert 1 <= size <= block and data[-size:] == bytes([size]) * size
    return data[:-size]


def sign(*parts):
    return hashlib.sha1(b"".join(sorted(parts))).hexdigest().encode()


def open_callback(key, token, receive_id, rest):
    encrypt, signature, timestamp, nonce = rest.split(b"\n")
    assert sign(token, timestamp, nonce, encrypt) == signature
    key = base64.b64decode(key + b"=")
    plain = unpad(cbc(key, key[:16], base64.b64decode(encrypt), 0), 32)
    (size,) = struct.unpack(">I", plain[16:20])
    assert plain[20 + size :] == receive_id
    return plain[20 : 20 + size]


def seal_reply(key, token, rest, message):
    receive_id, timestamp, nonce, random = rest.split(b"\n")
    key = base64.b64decode(key + b"=")
    frame = bytes.fromhex(random.decode()) + struct.pack(">I", len(message)) + message + receive_id
    encrypt = base64.b64encode(cbc(key, key[:16], pad(frame, 32), 1))
    return encrypt + b"\n" + sign(token, timestamp, nonce, encrypt)


def encrypt_proof(key, iv, _, plain):
    return base64.b64encode(cbc(key, iv, pad(plain, 16), 1))


OPERATIONS = {b"o": open_callback, b"s": seal_reply, b"p": encrypt_proof}


def main():
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    while True:
        op = source.read(1)
        if not op:
            return
        fields = []
        for _ in range(4):
            (size,) = struct.unpack(">I", source.read(4))
            fields.append(source.read(size))
        try:
            status, answer = b"\1", OPERATIONS[op](*fields)
        except AssertionError:
            status, answer = b"\0", b""
        sink.write(status + struct.pack(">I", len(answer)) + answer)


main()
