using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace AiObs.Paging;

/// <summary>Turns the place where a page ended into opaque text and back; every paged listing uses it, each with positions of its own length.</summary>
internal static class CursorCodec
{
    private const byte Version = 1;
    private const int ListingStart = 1;
    private const int PositionStart = ListingStart + sizeof(ulong);
    private const int ChecksumLength = 4;
    private const int LongestPosition = 64;

    /// <summary>Names a listing by its kind, filters and order, so that a cursor of another one is told apart.</summary>
    /// <param name="parts">All that decides which entries are listed, and in which order; the size of a page does not.</param>
    public static ulong Fingerprint(params ReadOnlySpan<string?> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            // The length keeps "a", "bc" apart from "ab", "c".
            text.Append(part?.Length ?? -1).Append(':').Append(part);
        }

        return BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Writes a position in a listing.</summary>
    public static string Encode(ulong listing, ReadOnlySpan<byte> position)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(position.Length, LongestPosition);
        Span<byte> bytes = stackalloc byte[PositionStart + position.Length + ChecksumLength];
        bytes[0] = Version;
        BinaryPrimitives.WriteUInt64BigEndian(bytes[ListingStart..], listing);
        position.CopyTo(bytes[PositionStart..]);
        WriteChecksum(bytes[..^ChecksumLength], bytes[^ChecksumLength..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads a position in the same listing.</summary>
    /// <exception cref="InvalidCursorException">The cursor is damaged or belongs to another listing.</exception>
    public static void Decode(string cursor, ulong listing, Span<byte> position)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(position.Length, LongestPosition);
        Span<byte> bytes = stackalloc byte[PositionStart + position.Length + ChecksumLength];
        if (!TryRead(cursor, bytes))
        {
            throw new InvalidCursorException(
                "The cursor is damaged or none at all. Pass the NextCursor of a page unchanged, or no cursor to start with the first page.");
        }

        if (BinaryPrimitives.ReadUInt64BigEndian(bytes[ListingStart..]) != listing)
        {
            throw new InvalidCursorException(
                "The cursor belongs to a listing with other filters or another order. "
                + "Repeat the query that returned it, or pass no cursor to start with the first page.");
        }

        bytes[PositionStart..^ChecksumLength].CopyTo(position);
    }

    private static bool TryRead(string cursor, Span<byte> bytes)
    {
        if (Base64Url.DecodeFromChars(cursor, bytes, out _, out var written) != OperationStatus.Done || written != bytes.Length)
        {
            return false;
        }

        Span<byte> checksum = stackalloc byte[ChecksumLength];
        WriteChecksum(bytes[..^ChecksumLength], checksum);

        // Base64 has several spellings of the same bytes; only the one that was handed out counts.
        return bytes[0] == Version
            && checksum.SequenceEqual(bytes[^ChecksumLength..])
            && Base64Url.EncodeToString(bytes) == cursor;
    }

    private static void WriteChecksum(ReadOnlySpan<byte> bytes, Span<byte> checksum)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        hash[..ChecksumLength].CopyTo(checksum);
    }
}
