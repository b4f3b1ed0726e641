using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace AiObs.Prices;

/// <summary>What is noted of a table that is kept.</summary>
/// <param name="Place">The SHA-256 of the address that it came from, which may hold a secret.</param>
/// <param name="ETag">By which it can be asked whether it is still current; empty where the server gives none.</param>
/// <param name="Hash">Its SHA-256.</param>
/// <param name="Signature">Its signature; empty where none was asked for.</param>
/// <param name="CurrentAt">When it was known to be current.</param>
internal sealed record CacheNotes(string Place, string ETag, string Hash, byte[] Signature, DateTimeOffset CurrentAt)
{
    public static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <exception cref="FormatException">The lines are not those of notes.</exception>
    public static CacheNotes Read(string[] lines) => lines is [var place, var etag, var hash, var signature, var time] && (etag.Length == 0 || EntityTagHeaderValue.TryParse(etag, out _))
        ? new(place, etag, hash, Convert.FromBase64String(signature), DateTimeOffset.ParseExact(time, "O", CultureInfo.InvariantCulture))
        : throw new FormatException("They are not the five lines that belong there.");

    public string[] ToLines() => [Place, ETag, Hash, Convert.ToBase64String(Signature), CurrentAt.ToString("O", CultureInfo.InvariantCulture)];
}
