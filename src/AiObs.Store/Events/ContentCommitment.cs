using System.Security.Cryptography;

namespace AiObs.Store.Events;

/// <summary>
/// Ties content to the chain without being part of it: SHA-256 over 32 random bytes and the content. Once text and salt are gone,
/// the commitment tells nothing of what they were, not even to somebody who guesses right.
/// </summary>
internal static class ContentCommitment
{
    public const int SaltLength = 32;

    public static byte[] NewSalt() => RandomNumberGenerator.GetBytes(SaltLength);

    public static byte[] Of(string content, ReadOnlySpan<byte> salt)
    {
        using var bytes = new CanonicalBytes("aiobs.content.1"u8, content.Length + 64);
        bytes.Add(salt);
        bytes.Add(content);
        return SHA256.HashData(bytes.Written);
    }

    /// <summary>Tells whether content is what was committed to.</summary>
    public static bool Holds(ReadOnlySpan<byte> commitment, EventContent content) =>
        content is { Text: { } text, Salt: { } salt } && Of(text, salt).AsSpan().SequenceEqual(commitment);
}
