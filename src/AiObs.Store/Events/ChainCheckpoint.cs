using System.Security.Cryptography;

namespace AiObs.Store.Events;

/// <summary>Up to where retention has dropped a writer's events, and from which hash the rest goes on.</summary>
/// <param name="Head">The last event that was dropped.</param>
/// <param name="Seal">The hash over it: without the key nobody can make one that fits.</param>
internal sealed record ChainCheckpoint(ChainHead Head, byte[] Seal)
{
    /// <summary>Returns what stands for writer, count and hash of each checkpoint in the event of a retention, however many writers a log has had.</summary>
    public static string DigestOf(IEnumerable<ChainCheckpoint> checkpoints)
    {
        using var bytes = new CanonicalBytes("aiobs.checkpoints.1"u8);
        foreach (var checkpoint in checkpoints.OrderBy(static checkpoint => checkpoint.Head.Writer, StringComparer.Ordinal))
        {
            bytes.Add(checkpoint.Head);
        }

        return Convert.ToHexStringLower(SHA256.HashData(bytes.Written));
    }
}
